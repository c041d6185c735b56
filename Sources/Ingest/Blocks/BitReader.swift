/// Bits of a chunk, the highest of each byte first; after the end they are zeros, and `isWhole` becomes false.
struct BitReader {
  private let bytes: UnsafeRawBufferPointer
  private(set) var place: Int
  private(set) var isWhole = true

  /// Begins at a byte.
  init(_ bytes: UnsafeRawBufferPointer, from byte: Int) {
    self.bytes = bytes
    place = byte * 8
  }

  var left: Int { max(0, bytes.count * 8 - place) }

  /// The next `count` bits as a number, at most 64.
  mutating func take(_ count: Int) -> UInt64 {
    guard count <= left else {
      isWhole = false
      place = bytes.count * 8
      return 0
    }
    var value: UInt64 = 0
    var missing = count
    while missing > 0 {
      let inByte = 8 - (place & 7)
      let taken = min(inByte, missing)
      let byte = UInt64(bytes[place >> 3]) & (1 << UInt64(inByte) - 1)
      value = value << UInt64(taken) | byte >> UInt64(inByte - taken)
      place += taken
      missing -= taken
    }
    return value
  }

  mutating func double() -> Double { Double(bitPattern: take(64)) }

  /// How many bits follow the ones that say so: 0, 3, 6, 9, 12, 18, 25, 56 or 64.
  private mutating func width() -> Int {
    for width in [0, 3, 6, 9, 12, 18, 25, 56] where take(1) == 0 { return width }
    return 64
  }

  mutating func unsigned() -> UInt64 { take(width()) }

  mutating func signed() -> Int64 {
    let width = width()
    let bits = take(width)
    guard width > 0, width < 64, bits > 1 << UInt64(width - 1) else {
      return Int64(bitPattern: bits)
    }
    return Int64(bitPattern: bits &- 1 << UInt64(width))
  }
}

/// A number that is stored as XOR with the one before it.
struct XORValue {
  private(set) var bits: UInt64
  private var trailing = 0
  private var width = 64

  init(_ value: Double) { bits = value.bitPattern }

  var value: Double { Double(bitPattern: bits) }

  /// Reads the next one; `false` when the widths do not fit into 64 bits.
  mutating func next(_ reader: inout BitReader) -> Bool {
    guard reader.take(1) == 1 else { return true }
    if reader.take(1) == 1 {
      let leading = Int(reader.take(5))
      let written = Int(reader.take(6))
      width = written == 0 ? 64 : written
      guard leading + width <= 64 else { return false }
      trailing = 64 - leading - width
    }
    bits ^= reader.take(width) << UInt64(trailing)
    return true
  }
}
