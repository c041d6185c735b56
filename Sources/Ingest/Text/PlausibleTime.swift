/// Times that samples and rows may have, in nanoseconds since the epoch.
enum PlausibleTime {
  /// 1990 to 2200: outside of it a time is a mistake of units or a clock that was never set.
  static let range: ClosedRange<Int64> = 631_152_000_000_000_000...7_258_118_400_000_000_000

  /// Why a time cannot be right; `nil` when it can.
  static func fault(_ time: Int64) -> IngestError.Reason? {
    if range.contains(time) { return nil }
    return time > range.upperBound ? .timeTooLarge : .implausibleTime
  }
}
