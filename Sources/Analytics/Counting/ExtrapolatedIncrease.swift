public import Model

/// The increase that Prometheus shows: the steps inside a range, stretched towards the edges of the range.
///
/// - Formula: `raw · (interval + left + right) / interval`, where `interval` reaches from the first reading to the last
///   and `raw` is what ``CounterIncrease`` adds up. A side is the time from the outermost reading to the edge; one of
///   1.1 average distances of readings or more becomes half such a distance. The left side ends where the line would
///   reach zero. prometheus/prometheus, `promql/functions.go`.
public struct ExtrapolatedIncrease: Hashable, Sendable {
  /// Which readings belong to a range, and when the left side is cut at zero.
  public enum Rule: Hashable, Sendable {
    /// Prometheus 2.x: a reading at the start is in the range; the left side is cut before its length is judged.
    case closed
    /// Prometheus 3.0 and later: a reading at the start is not in the range; the left side is cut afterwards.
    case leftOpen
  }

  /// What `increase` shows.
  public let amount: Double
  /// What `rate` shows.
  public let perSecond: Double

  /// Stretches what a range holds.
  ///
  /// - Parameters:
  ///   - readings: those of the range, as one cell: see ``Cell/joined(_:in:by:)``.
  ///   - range: on whole minutes.
  ///   - rule: that of the Prometheus to compare with.
  ///   - isCounter: `false` for `delta`, where a fall is not a restart and no line ends at zero.
  ///
  /// `nil` with fewer than two readings.
  public init?(_ readings: Cell, in range: Window, by rule: Rule, isCounter: Bool = true) {
    guard readings.count > 1, readings.lastTime > readings.firstTime, range.length > .zero else {
      return nil
    }
    let raw = isCounter ? readings.increase : readings.last - readings.first
    let interval = Double(readings.lastTime - readings.firstTime)
    let average = interval / Double(readings.count - 1)
    let toZero =
      isCounter && raw > 0 && readings.first >= 0 ? interval * readings.first / raw : .infinity
    func judged(_ side: Double) -> Double { side >= 1.1 * average ? average / 2 : side }
    let side = Double(readings.firstTime - range.start.nanoseconds)
    let left =
      switch rule {
      case .closed: judged(min(side, toZero))
      case .leftOpen: min(judged(side), toZero)
      }
    let right = judged(Double(range.end.nanoseconds - readings.lastTime))
    amount = raw * (interval + left + right) / interval
    perSecond = amount / (Double(range.length.nanoseconds) / 1e9)
  }

  /// What `sum(increase(…))` shows of several counters; `nil` where none has two readings.
  public static func sum(of series: [Series], in range: Window, by rule: Rule) -> Double? {
    let amounts = series.compactMap { series in
      Cell.joined(series.cells, in: range, by: rule)
        .flatMap { ExtrapolatedIncrease($0, in: range, by: rule)?.amount }
    }
    return amounts.isEmpty ? nil : amounts.reduce(0, +)
  }
}

extension Cell {
  /// All readings of a range, on whole minutes, as one cell; `nil` where it holds none.
  ///
  /// The cells are those of one series, in order of time. The rule says whether a reading at the start belongs to the
  /// range.
  public static func joined(
    _ cells: [Cell], in range: Window, by rule: ExtrapolatedIncrease.Rule
  ) -> Cell? {
    let (start, end) = (range.start.nanoseconds, range.end.nanoseconds)
    var result: Cell?
    for cell in cells where cell.count > 0 && cell.lastTime <= end {
      if cell.firstTime > start {
        if result?.append(cell) == nil { result = cell }
      } else if rule == .closed, cell.lastTime == start {
        var edge = Cell(minute: cell.minute)
        edge.add(cell.last, at: start)
        result = edge
      }
    }
    return result
  }
}
