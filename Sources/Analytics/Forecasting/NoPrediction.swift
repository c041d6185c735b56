/// Why nothing is predicted.
public enum NoPrediction: Error, Hashable, Sendable {
  /// Fewer than 14 daily values.
  case tooFewValues(Int)
  /// The last value is more than 14 days old.
  case stale(days: Int)
  /// The level jumped less than 14 days, or 12 values, ago.
  case recentJump(daysAgo: Int)
  /// That all stays as it is missed less than any line.
  case noTrend
  /// The lines missed as much as that all stays as it is.
  case tooIrregular
}
