public import Model

/// What was counted for an objective, day by day: the past of its trend, and of its budget's future.
public struct ObjectiveDays: Hashable, Sendable {
  /// The bad share of each local day of which 12 hours or more count, and half of that or more was measured.
  public let badShares: DailyValues
  /// The share of a rolling window's budget that was used at the end of each day, 1 for all; without values for any other window,
  /// for one that was measured for less than half of its time, and where nothing bad is allowed.
  public let used: DailyValues
  private let today: Int

  /// - Parameters:
  ///   - objective: gives the target and the window.
  ///   - measurement: what was counted.
  ///   - start: of the time that it covers.
  ///   - asOf: its end.
  ///   - zone: that of the days.
  public init(
    _ objective: Objective, _ measurement: Measurement, from start: Instant, asOf: Instant,
    zone: ZoneOffsets
  ) {
    let since = max(start, measurement.since ?? start)
    let last = zone.date(at: asOf - .nanoseconds(1))
    today = Int(last.dayNumber)
    let first = min(zone.date(at: since).dayNumber, last.dayNumber)
    var (days, shares): ([Int], [Double]) = ([], [])
    var (ends, used): ([Int], [Double]) = ([], [])
    for number in first...last.dayNumber {
      let day = CivilDate(dayNumber: number)
      let window = Window(
        start: zone.start(of: day), end: min(asOf, zone.start(of: day.adding(days: 1))))
      let counts = measurement.tally.counts(in: window)
      if since <= window.start, counts.total > 0, measurement.coverage(of: window) >= 500_000_000,
        measurement.counted(in: window).length >= .hours(12)
      {
        days.append(Int(number))
        shares.append(max(0, Double(counts.bad)) / Double(counts.total))
      }
      guard case .rolling(let length) = objective.window, since <= window.end - length,
        objective.target.allowance > 0
      else { continue }
      let whole = Window(start: window.end - length, end: window.end)
      let all = measurement.tally.counts(in: whole)
      guard all.total > 0, measurement.coverage(of: whole) >= 500_000_000 else { continue }
      ends.append(Int(number))
      used.append(
        max(0, ErrorBudget(bad: all.bad, of: all.total, target: objective.target).consumed))
    }
    badShares = DailyValues(rising: days, values: shares)
    self.used = DailyValues(rising: ends, values: used)
  }

  /// When the budget of the running window is used up, as ``Forecast`` answers.
  ///
  /// - Parameter horizon: days ahead.
  /// - Returns: `nil` where nothing can be predicted.
  public func usedUp(within horizon: Int = 30) -> LimitAnswer? {
    if let last = used.values.last, used.days.last == today, last > 1 { return .passed }
    return try? Forecast(used, asOf: today, horizon: horizon).answer(to: CapacityLimit(1))
  }
}
