import Glibc
import Model

/// The lock beside the history file, held from before SQLite opens it until after SQLite has closed it.
///
/// The kernel drops it when its holder ends, however that ends: it cannot go stale. The file itself stays. A writer
/// writes into it its process number and the time, only for the message that others show.
final class FileLock {
  private let descriptor: Int32
  private let isWriter: Bool

  /// Takes the writer's lock.
  ///
  /// Waits up to two seconds for readers to leave, but not at all for another writer.
  static func writer(at path: String) throws(HistoryError) -> FileLock {
    let lock = FileLock(
      owning: try FileLock.open(path, O_RDWR | O_CREAT), isWriter: true)
    guard fchmod(lock.descriptor, 0o640) == 0 else { throw .system(.lock, errno: errno) }
    for _ in 0..<100 {
      if try lock.take(LOCK_EX) {
        try lock.sign()
        return lock
      }
      // Where a reader would get in, only readers are in the way.
      guard try lock.take(LOCK_SH) else { throw .locked(lock.holder()) }
      _ = flock(lock.descriptor, LOCK_UN)  // frees a lock just taken: cannot fail
      usleep(20_000)
    }
    throw .locked(nil)
  }

  /// Takes the readers' lock, waiting up to two seconds.
  ///
  /// `nil` where the lock file neither exists nor can be made: nobody writes there.
  static func reader(at path: String) throws(HistoryError) -> FileLock? {
    let opened: Int32
    do throws(HistoryError) {
      opened = try FileLock.open(path, O_RDONLY | O_CREAT)
    } catch .system(.lock, errno: EACCES), .system(.lock, errno: EROFS) {
      do throws(HistoryError) {
        opened = try FileLock.open(path, O_RDONLY)
      } catch .system(.lock, errno: ENOENT) {
        return nil
      }
    }
    let lock = FileLock(owning: opened, isWriter: false)
    for _ in 0..<100 {
      if try lock.take(LOCK_SH) { return lock }
      usleep(20_000)
    }
    throw .locked(lock.holder())
  }

  /// Opens a regular file, and does not wait on anything else: a pipe may never get a writer.
  private static func open(_ path: String, _ flags: Int32) throws(HistoryError) -> Int32 {
    let opened = Glibc.open(path, flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0o640)
    if opened < 0, [ELOOP, ENXIO, ENODEV, EISDIR].contains(errno) { throw .unsafe(.lockNotAFile) }
    guard opened >= 0 else { throw .system(.lock, errno: errno) }
    var state = stat()
    if fstat(opened, &state) == 0, state.st_mode & S_IFMT == S_IFREG { return opened }
    close(opened)
    throw .unsafe(.lockNotAFile)
  }

  private init(owning descriptor: Int32, isWriter: Bool) {
    self.descriptor = descriptor
    self.isWriter = isWriter
  }

  deinit { close(descriptor) }  // nothing was written that closing could lose

  private func take(_ kind: Int32) throws(HistoryError) -> Bool {
    while flock(descriptor, kind | LOCK_NB) != 0 {
      if errno == EWOULDBLOCK { return false }
      if errno != EINTR { throw .system(.lock, errno: errno) }
    }
    return true
  }

  private func sign() throws(HistoryError) {
    var now = timespec()
    guard clock_gettime(CLOCK_REALTIME, &now) == 0 else { throw .system(.lock, errno: errno) }
    let text = Array("\(getpid()) \(now.tv_sec)\n".utf8)
    guard ftruncate(descriptor, 0) == 0,
      text.withUnsafeBytes({ pwrite(descriptor, $0.baseAddress, $0.count, 0) }) == text.count
    else { throw .system(.lock, errno: errno) }
  }

  private func holder() -> LockHolder? {
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
    guard count > 0 else { return nil }
    let words = bytes[..<count].split(whereSeparator: { $0 == 32 || $0 == 10 })
      .map { String(decoding: $0, as: UTF8.self) }
    guard words.count == 2, let process = Int32(words[0]), let second = Int64(words[1])
    else { return nil }
    return LockHolder(process: process, since: Instant(seconds: second))
  }
}
