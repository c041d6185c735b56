/// Reads the numbers of an index, one after the other; `nil` where the bytes end or are not a number.
struct ByteCursor {
  let bytes: UnsafeRawBufferPointer
  private(set) var offset = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { offset == bytes.count }

  @inline(__always)
  mutating func byte() -> UInt8? {
    guard offset < bytes.count else { return nil }
    defer { offset += 1 }
    return bytes[offset]
  }

  /// Big-endian.
  @inline(__always)
  mutating func fixed<Number: FixedWidthInteger>(_: Number.Type) -> Number? {
    let size = Number.bitWidth / 8
    guard bytes.count - offset >= size else { return nil }
    defer { offset += size }
    return Number(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Number.self))
  }

  /// Seven bits a byte, the lowest first.
  @inline(__always)
  mutating func uvarint() -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard let byte = byte() else { return nil }
      if shift == 63, byte > 1 { return nil }
      value |= UInt64(byte & 0x7F) &<< shift
      if byte < 0x80 { return value }
    }
    return nil
  }

  /// As ``uvarint()``, with the sign in the lowest bit.
  mutating func varint() -> Int64? {
    guard let folded = uvarint() else { return nil }
    return Int64(bitPattern: folded >> 1) ^ -Int64(bitPattern: folded & 1)
  }

  /// A length, and so many bytes.
  mutating func text() -> UnsafeRawBufferPointer? {
    guard let length = uvarint(), length <= UInt64(bytes.count - offset) else { return nil }
    let end = offset + Int(length)
    defer { offset = end }
    return UnsafeRawBufferPointer(rebasing: bytes[offset..<end])
  }
}
