import Glibc

/// The observations of a histogram, counted by bucket: its quantiles and shares as Prometheus computes them.
///
/// - Formula: observations are taken to be evenly spread inside a bucket. The lowest bucket begins at 0 where its bound is
///   positive; the highest ends nowhere, nothing is interpolated in it.
///   prometheus/prometheus, `promql/quantile.go`.
public struct Buckets: Hashable, Sendable {
  /// How observations are spread inside a bucket.
  public enum Spread: Hashable, Sendable {
    /// Classic histograms, and native ones with bounds of their own.
    case linear
    /// Native histograms with exponential bounds: evenly in the logarithm; a bucket around or next to 0 is linear.
    case exponential
  }

  private let bounds: [Double]
  private let counts: [Double]
  private let spread: Spread

  /// Sorts the buckets, adds up those of equal bounds, and raises a count that falls to the largest before it.
  ///
  /// - Parameters:
  ///   - buckets: cumulative counts; steps of less than 1e-12 of a count are errors of rounding and left out.
  ///   - spread: exponential histograms also need the empty buckets that end where a gap between buckets ends.
  ///
  /// `nil` without a bucket for `+Inf`: the number of all observations is not known.
  public init?(_ buckets: [(bound: Double, count: Double)], spread: Spread = .linear) {
    var (bounds, counts): ([Double], [Double]) = ([], [])
    for bucket in buckets.sorted(by: { $0.bound < $1.bound }) where !bucket.bound.isNaN {
      if bounds.last == bucket.bound {
        counts[counts.count - 1] += bucket.count
      } else {
        bounds.append(bucket.bound)
        counts.append(bucket.count)
      }
    }
    guard bounds.last == .infinity else { return nil }
    for index in counts.indices.dropFirst()
    where counts[index] - counts[index - 1] <= 1e-12 * counts[index] {
      counts[index] = counts[index - 1]
    }
    (self.bounds, self.counts, self.spread) = (bounds, counts, spread)
  }

  private var total: Double { counts[counts.count - 1] }

  /// The value that a share `q` of the observations does not exceed.
  ///
  /// - Edge cases: NaN without observations or with a single bucket; infinite for `q` outside of 0...1; the highest finite
  ///   bound where the observations reach beyond it; the lowest one where it is not positive.
  public func quantile(_ q: Double) -> Double {
    if q < 0 { return -.infinity }
    if q > 1 { return .infinity }
    guard bounds.count > 1, total != 0, !q.isNaN else { return .nan }
    var rank = q * total
    var index: Int?
    switch spread {
    case .linear: index = counts.dropLast().firstIndex { $0 >= rank }
    case .exponential:
      let filled = counts.indices.filter { counts[$0] > before($0) }
      if q < 0.5 {
        index = filled.first { counts[$0] >= rank }
      } else {
        // From the top: where a gap is at the rank, the upper end of the gap counts.
        let above = (1 - q) * total
        index = filled.last { total - before($0) >= above }
        rank = total - above
      }
    }
    guard let index, index < bounds.count - 1 else { return bounds[bounds.count - 2] }
    let (lower, upper) = (lower(of: index), bounds[index])
    guard lower.isFinite else { return upper }
    let share = (rank - before(index)) / (counts[index] - before(index))
    return isExponential(index)
      ? lower * pow(upper / lower, share) : lower + (upper - lower) * share
  }

  /// The share of the observations between two values; 0 where they do not rise, NaN without observations.
  public func fraction(from lower: Double, to upper: Double) -> Double {
    guard total != 0, !lower.isNaN, !upper.isNaN else { return .nan }
    return lower < upper ? (rank(of: upper) - rank(of: lower)) / total : 0
  }

  /// Of users who are satisfied up to a threshold and tolerate four times as much: the satisfied and half of the tolerating ones.
  ///
  /// - Formula: `(c(τ) + c(4τ)) / 2 / total`. Apdex Alliance, *Application Performance Index* (2007).
  public func apdex(_ threshold: Double) -> Double {
    (rank(of: threshold) + rank(of: 4 * threshold)) / 2 / total
  }

  /// How many observations are at or under a value.
  private func rank(of value: Double) -> Double {
    guard value > -.infinity else { return 0 }
    guard let index = bounds.firstIndex(where: { $0 >= value }) else { return total }
    let (lower, upper) = (lower(of: index), bounds[index])
    if value == upper || lower == -.infinity { return counts[index] }
    guard value > lower, upper.isFinite else { return before(index) }
    let share =
      isExponential(index)
      ? log2(value / lower) / log2(upper / lower) : (value - lower) / (upper - lower)
    return before(index) + (counts[index] - before(index)) * share
  }

  private func before(_ index: Int) -> Double { index > 0 ? counts[index - 1] : 0 }

  private func lower(of index: Int) -> Double {
    index > 0 ? bounds[index - 1] : bounds[0] > 0 ? 0 : -.infinity
  }

  private func isExponential(_ index: Int) -> Bool {
    spread == .exponential && lower(of: index) * bounds[index] > 0
  }
}
