public import Model

/// What is said of a report's period.
struct PeriodWords {
  let period: ReportFacts.Period
  let kind: ReportKind
  let zone: ZoneOffsets

  /// "week".
  var noun: String { kind.unit.rawValue }
  /// "This week".
  var this: String { "this \(noun)" }

  /// "week 42".
  var name: String { name(of: zone.date(at: period.start)) }
  /// "week 41", the one before.
  var before: String { name(of: zone.date(at: period.start).adding(days: -1)) }

  private func name(of date: CivilDate) -> String {
    switch kind {
    case .weekly: "week \(date.isoWeek.week)"
    }
  }

  /// "Mon 12 – Sun 18 October 2026".
  var days: String { Wording.days(of: period.window, in: zone) }

  /// The clocks changed: "(clocks changed: 169 hours)".
  var changedHours: String? {
    guard period.window.length != kind.usual else { return nil }
    let minutes = period.window.length.nanoseconds / 60_000_000_000
    let part = minutes % 60 == 0 ? "" : " \(Wording.counted(minutes % 60, "minute"))"
    return " (clocks changed: \(Wording.counted(minutes / 60, "hour"))\(part))"
  }
}

/// The reports there are, by the word for them: each is a file of the same name in `Reports/`.
public enum ReportKind: String, Codable, Hashable, Sendable {
  case weekly

  public var unit: ReportPeriod.Unit {
    switch self {
    case .weekly: .week
    }
  }

  /// How long a period is where no clock changes.
  fileprivate var usual: Duration {
    switch self {
    case .weekly: .days(7)
    }
  }
}
