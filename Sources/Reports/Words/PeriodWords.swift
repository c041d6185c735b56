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

  private var first: CivilDate { zone.date(at: period.start) }

  /// "week 42", "October 2026", "Q4 2026", "Sun 18 October 2026".
  var name: String {
    switch kind {
    case .daily: Wording.days(of: period.window, in: zone)
    case .weekly: short(first)
    case .monthly: "\(first.monthName)\(Wording.space)\(first.year)"
    case .quarterly: "\(short(first))\(Wording.space)\(first.year)"
    }
  }

  /// "week 42", "October", "Q4", "Sun 18 Oct".
  var short: String { short(first) }

  /// The one before: "week 41", "September", "Q3", "Sat 17 Oct".
  var before: String { short(first.adding(days: -1)) }

  /// The one after.
  var after: String { short(zone.date(at: period.end)) }

  /// "Sep → Oct".
  var change: String { "\(abbreviated(first.adding(days: -1))) → \(abbreviated(first))" }

  private func short(_ date: CivilDate) -> String {
    switch kind {
    case .daily: Wording.day(date)
    case .weekly: "week \(date.isoWeek.week)"
    case .monthly: date.monthName
    case .quarterly: "Q\((date.month + 2) / 3)"
    }
  }

  /// "Oct", where there is little room; "Q4", "18 Oct", "week 42".
  func abbreviated(_ date: CivilDate) -> String {
    switch kind {
    case .daily: Wording.date(date)
    case .weekly, .quarterly: short(date)
    case .monthly: String(date.shortMonthName)
    }
  }

  /// "May to Oct": periods that were shown before this one, and this one.
  func span(ofEarlier count: Int) -> String {
    let start = ReportPeriod(kind.unit, containing: first).moved(by: -count).first
    return count == 0
      ? abbreviated(first) : "\(abbreviated(start)) to \(abbreviated(first))"
  }

  /// "Mon 12 – Sun 18 October 2026".
  var days: String { Wording.days(of: period.window, in: zone) }

  /// The clocks changed: "(clocks changed: 169 hours)".
  var changedHours: String? {
    let usual = Duration.days(zone.date(at: period.end).dayNumber - first.dayNumber)
    guard period.window.length != usual else { return nil }
    let minutes = period.window.length.nanoseconds / 60_000_000_000
    let part = minutes % 60 == 0 ? "" : " \(Wording.counted(minutes % 60, "minute"))"
    return " (clocks changed: \(Wording.counted(minutes / 60, "hour"))\(part))"
  }
}

/// The reports there are, by the word for them: each is a file of the same name in `Reports/`.
public enum ReportKind: String, Codable, Hashable, Sendable, CaseIterable {
  case daily, weekly, monthly, quarterly

  public var unit: ReportPeriod.Unit {
    switch self {
    case .daily: .day
    case .weekly: .week
    case .monthly: .month
    case .quarterly: .quarter
    }
  }

  /// Whether objectives are judged over the period itself; over their own windows else.
  public var judgesItself: Bool {
    switch self {
    case .daily, .monthly, .quarterly: true
    case .weekly: false
    }
  }
}
