import Charts
import Model

/// Calendars of invented data, one for each state.
enum YearExamples {
  private static func day(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
    CivilDate(year: year, month: month, day: day)
  }

  /// Pale days, in which `special` cells are at their indices.
  static func cells(_ count: Int, _ special: [Int: LoadCell] = [:]) -> [LoadCell] {
    (0..<count).map { index -> LoadCell in
      special[index] ?? .load(Double(index * 7919 % 10) / 13)
    }
  }

  /// November 2025 to October 2026: from a Saturday on, 53 weeks.
  static let year = YearCalendar(
    first: day(2025, 11, 1),
    cells: cells(
      365,
      [
        20: .load(2.4), 21: .load(14), 88: .load(1.2), 100: .missing, 101: .missing, 102: .missing,
        200: .load(6), 201: .load(3.2), 340: .load(1.8), 347: .load(26), 354: .load(6),
        358: .load(2),
      ]))
  /// A leap year from a Sunday on has 54 weeks.
  static let leap = YearCalendar(first: day(2028, 1, 1).adding(days: 1), cells: cells(366))
  static let calendarYear = YearCalendar(first: day(2026, 1, 1), cells: cells(365))
  static let begun = YearCalendar(
    first: day(2025, 11, 1),
    cells: (0..<365).map { index -> LoadCell in index < 250 ? .missing : .load(0.3) })
  static let empty = YearCalendar(
    first: day(2025, 11, 1), cells: Array(repeating: .missing, count: 365))
  static let kinds = YearCalendar(
    first: day(2025, 11, 3),
    cells: (0..<364).map { index -> LoadCell in
      switch index % 7 {
      case 5, 6: .idle
      case 2 where index % 3 == 0: .planned
      default: index > 300 ? .blank : .load([0.2, 0.7, 2, 8, 20][index % 5])
      }
    })
  static let quarter = YearCalendar(first: day(2026, 7, 1), cells: cells(92, [40: .load(4)]))
  static let oneDay = YearCalendar(first: day(2026, 10, 31), cells: [.load(12)])
  static let nothing = YearCalendar(first: day(2026, 10, 31), cells: [])
  static let hostile = YearCalendar(
    first: day(2024, 2, 29),
    cells: (0..<1100).map { index -> LoadCell in
      .load([.nan, .infinity, -.infinity, -1, 1e300, 0][index % 6])
    })

  static let charts: [(name: String, chart: YearCalendar)] = [
    ("year", year), ("leap", leap), ("calendar-year", calendarYear), ("begun", begun),
    ("empty", empty), ("kinds", kinds), ("quarter", quarter), ("one-day", oneDay),
    ("nothing", nothing), ("hostile", hostile),
  ]

  static func scene(_ chart: YearCalendar, _ size: ChartSize) -> Scene {
    chart.scene(
      size: size, title: "Each day of a year", description: "Nine days went over their allowance.")
  }
}
