import Charts
import Model

/// Grids of invented data, one for each state that a grid can be in.
enum GridExamples {
  static func days(_ count: Int, from month: Int, _ day: Int) -> [CivilDate] {
    let first = CivilDate(year: 2026, month: month, day: day)
    return (0..<count).map { first.adding(days: $0) }
  }

  /// A pale row, in which `special` cells stand at their indices.
  static func cells(_ count: Int, _ special: [Int: LoadCell] = [:]) -> [LoadCell] {
    (0..<count).map { index in
      special[index] ?? .load(Double((index * 7 + count) % 10) / 13)
    }
  }

  static let month = DayGrid(
    days: days(31, from: 10, 1),
    rows: [
      .init(
        title: "Checkout availability",
        cells: cells(31, [13: .load(26.2), 20: .load(6), 24: .load(2.4)]), summary: "3 of 31"),
      .init(
        title: "Checkout latency",
        cells: cells(31, [10: .missing, 13: .load(3), 14: .load(3.4), 20: .load(1.2)]),
        summary: "3 of 30"),
      .init(
        title: "Catalog API availability",
        cells: cells(31, [5: .load(14), 29: .load(4), 30: .load(1.8)]), summary: "3 of 31"),
      .init(title: "Search availability", cells: cells(31), summary: "0 of 31"),
      .init(
        title: "Webhook freshness", cells: cells(31, [10: .missing, 17: .load(2.8)]),
        summary: "1 of 30"),
      .init(
        title: "Image CDN availability",
        cells: (0..<31).map { $0 < 27 ? .missing : .load(0.1) }, summary: "since 28 Oct"),
    ], summaryHeading: "Days over")

  /// Four weeks with a cell of every kind, among them the numbers at each edge.
  static let kinds = DayGrid(
    days: days(28, from: 9, 21),
    rows: [
      .init(
        title: "Loads",
        cells: [
          .load(0), .load(0.5), .load(0.500001), .load(1), .load(1.000001), .load(1.999), .load(2),
          .load(3), .load(3.000001), .load(10), .load(10.000001), .load(98.5), .load(99),
          .load(99.1), .load(999), .load(1000), .load(98_765), .load(2e9), .load(.infinity),
          .load(.nan), .load(-1),
        ] + Array(repeating: .blank, count: 7), summary: "13 of 21"),
      .init(
        title: "Others",
        cells: [.missing, .missing, .planned, .planned, .idle, .idle, .load(0.2)]
          + Array(repeating: .blank, count: 21), summary: "0 of 1"),
      .init(title: "Fewer cells than days", cells: [.load(0.2), .missing], summary: "–"),
      .init(title: "Never measured", cells: Array(repeating: .missing, count: 28), summary: "–"),
      .init(title: "Nothing at all", cells: [], summary: ""),
    ], summaryHeading: "Days over")

  static let oneDay = DayGrid(
    days: days(1, from: 10, 18),
    rows: [.init(title: "Search availability", cells: [.load(125)], summary: "1 of 1")],
    summaryHeading: "Days over")

  static let twoMonths = DayGrid(
    days: days(62, from: 7, 1),
    rows: (1...3).map { row in
      .init(
        title: "Search availability in zone \(row)",
        cells: cells(62, [10 * row: .load(27), 50: .missing, 51: .missing]), summary: "1 of 60")
    }, summaryHeading: "Days over")

  static let noRows = DayGrid(days: days(28, from: 9, 21), rows: [], summaryHeading: "Days over")

  static let many = DayGrid(
    days: days(7, from: 10, 12),
    rows: (1...40).map { row in
      .init(
        title: "Objective \(row)", cells: cells(7, row % 9 == 0 ? [row % 7: .load(12)] : [:]),
        summary: row % 9 == 0 ? "1 of 7" : "0 of 7")
    }, summaryHeading: "Days over")

  /// As much as six rows of a month can hold.
  static let full = DayGrid(
    days: days(31, from: 10, 1),
    rows: (0..<6).map { row in
      .init(
        title: "Catalog API availability \(row)",
        cells: (0..<31).map { day in
          row % 2 == 0 ? [.load(9.4), .load(27), .load(2.8)][(day + row) % 3] : .missing
        }, summary: "31 of 31")
    }, summaryHeading: "Days over")

