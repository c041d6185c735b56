public import Model

/// Everything that is known about one objective at one instant.
public struct Assessment: Hashable, Sendable {
  public enum State: Hashable, Sendable {
    case onCourse
    /// Less than 20 % left, or used up before the end at the usual pace.
    case atRisk
    case overspent
    case notJudged
  }

  public let objective: Objective
  public let asOf: Instant
  /// The objective's whole window.
  public let window: Window
  /// The part of it that lies before `asOf`.
  public var elapsed: Window {
    Window(start: window.start, end: min(window.end, max(window.start, asOf)))
  }
  public let unit: CountedUnit
  public let level: ServiceLevel?
  /// Measured share of the elapsed window, in parts per billion.
  public let coverage: Int64
  /// With the projected total in a running calendar window, else with the window's own.
  public let budget: ErrorBudget?
  /// With the total so far.
  public let budgetSoFar: ErrorBudget?
  /// Why there is no verdict.
  public let doubts: [Caveat]
  /// What a reader must know all the same.
  public var notes: [Caveat]
  public let interval: RatioInterval?
  public let burns: [Burn]
  public let pace: UsualPace?
  /// What is left at the window's end (calendar) or one week on (rolling) at the usual pace.
  public let leftAhead: Double?
  public let aheadAt: Instant
  /// When the budget is used up at the usual pace, inside the window's length from now on.
  public let exhaustedAt: Instant?
  /// The newest measured instant of the elapsed window.
  public let dataEnd: Instant?
  public let gaps: [Window]
  public let rejects: Int64
  public let resets: Int
  public let stepsOverGaps: [Window]
  /// For latency.
  public let buckets: BucketFit?
  /// Series that came or went inside the elapsed window.
  public let changes: SeriesChanges
  /// Time that was not measured counts as bad.
  public let missingIsBad: Bool

  public struct Burn: Hashable, Sendable {
    public let pair: BurnWindow
    public let long: BurnRate?
    public let short: BurnRate?
    /// Both look-backs are above the pair's factor.
    public var isFast: Bool {
      guard let long, let short else { return false }
      return long.multiple > pair.factor && short.multiple > pair.factor
    }
  }

  /// Computes all figures; a total function of its input.
  ///
  /// - Parameters:
  ///   - objective: what is judged.
  ///   - measurement: covering at least the window and, for the usual pace, the 28 days before `asOf`.
  ///   - asOf: the instant of computation.
  ///   - firstData: the oldest data there is for the objective.
  ///   - staleAfter: the age of the newest data from which on there is no verdict.
  ///   - more: what the caller knows against a verdict.
  ///   - notes: what the caller knows besides.
  ///   - zone: the report's, for calendar windows and local days.
  public init(
    _ objective: Objective, _ measurement: Measurement, asOf: Instant, firstData: Instant?,
    staleAfter: Duration, doubts more: [Caveat] = [],
    notes: [Caveat] = [], zone: ZoneOffsets
  ) {
    self.objective = objective
    self.asOf = asOf
    let window = objective.window.window(at: asOf, in: zone)
    let elapsed = Window(start: window.start, end: min(window.end, max(window.start, asOf)))
    self.window = window
    unit = measurement.unit
    let tally = measurement.tally
    let counts = tally.counts(in: elapsed)
    let level = ServiceLevel(counts)
    self.level = level
    coverage = measurement.coverage(of: elapsed)
    rejects = measurement.rejected(in: elapsed)
    gaps = measurement.gaps(in: elapsed)
    dataEnd = measurement.observation.observed.clipped(to: elapsed).windows.last?.end
    resets = measurement.resets.count { elapsed.contains(Instant(seconds: $0 * 60)) }
    stepsOverGaps = measurement.stepsOverGaps.filter { $0.clipped(to: elapsed) != nil }
    buckets = measurement.buckets
    changes = SeriesChanges(
      arrivals: measurement.changes.arrivals.filter { elapsed.contains($0.at) },
      ends: measurement.changes.ends.filter { elapsed.contains($0) })
    missingIsBad = measurement.missingIsBad

    var total = counts.total
    if case .calendar = objective.window, elapsed.length < window.length {
      total =
        ErrorBudget.projected(
          total: counts.total, elapsed: measurement.counted(in: elapsed).length,
          of: measurement.counted(in: window).length) ?? 0
    }
    let target = objective.target
    budget = level.map { ErrorBudget(bad: $0.bad, of: max(total, $0.total), target: target) }
    budgetSoFar = level.map { ErrorBudget(bad: $0.bad, of: $0.total, target: target) }
    switch measurement.unit {
    case .events, .checks, .slices:
      interval = level.flatMap { RatioInterval(good: $0.good, total: $0.total) }
    case .time, .millionths, .billionths: interval = nil
    }
    burns = BurnWindow.pairs(for: objective.window.longest).map { pair in
      func rate(_ length: Duration) -> BurnRate? {
        let lookBack = Window(start: asOf - max(length, .seconds(60)), end: asOf)
        return BurnRate(tally.counts(in: lookBack), against: target)
      }
      return Burn(pair: pair, long: rate(pair.long), short: rate(pair.short))
    }

    let unknown = measurement.buckets?.withoutTotal.filter { $0.span.clipped(to: elapsed) != nil }
    doubts =
      more + (unknown ?? []).prefix(1).map { .noSeries($0.bucket) }
      + Assessment.doubts(
        objective, counts: counts, coverage: coverage, rejects: rejects, dataEnd: dataEnd,
        missingIsBad: missingIsBad, asOf: asOf, firstData: firstData, staleAfter: staleAfter)

    var notes = notes
    if let interval = measurement.observation.interval, let dataEnd,
      asOf - dataEnd > interval * 2, asOf - dataEnd <= staleAfter
    {
      notes.append(.late(asOf - dataEnd, interval: interval))
    }
    self.notes = notes

    let pace = UsualPace(tally, until: asOf, zone: zone, total: total, target: target)
    self.pace = pace
    let ahead = Outlook(
      objective.window, tally: tally, window: window, asOf: asOf, budget: budget, pace: pace)
    aheadAt = ahead.at
    leftAhead = ahead.left
    exhaustedAt = ahead.exhaustedAt
  }

