/// How an objective's window follows the clock.
public enum WindowRule: Hashable, Sendable {
  /// The last `length` up to the moment of computation.
  case rolling(Duration)
  /// From the start of the current calendar unit in the report's zone.
  case calendar(ReportPeriod.Unit)

  /// The whole window that holds `instant` (its end is in the future for a running calendar window).
  ///
  /// At the very end of a calendar unit the unit just ended is meant, so a report made for the end of
  /// October judges October.
  public func window(at instant: Instant, in zone: ZoneOffsets) -> Window {
    switch self {
    case .rolling(let length): Window(start: instant - length, end: instant)
    case .calendar(let unit):
      ReportPeriod(unit, containing: instant - .nanoseconds(1), in: zone)
        .window(in: zone)
    }
  }

  /// The window's length, taking 31 days for a month: used to judge how much history is needed.
  public var longest: Duration {
    switch self {
    case .rolling(let length): length
    case .calendar(.day): .hours(25)
    case .calendar(.week): .days(7)
    case .calendar(.month): .days(31)
    case .calendar(.quarter): .days(92)
    }
  }
}
