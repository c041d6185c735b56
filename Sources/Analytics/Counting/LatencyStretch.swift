public import Model

/// How slow the events of a stretch of time were, as far as the buckets of histograms tell.
public struct LatencyStretch: Hashable, Sendable {
  /// The smallest bucket bound in seconds that half of the events kept, 95 % and 99 %; infinite beyond the largest bound.
  public let half: Double
  public let most: Double
  public let nearlyAll: Double

  /// - Parameters:
  ///   - series: the buckets of one or more histograms; others are left out.
  ///   - windows: stretches of time, in order, that do not overlap.
  /// - Returns: one for each window; `nil` where nothing happened.
  /// - Formula: counts below a bound are added up over the histograms, each with the count of its largest bound at or under
  ///   it: no quantile is printed smaller than it was.
  public static func stretches(of series: [Series], in windows: [Window]) -> [LatencyStretch?] {
    var histograms: [[Label]: [Double: [Double]]] = [:]
    for series in series {
      guard let bound = series.id.bucketBound else { continue }
      let others = series.id.labels.filter { !$0.name.elementsEqual("le".utf8) }
      var counts =
        histograms[others]?[bound] ?? Array(repeating: 0, count: windows.count)
      add(series, to: &counts, windows)
      histograms[others, default: [:]][bound] = counts
    }
    let bounds = Set(histograms.values.flatMap(\.keys)).sorted()
    return windows.indices.map { place in
      var below = Array(repeating: 0.0, count: bounds.count)
      var total = 0.0
      for buckets in histograms.values {
        guard let all = buckets[.infinity]?[place], all > 0 else { continue }
        total += all
        var count = 0.0
        for (index, bound) in bounds.enumerated() {
          count = max(count, min(all, buckets[bound]?[place] ?? 0))
          below[index] += count
        }
      }
      guard total > 0 else { return nil }
      func bound(_ share: Double) -> Double {
        // A sum of counts may miss a whole number by its rounding.
        bounds.indices.first { below[$0] >= share * total * (1 - 1e-12) }.map { bounds[$0] }
          ?? .infinity
      }
      return LatencyStretch(half: bound(0.5), most: bound(0.95), nearlyAll: bound(0.99))
    }
  }

  /// What a series counted in each of the windows.
  private static func add(_ series: Series, to counts: inout [Double], _ windows: [Window]) {
    func place(_ minute: Int64, from place: inout Int) -> Int? {
      while place < windows.count, windows[place].end.minuteUp <= minute { place += 1 }
      return place < windows.count && windows[place].start.minuteUp <= minute ? place : nil
    }
    var next = 0
    switch series.kind {
    case .samples:
      for step in CounterIncrease.steps(of: series.cells) {
        if let found = place(step.minute, from: &next) { counts[found] += step.amount }
      }
    case .rows:
      for cell in series.cells where cell.low >= 0 {
        if let found = place(cell.minute, from: &next) { counts[found] += cell.sum }
      }
    }
  }
}
