public import Analytics
public import Model

/// All that a report says about one objective.
public struct ObjectiveFacts: Codable, Hashable, Sendable {
  public enum State: String, Codable, Hashable, Sendable {
    case overspent, atRisk, onCourse, notJudged

    init(_ state: Assessment.State) {
      self =
        switch state {
        case .onCourse: .onCourse
        case .atRisk: .atRisk
        case .overspent: .overspent
        case .notJudged: .notJudged
        }
    }
  }

  public enum Method: String, Codable, Hashable, Comparable, Sendable {
    case occurrences, timeslices
    case ratioTimeslices = "ratio timeslices"

    init(_ method: BudgetingMethod) {
      self =
        switch method {
        case .occurrences: .occurrences
        case .timeslices: .timeslices
        case .ratioTimeslices: .ratioTimeslices
        }
    }

    public static func < (one: Method, other: Method) -> Bool { one.rawValue < other.rawValue }
  }

  public let name: String
  public internal(set) var title: String
  public let owner: String?
  public let indicator: IndicatorFacts
  public let method: Method
  /// Parts per billion.
  public let target: Int64
  public let unit: CountedUnit
  public let state: State
  /// Why there is no verdict.
  public let doubts: [CaveatFacts]
  /// What a reader must know all the same; absent in facts of earlier releases.
  public let notes: [CaveatFacts]?
  /// The report's period alone.
  public let period: Counts?
  public let window: WindowFacts
  /// The measured share of the elapsed window since history starts.
  public let coverage: Double
  /// When history starts, where that is inside of the elapsed window.
  public let historyStart: Instant?
  public let dataEnd: Instant?
  public let budget: BudgetFacts?
  public let interval: IntervalFacts?
  public let burnRates: [BurnFacts]
  /// The share of the budget that a usual day spends.
  public let usualPacePerDay: Double?
  /// The share left at `aheadAt` at the usual pace.
  public let leftAhead: Double?
  /// The end of a calendar window; one week on in a rolling one.
  public let aheadAt: Instant
  /// When nothing is left at the usual pace, where that is within the window's length.
  public let exhaustedAt: Instant?
  public internal(set) var band: BandFacts?
  /// When the gate opens again if nothing bad happens any more; of a period that is judged by itself.
  public internal(set) var opensAt: Instant?
  /// Its own window, which its policy is about; of a period that is judged by itself.
  public internal(set) var ownRule: RuleFacts?
  /// The budget left at the end of each of the last eight periods, oldest first; the last is this one.
  public let trail: [Double?]
  /// The budget left through the window, thinned; empty outside of a report.
  public let timeline: [TimelinePoint]
  /// The largest spendings inside the window, the largest first.
  public let drops: [DropFacts]
  /// The largest spendings inside the report's period; absent outside of a report.
  public let periodDrops: [DropFacts]?
  public let gaps: [SpanFacts]
  /// Time without data counts as bad.
  public let missingIsBad: Bool
  /// Readings that could not be used.
  public let rejects: Int64
  /// Series that ended before the others.
  public let seriesEnded: Int
  /// Counters whose first value is not part of the figures, and what they had counted by then.
  public let seriesAppeared: Int
  public let countedBefore: Double
  /// Restarts of counters in the window.
  public let resets: Int
  public let stepsOverGaps: [SpanFacts]
  /// What was wrong with the data of the report's period; absent outside of a report.
  public let quality: QualityFacts?
  /// The bucket bounds around a latency bound that is none itself, in seconds; one where no bucket ends above it.
  public let bucketBounds: [Double]?
  /// Where the buckets of histograms differ: the bounds up to which events count as good, in seconds; 0 for none.
  public let countedBounds: [Double]?
  /// What Prometheus would show; of ratios of counters, in a report.
  public let prometheus: PrometheusFacts?
  /// What incidents used of the budget, the most first; `nil` where the service reports none.
  public let attribution: AttributionFacts?
  public let excluded: ExcludedFacts?
  /// Each day of the last four weeks, or of a longer period of the report, oldest first; absent outside of a report.
  public internal(set) var days: [StretchFacts]?
  /// Whether the bad share of its days rises or falls; absent outside of a report.
  public let trend: TrendFacts?
  /// When the budget of a rolling window is used up, where a forecast can be made.
  public let usedUp: CapacityFacts.CrossingFacts?
  /// What was counted in the period before; absent outside of a report.
  public internal(set) var periodBefore: Counts?
  /// Each hour of the report's period; in a report only of the objective that it looks at closely.
  public internal(set) var hours: [StretchFacts]?
  /// What became of it in the periods before, oldest first; of a period that is judged by itself.
  public internal(set) var earlier: [ResultFacts]?
  /// Burn rates through the period, and how slow its days were; of those that it looks at closely.
  public internal(set) var burnLines: [BurnLineFacts]?
  public internal(set) var latency: [LatencyFacts]?
  /// What its agreement with customers gives back, where that is judged over the report's period.
  public internal(set) var credit: CreditFacts?
  /// Each day of the year that ends with the period; of the objective that it looks at first.
  public var year: [StretchFacts]?

