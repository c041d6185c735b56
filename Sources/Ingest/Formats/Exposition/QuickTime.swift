/// Times as expositions usually write them, in nanoseconds since the epoch.
struct QuickTime {
  /// The first eight digits of the last time as they were written, and the number that they are.
  private var (head, number): (UInt64, UInt64) = (0, 0)

  /// Reads a time and moves `place` after it; `nil` for one that is written in another way or out of range.
  ///
  /// Most are seconds of this century with three places, or milliseconds: 13 digits, of which the first eight change once
  /// a day.
  @inline(__always)
  mutating func read(_ place: inout UnsafePointer<UInt8>, _ dialect: Dialect) -> Int64? {
    let bytes = UnsafeRawPointer(place)
    let head = bytes.loadUnaligned(as: UInt64.self)
    var tail = bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    var length = 13
    if dialect == .openMetrics {
      // Two digits, the point, three digits: the point is taken out.
      guard tail & 0xFF_0000 == 0x2E_0000 else { return QuickTime.slow(&place, dialect) }
      tail = tail & 0xFFFF | tail >> 8 & 0xFF_FFFF_0000
      length = 14
    }
    let end = bytes.load(fromByteOffset: length, as: UInt8.self)
    // Five digits after zeros are eight.
    tail = tail << 24 | 0x30_3030
    guard end.isLineEnd, EightDigits.areAll(tail) else {
      return QuickTime.slow(&place, dialect)
    }
    if head != self.head {
      guard EightDigits.areAll(head) else { return QuickTime.slow(&place, dialect) }
      (self.head, number) = (head, EightDigits.value(of: head) &* 100_000)
    }
    let (time, overflow) = (number &+ EightDigits.value(of: tail))
      .multipliedReportingOverflow(by: 1_000_000)
    guard !overflow, let time = Int64(exactly: time) else { return nil }
    place += length
    return time
  }

  private static func slow(_ place: inout UnsafePointer<UInt8>, _ dialect: Dialect) -> Int64? {
    guard let number = QuickNumber(&place) else { return nil }
    switch dialect {
    case .openMetrics: return number.scaled(by: 9)
    case .prometheus: return number.isWhole ? number.scaled(by: 6) : nil
    }
  }
}
