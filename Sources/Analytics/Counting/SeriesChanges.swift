public import Model

/// Series that came or went while others of the same kind were read.
///
/// A counter that is first seen above zero has counted before: those events are lost to any method that adds up steps,
/// unless it is told that the counter had just started.
public struct SeriesChanges: Hashable, Sendable {
  public struct Arrival: Hashable, Sendable {
    public let at: Instant
    /// The first reading: what a counter had counted before.
    public let value: Double
  }

  public let arrivals: [Arrival]
  /// The last readings of series that ended before the others.
  public let ends: [Instant]

  public init(arrivals: [Arrival] = [], ends: [Instant] = []) {
    self.arrivals = arrivals
    self.ends = ends
  }

  /// Compares the first and the last reading of each series with those of all, by 2.5 intervals.
  init(of series: [Series], interval: Duration?, starts: CounterStarts = CounterStarts()) {
    let filled = series.compactMap { series -> (id: SeriesID, first: Cell, last: Cell)? in
      let cells = series.cells.filter { $0.count > 0 }
      guard let first = cells.first, let last = cells.last else { return nil }
      return (series.id, first, last)
    }
    guard let interval, let oldest = filled.map(\.first.firstTime).min(),
      let newest = filled.map(\.last.lastTime).max()
    else {
      self.init()
      return
    }
    let longest = (interval * 2.5).nanoseconds
    self.init(
      arrivals: filled.filter {
        $0.first.firstTime - oldest > longest && $0.first.first > 0
          && !starts.isNew($0.id, first: $0.first, within: longest)
      }.map {
        Arrival(at: Instant(nanoseconds: $0.first.firstTime), value: $0.first.first)
      },
      ends: filled.filter { newest - $0.last.lastTime > longest }.map {
        Instant(nanoseconds: $0.last.lastTime)
      })
  }
}
