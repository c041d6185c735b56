import Model

extension Measurement {
  /// Events at or under a bound: the count of the largest bucket bound at or under it, over the `+Inf` bucket.
  ///
  /// Each histogram (the series that differ in `le` alone) has its own bucket bounds, and they may change over time. Where
  /// they differ, each counts what it knows to be good: the sum is never more than the truth.
  static func latency(
    _ series: [Series], atMost bound: Duration, span: Window, rows: Bool,
    starts: CounterStarts, lives: (_ good: [Series], _ total: [Series]) -> SeriesLives,
    observation: ([Series]) -> Observation
  ) -> Measurement {
    let seconds = Double(bound.nanoseconds) / 1e9
    // A decimal bound such as 0.3 need not be the nearest double of its nanoseconds.
    let tolerance = seconds * 1e-12
    var histograms: [[Label]: [BucketChoice.Bucket]] = [:]
    for series in series {
      guard let bound = series.id.bucketBound else { continue }
      let others = series.id.labels.filter { !$0.name.elementsEqual("le".utf8) }
      let isAtLimit = abs(bound - seconds) <= tolerance
      histograms[others, default: []].append(
        .init(bound: isAtLimit ? seconds : bound, series: series))
    }
    var (good, total): ([Series], [Series]) = ([], [])
    var enclosing: ClosedRange<Double>?
    var counted: Set<Double> = []
    var withoutTotal: [BucketFit.WithoutTotal] = []
    var undecided: [(bound: Double, minute: Int64, amount: Double)] = []
    for (labels, buckets) in histograms {
      let totals = Series.joined(buckets.filter { $0.bound == .infinity }.map(\.series))
      total += totals
      guard let known = Series.minutes(of: totals) else {
        withoutTotal += [BucketFit.WithoutTotal(buckets.map(\.series), labels)].compactMap(\.self)
        continue
      }
      let choice = BucketChoice(buckets, atMost: seconds, totals: totals, in: known)
      good += choice.good
      undecided += choice.undecided
      counted.formUnion(choice.bounds.isEmpty ? [0] : choice.bounds)
      let lowest = choice.bounds.min() ?? 0
      if lowest != seconds, let above = buckets.map(\.bound).filter({ $0 > seconds }).min() {
        let (low, high) = (enclosing?.lowerBound ?? .infinity, enclosing?.upperBound ?? 0)
        enclosing = min(low, lowest)...max(high, above)
      }
    }
    let seen = observation(rows ? series : total)
    let measured =
      rows
      ? Measurement.rows(good: good, total: total, span: span, observation: seen)
      : counters(
        good: good, total: total, span: span, observation: seen, starts: starts,
        lives: lives(good, total))
    var unknown = TallyBuilder(span: span)
    let scale = measured.unit == .events ? 1 : 1e6
    for part in undecided where part.amount > 0 {
      unknown.add(good: 0, total: Int64(clamping: part.amount * scale), at: part.minute)
    }
    var result = Measurement(
      tally: measured.tally, unit: measured.unit, observation: measured.observation,
      rejects: measured.rejects, resets: measured.resets, stepsOverGaps: measured.stepsOverGaps,
      buckets: BucketFit(
        enclosing: enclosing, counted: counted.sorted(),
        withoutTotal: withoutTotal.sorted { $0.bucket < $1.bucket },
        undecided: undecided.filter { $0.amount > 0 }.map(\.bound).min().map {
          BucketFit.Undecided(least: $0, tally: unknown.finish())
        }))
    result.lives = measured.lives
    return result
  }
}

extension BucketFit.WithoutTotal {
  /// `nil` where nothing was read at all.
  fileprivate init?(_ series: [Series], _ labels: [Label]) {
    guard let id = series.first?.id, let minutes = Series.minutes(of: series) else { return nil }
    let labels = labels + [Label("le", "+Inf")]
    bucket = SeriesID(source: id.source, name: id.name, labels: labels).text
    span = Window(
      start: Instant(minute: minutes.lowerBound),
      end: Instant(minute: minutes.upperBound + 1))
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
