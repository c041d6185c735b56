import Glibc

/// One open file of a block; readers share it, since each names the place it reads.
///
/// It is read, never mapped: a file cut while it is mapped kills its reader. A file that is deleted stays readable.
final class BlockFile: Sendable {
  let path: String
  let state: SnapshotFile.State
  private let descriptor: Int32

  var size: Int64 { state.bytes }

  /// Opens the file.
  ///
  /// - Parameters:
  ///   - place: where the system finds it.
  ///   - path: what people call it.
  /// - Throws: ``BlockFault``: `unreadable`, `notRegular`.
  init(_ place: String, named path: String) throws(BlockFault) {
    let opened = open(place, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard opened >= 0 else { throw BlockFault(.unreadable(errno: errno), in: path) }
    var facts = stat()
    guard fstat(opened, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
      close(opened)
      throw BlockFault(.notRegular, in: path)
    }
    self.path = path
    state = SnapshotFile.State(facts)
    descriptor = opened
  }

  // Nothing was written, so a failing close loses nothing.
  deinit { close(descriptor) }

  /// Fills the buffer from `offset`.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(BlockFault) {
    guard var target = buffer.baseAddress else { return }
    var (place, left) = (offset, buffer.count)
    while left > 0 {
      let count = pread(descriptor, target, left, off_t(place))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw BlockFault(.unreadable(errno: errno), in: path) }
      guard count > 0 else { throw BlockFault(.truncated, in: path, at: place) }
      (target, place, left) = (target + count, place + Int64(count), left - count)
    }
  }

  /// Throws when the file is no longer the one that was opened.
  func checkUnchanged() throws(BlockFault) {
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else {
      throw BlockFault(.unreadable(errno: errno), in: path)
    }
    guard SnapshotFile.State(facts) == state else {
      throw BlockFault(.changedWhileReading, in: path)
    }
  }
}
