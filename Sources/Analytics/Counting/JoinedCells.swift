import Model

/// Minutes that were joined to longer cells (see `Tiers` of the history): the times inside one are lost.
enum JoinedCells {
  /// The series up to an instant, and the time before it of which nothing is known, because its cells hold later readings, too.
  static func cut(_ series: [Series], at end: Instant) -> (series: [Series], unresolved: Window?) {
    let minute = end.minuteUp
    func isAfter(_ cell: Cell, of kind: SeriesKind) -> Bool {
      cell.count > 0
        && (kind == .rows
          ? cell.lastTime >= end.nanoseconds : cell.lastTime > end.nanoseconds)
    }
    let starts = series.compactMap { series -> Int64? in
      var index = series.cells.count
      var start: Int64?
      while index > 0, isAfter(series.cells[index - 1], of: series.kind) {
        index -= 1
        let cell = series.cells[index]
        // A cell of a minute holds nothing after its end.
        let isJoined = cell.lastTime > (cell.minute + 1) * 60_000_000_000
        if isJoined && cell.minute < minute { start = cell.minute }
      }
      return start
    }
    guard let first = starts.min() else { return (series, nil) }
    let left = series.map { series in
      let kept = series.cells.lastIndex { $0.minute < first }.map { $0 + 1 } ?? 0
      return Series(id: series.id, kind: series.kind, cells: Array(series.cells.prefix(kept)))
    }
    let start = min(end, Instant(minute: first))
    return (left, Window(start: start, end: end))
  }

  /// The time after an instant of which nothing is known, because its cells hold earlier readings, too.
  static func unresolved(_ series: [Series], from start: Instant) -> Window? {
    let minute = start.minuteUp
    let ends = series.compactMap { series -> Int64? in
      var (low, high) = (0, series.cells.count)
      while low < high {
        let middle = low + (high - low) / 2
        if series.cells[middle].minute < minute { low = middle + 1 } else { high = middle }
      }
      guard low > 0, series.cells[low - 1].count > 0 else { return nil }
      return series.cells[low - 1].lastTime
    }
    guard let end = ends.max(), end > start.nanoseconds else { return nil }
    return Window(start: start, end: Instant(nanoseconds: end))
  }
}
