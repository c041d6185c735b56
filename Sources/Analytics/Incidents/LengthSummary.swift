import Model

/// Several lengths of time summed up: such lengths are few and skewed, so a mean alone says little.
public struct LengthSummary: Hashable, Sendable {
  public let count: Int
  public let total: Duration
  public let shortest: Duration
  public let longest: Duration
  /// In seconds.
  public let mean: Double
  /// In seconds.
  public let median: Double
  /// The length that nine of ten do not exceed, in seconds.
  public let p90: Double

  /// - Formula: a quantile q of n lengths in order is at the rank q (n - 1), from 0; between two of them it is
  ///   interpolated linearly (Hyndman and Fan's type 7, the default of NumPy and R).
  ///
  /// `nil` of no lengths.
  public init?(_ lengths: [Duration]) {
    let sorted = lengths.map(\.nanoseconds).sorted()
    guard let shortest = sorted.first, let longest = sorted.last else { return nil }
    let total = sorted.reduce(Int128(0)) { $0 + Int128($1) }
    count = sorted.count
    self.total = .nanoseconds(Int64(clamping: total))
    self.shortest = .nanoseconds(shortest)
    self.longest = .nanoseconds(longest)
    mean = Double(total) / 1e9 / Double(sorted.count)
    median = LengthSummary.quantile(percent: 50, of: sorted)
    p90 = LengthSummary.quantile(percent: 90, of: sorted)
  }

  /// The length in seconds that so many percent of the sorted ones, in nanoseconds, do not exceed; NaN of none.
  ///
  /// The rank is split in whole numbers, so that no rounding moves it.
  public static func quantile(percent: Int, of sorted: [Int64]) -> Double {
    guard !sorted.isEmpty else { return .nan }
    let (rank, rest) = (percent * (sorted.count - 1)).quotientAndRemainder(dividingBy: 100)
    let low = Double(sorted[rank])
    guard rest > 0 else { return low / 1e9 }
    return (low + (Double(sorted[rank + 1]) - low) * Double(rest) / 100) / 1e9
  }
}
