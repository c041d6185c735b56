import Glibc

/// Cuts a stream of bytes into lines over one reused buffer, and checks that they are UTF-8 without
/// NUL.
///
/// A carriage return before the line feed and a mark of byte order before the first line are taken
/// off.
struct LineReader: ~Copyable {
  /// The longest line, without its end.
  static let limit = 1 << 20
  private static let portion = 1 << 18

  private let stream: any ByteStream
  /// The number of the current line, from 1, and its first byte in the stream.
  private(set) var number = 0
  private(set) var start: Int64 = 0

  init(_ stream: any ByteStream) { self.stream = stream }

  /// Calls `body` with each line, without its end, and whether it had one.
  ///
  /// - Returns: the length of the stream.
  /// - Throws: what `body` throws with the line's position added; ``Fault`` of the stream;
  ///   `notUTF8`, `lineTooLong`.
  mutating func forEach(
    _ body: (_ line: Span<UInt8>, _ ended: Bool) throws(LineFault) -> Void
  ) throws(Fault) -> Int64 {
    let buffer = UnsafeMutableRawBufferPointer.allocate(
      byteCount: LineReader.limit + LineReader.portion, alignment: 64)
    defer { buffer.deallocate() }
    var filled = 0
    // Whether all bytes in the buffer are known to be plain ASCII without NUL.
    var plain = true
    while true {
      let room = min(LineReader.portion, buffer.count - filled)
      let portion = UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<filled + room])
      let count = try stream.read(into: portion)
      guard count > 0 else { break }
      plain = LineReader.isPlain(UnsafeRawBufferPointer(rebasing: portion[..<count])) && plain
      var (begin, searched) = (0, filled)
      filled += count
      if start == 0, number == 0 {
        // Three bytes are needed to recognise the mark; fewer come only from a very short or slow
        // stream.
        if filled < 3, buffer[0] == 0xEF { continue }
        if filled >= 3, buffer[0] == 0xEF, buffer[1] == 0xBB, buffer[2] == 0xBF {
          (begin, searched, start) = (3, 3, 3)
        }
      }
      while searched < filled, let base = buffer.baseAddress,
        let found = memchr(base + searched, Int32(UInt8.lineFeed), filled - searched)
      {
        let end = found - UnsafeMutableRawPointer(base)
        try take(UnsafeRawBufferPointer(rebasing: buffer[begin..<end]), ended: true, plain, body)
        start += Int64(end + 1 - begin)
        begin = end + 1
        searched = begin
      }
      if begin > 0, let base = buffer.baseAddress {
        memmove(base, base + begin, filled - begin)
        filled -= begin
        if !plain {
          plain = LineReader.isPlain(UnsafeRawBufferPointer(rebasing: buffer[..<filled]))
        }
      }
      guard filled <= LineReader.limit else {
        throw Fault(
          .lineTooLong(limit: LineReader.limit),
          at: .init(line: number + 1, column: LineReader.limit + 1, byte: start))
      }
    }
    if filled > 0 {
      try take(UnsafeRawBufferPointer(rebasing: buffer[..<filled]), ended: false, plain, body)
    }
    return start + Int64(filled)
  }

  private mutating func take(
    _ bytes: UnsafeRawBufferPointer, ended: Bool, _ plain: Bool,
    _ body: (Span<UInt8>, Bool) throws(LineFault) -> Void
  ) throws(Fault) {
    number += 1
    guard bytes.count <= LineReader.limit else {
      throw Fault(
        .lineTooLong(limit: LineReader.limit),
        at: .init(line: number, column: LineReader.limit + 1, byte: start))
    }
    if !plain, let bad = UTF8Check.firstBadByte(bytes) {
      throw Fault(.notUTF8, at: .init(line: number, column: bad + 1, byte: start + Int64(bad)))
    }
    let typed = bytes.assumingMemoryBound(to: UInt8.self)
    let length = ended && typed.last == .carriageReturn ? typed.count - 1 : typed.count
    do {
      try body(Span(_unsafeElements: UnsafeBufferPointer(rebasing: typed[..<length])), ended)
    } catch {
      throw Fault(
        error.reason,
        at: .init(
          line: number, column: error.field ?? error.offset + 1,
          byte: start + Int64(error.offset)))
    }
  }

  /// Whether no byte is above 127 or NUL.
  private static func isPlain(_ bytes: UnsafeRawBufferPointer) -> Bool {
    // A byte of 128 and more has its top bit set, and so has 0 once 1 is taken from it.
    let (ones, tops): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
    var seen: UInt64 = 0
    var index = 0
    while index + 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      seen |= word | (word &- ones)
      index += 8
    }
    while index < bytes.count {
      let byte = UInt64(bytes[index])
      seen |= byte | (byte &- 1)
      index += 1
    }
    return seen & tops == 0
  }
}
