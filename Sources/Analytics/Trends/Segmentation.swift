/// Where the mean of a sequence changes.
public struct Segmentation: Hashable, Sendable {
  /// The first places of new segments, ascending.
  public let changes: [Int]
  /// The sum of squares about the means of the segments.
  public let squares: Double

  /// - Formula: the changes that make the sum of squares about the means, and a penalty for each change, least, with an exact
  ///   search that drops starts which cannot win any more. R. Killick et al., *Optimal detection of changepoints with a linear
  ///   computational cost* (2012), PELT.
  /// - Parameters:
  ///   - values: finite.
  ///   - penalty: what a change has to save.
  ///   - least: the fewest values of a segment.
  public init(_ values: [Double], penalty: Double, least: Int) {
    let (n, least) = (values.count, max(1, least))
    guard n >= 2 * least else {
      changes = []
      squares = Segmentation.squares(values)
      return
    }
    let mean = values.reduce(0, +) / Double(n)
    var (sums, squareSums) = ([0.0], [0.0])
    for value in values {
      sums.append(sums[sums.count - 1] + (value - mean))
      squareSums.append(squareSums[squareSums.count - 1] + (value - mean) * (value - mean))
    }
    func cost(_ start: Int, _ end: Int) -> Double {
      let sum = sums[end] - sums[start]
      return max(0, squareSums[end] - squareSums[start] - sum * sum / Double(end - start))
    }
    var best = [Double](repeating: .infinity, count: n + 1)
    var last = [Int](repeating: 0, count: n + 1)
    best[0] = -penalty
    // A start that loses at `end` loses from `end + least` on, where a segment could begin at `end`.
    var starts: [(place: Int, until: Int)] = []
    for end in least...n {
      starts.append((end - least, .max))
      for start in starts {
        let total = best[start.place] + cost(start.place, end) + penalty
        if total < best[end] { (best[end], last[end]) = (total, start.place) }
      }
      starts = starts.compactMap { start in
        guard start.until > end else { return nil }
        let loses = best[start.place] + cost(start.place, end) > best[end]
        return (start.place, loses ? min(start.until, end + least) : start.until)
      }
    }
    var found: [Int] = []
    var end = last[n]
    while end > 0 {
      found.append(end)
      end = last[end]
    }
    changes = found.reversed()
    squares = best[n] - penalty * Double(found.count)
  }

  private static func squares(_ values: [Double]) -> Double {
    guard !values.isEmpty else { return 0 }
    let mean = values.reduce(0, +) / Double(values.count)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  }
}
