/// What was deleted from a block and is still in its chunks.
struct Tombstones {
  /// By series, in order of time and apart from each other; in nanoseconds since the epoch.
  private var deleted: [UInt32: [ClosedRange<Int64>]] = [:]

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
      guard from <= to, let series = UInt32(exactly: series) else { continue }
      let span = from.multipliedClamped(by: 1_000_000)...to.multipliedClamped(by: 1_000_000)
      deleted[series, default: []].append(span)
    }
    deleted = deleted.mapValues(Tombstones.joined)
  }

  private static func joined(_ spans: [ClosedRange<Int64>]) -> [ClosedRange<Int64>] {
    var result: [ClosedRange<Int64>] = []
    for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = result.last, span.lowerBound <= last.upperBound {
        result[result.count - 1] = last.lowerBound...max(last.upperBound, span.upperBound)
      } else {
        result.append(span)
      }
    }
    return result
  }

  /// The spans of a series that are deleted, in order, in nanoseconds since the epoch.
  func spans(of series: UInt32) -> [ClosedRange<Int64>] { deleted[series] ?? [] }
}

extension [ClosedRange<Int64>] {
  /// Whether a time is in one of the spans, which are in order and apart from each other.
  func hold(_ time: Int64) -> Bool {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].upperBound < time { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low].lowerBound <= time
  }
}
