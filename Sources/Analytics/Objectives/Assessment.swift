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
  /// Measured share of the elapsed window since history starts, in parts per billion.
  public let coverage: Int64
  /// When history starts, where that is inside of the elapsed window.
  public let historyStart: Instant?
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
  /// Time at the ends of the elapsed window that longer cells do not separate from what lies outside.
  public let unresolved: WindowSet
  public let rejects: Int64
  public let resets: Int
  public let stepsOverGaps: [Window]
  /// For latency.
  public let buckets: BucketFit?
  /// Series that began or ended inside the elapsed window.
  public let lives: SeriesLives
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
    historyStart = measurement.since.flatMap { elapsed.start < $0 && $0 < elapsed.end ? $0 : nil }
    rejects = measurement.rejected(in: elapsed)
    gaps = measurement.gaps(in: elapsed)
    dataEnd = measurement.observed.clipped(to: elapsed).windows.last?.end
    unresolved = measurement.unresolved.clipped(to: elapsed)
    resets = measurement.resets.count { elapsed.contains(Instant(minute: $0)) }
    stepsOverGaps = measurement.stepsOverGaps.filter { $0.clipped(to: elapsed) != nil }
    buckets = measurement.buckets
    lives = SeriesLives(
      births: measurement.lives.births.filter { elapsed.contains($0.minute) },
      ends: measurement.lives.ends.filter { elapsed.contains($0.at) })
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

    // The end of what can be known, from which on data get old.
    let known = unresolved.windows.last.flatMap { $0.end == elapsed.end ? $0.start : nil } ?? asOf
    let undecided = Assessment.undecided(
      measurement, in: elapsed, budget: budget, method: objective.method)
    let open = undecided.map { Caveat.undecidedEvents($0.count, least: $0.least) }
    let decides = undecided?.decides == true
    let unknown = measurement.buckets?.withoutTotal.filter { $0.span.clipped(to: elapsed) != nil }
    let verdict = LivesVerdict(measurement, of: objective, budget: budget, in: elapsed)
    doubts =
      more + verdict.doubts + (unknown ?? []).prefix(1).map { .noSeries($0.bucket) }
      + Assessment.doubts(
        objective, counts: counts, coverage: coverage, rejects: rejects, dataEnd: dataEnd,
        missingIsBad: missingIsBad, asOf: asOf, known: known, firstData: firstData,
        staleAfter: staleAfter)
      + (decides ? [open].compactMap(\.self) : [])

    var notes = notes
    if let interval = measurement.observation.lastInterval, let dataEnd,
      known - dataEnd > interval * 2, known - dataEnd <= staleAfter
    {
      notes.append(.late(known - dataEnd, interval: interval))
    }
    // Less than 1 % of the window is not worth a word.
    func matters(_ length: Duration) -> Bool { length * 100 >= elapsed.length }
    if let historyStart, matters(historyStart - elapsed.start),
      !doubts.contains(where: \.isYouth)
    {
      notes.append(
        .youngHistory(elapsed.end - historyStart, of: elapsed.length, since: historyStart))
    }
    if let open, !decides { notes.append(open) }
    notes += unresolved.windows.filter { $0.end == elapsed.end || matters($0.length) }
      .map { .unresolved($0) }
    // Without a verdict nothing is said of what would not change it.
    let isJudged = doubts.isEmpty
    self.notes = notes + verdict.notes.filter { isJudged || !$0.isReassurance }

    let pace = UsualPace(
      tally, until: asOf, since: measurement.since, zone: zone, total: total, target: target)
    self.pace = pace
    let ahead = Outlook(
      objective.window, tally: tally, window: window, since: measurement.since ?? window.start,
      asOf: asOf,
      budget: budget, pace: pace)
    aheadAt = ahead.at
    leftAhead = ahead.left
    exhaustedAt = ahead.exhaustedAt
  }

  private static func doubts(
    _ objective: Objective, counts: EventCounts, coverage: Int64, rejects: Int64,
    dataEnd newest: Instant?, missingIsBad: Bool, asOf: Instant, known: Instant,
    firstData: Instant?,
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
    if known - newest > staleAfter { doubts.append(.stale(known - newest, allowed: staleAfter)) }
    if counts.total == 0 { doubts.append(.noTraffic) }
    return doubts
  }

  /// The events that may or may not have kept the bound, and whether the verdict hangs on them: the budget is
  /// overspent with all of them bad, and is not with all of them good.
  private static func undecided(
    _ measurement: Measurement, in elapsed: Window, budget: ErrorBudget?, method: BudgetingMethod
  ) -> (count: Int64, least: Double, decides: Bool)? {
    guard let undecided = measurement.buckets?.undecided else { return nil }
    let amount = measurement.counted(in: elapsed).windows.reduce(Int64(0)) {
      $0.addingClamped(undecided.tally.counts(in: $1).total)
    }
    guard amount > 0 else { return nil }
    let atBest = budget.map {
      ErrorBudget(bad: max(0, $0.bad - amount), of: $0.total, target: $0.target)
    }
    // What became of a slice without them is not known.
    let isSure = method == .occurrences && atBest?.isOverspent == true
    return (
      measurement.unit == .millionths ? amount / 1_000_000 : amount, undecided.least,
      budget?.isOverspent == true && !isSure
    )
  }

  public var state: State {
    guard doubts.isEmpty, let budget else { return .notJudged }
    if budget.isOverspent { return .overspent }
    if budget.isLeft(below: 200_000_000) || exhaustedAt.map({ $0 <= aheadAt }) == true {
      return .atRisk
    }
    return .onCourse
  }

  /// The objective lies inside the interval: the verdict may be due to chance.
  public var isUndecided: Bool {
    guard let interval else { return false }
    let target = Double(objective.target.partsPerBillion) / 1e9
    return interval.lower < target && target <= interval.upper
  }

  /// The share of the budget that a part of the window spent, and what even spending would have spent there.
  ///
  /// Of a period, what lies in the window counts; `nil` where nothing does. The tally is that of the measurement.
  public func spending(in period: Window?, of tally: Tally) -> (spent: Double, even: Double)? {
    guard let budget, let part = period?.clipped(to: window) else { return nil }
    let spent = ErrorBudget(
      bad: max(0, tally.counts(in: part).bad), of: budget.total, target: budget.target)
    return (spent.consumed, part.length / max(.seconds(1), window.length))
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
  ///   it as time goes on, and no more than its length is spent in; a calendar window gives nothing back. While history
  ///   is shorter than a rolling window, each day adds a day's budget: what is used is shared by (seen + t) / seen.
  init(
    _ rule: WindowRule, tally: Tally, window: Window, since: Instant, asOf: Instant,
    budget: ErrorBudget?, pace: UsualPace?
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
    let seen = max(.seconds(1), asOf - max(window.start, since))
    func share(after length: Duration) -> Double {
      let spending = rolls ? min(length, window.length) : length
      var left = budget.left - pace.sharePerDay * (spending / .days(1))
      if rolls {
        let leaving = Window(start: window.start, end: min(window.end, window.start + length))
        let bad = tally.counts(in: leaving).bad
        left += ErrorBudget(bad: bad, of: budget.total, target: budget.target).consumed
        let growth = min(window.length, seen + length) / seen
        if growth > 1 { left = 1 - (1 - left) / growth }
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
