import Glibc
import Model

/// One open regular file, read from front to back with a running checksum.
///
/// It is read, never mapped: a file cut while it is mapped kills its reader.
final class SnapshotFile: ByteStream {
  /// What shows that a file is another one, or has changed.
  struct State: Equatable {
    let bytes: Int64
    let modified: Int64
    /// When the system last changed anything about it; not compared, since a link to it made or taken away changes it, too.
    let changed: Int64
    let device: UInt64
    let node: UInt64

    init(_ facts: stat) {
      bytes = Int64(facts.st_size)
      modified = State.nanoseconds(facts.st_mtim)
      changed = State.nanoseconds(facts.st_ctim)
      device = UInt64(facts.st_dev)
      node = UInt64(facts.st_ino)
    }

    private static func nanoseconds(_ time: timespec) -> Int64 {
      Int64(time.tv_sec).multipliedClamped(by: 1_000_000_000).addingClamped(Int64(time.tv_nsec))
    }

    static func == (one: State, other: State) -> Bool {
      (one.bytes, one.modified, one.device, one.node)
        == (other.bytes, other.modified, other.device, other.node)
    }

    /// The state of the file that a path names now.
    static func of(_ path: String) throws(Fault) -> State {
      var facts = stat()
      guard stat(path, &facts) == 0 else { throw Fault(.unreadable(errno: errno)) }
      guard facts.st_mode & S_IFMT == S_IFREG else { throw Fault(.notRegular) }
      return State(facts)
    }
  }

  let state: State
  private(set) var checksum = Checksum()
  private let descriptor: Int32

  /// - Throws: ``Fault``: `unreadable`, `notRegular`.
  init(_ path: String) throws(Fault) {
    // Without waiting, so that a pipe put in the file's place since it was looked at does not hold
    // us.
    let opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard opened >= 0 else { throw Fault(.unreadable(errno: errno)) }
    var facts = stat()
    guard fstat(opened, &facts) == 0 else {
      let code = errno
      close(opened)
      throw Fault(.unreadable(errno: code))
    }
    guard facts.st_mode & S_IFMT == S_IFREG else {
      close(opened)
      throw Fault(.notRegular)
    }
    state = State(facts)
    descriptor = opened
  }

  // Nothing was written, so a failing close loses nothing.
  deinit { close(descriptor) }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(Fault) -> Int {
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 {
        checksum.add(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        return count
      }
      guard errno == EINTR else { throw Fault(.unreadable(errno: errno)) }
    }
  }

  /// Reads what is left, so that the checksum is the whole file's, and compares the file with what
  /// it was.
  func finish() throws(Fault) {
    let rest = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { rest.deallocate() }
    while try read(into: rest) > 0 {}
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { throw Fault(.unreadable(errno: errno)) }
    guard State(facts) == state else { throw Fault(.changedWhileReading) }
  }
}

extension Int64 {
  /// The product, or the end of the range if it is beyond.
  func multipliedClamped(by other: Int64) -> Int64 {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? ((self < 0) == (other < 0) ? .max : .min) : product
  }
}
