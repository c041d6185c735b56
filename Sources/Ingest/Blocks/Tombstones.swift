/// What was deleted from a block and is still in its chunks.
struct Tombstones {
  private var deleted: [UInt64: [ClosedRange<Int64>]] = [:]

  init() {}

  /// Reads a file `tombstones`: magic, version, `series, from, to` in milliseconds, both included, and a checksum of these.
  init(_ file: BlockFile) throws(BlockFault) {
    let window = FileWindow(file)
    defer { withExtendedLifetime(window) {} }
    let bytes = try window.bytes(at: 0, count: Int(clamping: file.size))
    guard bytes.count >= 9 else { throw BlockFault(.truncated, in: file.path, at: file.size) }
    var cursor = ByteCursor(UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.count - 4)]))
    guard cursor.fixed(UInt32.self) == 0x0130_BA30 else {
      throw BlockFault(.magic, in: file.path, at: 0)
    }
    guard cursor.byte() == 1 else { throw BlockFault(.version(bytes[4]), in: file.path, at: 4) }
    var end = ByteCursor(UnsafeRawBufferPointer(rebasing: bytes[(bytes.count - 4)...]))
    let content = UnsafeRawBufferPointer(rebasing: bytes[5..<(bytes.count - 4)])
    guard end.fixed(UInt32.self) == CRC32C.of(content) else {
      throw BlockFault(.checksum, in: file.path, at: 5)
    }
    while !cursor.isAtEnd {
      let start = cursor.offset
      guard let series = cursor.uvarint(), let from = cursor.varint(), let to = cursor.varint()
      else { throw BlockFault(.length, in: file.path, at: Int64(start)) }
      if from <= to { deleted[series, default: []].append(from...to) }
    }
  }

  /// The spans of a series that are deleted, in nanoseconds since the epoch.
  func spans(of series: UInt32) -> [ClosedRange<Int64>] {
    (deleted[UInt64(series)] ?? []).map { span in
      nanoseconds(span.lowerBound)...nanoseconds(span.upperBound)
    }
  }

  private func nanoseconds(_ time: Int64) -> Int64 {
    let (product, overflow) = time.multipliedReportingOverflow(by: 1_000_000)
    return overflow ? (time < 0 ? .min : .max) : product
  }
}
