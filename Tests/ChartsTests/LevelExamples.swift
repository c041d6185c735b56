import Charts
import Model

/// Level charts of invented data, one for each state.
enum LevelExamples {
  private static let lack = Absence(
    title: "No data", detail: "1–31 Oct, source: snapshots", isMissing: true)

  /// Days of October from the first on; `nil` is a day on which nothing happened.
  static func october(
    _ shorts: [Double?], gaps: [Window] = [], allowance: Double = 0.001,
    limitLabel: String = "99.90\u{A0}%", typical: String? = "99.98\u{A0}%",
    absence: Absence = lack
  ) -> LevelChart {
    LevelChart(
      domain: Examples.october,
      periods: shorts.enumerated().map { index, short in
        day(10, index + 1, short, allowance)
      },
      gaps: gaps, allowance: allowance, limitLabel: limitLabel, limitName: "objective",
      typical: typical, absence: absence, zone: Examples.berlin)
  }

  static func day(_ month: Int, _ day: Int, _ short: Double?, _ allowance: Double)
    -> LevelChart.Period
  {
    let date = CivilDate(year: 2026, month: month, day: day)
    let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    // Hundredths of a percent, rounded down, as a report would.
    let hundredths = Int((1 - (short ?? 0)) * 10_000)
    let part = hundredths % 100
    return LevelChart.Period(
      window: Window(
        start: Examples.berlin.start(of: date), end: Examples.berlin.start(of: date.adding(days: 1))
      ),
      short: short,
      label: "\(names[date.weekday - 1]) \(day) Oct: "
        + "\(hundredths / 100).\(part < 10 ? "0" : "")\(part)\u{A0}%",
      isBelow: (short ?? 0) > allowance)
  }

  /// Good days between 99.97 % and 99.99 %.
  private static func usual(_ count: Int, _ other: [Int: Double?] = [:]) -> [Double?] {
    (1...count).map { day in
      if let short = other[day] { return short }
      return 0.0001 + Double(day * 7919 % 11) / 55_000
    }
  }

  private static let outage = Window(
    start: Examples.moment(10, 11, 2), end: Examples.moment(10, 12, 4))

  static let nines = october(usual(31, [8: 0.001, 14: 0.0274, 21: 0.0065, 25: 0.0029]))

  /// Days without a single bad request, and one very bad day.
  static let lane = october(
    (1...31).map { $0 == 14 ? 0.02 : $0.isMultiple(of: 3) ? 0.0002 : 0 }, typical: "100\u{A0}%")

  static let linear = october(
    usual(31, [14: 0.0024, 15: 0.0012]).map { $0.map { $0 * 1.5 } }, typical: "99.97\u{A0}%")

  static let nothingWrong = october(Array(repeating: 0, count: 31), typical: "100\u{A0}%")

  static let quiet = october(usual(31))

  static let gap = october(
    usual(31, [11: 0.0002, 14: 0.0274]), gaps: [outage])

  static let longGap = october(
    usual(31, Dictionary(uniqueKeysWithValues: (9...17).map { ($0, nil) })),
    gaps: [Window(start: Examples.moment(10, 9), end: Examples.moment(10, 18))])

  /// Nothing happens at the weekends.
  static let weekends = october(
    usual(31, [3: nil, 4: nil, 10: nil, 11: nil, 17: nil, 18: nil, 24: nil, 25: nil, 31: nil]))

  static let week = LevelChart(
    domain: Window(start: Examples.moment(10, 12), end: Examples.moment(10, 19)),
    periods: zip(12...18, [0.0002, 0.0001, 0.0274, 0.0002, 0.0003, 0.0014, 0.0002]).map {
      day(10, $0, $1, 0.001)
    }, gaps: [], allowance: 0.001, limitLabel: "99.90\u{A0}%", limitName: "objective",
    typical: "99.98\u{A0}%", absence: lack, zone: Examples.berlin)

  static let onePoint = october([nil, nil, nil, 0.0003], typical: nil)

  static let oneBadPoint = october(Array(repeating: nil, count: 30) + [0.4], typical: nil)

  static let empty = october([], typical: nil)

  static let idle = october(
    Array(repeating: nil, count: 31), typical: nil,
    absence: .init(title: "No requests", detail: "nothing to judge", isMissing: false))

  /// Latency: one request in twenty may be slow, and most days are too slow.
  static let mostlyBad = october(
    (1...31).map { 0.045 + Double($0 * 7919 % 13) / 400 }, allowance: 0.05,
    limitLabel: "95\u{A0}%", typical: "93.97\u{A0}%")

  /// A day on which nothing went well.
  static let outageDay = october(usual(31, [1: 0.31, 14: 1, 15: 0.06, 31: 0.4]))

  /// Nothing at all may go wrong.
  static let perfection = october(
    (1...31).map { $0 == 7 ? 0.0004 : 0 }, allowance: 0, limitLabel: "100\u{A0}%",
    typical: "100\u{A0}%")

  static let hostile = LevelChart(
    domain: Examples.october,
    periods: [
      .init(
        window: Examples.october, short: .nan, label: "nothing", isBelow: true),
      .init(
        window: Window(start: Examples.moment(10, 30), end: Examples.moment(12, 1)),
        short: .infinity, label: "", isBelow: true),
      .init(
        window: Window(start: Examples.moment(10, 2), end: Examples.moment(10, 3)), short: 7,
        label: String(repeating: "x", count: 10_000), isBelow: true),
      .init(
        window: Window(start: Examples.moment(10, 3), end: Examples.moment(10, 4)), short: -1,
        label: "\u{202E}<text>\u{0}", isBelow: true),
    ], gaps: [Window(start: Examples.moment(9, 1), end: Examples.moment(9, 20))],
    allowance: 0.001, limitLabel: String(repeating: "9", count: 500), limitName: "مرحبا</svg>",
    typical: String(repeating: "long ", count: 200),
    absence: .init(title: "", detail: "", isMissing: true), zone: Examples.berlin)

  static let charts: [(name: String, chart: LevelChart)] = [
    ("nines", nines), ("lane", lane), ("linear", linear), ("nothing-wrong", nothingWrong),
    ("quiet", quiet), ("gap", gap), ("long-gap", longGap), ("weekends", weekends), ("week", week),
    ("one-point", onePoint), ("one-bad-point", oneBadPoint), ("empty", empty), ("idle", idle),
    ("mostly-bad", mostlyBad), ("outage-day", outageDay), ("perfection", perfection),
    ("hostile", hostile),
  ]

  static func scene(_ chart: LevelChart, _ size: ChartSize) -> Scene {
    chart.scene(
      size: size, title: "Checkout: each day of October",
      description: "One day fell below 99.90\u{A0}%: Wed 14 Oct with 97.26\u{A0}%.")
  }
}
