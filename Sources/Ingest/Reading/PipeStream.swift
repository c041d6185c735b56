import Glibc

/// What comes through an open descriptor, which stays open: a pipe, or a file as standard input.
final class PipeStream: ByteStream {
  private let descriptor: Int32

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(Fault) -> Int {
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      guard errno == EINTR else { throw Fault(.unreadable(errno: errno)) }
    }
  }
}
