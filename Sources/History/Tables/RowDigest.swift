private import CZlib

/// The CRC-32 of a row: its table and all its columns in order.
struct RowDigest: Columns {
  var isChecksum: Bool { true }
  private var state: UInt

  init(_ table: HistoryTable) {
    state = crc32(0, nil, 0)
    add(table.rawValue)
  }

  mutating func add(_ number: Int64) {
    withUnsafeBytes(of: number.littleEndian) { add($0) }
  }

  /// Adds the length first, so that neighbouring columns cannot be divided in two ways.
  mutating func add(_ bytes: [UInt8]) {
    add(Int64(bytes.count))
    bytes.withUnsafeBytes { add($0) }
  }

  /// Adds whether there is a value, too.
  mutating func add(_ number: Int64?) {
    add(Int64(number == nil ? 0 : 1))
    if let number { add(number) }
  }

  mutating func add(_ text: String?) {
    add(Int64(text == nil ? 0 : 1))
    if let text { add(text) }
  }

  mutating func add(_ text: String) { add(Array(text.utf8)) }

  private mutating func add(_ bytes: UnsafeRawBufferPointer) {
    // No row is longer than the SQLite limit set on opening, far below 4 GiB.
    state = crc32(state, bytes.bindMemory(to: UInt8.self).baseAddress, UInt32(bytes.count))
  }

  var value: Int64 { Int64(state & 0xFFFF_FFFF) }
}
