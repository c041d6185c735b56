/// Whether values rise or fall over time, by the signs of their differences alone.
public struct MannKendall: Hashable, Sendable {
  public let count: Int
  /// Pairs that rise less pairs that fall.
  public let score: Int
  /// Of the score, were the values in chance order; ties counted.
  public let variance: Double
  /// What values that follow each other multiply the variance by; 1 where they do not.
  public let correction: Double
  /// The Theil–Sen slope of each step.
  public let slope: Double

  /// The values in the order of time.
  ///
  /// - Formula: S = Σ sign(y(j) - y(i)); its variance is (n (n-1)(2n+5) - Σ t (t-1)(2t+5)) / 18 over groups of t equal values.
  ///   M. G. Kendall, *Rank Correlation Methods* (1975). The correction is 1 + 2 / (n (n-1)(n-2)) · Σ (n-i)(n-i-1)(n-i-2) ρ(i),
  ///   over the correlations ρ(i) of the ranks of the values, less the slope, that exceed 1.96 / √n.
  ///   K. H. Hamed and A. R. Rao, *A modified Mann-Kendall trend test for autocorrelated data* (1998).
  /// - Edge cases: `nil` with fewer than 4 values. A sum that leaves no variance corrects nothing.
  public init?(_ values: [Double]) {
    let n = values.count
    guard n >= 4 else { return nil }
    var (keys, scratch) = (values, values)
    let falling = Inversions.count(&keys, &scratch)
    var (tied, ties, start) = (0, 0.0, 0)
    while start < n {
      var end = start
      while end < n, keys[end] == keys[start] { end += 1 }
      let t = Double(end - start)
      tied += (end - start) * (end - start - 1) / 2
      ties += t * (t - 1) * (2 * t + 5)
      start = end
    }
    count = n
    score = n * (n - 1) / 2 - tied - 2 * falling
    let size = Double(n)
    variance = (size * (size - 1) * (2 * size + 5) - ties) / 18
    slope = PairwiseSlopes(x: (0..<n).map(Double.init), y: values).median ?? 0
    let slope = slope
    correction = MannKendall.correction(values.enumerated().map { $1 - Double($0 + 1) * slope })
  }

  public var tau: Double { Double(score) / (0.5 * Double(count) * Double(count - 1)) }

  /// The score in its deviations, one step nearer to 0.
  public func z(corrected: Bool) -> Double {
    let variance = corrected ? variance * correction : variance
    guard variance > 0, score != 0 else { return 0 }
    return Double(score - score.signum()) / variance.squareRoot()
  }

  /// The probability of such a score, up or down, in chance order.
  public func probability(corrected: Bool) -> Double {
    2 * Normal.upperTail(abs(z(corrected: corrected)))
  }

  private static func correction(_ values: [Double]) -> Double {
    var ranks = MannKendall.ranks(values)
    let n = ranks.count
    let size = Double(n)
    let mean = (size + 1) / 2
    for index in ranks.indices { ranks[index] -= mean }
    let square = ranks.reduce(0) { $0 + $1 * $1 }
    guard square > 0 else { return 1 }
    let bound = 1.959_963_984_540_054 / size.squareRoot()
    var sum = 0.0
    for lag in 1..<n {
      var product = 0.0
      for index in 0..<n - lag { product += ranks[index] * ranks[index + lag] }
      let correlation = product / square
      guard abs(correlation) > bound else { continue }
      let left = Double(n - lag)
      sum += left * (left - 1) * (left - 2) * correlation
    }
    let factor = 1 + 2 / (size * (size - 1) * (size - 2)) * sum
    return factor > 0 ? factor : 1
  }

  /// From 1 on; equal values share the mean of theirs.
  private static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for place in start..<end { ranks[order[place]] = Double(start + 1 + end) / 2 }
      start = end
    }
    return ranks
  }
}
