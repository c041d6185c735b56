public import Model

extension Measurement {
  /// Leaves agreed time out: its events and its time, its rejects, its gaps, its part in the coverage.
  ///
  /// Only minutes that lie wholly in the windows are left out, since a minute's events cannot be told apart. A slice of
  /// time is left out as a whole when one of its minutes is: what is left of it is not the slice that was promised.
  /// What was observed stays as it is, so that agreed time does not make data look old.
  public func excluding(_ windows: WindowSet) -> Measurement {
    let whole = windows.wholeMinutes
    guard !whole.isEmpty else { return self }
    let kept = whole.positions(leavingOut: tally.minutes, grain: grain)
    let counts = kept.map { tally.counts(at: $0..<$0 + 1) }
    var result = self
    result.tally = Tally(
      minutes: kept.map { tally.minutes[$0] }, good: counts.map(\.good),
      total: counts.map(\.total))
    result.rejects = rejects.filter { reject in
      let span = Window(
        start: Instant(minute: reject.minute), end: Instant(minute: reject.through + 1))
      return !whole.windows.contains { $0.start <= span.start && span.end <= $0.end }
    }
    result.resets = whole.positions(leavingOut: resets).map { resets[$0] }
    result.stepsOverGaps = stepsOverGaps.filter { step in
      let booked = Cell.minute(ofSample: step.end.nanoseconds)
      return !whole.positions(leavingOut: [booked]).isEmpty
    }
    func isCounted(_ instant: Instant) -> Bool { !whole.windows.contains { $0.contains(instant) } }
    result.lives = SeriesLives(
      births: lives.births.filter { isCounted($0.minute) },
      ends: lives.ends.filter { end in
        // What is back before agreed time is over was agreed.
        guard let until = end.until else { return true }
        return !whole.windows.contains { $0.contains(end.at) && until <= $0.end }
      })
    result.excluded = excluded.union(whole)
    return result
  }

  /// The minutes of a slice, of the longer one where both the indicator and the method have slices.
  static func grain(of objective: Objective) -> Int64 {
    func minutes(_ length: Duration) -> Int64 { max(1, length.nanoseconds / 60_000_000_000) }
    let indicator =
      if case .slices(_, _, let every) = objective.indicator { minutes(every) } else { Int64(1) }
    switch objective.method {
    case .occurrences: return indicator
    case .timeslices(let every, _), .ratioTimeslices(let every):
      return max(indicator, minutes(every))
    }
  }
}

extension WindowSet {
  /// The minutes that lie wholly in the windows.
  public var wholeMinutes: WindowSet {
    WindowSet(
      windows.compactMap { window in
        let start = window.start.minuteUp
        let end = window.end.minute
        guard start < end else { return nil }
        return Window(start: Instant(minute: start), end: Instant(minute: end))
      })
  }

  /// The positions of those entries, rising and each `grain` minutes long, that these windows do not touch.
  fileprivate func positions(leavingOut minutes: [Int64], grain: Int64 = 1) -> [Int] {
    var next = 0
    return minutes.indices.filter { position in
      let start = Instant(minute: minutes[position])
      while next < windows.count, windows[next].end <= start { next += 1 }
      return next == windows.count || start + .minutes(grain) <= windows[next].start
    }
  }
}
