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

  /// - Formula: a quantile q of n lengths in order stands at the rank q (n - 1), from 0; between two of them it is
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
    median = LengthSummary.quantile(tenths: 5, of: sorted)
    p90 = LengthSummary.quantile(tenths: 9, of: sorted)
  }

  /// In seconds; the rank is split in whole numbers.
  private static func quantile(tenths: Int, of sorted: [Int64]) -> Double {
    let (rank, rest) = (tenths * (sorted.count - 1)).quotientAndRemainder(dividingBy: 10)
    let low = Double(sorted[rank])
    guard rest > 0 else { return low / 1e9 }
    return (low + (Double(sorted[rank + 1]) - low) * Double(rest) / 10) / 1e9
  }
}
