public import Model

/// The time whose data figures need.
public enum NeededTime {
  /// How many periods before its own a report shows.
  static func earlierPeriods(_ unit: ReportPeriod.Unit) -> Int {
    switch unit {
    case .day, .week: 7
    case .month, .quarter: 5
    }
  }

  /// For a verdict: the window, and how far a reading in it looks back.
  public static func ofVerdict(
    _ objective: Objective, at instant: Instant, in zone: ZoneOffsets
  ) -> Window {
    let start = objective.window.window(at: instant, in: zone).start
    return Window(start: min(start, instant) - objective.indicator.lookBack, end: instant)
  }

  /// For what is counted at an instant: the windows that end there and at `ends`, and the days of ``UsualPace``.
  public static func ofFigures(
    _ objective: Objective, asOf: Instant, ends: [Instant] = [], in zone: ZoneOffsets
  ) -> Window {
    let starts = (ends + [asOf]).map { objective.window.window(at: $0, in: zone).start }
    return Window(start: starts.reduce(asOf - UsualPace.reach, min), end: asOf)
  }

  /// The periods before one that its report shows, oldest first.
  public static func periods(before period: ReportPeriod) -> [ReportPeriod] {
    (1...earlierPeriods(period.unit)).reversed().map { period.moved(by: -$0) }
  }

  /// The first instant that a report made at an instant may need: its own period ended up to one period before.
  public static func start(
    ofReportsBy unit: ReportPeriod.Unit, over windows: [WindowRule], made instant: Instant
  ) -> Instant {
    let longest = windows.map(\.longest).max() ?? .days(30)
    return instant - longest - unit.longest * (earlierPeriods(unit) + 2)
  }
}

extension ReportPeriod.Unit {
  fileprivate var longest: Duration {
    switch self {
    case .day: .days(1)
    case .week: .days(7)
    case .month: .days(31)
    case .quarter: .days(92)
    }
  }
}