  static let hostileDays = DayGrid(
    days: days(28, from: 9, 21),
    rows: [
      .init(
        title: String(repeating: "long ", count: 2000), cells: cells(28),
        summary: String(repeating: "9", count: 10_000)),
      .init(title: "\u{202E}<b>&\"\u{0}", cells: cells(28), summary: "</svg>\u{7}\n"),
      .init(title: "😀 مرحبا بالعالم", cells: cells(28), summary: "😀"),
    ], summaryHeading: String(repeating: "Days over & ", count: 50))

  static let dayGrids: [(name: String, grid: DayGrid)] = [
    ("month", month), ("kinds", kinds), ("one-day", oneDay), ("two-months", twoMonths),
    ("no-rows", noRows), ("many", many), ("full", full), ("hostile", hostileDays),
  ]

  static func scene(_ grid: DayGrid, _ size: ChartSize) -> Scene {
    grid.scene(
      size: size, title: "Every objective, every day",
      description: "One row per objective and one cell per day.")
  }

  // MARK: - Hours

  static func hours(_ special: [Int: [LoadCell]] = [:]) -> [[LoadCell]] {
    (0..<24).map { special[$0] ?? [.load(Double($0 % 5) / 11)] }
  }

  static let week = HourGrid(
    rows: [
      .init(title: "Mon 12 Oct", hours: hours(), total: "161", standsOut: false),
      .init(title: "Tue 13 Oct", hours: hours([4: [.load(1)]]), total: "179", standsOut: false),
      .init(
        title: "Wed 14 Oct",
        hours: hours([13: [.load(145.2)], 14: [.load(219)], 15: [.load(124)], 16: [.load(4)]]),
        total: "40\u{2009}798", standsOut: true),
      .init(
        title: "Thu 15 Oct", hours: hours([2: [.missing], 3: [.missing]]), total: "167",
        standsOut: false),
      .init(title: "Fri 16 Oct", hours: hours([9: [.load(2)]]), total: "218", standsOut: false),
      .init(
        title: "Sat 17 Oct", hours: hours([1: [.idle], 2: [.idle], 3: [.planned]]), total: "192",
        standsOut: false),
      .init(
        title: "Sun 18 Oct", hours: (0..<24).map { $0 < 6 ? [.load(0)] : [.blank] }, total: "240",
        standsOut: false),
    ], totalHeading: "bad requests")

  /// The day that loses an hour and the one that has an hour twice.
  static let clocks = HourGrid(
    rows: [
      .init(title: "Sun 29 Mar", hours: hours([2: []]), total: "12", standsOut: false),
      .init(
        title: "Sun 25 Oct",
        hours: hours([2: [.load(0.2), .load(31)], 3: [.missing, .load(12)]]),
        total: "1\u{2009}204", standsOut: true),
    ], totalHeading: "bad rows")

  static let oneHourRow = HourGrid(
    rows: [
      .init(
        title: "Sun 18 Oct",
        hours: [
          9.9, 10, 10.1, 98, 99, 100, 999, 999.1, 1000, 25_000, 200_000, 5e6, .infinity, .nan,
        ]
        .map { [.load($0)] }, total: "5", standsOut: false)
    ], totalHeading: "minutes without an answer")

  static let noHours = HourGrid(rows: [], totalHeading: "bad requests")

  /// As much as a week can hold.
  static let fullWeek = HourGrid(
    rows: (0..<7).map { row in
      .init(
        title: "Wed 14 Oct", hours: (0..<24).map { [.load(Double(100 + row + $0))] },
        total: "123.4\u{A0}k", standsOut: true)
    }, totalHeading: "bad requests")

  static let hostileHours = HourGrid(
    rows: [
      .init(
        title: String(repeating: "long ", count: 2000), hours: hours(),
        total: String(repeating: "9", count: 10_000), standsOut: true),
      .init(
        title: "\u{202E}<b>&\"\u{0}", hours: hours() + hours(), total: "</svg>\u{7}\n",
        standsOut: false),
    ] + (0..<8).map { .init(title: "😀 \($0)", hours: hours(), total: "😀", standsOut: false) },
    totalHeading: String(repeating: "bad & ", count: 50))

  static let hourGrids: [(name: String, grid: HourGrid)] = [
    ("week", week), ("clocks", clocks), ("one-row", oneHourRow), ("no-rows", noHours),
    ("full", fullWeek), ("hostile", hostileHours),
  ]

  static func scene(_ grid: HourGrid, _ size: ChartSize) -> Scene {
    grid.scene(
      size: size, title: "Bad requests by hour", description: "Seven rows of 24 hours.")
  }
}
