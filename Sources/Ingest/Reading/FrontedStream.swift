/// A stream whose front was looked at before it is read.
final class FrontedStream: ByteStream {
  /// How much of it can be looked at.
  static let length = 1 << 18

  private let rest: any ByteStream
  /// The first bytes, all of them where the stream is short.
  let front: [UInt8]
  private var given = 0

  init(_ stream: any ByteStream) throws(Fault) {
    rest = stream
    var front = [UInt8](repeating: 0, count: FrontedStream.length)
    let filled = try front.withUnsafeMutableBufferPointer { (all) throws(Fault) in
      var filled = 0
      while filled < all.count {
        let count = try stream.read(
          into: UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: all[filled...])))
        if count == 0 { break }
        filled += count
      }
      return filled
    }
    self.front = Array(front.prefix(filled))
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(Fault) -> Int {
    guard given < front.count else { return try rest.read(into: buffer) }
    let part = front[given...].prefix(buffer.count)
    buffer.copyBytes(from: part)
    given += part.count
    return part.count
  }
}
