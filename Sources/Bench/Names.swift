/// Small numbers for the few texts that a column repeats.
struct Names {
  private var heads: [UInt64] = []
  private(set) var texts: [[UInt8]] = []

  /// The number of a text; a new one gets the next.
  @inline(__always)
  mutating func place(of bytes: UnsafeBufferPointer<UInt8>) -> Int {
    place(of: bytes, head: Names.head(of: bytes))
  }

  /// - Parameters:
  ///   - bytes: the text.
  ///   - head: its first eight bytes as a number, little end first, with zeros after a shorter one.
  /// - Returns: its number.
  @inline(__always)
  mutating func place(of bytes: UnsafeBufferPointer<UInt8>, head: UInt64) -> Int {
    for place in heads.indices where heads[place] == head {
      if isSame(place, bytes) { return place }
    }
    heads.append(head)
    texts.append(Array(bytes))
    return texts.count - 1
  }

  @inline(__always)
  private func isSame(_ place: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let text = texts[place]
    guard text.count == bytes.count else { return false }
    var index = 8
    while index < bytes.count {
      if text[index] != bytes[index] { return false }
      index += 1
    }
    return true
  }

  @inline(__always)
  private static func head(of bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    if bytes.count >= 8 {
      return UInt64(littleEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(as: UInt64.self))
    }
    var head: UInt64 = 0
    for byte in bytes.reversed() { head = head << 8 | UInt64(byte) }
    return head
  }
}

/// Texts one after the other, with a byte between that none of them has.
struct NameList {
  static let separator: UInt8 = 0x1F

  private let bytes: UnsafeBufferPointer<UInt8>
  private var offset = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  var isAtEnd: Bool { offset > bytes.count }

  /// The number of the next text; `nil` after the last.
  @inline(__always)
  mutating func next(_ names: inout Names) -> Int? {
    guard offset <= bytes.count else { return nil }
    let start = offset
    if bytes.count - start >= 8 {
      let word = UInt64(
        littleEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(
          fromByteOffset: start, as: UInt64.self))
      // The lowest byte that is the separator has its top bit set, and none below it.
      let other = word ^ (0x0101_0101_0101_0101 &* UInt64(NameList.separator))
      let found = (other &- 0x0101_0101_0101_0101) & ~other & 0x8080_8080_8080_8080
      if found != 0 {
        let length = found.trailingZeroBitCount / 8
        offset = start + length + 1
        let head = word & ~(UInt64.max << UInt64(8 * length))
        return names.place(of: text(start, length), head: head)
      }
    }
    var end = start
    while end < bytes.count, bytes[end] != NameList.separator { end += 1 }
    offset = end + 1
    return names.place(of: text(start, end - start))
  }

  @inline(__always)
  private func text(_ start: Int, _ length: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[start..<start + length])
  }
}
