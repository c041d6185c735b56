/// The misses of earlier forecasts by days ahead, and the variance they ask for.
struct MissTable {
  /// Sums of squared misses and of promised variances.
  struct Misses {
    private var squares: [Double]
    private var promises: [Double]
    private var counts: [Double]

    init(horizon: Int) {
      squares = [Double](repeating: 0, count: horizon)
      (promises, counts) = (squares, squares)
    }

    var count: Double { counts.reduce(0, +) }

    /// Adds the misses of one origin, from a day ahead on.
    mutating func add(
      _ square: ArraySlice<Double>, _ promised: ArraySlice<Double>, _ count: ArraySlice<Double>,
      at ahead: Int
    ) {
      MissTable.add(square, to: &squares, at: ahead)
      MissTable.add(promised, to: &promises, at: ahead)
      MissTable.add(count, to: &counts, at: ahead)
    }

    mutating func clear() {
      for ahead in squares.indices { (squares[ahead], promises[ahead], counts[ahead]) = (0, 0, 0) }
    }

    /// The mean of squared misses within three days of each day ahead, where there are twelve.
    ///
    /// Beyond the last such day it grows as `variances` do. `nil` where misses were about what was promised, or fewer than 30 are known.
    func nearby(_ variances: [Double]) -> [Double]? {
      let (count, square, promised) = (
        count, squares.reduce(0, +), promises.reduce(0, +)
      )
      guard count >= 30, square > 1.25 * promised + 1e-15 * count else { return nil }
      var means = [Double](repeating: 0, count: squares.count)
      var last: Int?
      for ahead in squares.indices {
        var (near, cells) = (0.0, 0.0)
        for place in max(0, ahead - 3)...min(squares.count - 1, ahead + 3) {
          near += squares[place]
          cells += counts[place]
        }
        if cells >= 12 {
          means[ahead] = near / cells
          last = ahead
        } else if let last, variances[last] > 0 {
          means[ahead] = means[last] * variances[ahead] / variances[last]
        }
      }
      return means
    }
  }

  /// Of all origins.
  var all: Misses
  /// Of origins of the last 90 days.
  var recent: Misses

  init(horizon: Int) {
    all = Misses(horizon: horizon)
    recent = all
  }

  private static func add(
    _ values: ArraySlice<Double>, to sums: inout [Double], at place: Int
  ) {
    values.withUnsafeBufferPointer { values in
      sums.withUnsafeMutableBufferPointer { sums in
        for index in values.indices { sums[place + index] += values[index] }
      }
    }
  }

  /// Raises promised variances to what past misses ask for.
  ///
  /// - Formula: the larger of the two means of squared misses, never falling with the days ahead, times
  ///   1 + h / max(seen - 28, 15); or 1.5 times what is promised, where too few misses are known.
  /// - Returns: whether any was raised by misses.
  func widen(_ variances: inout [Double], seen: Int) -> Bool {
    guard max(all.count, recent.count) >= 30 else {
      for ahead in variances.indices { variances[ahead] *= 1.5 }
      return false
    }
    let (ofAll, ofRecent) = (all.nearby(variances), recent.nearby(variances))
    guard ofAll != nil || ofRecent != nil else { return false }
    var (largest, isRaised) = (0.0, false)
    for ahead in variances.indices {
      largest = max(largest, max(ofAll?[ahead] ?? 0, ofRecent?[ahead] ?? 0))
      let asked = largest * (1 + Double(ahead + 1) / Double(max(seen - 28, 15)))
      if asked > variances[ahead] {
        variances[ahead] = asked
        isRaised = true
      }
    }
    return isRaised
  }
}
