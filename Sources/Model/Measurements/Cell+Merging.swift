extension Cell {
  /// What to keep when the same minute comes again with `newer` data.
  ///
  /// Readings of different moments are joined, and of one moment the newer counts. A cell holds its first and its last
  /// moment, so two cells of at most two moments each are joined exactly, as are two of which one ends before the other.
  /// Two that share neither end take turns: of rows the amounts add up, and of a counter that does not fall the step is
  /// that from the first to the last reading. Of any others the fuller stays, and of two as full the newer.
  ///
  /// Data of another file contradict where one moment has two values, and where readings that take turns do not rise as
  /// those of one counter do. The amount of a row may grow, as late events make it do, or shrink a little, as refunds
  /// make it do.
  ///
  /// - Parameters:
  ///   - newer: what comes.
  ///   - kind: of the series.
  ///   - isAgain: whether it comes from a file that was read up to here before: what differs is a correction.
  ///   - isSettled: whether neither file may be cut in this minute; else nothing contradicts.
  ///   - isTotal: whether rows count all events, of which there cannot be fewer later.
  /// - Returns: the cell to keep; a contradiction is counted in it.
  public func replaced(
    by newer: Cell, kind: SeriesKind, isAgain: Bool = false, isSettled: Bool = true,
    isTotal: Bool = false
  ) -> Cell {
    var (kept, contradicts) = merged(with: newer, kind: kind, isAgain, isSettled, isTotal)
    kept.conflicts = max(conflicts, newer.conflicts, contradicts && isSettled && !isAgain ? 1 : 0)
    return kept
  }

  private func merged(
    with newer: Cell, kind: SeriesKind, _ isAgain: Bool, _ isSettled: Bool, _ isTotal: Bool
  ) -> (cell: Cell, contradicts: Bool) {
    guard count > 0 else { return (newer, false) }
    guard newer.count > 0 else {
      var kept = self
      kept.takeFlaws(of: newer)
      return (kept, false)
    }
    if lastTime < newer.firstTime { return (joined(with: newer, kind), false) }
    if newer.lastTime < firstTime { return (newer.joined(with: self, kind), false) }
    if let own = moments, let others = newer.moments {
      return united(own, others, newer, kind: kind, isAgain, isTotal)
    }
    let fuller = newer.count >= count ? newer : self
    let (starts, ends) = (firstTime == newer.firstTime, lastTime == newer.lastTime)
    guard starts || ends else {
      return takingTurns(with: newer, fuller, kind, isAgain || !isSettled)
    }
    let isWhole = starts && ends && count == newer.count
    switch kind {
    case .samples:
      let differs = (starts && first != newer.first) || (ends && last != newer.last)
      return (fuller, differs || isWhole && increase != newer.increase)
    case .rows:
      return (fuller, isWhole && newer.contradicts(amount: sum, isTotal))
    }
  }

  /// Rows that are maybe the same, the one a part of the other, are not added up.
  private func takingTurns(
    with newer: Cell, _ fuller: Cell, _ kind: SeriesKind, _ isMaybeSame: Bool
  ) -> (cell: Cell, contradicts: Bool) {
    let readings = [
      (firstTime, first), (lastTime, last), (newer.firstTime, newer.first),
      (newer.lastTime, newer.last),
    ].sorted { $0.0 < $1.0 }
    switch kind {
    case .samples:
      // One of two that restarted is as true as both.
      if resets > 0 || newer.resets > 0 { return (fuller, false) }
      guard zip(readings, readings.dropFirst()).allSatisfy({ $0.1 <= $1.1 }) else {
        return (fuller, true)
      }
    case .rows: if isMaybeSame { return (fuller, false) }
    }
    var cell = self
    (cell.firstTime, cell.first) = readings[0]
    (cell.lastTime, cell.last) = readings[3]
    (cell.low, cell.high) = (min(low, newer.low), max(high, newer.high))
    (cell.count, cell.sum) = (count + newer.count, sum + newer.sum)
    if kind == .samples { cell.increase = cell.last - cell.first }
    cell.takeFlaws(of: newer)
    return (cell, false)
  }

  /// The cells of each of its moments, in order of time; `nil` where it has more than it can name.
  private var moments: [Cell]? {
    if firstTime == lastTime { return [withoutFlaws] }
    guard count == 2 else { return nil }
    return [(first, firstTime), (last, lastTime)].map { value, time in
      var cell = Cell(minute: minute)
      cell.add(value, at: time)
      return cell
    }
  }

  private func united(
    _ own: [Cell], _ others: [Cell], _ newer: Cell, kind: SeriesKind, _ isAgain: Bool,
    _ isTotal: Bool
  ) -> (cell: Cell, contradicts: Bool) {
    var contradicts = false
    var all = others
    for moment in own {
      guard let other = others.first(where: { $0.firstTime == moment.firstTime }) else {
        all.append(moment)
        continue
      }
      switch kind {
      case .samples: contradicts = contradicts || other.last != moment.last
      case .rows: contradicts = contradicts || other.contradicts(amount: moment.sum, isTotal)
      }
    }
    all.sort { $0.firstTime < $1.firstTime }
    var cell = all.dropFirst().reduce(all[0]) { $0.joined(with: $1, kind) }
    cell.takeFlaws(of: newer)
    // A file that was corrected has no flaws but those that it has now.
    if !isAgain || all.count > others.count { cell.takeFlaws(of: self) }
    return (cell, contradicts)
  }

  /// An amount may grow, or be corrected by a twentieth or by one; but what was nothing at all (no good event, a state that
  /// is down), or becomes it, is another opinion.
  private func contradicts(amount: Double, _ isTotal: Bool) -> Bool {
    if (amount == 0) != (sum == 0) { return true }
    // Fewer events with as many good ones would be fewer bad ones.
    if isTotal { return sum < amount }
    let isWhole = amount.rounded() == amount && sum.rounded() == sum
    return sum < min(amount * 0.95, isWhole ? amount - 1 : amount)
  }

  /// With the next cell of the same series after it; between rows there is no step.
  public func joined(with next: Cell, _ kind: SeriesKind) -> Cell {
    var result = self
    result.append(next)
    if kind == .rows {
      (result.increase, result.resets) = (increase + next.increase, resets + next.resets)
    }
    return result
  }

  private var withoutFlaws: Cell {
    var cell = self
    (cell.rejects, cell.duplicates, cell.disordered, cell.stale, cell.conflicts) = (0, 0, 0, 0, 0)
    return cell
  }

  /// The more of each flaw: the same may be meant.
  private mutating func takeFlaws(of other: Cell) {
    rejects = max(rejects, other.rejects)
    duplicates = max(duplicates, other.duplicates)
    disordered = max(disordered, other.disordered)
    stale = max(stale, other.stale)
  }

  /// Two sorted columns of the same series as one, each minute as described at ``replaced(by:kind:isAgain:isSettled:)``.
  ///
  /// - Parameters:
  ///   - older: what is there.
  ///   - newer: what comes.
  ///   - kind: of the series.
  ///   - readBefore: the file that it comes from was read before up to this minute.
  ///   - settled: the minutes in which neither column may have been cut.
  ///   - isTotal: as there.
  /// - Returns: also how many minutes became contradictions.
  public static func merged(
    _ older: [Cell], with newer: [Cell], kind: SeriesKind, readBefore: Int64 = .min,
    settled: Range<Int64> = Int64.min..<Int64.max, isTotal: Bool = false
  ) -> (cells: [Cell], conflicts: Int) {
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
        let minute = older[old].minute
        let both = older[old].replaced(
          by: newer[new], kind: kind, isAgain: minute < readBefore,
          isSettled: settled.contains(minute), isTotal: isTotal)
        if both.conflicts > older[old].conflicts { conflicts += 1 }
        result.append(both)
        old += 1
        new += 1
      }
    }
    return (result, conflicts)
  }
}
