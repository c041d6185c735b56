/// What a series is made of.
public enum SeriesKind: Int64, Hashable, Sendable {
  /// Readings of a counter or a gauge; which of both, its user decides.
  case samples = 1
  /// Rows of a table, each at the start of its bucket; the pull says which time they cover.
  case rows = 2
}

/// A series as minute cells, in order of time, one for each minute that has any.
public struct Series: Hashable, Sendable {
  public let id: SeriesID
  public let kind: SeriesKind
  public var cells: [Cell]

  public init(id: SeriesID, kind: SeriesKind, cells: [Cell] = []) {
    self.id = id
    self.kind = kind
    self.cells = cells
  }

  /// As the history would load it from an instant on: the cells that start then or later, and the last one before.
  public func since(_ start: Instant) -> Series {
    let first = cells.partitioningIndex { $0.minute >= start.minuteUp }
    if first <= 1 { return self }
    return Series(id: id, kind: kind, cells: Array(cells[max(0, first - 1)...]))
  }
}
