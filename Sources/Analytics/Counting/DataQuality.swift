public import Model

extension Flaws {
  /// Counts what was wrong with a series: what its cells tell, and what only neighbours tell.
  ///
  /// - Formula: a fall is a restart, where the series is a counter. A gap is longer than 2.5 times the median step
  ///   between neighbouring samples; in one of length `g`, with the median step `m`, `g / m - 1` samples are missing,
  ///   rounded. Rows have no samples to miss.
  public init(of series: Series, isCounter: Bool) {
    self.init()
    for cell in series.cells { add(cell) }
    guard series.kind == .samples else { return }
    if isCounter { resets = CounterIncrease.resets(of: series.cells) }
    missing = Observation.missing(in: series)
  }
}

extension Observation {
  /// How many samples the gaps of a series could have held.
  static func missing(in series: Series) -> Int64 {
    guard let interval = Observation(of: [series]).interval?.nanoseconds, interval > 0 else {
      return 0
    }
    var missing: Int64 = 0
    var previous: Int64?
    for cell in series.cells where cell.count > 0 {
      if let previous, Double(cell.firstTime - previous) > 2.5 * Double(interval) {
        let steps = (Double(cell.firstTime - previous) / Double(interval)).rounded()
        missing = missing.addingClamped(Int64(clamping: steps - 1))
      }
      previous = cell.lastTime
    }
    return missing
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
    let (from, to) = (Tally.minute(from: window.start), Tally.minute(from: window.end))
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