  public struct AttributionFacts: Codable, Hashable, Sendable {
    public let incidents: [Share]
    /// What happened outside of any incident.
    public let outside: Share
    /// The share of the elapsed window for which incidents are known.
    public let known: Double?

    public struct Share: Codable, Hashable, Sendable {
      public let incident: String?
      public let bad: Int64
      public let consumed: Double?

      init(_ share: Attribution.Share) {
        incident = share.incident?.id
        bad = share.bad
        consumed = share.consumed.finite
      }
    }
  }

  /// Agreed time that was left out, and what the figures were with it.
  public struct ExcludedFacts: Codable, Hashable, Sendable {
    public let seconds: Double
    public let windowCounts: Counts?
    public let periodCounts: Counts?
    public let reasons: [Reason]

    public struct Reason: Codable, Hashable, Sendable {
      public let reason: String
      public let author: String?
      public let entered: Instant?
      /// Written down after it was over.
      public let late: Bool
      public let spans: [SpanFacts]
    }

    /// Takes over the exclusions that lie in a window; `nil` when none does.
    ///
    /// - Parameters:
    ///   - exclusions: those of the objective.
    ///   - window: the elapsed part of the objective's window.
    ///   - period: the report's.
    ///   - raw: the tally with the excluded time in it.
    ///   - zone: the report's.
    public init?(
      _ exclusions: [Exclusion], in window: Window, period: Window?, raw: Tally, zone: ZoneOffsets
    ) {
      let reasons = exclusions.compactMap { exclusion -> Reason? in
        let windows = exclusion.windows(in: window, zone: zone)
        guard !windows.isEmpty else { return nil }
        return Reason(
          reason: exclusion.reason, author: exclusion.author, entered: exclusion.entered,
          late: exclusion.isLate(in: window, zone: zone),
          spans: windows.windows.map(SpanFacts.init))
      }
      guard !reasons.isEmpty else { return nil }
      self.reasons = reasons
      seconds = WindowSet(reasons.flatMap { $0.spans.map(\.window) }).length.seconds
      func counts(_ window: Window) -> Counts? {
        ServiceLevel(raw.counts(in: window)).map(Counts.init)
      }
      windowCounts = counts(window)
      periodCounts = period.flatMap(counts)
    }
  }

  public struct WindowFacts: Codable, Hashable, Sendable {
    public let start: Instant
    public let end: Instant
    public let asOf: Instant
    public let rule: RuleFacts
    public let counts: Counts?

    var window: Window { Window(start: start, end: max(start, end)) }
  }

  /// Amounts in the objective's unit, and shares of the budget; `nil` where there is no budget to be a share of.
  public struct BudgetFacts: Codable, Hashable, Sendable {
    public let bad: Int64
    /// The total the budget is a share of; projected in a running calendar window.
    public let total: Int64
    public let allowed: Int64
    public let consumed: Double?
    public let left: Double?
    /// With the total so far.
    public let consumedSoFar: Double?
    /// What was spent in the part of the report's period that lies in the window, as a share.
    public let spentInPeriod: Double?
    /// What even spending would have spent in it.
    public let evenInPeriod: Double
  }

  /// The 95 % interval of the measured SLI, between 0 and 1.
  public struct IntervalFacts: Codable, Hashable, Sendable {
    public let lower: Double
    public let upper: Double
    /// The objective lies inside: the verdict may be due to chance.
    public let undecided: Bool
  }

  /// How fast the budget is spent over a long and a short look-back, as multiples of even spending.
  public struct BurnFacts: Codable, Hashable, Sendable {
    public let longSeconds: Int64
    public let shortSeconds: Int64
    public let factor: Double
    /// `nil` where nothing was measured.
    public let long: Double?
    public let short: Double?
    /// Both are faster than the factor.
    public let fast: Bool
  }

  /// The band of the policy that the budget is in; bounds are shares that are left.
  public struct BandFacts: Codable, Hashable, Sendable {
    public let policy: String
    public let name: String
    public let action: String?
    public let below: Double?
    public let gateClosed: Bool
    /// The largest bound under which the gate is closed.
    public let gateClosesBelow: Double?
  }

