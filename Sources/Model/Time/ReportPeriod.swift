/// The day, ISO week, month or quarter that a report covers.
public struct ReportPeriod: Hashable, Sendable {
  public enum Unit: String, Hashable, Sendable, CaseIterable {
    case day, week, month, quarter
  }

  public let unit: Unit
  /// The first local day.
  public let first: CivilDate

  init(_ unit: Unit, first: CivilDate) {
    self.unit = unit
    self.first = first
  }

  public init(_ unit: Unit, containing date: CivilDate) {
    self.unit = unit
    switch unit {
    case .day: first = date
    case .week: first = date.adding(days: 1 - date.weekday)
    case .month: first = date.firstOfMonth()
    case .quarter: first = date.firstOfMonth(adding: -((date.month - 1) % 3))
    }
  }

  public init(_ unit: Unit, containing instant: Instant, in zone: ZoneOffsets) {
    self.init(unit, containing: zone.date(at: instant))
  }

  /// Reads "2026-10-18", "2026-W42", "2026-10" or "2026-Q4"; `nil` for anything else, and for other years than
  /// ``Instant/years``.
  public init?(_ unit: Unit, name: String) {
    let parts = name.split(separator: "-", omittingEmptySubsequences: false)
    func number(_ text: Substring, _ digits: Int) -> Int? {
      text.count == digits && text.allSatisfy { ("0"..."9").contains($0) } ? Int(text) : nil
    }
    guard let year = parts.first.flatMap({ number($0, 4) }), Instant.years.contains(year) else {
      return nil
    }
    switch unit {
    case .day:
      guard parts.count == 3, let month = number(parts[1], 2), let day = number(parts[2], 2),
        CivilDate.exists(year: year, month: month, day: day)
      else { return nil }
      first = CivilDate(year: year, month: month, day: day)
    case .week:
      guard parts.count == 2, parts[1].first == "W", let week = number(parts[1].dropFirst(), 2),
        let monday = CivilDate.monday(ofWeek: week, year: year)
      else { return nil }
      first = monday
    case .month:
      guard parts.count == 2, let month = number(parts[1], 2), (1...12).contains(month) else {
        return nil
      }
      first = CivilDate(year: year, month: month, day: 1)
    case .quarter:
      guard parts.count == 2, parts[1].first == "Q", let quarter = number(parts[1].dropFirst(), 1),
        (1...4).contains(quarter)
      else { return nil }
      first = CivilDate(year: year, month: 3 * quarter - 2, day: 1)
    }
    self.unit = unit
  }

  /// The first local day after the period.
  public var next: CivilDate { moved(by: 1).first }

  /// The period `count` units later (earlier when negative).
  public func moved(by count: Int) -> ReportPeriod {
    switch unit {
    case .day: ReportPeriod(unit, first: first.adding(days: count))
    case .week: ReportPeriod(unit, first: first.adding(days: 7 * count))
    case .month: ReportPeriod(unit, first: first.firstOfMonth(adding: count))
    case .quarter: ReportPeriod(unit, first: first.firstOfMonth(adding: 3 * count))
    }
  }

  /// The last period that is complete at `instant`.
  public static func lastComplete(_ unit: Unit, at instant: Instant, in zone: ZoneOffsets)
    -> ReportPeriod
  {
    ReportPeriod(unit, containing: instant, in: zone).moved(by: -1)
  }

  public func window(in zone: ZoneOffsets) -> Window {
    Window(start: zone.start(of: first), end: zone.start(of: next))
  }

  /// "2026-10-18", "2026-W42", "2026-10", "2026-Q4".
  public var name: String {
    func padded(_ number: Int, _ width: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    switch unit {
    case .day: return "\(padded(first.year, 4))-\(padded(first.month, 2))-\(padded(first.day, 2))"
    case .week:
      let iso = first.isoWeek
      return "\(padded(iso.year, 4))-W\(padded(iso.week, 2))"
    case .month: return "\(padded(first.year, 4))-\(padded(first.month, 2))"
    case .quarter: return "\(padded(first.year, 4))-Q\((first.month + 2) / 3)"
    }
  }
}
