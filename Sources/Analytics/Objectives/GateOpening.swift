public import Model

extension Assessment {
  /// When the policy opens the gate again, if nothing bad happens any more.
  ///
  /// - Parameters:
  ///   - tally: what was counted in the window.
  ///   - zone: the days' of a rolling window; a calendar window begins anew.
  /// - Formula: a rolling window gives back what leaves it; its total is taken to stay what it is.
  /// - Returns: `nil` where the gate is open, or nothing can open it within the window's length.
  public func opensAgain(_ tally: Tally, zone: ZoneOffsets) -> Instant? {
    guard band?.closesGate == true, let budget else { return nil }
    guard case .rolling(let length) = objective.window else {
      let whole = ErrorBudget(bad: 0, of: budget.total, target: budget.target)
      return whole.band(of: objective.policy).closesGate ? nil : window.end
    }
    var day = zone.date(at: asOf).adding(days: 1)
    while zone.start(of: day) - length <= asOf {
      let start = zone.start(of: day) - length
      let bad = tally.counts(in: Window(start: start, end: max(start, asOf))).bad
      let then = ErrorBudget(bad: max(0, bad), of: budget.total, target: budget.target)
      if !then.band(of: objective.policy).closesGate { return zone.start(of: day) }
      day = day.adding(days: 1)
    }
    return nil
  }
}