  private static func doubts(
    _ objective: Objective, counts: EventCounts, coverage: Int64, rejects: Int64,
    dataEnd newest: Instant?, missingIsBad: Bool, asOf: Instant, firstData: Instant?,
    staleAfter: Duration
  ) -> [Caveat] {
    guard let newest else { return rejects > 0 ? [.rejected(rejects), .noData] : [.noData] }
    var doubts: [Caveat] = []
    // More good than there was in all: the two counters do not belong together. And what is cut off is no count.
    let rejects = max(
      rejects, counts.good > counts.total || counts.total == .max || counts.good == .max ? 1 : 0)
    if rejects > 0 { doubts.append(.rejected(rejects)) }
    let needed = min(objective.minimumHistory, objective.window.longest)
    let age = firstData.map { asOf - $0 } ?? .zero
    if age < needed {
      doubts.append(.history(max(.zero, age), needed: needed))
    } else if coverage < objective.minimumCoverage, !missingIsBad {
      doubts.append(.coverage(coverage, needed: objective.minimumCoverage))
    }
    if asOf - newest > staleAfter { doubts.append(.stale(asOf - newest, allowed: staleAfter)) }
    if counts.total == 0 { doubts.append(.noTraffic) }
    return doubts
  }

  public var state: State {
    guard doubts.isEmpty, let budget else { return .notJudged }
    if budget.isOverspent { return .overspent }
    if budget.isLeft(below: 200_000_000) || exhaustedAt.map({ $0 <= aheadAt }) == true {
      return .atRisk
    }
    return .onCourse
  }

  /// The objective lies inside the interval: the verdict cannot be told from chance.
  public var isUndecided: Bool {
    guard let interval else { return false }
    let target = Double(objective.target.partsPerBillion) / 1e9
    return interval.lower < target && target <= interval.upper
  }

  /// The policy band, where there is a verdict.
  public var band: BudgetPolicy.Band? {
    state == .notJudged ? nil : budget?.band(of: objective.policy)
  }
}

/// What the usual pace makes of the budget.
struct Outlook {
  let at: Instant
  let left: Double?
  let exhaustedAt: Instant?

  /// - Formula: left(t) = left + given back by t - pace * t. In a rolling window the spendings of its oldest days leave
  ///   it as time goes on, and no more than its length is spent in; a calendar window gives nothing back.
  init(
    _ rule: WindowRule, tally: Tally, window: Window, asOf: Instant, budget: ErrorBudget?,
    pace: UsualPace?
  ) {
    let rolls: Bool
    switch rule {
    case .rolling: (rolls, at) = (true, asOf + .days(7))
    case .calendar: (rolls, at) = (false, window.end)
    }
    guard let budget, budget.left.isFinite, let pace else {
      (left, exhaustedAt) = (nil, nil)
      return
    }
    func share(after length: Duration) -> Double {
      let spending = rolls ? min(length, window.length) : length
      var left = budget.left - pace.sharePerDay * (spending / .days(1))
      if rolls {
        let leaving = Window(start: window.start, end: min(window.end, window.start + length))
        let bad = tally.counts(in: leaving).bad
        left += ErrorBudget(bad: bad, of: budget.total, target: budget.target).consumed
      }
      return left
    }
    left = share(after: max(.zero, at - asOf))
    var found: Instant?
    let horizon = rolls ? window.length : max(.zero, window.end - asOf)
    var hours: Int64 = 1
    while pace.sharePerDay > 0, budget.left >= 0, found == nil, .hours(hours) <= horizon {
      if share(after: .hours(hours)) < 0 { found = asOf + .hours(hours) }
      hours += 1
    }
    exhaustedAt = found
  }
}
