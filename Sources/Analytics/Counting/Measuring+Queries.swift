import Model

extension Observation {
  /// Of the rows of a query: all the time its pulls spoke for, up to the end of the newest bucket.
  ///
  /// A bucket without a row is one without events, not a gap. But behind the newest bucket, as long as the usual step
  /// and at most a day, nothing is known: a table that nobody fills any more gets old. A single bucket speaks for a day. Without
  /// any, the pulls are taken at their word: nothing happened.
  init(ofQuery series: [Series], in spans: WindowSet) {
    let buckets = Observation(ofBuckets: series, in: spans)
    guard let first = spans.windows.first,
      let newest = series.compactMap(\.cells.last?.minute).max()
    else {
      self = buckets
      return
    }
    let end = Instant(seconds: newest * 60) + min(buckets.interval ?? .days(1), .days(1))
    self.init(
      interval: buckets.interval,
      observed: spans.clipped(to: Window(start: first.start, end: max(first.start, end))))
  }
}
