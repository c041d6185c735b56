import Glibc

/// Days on which the level of a series changed and kept its new height; a trend is none, however steep.
public struct LevelShifts: Hashable, Sendable {
  public struct Shift: Hashable, Sendable {
    /// The place of the first value of the new level.
    public let place: Int
    /// How much higher the new level is, its slope left out.
    public let change: Double

    public init(place: Int, change: Double) { (self.place, self.change) = (place, change) }
  }

  /// Ascending.
  public let shifts: [Shift]
  /// What all levels rise by from value to value.
  public let slope: Double

  /// Values a step apart, without their weekly pattern.
  ///
  /// - Formula: neighbouring values agree by ρ = (c₂ / c₁)² - 1, c₁ and c₂ the spreads Qn of differences over one and two
  ///   steps, which steps of the level do not move; ρ is taken out (S. Chakar et al., *A robust approach for estimating
  ///   change-points in the mean of an AR(1) process*, 2017). Then ``Segmentation`` with a penalty of
  ///   6 ln n σ², levels of seven values or more, and one slope for all of them, that fits best or is 0.
  ///   A shift counts where it exceeds the spread of values about their levels, and the five values before and after it differ by
  ///   70 % of it: what changes by and by is no step. Where most do not count, none does.
  /// - Edge cases: none with fewer than 21 values, and none where ρ exceeds 0.7: such a series wanders, and has no level.
  public init(_ values: [Double]) {
    let found = values.count >= 21 ? Whitened(values)?.best() : nil
    slope = found?.slope ?? 0
    shifts = LevelShifts.sure(values, found?.changes ?? [], slope: slope)
  }

  /// A series with the memory of its values taken out.
  private struct Whitened {
    let values: [Double]
    let steps: [Double]
    let penalty: Double
    private let startSlope: Double

    init?(_ series: [Double]) {
      let n = series.count
      let ones = (1..<n).map { series[$0] - series[$0 - 1] }
      let twos = (2..<n).map { series[$0] - series[$0 - 2] }
      let (one, two) = (LevelShifts.deviation(ones), LevelShifts.deviation(twos))
      let rho = one > 0 ? (two / one) * (two / one) - 1 : 0
      guard rho <= 0.7 else { return nil }
      let memory = max(0, rho)
      values = (1..<n).map { series[$0] - memory * series[$0 - 1] }
      steps = (1..<n).map { Double($0) - memory * Double($0 - 1) }
      let differences = zip(values.dropFirst(), values).map { $0 - $1 }
      var variance = LevelShifts.deviation(differences)
      variance = variance * variance / 2
      if variance == 0 {
        // Most steps are the same: the squares of the others are all there is to measure by.
        let middle = Median.of(differences) ?? 0
        variance =
          differences.reduce(0) { $0 + ($1 - middle) * ($1 - middle) }
          / Double(2 * differences.count)
      }
      guard variance > 0 else { return nil }
      penalty = 6 * log(Double(n)) * variance
      startSlope = PairwiseSlopes(x: (0..<n).map(Double.init), y: series).median ?? 0
    }

    /// Levels without a slope, or with the one they have in common: what costs less.
    func best() -> (changes: [Int], slope: Double) {
      let flat = Segmentation(values, penalty: penalty, least: 7)
      let flatCost = flat.squares + penalty * Double(flat.changes.count)
      var slope = startSlope
      var sloped = segmentation(slope)
      for _ in 0..<8 {
        slope = common(sloped.changes)
        let next = segmentation(slope)
        let isSame = next.changes == sloped.changes
        sloped = next
        if isSame { break }
      }
      // A slope costs half of what a change does.
      let cost = sloped.squares + penalty * (Double(sloped.changes.count) + 0.5)
      // One value was lost in front.
      return cost < flatCost
        ? (sloped.changes.map { $0 + 1 }, slope) : (flat.changes.map { $0 + 1 }, 0)
    }

    private func segmentation(_ slope: Double) -> Segmentation {
      Segmentation(zip(values, steps).map { $0 - slope * $1 }, penalty: penalty, least: 7)
    }

    /// The slope inside of the segments.
    private func common(_ changes: [Int]) -> Double {
      let edges = [0] + changes + [values.count]
      var (sxx, sxy) = (0.0, 0.0)
      for (start, end) in zip(edges, edges.dropFirst()) {
        let n = Double(end - start)
        let meanX = steps[start..<end].reduce(0, +) / n
        let meanY = values[start..<end].reduce(0, +) / n
        for place in start..<end {
          sxx += (steps[place] - meanX) * (steps[place] - meanX)
          sxy += (steps[place] - meanX) * (values[place] - meanY)
        }
      }
      return sxx > 0 ? sxy / sxx : 0
    }
  }

  private static func sure(_ values: [Double], _ changes: [Int], slope: Double) -> [Shift] {
    guard !changes.isEmpty else { return [] }
    let flat = values.enumerated().map { $1 - slope * Double($0) }
    let edges = [0] + changes + [flat.count]
    let levels = zip(edges, edges.dropFirst()).map { Median.of(Array(flat[$0..<$1])) ?? 0 }
    var rest = flat
    for (index, level) in levels.enumerated() {
      for place in edges[index]..<edges[index + 1] { rest[place] -= level }
    }
    let spread = deviation(rest)
    let found = changes.indices.compactMap { index -> Shift? in
      let place = changes[index]
      let change = levels[index + 1] - levels[index]
      let before = Median.of(Array(flat[place - 5..<place])) ?? 0
      let after = Median.of(Array(flat[place..<place + 5])) ?? 0
      let near = change < 0 ? before - after : after - before
      guard abs(change) >= spread, near >= 0.7 * abs(change) else { return nil }
      return Shift(place: place, change: change)
    }
    return 2 * found.count > changes.count ? found : []
  }

  /// The spread of values by Qn: about the first quartile of the distances of all pairs.
  ///
  /// - Formula: 2.2219 times the distance of rank h (h - 1) / 2, h = n / 2 + 1, of P. Rousseeuw and C. Croux, *Alternatives to the
  ///   median absolute deviation* (1993). It varies by half as much as that deviation, for which uniform noise often had a
  ///   memory above 0.7. The distance is found by halving, to 64 binary digits of the range.
  private static func deviation(_ values: [Double]) -> Double {
    guard values.count >= 2 else { return 0 }
    let sorted = values.sorted()
    let half = sorted.count / 2 + 1
    let rank = half * (half - 1) / 2
    func isEnough(_ distance: Double) -> Bool {
      var (first, count) = (0, 0)
      for last in sorted.indices {
        while sorted[last] - sorted[first] > distance { first += 1 }
        count += last - first
      }
      return count >= rank
    }
    if isEnough(0) { return 0 }
    var (low, high) = (0.0, sorted[sorted.count - 1] - sorted[0])
    for _ in 0..<64 {
      let middle = low + (high - low) / 2
      if isEnough(middle) { high = middle } else { low = middle }
    }
    return 2.2219 * high
  }
}
