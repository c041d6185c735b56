import Model

extension Measurement {
  /// Events at or under a bound: the count of the largest bucket bound at or under it, over the `+Inf` bucket.
  ///
  /// Each histogram (the series that differ in `le` alone) has its own bucket bounds, and they may change over time. Where
  /// they differ, each counts what it knows to be good: the sum is never more than the truth.
  static func latency(
    _ series: [Series], atMost bound: Duration, span: Window, rows: Bool,
    starts: CounterStarts, observation: ([Series]) -> Observation
  ) -> Measurement {
    let seconds = Double(bound.nanoseconds) / 1e9
    // A decimal bound such as 0.3 need not be the nearest double of its nanoseconds.
    let tolerance = seconds * 1e-12
    var histograms: [[Label]: [(bound: Double, series: Series)]] = [:]
    for series in series {
      guard let bound = series.id.bucketBound else { continue }
      let others = series.id.labels.filter { !$0.name.elementsEqual("le".utf8) }
      histograms[others, default: []].append((bound, series))
    }
    var (good, total): ([Series], [Series]) = ([], [])
    var enclosing: ClosedRange<Double>?
    var counted: Set<Double> = []
    var withoutTotal: [BucketFit.WithoutTotal] = []
    for (labels, buckets) in histograms {
      let totals = buckets.filter { $0.bound == .infinity }.map(\.series)
      total += totals
      guard let known = Series.minutes(of: totals) else {
        withoutTotal += [BucketFit.WithoutTotal(buckets.map(\.series), labels)].compactMap(\.self)
        continue
      }
      let above = buckets.map(\.bound).filter { $0 > seconds + tolerance }.min()
      let below = buckets.filter { $0.bound.isFinite && $0.bound <= seconds + tolerance }
      // The largest bound speaks for its time; before and after it, where the buckets were others, the next one.
      var lowest: Double?
      var spoken: ClosedRange<Int64>?
      for bound in Set(below.map(\.bound)).sorted(by: >) {
        let same = below.filter { $0.bound == bound }.map(\.series)
        for series in same {
          let cells = series.cells.filter { known.contains($0.minute) }
          let parts = [
            cells.filter { $0.minute < spoken?.lowerBound ?? .max },
            cells.filter { $0.minute > spoken?.upperBound ?? .max },
          ].filter { !$0.isEmpty }
          good += parts.map { Series(id: series.id, kind: series.kind, cells: $0) }
          if !parts.isEmpty { lowest = bound }
        }
        if lowest == bound { counted.insert(bound) }
        guard let minutes = Series.minutes(of: same) else { continue }
        let (first, last) = (spoken?.lowerBound ?? .max, spoken?.upperBound ?? .min)
        spoken = min(first, minutes.lowerBound)...max(last, minutes.upperBound)
      }
      if lowest == nil { counted.insert(0) }
      if let above, lowest.map({ abs($0 - seconds) > tolerance }) ?? true {
        let (low, high) = (enclosing?.lowerBound ?? .infinity, enclosing?.upperBound ?? 0)
        enclosing = min(low, lowest ?? 0)...max(high, above)
      }
    }
    let seen = observation(rows ? series : total)
    let measured =
      rows
      ? Measurement.rows(good: good, total: total, span: span, observation: seen)
      : counters(good: good, total: total, span: span, observation: seen, starts: starts)
    return Measurement(
      tally: measured.tally, unit: measured.unit, observation: measured.observation,
      rejects: measured.rejects, resets: measured.resets, stepsOverGaps: measured.stepsOverGaps,
      buckets: BucketFit(
        enclosing: enclosing, counted: counted.sorted(),
        withoutTotal: withoutTotal.sorted { $0.bucket < $1.bucket }))
  }
}

extension BucketFit.WithoutTotal {
  /// `nil` where nothing was read at all.
  fileprivate init?(_ series: [Series], _ labels: [Label]) {
    guard let id = series.first?.id, let minutes = Series.minutes(of: series) else { return nil }
    let labels = labels + [Label("le", "+Inf")]
    bucket = SeriesID(source: id.source, name: id.name, labels: labels).text
    span = Window(
      start: Instant(seconds: minutes.lowerBound * 60),
      end: Instant(seconds: (minutes.upperBound + 1) * 60))
  }
}

extension Series {
  /// From the first minute in which one of the series was read to the last; `nil` where none was.
  fileprivate static func minutes(of series: [Series]) -> ClosedRange<Int64>? {
    let first = series.compactMap { $0.cells.first { $0.count > 0 }?.minute }.min()
    let last = series.compactMap { $0.cells.last { $0.count > 0 }?.minute }.max()
    guard let first, let last else { return nil }
    return first...last
  }
}
