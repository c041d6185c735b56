extension Cell {
  /// What to keep when the same minute comes again with `newer` data, and whether the two contradict each other.
  ///
  /// Rows replace rows. Samples of different moments are joined, and where moments overlap the newer ones stay: a file
  /// was corrected. But at the `isEdge` of a pull, which may cut a minute in two, the fuller cell stays.
  public func replaced(by newer: Cell, kind: SeriesKind, isEdge: Bool = true) -> (
    cell: Cell, conflict: Bool
  ) {
    if kind == .rows { return (newer, self != newer) }
    guard count > 0 else { return (newer, false) }
    guard newer.count > 0 else {
      var kept = self
      kept.rejects = max(rejects, newer.rejects)
      kept.stale = max(stale, newer.stale)
      return (kept, false)
    }
    if lastTime < newer.firstTime || newer.lastTime < firstTime {
      var joined = lastTime < newer.firstTime ? self : newer
      joined.append(lastTime < newer.firstTime ? newer : self)
      return (joined, false)
    }
    let same = firstTime == newer.firstTime && lastTime == newer.lastTime && count == newer.count
    return (!isEdge || newer.count >= count ? newer : self, same && self != newer)
  }

  /// Two sorted columns of the same series as one; `newer` wins as told at ``replaced(by:kind:)``.
  public static func merged(_ older: [Cell], with newer: [Cell], kind: SeriesKind)
    -> (cells: [Cell], conflicts: Int)
  {
    var result: [Cell] = []
    result.reserveCapacity(older.count + newer.count)
    var (old, new, conflicts) = (0, 0, 0)
    while old < older.count || new < newer.count {
      if new == newer.count || (old < older.count && older[old].minute < newer[new].minute) {
        result.append(older[old])
        old += 1
      } else if old == older.count || newer[new].minute < older[old].minute {
        result.append(newer[new])
        new += 1
      } else {
        let isEdge = new == 0 || new == newer.count - 1
        let both = older[old].replaced(by: newer[new], kind: kind, isEdge: isEdge)
        if both.conflict { conflicts += 1 }
        result.append(both.cell)
        old += 1
        new += 1
      }
    }
    return (result, conflicts)
  }
}
