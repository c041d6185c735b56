public import Analytics
public import Model

/// What became of an objective in a period before the report's.
public struct ResultFacts: Codable, Hashable, Sendable {
  /// "2026-09".
  public let period: String
  public let state: ObjectiveFacts.State
  public let counts: Counts?
  /// The share of the budget that was left; absent where there is none to be a share of.
  public let left: Double?

  /// As the history has it.
  public init(_ assessment: Assessment, of period: ReportPeriod) {
    self.period = period.name
    state = ObjectiveFacts.State(assessment.state)
    counts = assessment.level.map(Counts.init)
    left = assessment.budget?.left.finite
  }

  /// As a report of that period has it.
  public init(_ objective: ObjectiveFacts, period: String) {
    self.period = period
    (state, counts, left) = (objective.state, objective.window.counts, objective.budget?.left)
  }

  /// What was left where it was judged.
  public var judgedLeft: Double? { state == .notJudged ? nil : left }

  /// The used share of the budget, where it was judged.
  var consumed: Double? { state == .notJudged ? nil : left.map { 1 - $0 } }
}

/// A burn rate through the report's period, in steps of one length.
public struct BurnLineFacts: Codable, Hashable, Sendable {
  public let lookBackSeconds: Int64
  public let threshold: Double
  /// The smallest and the largest rate of each step; `null` where nothing was counted.
  public let low: [Double?]
  public let high: [Double?]

  init(_ line: BurnLine) {
    lookBackSeconds = line.lookBack.nanoseconds / 1_000_000_000
    threshold = line.threshold
    low = line.steps.map { $0.map { ($0.low * 1000).rounded() / 1000 } }
    high = line.steps.map { $0.map { ($0.high * 1000).rounded() / 1000 } }
  }

  var peak: Double? { high.compactMap(\.self).max() }
  /// How often it went above its threshold: runs of steps.
  var alarms: Int {
    zip([nil] + high.dropLast(), high).count { before, now in
      (now ?? 0) > threshold && (before ?? 0) <= threshold
    }
  }
}

/// How slow a day's events were, in seconds; bounds of buckets, absent beyond the largest and where nothing happened.
public struct LatencyFacts: Codable, Hashable, Sendable {
  public let start: Instant
  public let end: Instant
  public let half: Double?
  public let most: Double?
  public let nearlyAll: Double?
  /// Whether anything happened.
  public let isMeasured: Bool

  init(_ stretch: LatencyStretch?, in window: Window) {
    (start, end) = (window.start, window.end)
    (half, most, nearlyAll) = (
      stretch?.half.finite, stretch?.most.finite, stretch?.nearlyAll.finite
    )
    isMeasured = stretch != nil
  }

  var window: Window { Window(start: start, end: max(start, end)) }
}

/// The closed incidents that started in a period, and how long each took; in seconds.
public struct RestoreFacts: Codable, Hashable, Sendable {
  public let period: String
  public let start: Instant
  public let lengths: [Double]
  /// Incidents are known for all of it.
  public let isKnown: Bool

  public init(period: String, start: Instant, lengths: [Double], isKnown: Bool) {
    self.period = period
    self.start = start
    self.lengths = lengths.sorted()
    self.isKnown = isKnown
  }

  /// `nil` without any.
  var median: Double? { Median.of(lengths) }
}
