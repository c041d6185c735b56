import Model

extension Observation {
  /// Of the rows of a query: all the time that its pulls asked for, up to the end of the newest bucket.
  ///
  /// A bucket without a row is one without events, not a gap. But after the newest bucket, which is as long as the usual step
  /// there and at most a day, nothing is known: a table that nobody fills any more gets old.
  init(ofQuery series: [Series], in spans: WindowSet) {
    let buckets = Observation(ofBuckets: series, in: spans)
    guard let first = spans.windows.first,
      let newest = series.compactMap(\.cells.last?.minute).max()
    else {
      self = buckets
      return
    }
    let end = Instant(minute: newest) + min(buckets.lastInterval ?? .days(1), .days(1))
    self = buckets.observing(
      spans.clipped(to: Window(start: first.start, end: max(first.start, end))))
  }
}