  /// The share that is left from a moment on.
  public struct TimelinePoint: Codable, Hashable, Sendable {
    public let at: Instant
    public let left: Double
  }

  public struct SpanFacts: Codable, Hashable, Sendable {
    public let start: Instant
    public let end: Instant

    init(_ window: Window) {
      start = window.start
      end = window.end
    }

    var window: Window { Window(start: start, end: max(start, end)) }
  }

  public struct DropFacts: Codable, Hashable, Sendable {
    public let start: Instant
    public let end: Instant
    /// Of the whole budget.
    public let share: Double
    /// The id of the incident in whose time all but a fifth of it fell.
    public let incident: String?
    /// The share that fell in its time.
    public let byIncident: Double?

    /// A fall, not a slope: no longer than a day.
    var isSudden: Bool { end - start <= .days(1) }

    /// The share to print: the same as in the table of incidents.
    var points: Double { byIncident ?? share }

    init(_ drop: BudgetTimeline.Drop, cause: DropCause?) {
      (start, end, share) = (drop.start, drop.end, drop.share)
      incident = cause?.incident.id
      byIncident = cause.map { $0.part * drop.share }
    }
  }

  /// Takes over an assessment.
  ///
  /// - Parameters:
  ///   - assessment: the figures.
  ///   - measurement: what they were computed from.
  ///   - period: the report's period, `nil` outside of a report.
  ///   - trail: what was left at the end of the periods before it, oldest first.
  ///   - incidents: those of its service.
  ///   - attribution: what they used.
  ///   - incidentsKnown: the share of the elapsed window for which they are known.
  ///   - excluded: agreed time.
  ///   - prometheus: what Prometheus would show.
  ///   - quality: what was wrong with the samples of the report's period.
  ///   - past: its days, in a report.
  ///   - before: the period before the report's.
  ///   - zone: the report's.
  public init(
    _ assessment: Assessment, measurement: Measurement, period: Window?, trail: [Double?],
    incidents: [Incident] = [], attribution: Attribution? = nil, incidentsKnown: Double? = nil,
    excluded: ExcludedFacts? = nil, prometheus: PrometheusFacts? = nil,
    quality: DataQuality? = nil, past: ObjectiveDays? = nil, before: Window? = nil,
    zone: ZoneOffsets
  ) {
    let tally = measurement.tally
    let objective = assessment.objective
    name = objective.fullName
    title = objective.title
    owner = objective.owner
    indicator = IndicatorFacts(objective.indicator)
    method = Method(objective.method)
    target = objective.target.partsPerBillion
    unit = assessment.unit
    state = State(assessment.state)
    doubts = assessment.doubts.map(CaveatFacts.init)
    notes = assessment.notes.map(CaveatFacts.init)
    self.period = period.flatMap { ServiceLevel(tally.counts(in: $0)) }.map(Counts.init)
    window = WindowFacts(
      start: assessment.window.start, end: assessment.window.end, asOf: assessment.asOf,
      rule: RuleFacts(objective.window),
      counts: assessment.level.map(Counts.init))
    coverage = Double(assessment.coverage) / 1e9
    historyStart = assessment.historyStart
    dataEnd = assessment.dataEnd
    budget = assessment.budget.map { budget in
      let spending = assessment.spending(in: period, of: tally)
      return BudgetFacts(
        bad: budget.bad, total: budget.total, allowed: budget.allowedEvents,
        consumed: budget.consumed.finite, left: budget.left.finite,
        consumedSoFar: assessment.budgetSoFar?.consumed.finite,
        spentInPeriod: spending?.spent.finite,
        evenInPeriod: spending?.even ?? 0)
    }
    interval = assessment.interval.map {
      IntervalFacts(lower: $0.lower, upper: $0.upper, undecided: assessment.isUndecided)
    }
    burnRates = assessment.burns.map {
      BurnFacts(
        longSeconds: $0.pair.long.nanoseconds / 1_000_000_000,
        shortSeconds: $0.pair.short.nanoseconds / 1_000_000_000, factor: $0.pair.factor,
        long: $0.long?.multiple, short: $0.short?.multiple, fast: $0.isFast)
    }
    usualPacePerDay = assessment.pace?.sharePerDay
    leftAhead = assessment.leftAhead
    aheadAt = assessment.aheadAt
    exhaustedAt = assessment.exhaustedAt
    band = BandFacts(assessment)
    self.trail = trail + [assessment.state == .notJudged ? nil : assessment.budget?.left.finite]
    // Only a report draws the line.
    let budgetTotal = period == nil ? 0 : assessment.budget?.total ?? 0
    let line = BudgetTimeline(
      tally, window: assessment.window.from(assessment.historyStart), until: assessment.asOf,
      total: budgetTotal, target: objective.target)
    let points = line.thinned(to: 340)
    timeline = points.enumerated().map { index, point in
      // What was spent in a minute is shown at its start, as everywhere in the report.
      let isSpent = 0 < index && index < points.count - 1
      return TimelinePoint(at: isSpent ? point.at - .seconds(60) : point.at, left: point.left)
    }
    func facts(of line: BudgetTimeline) -> [DropFacts] {
      line.drops(atMost: 5).filter { $0.share.isFinite }.map { drop in
        DropFacts(
          drop,
          cause: DropCause(of: drop, measurement, incidents: incidents, asOf: assessment.asOf))
      }
    }
    drops = facts(of: line)
    periodDrops = period?.clipped(to: assessment.window).map { part in
      facts(
        of: BudgetTimeline(
          tally, window: part, until: part.end, total: budgetTotal, target: objective.target))
    }
    days = period.map { StretchFacts.days(of: measurement, before: $0.end, zone: zone) }
    let past = state == .notJudged ? nil : past
    trend = past.map { TrendFacts(TrendFinding($0.badShares), WeeklyAnomalies($0.badShares)) }
    usedUp = past?.usedUp().map { CapacityFacts.CrossingFacts(budget: $0) }
    periodBefore = before.flatMap { ServiceLevel(tally.counts(in: $0)) }.map(Counts.init)
    hours = period.map { StretchFacts.hours(of: measurement, in: $0, zone: zone) }
    gaps = assessment.gaps.map(SpanFacts.init)
    missingIsBad = assessment.missingIsBad
    rejects = assessment.rejects
    seriesEnded = assessment.lives.ends.filter { $0.until == nil }.reduce(0) { $0 + $1.series }
    let leftOut = assessment.lives.births.filter { $0.counting == .leftOut }
    seriesAppeared = leftOut.reduce(0) { $0 + $1.series }
    countedBefore = leftOut.reduce(0) { $0 + $1.total }
    self.excluded = excluded
    self.prometheus = prometheus
    self.quality = period.flatMap { period in
      quality.map { QualityFacts($0, measurement: measurement, in: period) }
    }
    self.attribution = attribution.map { attribution in
      AttributionFacts(
        incidents: attribution.shares.filter { $0.bad > 0 }.map(AttributionFacts.Share.init),
        outside: AttributionFacts.Share(attribution.outside), known: incidentsKnown)
    }
    resets = assessment.resets
    stepsOverGaps = assessment.stepsOverGaps.map(SpanFacts.init)
    bucketBounds = assessment.buckets?.enclosing.map {
      [$0.lowerBound, $0.upperBound].filter(\.isFinite)
    }
    countedBounds = assessment.buckets.flatMap { $0.counted.count > 1 ? $0.counted : nil }
  }

