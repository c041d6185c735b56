import Glibc

/// Small files, read whole.
enum Files {
  struct ReadError: Error {
    let code: Int32
  }

  static func read(_ path: String, limit: Int = 8 << 20) throws(ReadError) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw ReadError(code: errno) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw ReadError(code: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw ReadError(code: status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL)
    }
    var content: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while content.count <= limit {
      let count = Glibc.read(file, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw ReadError(code: errno) }
      if count == 0 { return content }
      content += buffer[..<count]
    }
    throw ReadError(code: EFBIG)
  }

  /// Refuses a file that anybody may change, by writing into it or by putting another in its place.
  ///
  /// In a sticky folder such as /tmp others may add files, but not replace ours, and on a read-only file system nobody
  /// changes anything. Links are looked through: their folder counts, and that of the file they lead to.
  static func checkRights(_ path: String) throws(Failure) {
    var state = stat()
    // What is missing, or no file, is reported by whoever reads it.
    guard stat(path, &state) == 0, state.st_mode & S_IFMT == S_IFREG else { return }
    if isOpen(path, state) {
      throw Failure(
        .unsafe, "\(path) is not used: anybody may write into it; `chmod o-w` it")
    }
    var folders = [folder(of: path)]
    if let resolved = realpath(path, nil) {
      defer { free(resolved) }
      folders.append(folder(of: String(cString: resolved)))
    }
    for folder in folders where stat(folder, &state) == 0 {
      if state.st_mode & S_ISVTX == 0, isOpen(folder, state) {
        throw Failure(
          .unsafe,
          "\(path) is not used: anybody may replace it in its folder \(folder); `chmod o-w` that")
      }
    }
  }

  private static func isOpen(_ path: String, _ state: stat) -> Bool {
    var system = statvfs()
    return state.st_mode & S_IWOTH != 0
      && !(statvfs(path, &system) == 0 && system.f_flag & UInt(ST_RDONLY) != 0)
  }

  static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
  }

  /// The system's words for an error number.
  static func words(_ code: Int32) -> String {
    guard let text = strerror(code) else { return "error \(code)" }
    return String(cString: text)
  }
}
