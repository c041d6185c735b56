/// Writes numbers of seven bits a byte, and columns as runs and literals.
struct ChunkWriter {
  private(set) var bytes: [UInt8] = []

  mutating func byte(_ byte: UInt8) { bytes.append(byte) }

  mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// Heads are odd for a run (its value follows) and even for literals; the rest of a head is their number.
  mutating func column(_ values: [UInt64]) {
    var pending = 0  // the first literal not yet written
    var index = 0
    func literals(_ writer: inout ChunkWriter) {
      guard pending < index else { return }
      writer.varint(UInt64(index - pending) << 1)
      for value in values[pending..<index] { writer.varint(value) }
    }
    while index < values.count {
      var end = index + 1
      while end < values.count, values[end] == values[index] { end += 1 }
      // A shorter run costs as much as its literals.
      if end - index > 2 {
        literals(&self)
        varint(UInt64(end - index) << 1 | 1)
        varint(values[index])
        pending = end
      }
      index = end
    }
    literals(&self)
  }
}

/// Reads what ``ChunkWriter`` writes, never beyond the end.
struct ChunkReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  /// Passes over the next column when all of its `count` values are as predicted; else stays before it.
  mutating func skipsPredicted(_ count: Int) -> Bool {
    var ahead = self
    do {
      let mode = try ahead.byte()
      guard mode <= 1, try ahead.varint() == UInt64(count) << 1 | 1, try ahead.varint() == 0 else {
        return false
      }
    } catch {
      return false
    }
    self = ahead
    return true
  }

  mutating func byte() throws(ChunkCodec.Malformed) -> UInt8 {
    guard position < bytes.count else { throw .malformed }
    position += 1
    return bytes[position - 1]
  }

  mutating func varint() throws(ChunkCodec.Malformed) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let next = try byte()
      // The tenth byte has one bit left to give.
      guard shift < 63 || next <= 1 else { throw .malformed }
      value |= UInt64(next & 0x7F) << shift
      if next < 0x80 { return value }
      shift += 7
    }
  }

  @inline(__always)
  mutating func column(
    _ count: Int, _ put: (Int, UInt64) -> Void
  ) throws(ChunkCodec.Malformed) {
    var index = 0
    while index < count {
      let head = try varint()
      guard head >> 1 > 0, head >> 1 <= UInt64(count - index) else { throw .malformed }
      let end = index + Int(head >> 1)
      if head & 1 == 1 {
        let value = try varint()
        while index < end {
          put(index, value)
          index += 1
        }
      } else {
        while index < end {
          put(index, try varint())
          index += 1
        }
      }
    }
  }
}
