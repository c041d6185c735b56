public import Model

extension Flaws {
  /// Counts what was wrong with a series: what its cells show, and what only neighbours show.
  ///
  /// - Formula: a fall is a restart, where the series is a counter. In a gap of length `g`, with the interval `i` there,
  ///   `g / i - 1` samples are missing, rounded (see ``LocalIntervals``). Rows have no samples to miss.
  public init(of series: Series, isCounter: Bool) {
    self.init()
    for cell in series.cells { add(cell) }
    guard series.kind == .samples else { return }
    if isCounter { resets = CounterIncrease.resets(of: series.cells) }
    missing = LocalIntervals(of: series.cells).gaps.reduce(0) { $0.addingClamped($1.missing) }
  }
}

/// What was wrong with the samples of an objective's series in a window.
public struct DataQuality: Hashable, Sendable {
  /// Of all series, without restarts and missing samples.
  public let flaws: Flaws
  /// The series with most of them, where there are several series.
  public let worst: SeriesID?

  public init(of series: [Series], in window: Window) {
    var flaws = Flaws()
    var worst: (id: SeriesID, count: Int64)?
    let (from, to) = (window.start.minuteUp, window.end.minuteUp)
    for series in series {
      var own = Flaws()
      for cell in series.cells where from <= cell.minute && cell.minute < to { own.add(cell) }
      flaws.add(own)
      if own.count > worst?.count ?? 0 { worst = (series.id, own.count) }
    }
    self.flaws = flaws
    self.worst = series.count > 1 ? worst?.id : nil
  }
}
