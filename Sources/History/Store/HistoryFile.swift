import Glibc

/// Checks the file and its folder before SQLite opens it, and creates new files.
struct HistoryFile {
  static let applicationID: Int32 = 0x534C_4F72  // "SLOr"

  /// The path with the folder's symbolic links resolved.
  let path: String
  private let folder: String

  init(_ given: String) throws(HistoryError) {
    let slash = given.lastIndex(of: "/")
    let name = slash.map { String(given[given.index(after: $0)...]) } ?? given
    let before = slash.map { given[..<$0] }
    guard let resolved = realpath(before.map { $0.isEmpty ? "/" : String($0) } ?? ".", nil)
    else { throw .system(.inspect, errno: errno) }
    defer { free(resolved) }
    folder = String(cString: resolved)
    path = folder == "/" ? "/" + name : folder + "/" + name
  }

  var lock: String { path + ".lock" }
  private var journal: String { path + "-journal" }

  /// Whether the file exists; throws where it, or the folder, must not be trusted.
  func inspect(for access: HistoryStore.Access) throws(HistoryError) -> Bool {
    var place = stat()
    guard stat(folder, &place) == 0 else { throw .system(.inspect, errno: errno) }
    // In a sticky folder such as /tmp others may add files, but not replace ours.
    if place.st_mode & S_IWOTH != 0, place.st_mode & S_ISVTX == 0 {
      throw .unsafe(.openDirectory(mode: place.st_mode & 0o7777))
    }
    if access == .write, Glibc.access(folder, W_OK | X_OK) != 0 {
      throw .unsafe(
        .directoryNotWritable(owner: place.st_uid, mode: place.st_mode & 0o7777))
    }
    // SQLite opens what it finds there; a pipe would block it for ever.
    for ending in ["-journal", "-wal", "-shm"] {
      var companion = stat()
      if lstat(path + ending, &companion) == 0, companion.st_mode & S_IFMT != S_IFREG {
        throw .unsafe(.companionNotAFile(ending))
      }
    }
    var file = stat()
    guard lstat(path, &file) == 0 else {
      guard errno == ENOENT else { throw .system(.inspect, errno: errno) }
      return false
    }
    switch file.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFLNK: throw .unsafe(.symbolicLink)
    default: throw .unsafe(.notAFile)
    }
    if file.st_nlink != 1 { throw .unsafe(.hardLinked(links: UInt64(file.st_nlink))) }
    let (owner, mode) = (file.st_uid, file.st_mode & 0o7777)
    if mode & S_IWOTH != 0 { throw .unsafe(.openFile(mode: mode)) }
    if Glibc.access(path, R_OK) != 0 {
      throw .unsafe(.fileNotReadable(owner: owner, mode: mode))
    }
    if access == .write, Glibc.access(path, W_OK) != 0 {
      throw .unsafe(.fileNotWritable(owner: owner, mode: mode))
    }
    return true
  }

  /// Throws unless the file begins like a whole history.
  ///
  /// Called under the lock, so that no handle of this process can lose its own locks by the closing here.
  func checkHeader() throws(HistoryError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { throw .system(.inspect, errno: errno) }
    defer { close(descriptor) }
    var head = [UInt8](repeating: 0, count: 100)
    let count = head.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
    guard count >= 0 else { throw .system(.inspect, errno: errno) }
    // A new history is made under another name and renamed: an empty file is never a killed beginning.
    if count == 0 { throw .notAHistory(.empty) }
    guard head.starts(with: Array("SQLite format 3\0".utf8)) else {
      throw .notAHistory(.notSQLite)
    }
    guard count == head.count else { throw .notAHistory(.truncated) }
    func number(_ offset: Int) -> UInt32 {
      head[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
    guard number(68) == UInt32(bitPattern: HistoryFile.applicationID) else {
      throw .notAHistory(.otherApplication(Int32(bitPattern: number(68))))
    }
    // With a journal left by a killed writer the length may be that of the middle of a transaction.
    var state = stat()
    guard fstat(descriptor, &state) == 0 else { throw .system(.inspect, errno: errno) }
    let page = Int64(head[16]) << 8 | Int64(head[17])
    let length = (page == 1 ? 65_536 : page) * Int64(number(28))
    if Int64(state.st_size) < length, access(journal, F_OK) != 0 {
      throw .notAHistory(.truncated)
    }
  }

  /// Makes an empty history: complete under another name first, so that a kill leaves either none or a whole one.
  func create() throws(HistoryError) {
    // A journal without its file belongs to a history that was deleted; SQLite would roll it into the new one.
    if access(journal, F_OK) == 0 { throw .unsafe(.strayJournal) }
    let fresh = path + ".new"
    for leftover in [fresh, fresh + "-journal"] where unlink(leftover) != 0 && errno != ENOENT {
      throw .system(.create, errno: errno)
    }
    let descriptor = open(fresh, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o640)
    guard descriptor >= 0 else {
      throw errno == ENOSPC ? .full(.create) : .system(.create, errno: errno)
    }
    let moded = fchmod(descriptor, 0o640)  // whatever the umask says
    let modeError = errno
    close(descriptor)
    guard moded == 0 else { throw .system(.create, errno: modeError) }
    try Schema.migrate(try Connection(creating: fresh), from: 0)
    guard rename(fresh, path) == 0 else { throw .system(.create, errno: errno) }
    let place = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard place >= 0 else { throw .system(.create, errno: errno) }
    defer { close(place) }
    guard fsync(place) == 0 else { throw .system(.create, errno: errno) }
  }
}
