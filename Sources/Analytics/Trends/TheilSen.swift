/// The slope that half of all pairs of points exceed: a few wild values do not move it.
public struct TheilSen: Hashable, Sendable {
  public let slope: Double
  /// The line goes through the median of x and of y.
  public let intercept: Double
  /// The 95 % interval of the slope.
  public let lower: Double
  public let upper: Double

  /// - Formula: the median of the slopes of all pairs of different x. H. Theil (1950); interval: the slopes at
  ///   (N ∓ 1.96 σ) / 2, where σ² is the variance of Kendall's score with ties. P. K. Sen, *Estimates of the regression coefficient
  ///   based on Kendall's tau* (1968).
  /// - Parameters:
  ///   - x: finite, in any order.
  ///   - y: finite, as many.
  ///   - correction: what the variance is multiplied by where values follow each other; never taken below 1.
  /// - Edge cases: `nil` without two points of different x.
  public init?(x: [Double], y: [Double], correction: Double = 1) {
    let slopes = PairwiseSlopes(x: x, y: y)
    guard slopes.count > 0 else { return nil }
    let n = Double(x.count)
    let variance =
      (n * (n - 1) * (2 * n + 5) - TheilSen.ties(x) - TheilSen.ties(y)) / 18 * max(1, correction)
    let reach = 1.959_963_984_540_054 * max(0, variance).squareRoot()
    let pairs = Double(slopes.count)
    // Halves are rounded to even, as others do.
    let high = ((pairs + reach) / 2).rounded(.toNearestOrEven)
    let low = ((pairs - reach) / 2).rounded(.toNearestOrEven) - 1
    let middle = slopes.values(at: [(slopes.count - 1) / 2, slopes.count / 2])
    let ends = slopes.values(
      at: [Int(max(0, low)), Int(min(pairs - 1, high))])
    let slope = (middle[0] + middle[1]) / 2
    self.slope = slope
    intercept = (Median.of(y) ?? 0) - slope * (Median.of(x) ?? 0)
    (lower, upper) = (ends[0], ends[1])
  }

  private init(slope: Double, intercept: Double, lower: Double, upper: Double) {
    (self.slope, self.intercept, self.lower, self.upper) = (slope, intercept, lower, upper)
  }

  /// The line of values that were taken in units of `scale` above `centre`, from a first day on.
  func scaled(by scale: Double, centre: Double, firstDay: Int) -> TheilSen {
    TheilSen(
      slope: slope * scale,
      intercept: intercept * scale + centre - slope * scale * Double(firstDay),
      lower: lower * scale, upper: upper * scale)
  }

  /// Σ t (t-1)(2t+5) over groups of t equal values.
  private static func ties(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    var (sum, start) = (0.0, 0)
    while start < sorted.count {
      var end = start
      while end < sorted.count, sorted[end] == sorted[start] { end += 1 }
      let t = Double(end - start)
      sum += t * (t - 1) * (2 * t + 5)
      start = end
    }
    return sum
  }
}