  /// Whether name, target, window and indicator are the same.
  func hasDefinition(of other: ObjectiveFacts) -> Bool {
    name == other.name && target == other.target && window.rule == other.window.rule
      && ownRule == other.ownRule
      && method == other.method && indicator == other.indicator
  }

  /// The same for the objective as it is configured.
  public func hasDefinition(of objective: Objective) -> Bool {
    name == objective.fullName && target == objective.target.partsPerBillion
      && (ownRule ?? window.rule) == RuleFacts(objective.window)
      && indicator == IndicatorFacts(objective.indicator)
      && method == Method(objective.method)
  }

  /// The share spent in the report's period; infinite where nothing is allowed and something was bad.
  var spentInPeriod: Double {
    if let spent = budget?.spentInPeriod { return spent }
    return period.map { $0.total > $0.good } == true && allowsNothing ? .infinity : 0
  }

  /// The name of its service, which holds no slash.
  var service: String { String(name.prefix { $0 != "/" }) }

  /// An objective of 100 % has no budget.
  var allowsNothing: Bool { target >= 1_000_000_000 }

  /// Worst first: by state, then by what is left, then by name.
  var rank: (Int, Double, String) {
    let order: [State] = [.overspent, .atRisk, .onCourse, .notJudged]
    return (order.firstIndex(of: state) ?? 0, budget?.left ?? -.infinity, name)
  }
}

extension Double {
  /// `nil` for infinity and NaN, which JSON cannot hold.
  var finite: Double? { isFinite ? self : nil }
}
