/// The rules of OpenMetrics over the samples of one point of a histogram, which come one after the
/// other.
struct HistogramCheck {
  private let isGauge: Bool
  private var bound = -Double.infinity
  private var lastCount = 0.0
  private var hasNegativeBound = false
  private var hasBuckets = false
  private var count: Double?
  private var sum: Double?

  init(isGauge: Bool) { self.isGauge = isGauge }

  /// Whether buckets rise in bound and count.
  mutating func addBucket(upTo bound: Double, _ value: Double) -> Bool {
    let rises = !hasBuckets || (bound > self.bound && value >= lastCount)
    (self.bound, lastCount, hasBuckets) = (bound, value, true)
    if bound < 0 { hasNegativeBound = true }
    return rises && count == nil
  }

  mutating func addCount(_ value: Double) { count = value }
  mutating func addSum(_ value: Double) { sum = value }

  /// Whether the point is whole and agrees with itself.
  var holds: Bool {
    guard hasBuckets else { return count == nil && sum == nil }
    if bound != .infinity { return false }
    if let count, count != lastCount { return false }
    if hasNegativeBound, !isGauge { return sum == nil }
    if (count == nil) != (sum == nil) { return false }
    return hasNegativeBound || (sum ?? 0) >= 0
  }
}
