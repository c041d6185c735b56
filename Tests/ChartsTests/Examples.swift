import Charts
import Model

/// Charts of invented data, one for each state that a chart can be in.
enum Examples {
  // Central European summer time ends on Sun 25 Oct 2026 at 01:00 UTC, 1_792_890_000.
  static let berlin = ZoneOffsets(
    name: "Europe/Berlin",
    first: .init(seconds: 7200, isDaylight: true, abbreviation: "CEST"), changes: [1_792_890_000],
    offsets: [.init(seconds: 3600, isDaylight: false, abbreviation: "CET")])

  static func moment(_ month: Int, _ day: Int, _ hour: Int = 0, _ minute: Int = 0) -> Instant {
    berlin.start(of: CivilDate(year: 2026, month: month, day: day)) + .hours(Int64(hour))
      + .minutes(Int64(minute))
  }

  static let october = Window(start: moment(10, 1), end: moment(11, 1))

  /// Falls slowly all the time and by `falls` at their moments, one point an hour.
  static func steps(
    from: Instant = october.start, to: Instant, slope: Double = 0.005,
    falls: [(at: Instant, by: Double)] = []
  ) -> [DepletionChart.Step] {
    var found: [DepletionChart.Step] = []
    var at = from
    var hour = 0.0
    while at <= to {
      let moment = at
      let fallen = falls.reduce(0) { $0 + ($1.at <= moment ? $1.by : 0) }
      found.append(.init(at: at, left: 1 - slope * hour / 24 - fallen))
      at = at + .hours(1)
      hour += 1
    }
    return found
  }

  static let gate = DepletionChart.Threshold(
    share: 0.1, label: "gate closes", detail: "below 10\u{A0}%")

  static let running = DepletionChart(
    domain: october, now: moment(10, 19),
    points: steps(
      to: moment(10, 19), falls: [(moment(10, 14, 13, 20), 0.84), (moment(10, 8, 9), 0.02)]),
    pace: 0.01,
    highlight: .init(
      window: Window(start: moment(10, 12), end: moment(10, 19)), label: "this week"),
    threshold: gate, drops: [.init(at: moment(10, 14, 13), label: "INC-236: −84 points")],
    endLabel: "5\u{A0}% left", endDetail: "even spending: 42\u{A0}%", endPaint: .warn, zone: berlin)

  static let overspent = DepletionChart(
    domain: october, now: october.end,
    points: steps(
      to: october.end,
      falls: [(moment(10, 14, 13, 20), 0.84), (moment(10, 21, 9), 0.31)]),
    drops: [
      .init(
        at: moment(10, 14, 13), label: "INC-236: −84 points", detail: "Wed 14 Oct, 2 h 14 min"),
      .init(at: moment(10, 21, 8), label: "INC-239: −31 points", detail: "Wed 21 Oct, 40 min"),
    ],
    endLabel: "131\u{A0}% used", endDetail: "−31\u{A0}% left", endPaint: .bad, zone: berlin)

  static let beyond = DepletionChart(
    domain: october, now: october.end,
    points: steps(to: october.end, falls: [(moment(10, 12, 13, 20), 2.4)]),
    drops: [.init(at: moment(10, 12, 13), label: "INC-240: −240 points")],
    endLabel: "256\u{A0}% used", endPaint: .bad, zone: berlin)

  static let good = DepletionChart(
    domain: october, now: october.end, points: steps(to: october.end), threshold: gate,
    endLabel: "84\u{A0}% left", endPaint: .ok, zone: berlin)

  static let gap = DepletionChart(
    domain: october, now: moment(10, 24),
    points: steps(to: moment(10, 24), slope: 0.015),
    gaps: [
      Window(start: moment(10, 11, 2), end: moment(10, 12, 4)),
      Window(start: moment(10, 17), end: moment(10, 20, 4)),
    ], pace: 0.5, threshold: gate, endLabel: "65\u{A0}% left", endPaint: .ok, zone: berlin)

  static let pacePastZero = DepletionChart(
    domain: october, now: moment(10, 19), points: steps(to: moment(10, 19), slope: 0.045),
    pace: -0.4, threshold: gate, endLabel: "19\u{A0}% left", endPaint: .warn, zone: berlin)

  static let empty = DepletionChart(
    domain: october, now: moment(10, 19), points: [], endLabel: "",
    endDetail: "1–18 Oct, source: snapshots", endPaint: .none, zone: berlin)

  static let onePoint = DepletionChart(
    domain: october, now: moment(10, 5), points: [.init(at: moment(10, 4), left: 0.97)],
    endLabel: "97\u{A0}% left", endDetail: "one day measured", endPaint: .none, zone: berlin)

  static let rolling = DepletionChart(
    domain: Window(start: moment(10, 19) - .days(28), end: moment(10, 19)), now: moment(10, 19),
    points: steps(
      from: moment(10, 19) - .days(28), to: moment(10, 19),
      falls: [(moment(10, 14, 13, 20), 0.5), (moment(10, 16, 13), 0.04), (moment(9, 22), 0.1)]),
    even: false,
    highlight: .init(
      window: Window(start: moment(10, 12), end: moment(10, 19)), label: "this week"),
    threshold: gate,
    drops: [
      .init(at: moment(10, 14, 13), label: "INC-236: −50 points"),
      .init(at: moment(9, 21, 20), label: "INC-201: −10 points"),
      .init(at: moment(10, 16, 13), label: "INC-237: −4 points"),
    ],
    endLabel: "22\u{A0}% left", endPaint: .ok, zone: berlin)

  /// 4,320 points: one every ten minutes of thirty days, falling a little at each.
  static let dense = DepletionChart(
    domain: Window(start: moment(9, 19), end: moment(10, 19)), now: moment(10, 19),
    points: (0..<4320).map { index in
      let wave = Double(index * 7919 % 13) / 2000
      return .init(
        at: moment(9, 19) + .minutes(Int64(index) * 10), left: 1 - Double(index) / 6000 + wave)
    }, even: false, threshold: gate, endLabel: "28\u{A0}% left", endPaint: .ok, zone: berlin)

  static let week = DepletionChart(
    domain: Window(start: moment(10, 19), end: moment(10, 26)), now: moment(10, 23, 7),
    points: steps(from: moment(10, 19), to: moment(10, 23, 7), slope: 0.1), pace: 0.3,
    endLabel: "57\u{A0}% left", endPaint: .ok, zone: berlin)

  static let quarter = DepletionChart(
    domain: Window(
      start: moment(10, 1), end: berlin.start(of: CivilDate(year: 2027, month: 1, day: 1))),
    now: moment(12, 20),
    points: steps(to: moment(12, 20), slope: 0.008, falls: [(moment(11, 3), 0.2)]),
    pace: 0.1, drops: [.init(at: moment(11, 2, 20), label: "INC-250: −20 points")],
    endLabel: "16\u{A0}% left", endPaint: .warn, zone: berlin)

  static let hostile = DepletionChart(
    domain: october, now: moment(10, 19),
    points: steps(to: moment(10, 19), falls: [(moment(10, 14, 13, 20), 0.84)]),
    highlight: .init(
      window: Window(start: moment(10, 12), end: moment(10, 19)),
      label: "\u{202E}this <week> & \"that\"\u{0}"),
    threshold: .init(
      share: 0.1, label: String(repeating: "long ", count: 2000), detail: "😀 مرحبا \u{FFFD}"),
    drops: [.init(at: moment(10, 14, 13), label: String(repeating: "x", count: 10_000))],
    endLabel: "😀 left", endDetail: "مرحبا بالعالم\n</svg>\u{0}\u{7}", endPaint: .warn, zone: berlin)

  /// Falls at the first and in the last hour of the axis.
  static let edges = DepletionChart(
    domain: october, now: october.end,
    points: [.init(at: october.start, left: 1)]
      + steps(
        from: october.start + .minutes(1), to: october.end, slope: 0.002,
        falls: [(moment(10, 1), 0.4), (moment(10, 31, 23), 0.7)]),
    drops: [
      .init(at: moment(10, 31, 22, 30), label: "INC-262: −70 points", detail: "Sat 31 Oct"),
      .init(at: moment(10, 1), label: "INC-220: −40 points"),
    ],
    endLabel: "116\u{A0}% used", endDetail: "−16\u{A0}% left", endPaint: .bad, zone: berlin)

  /// Runs out on the day before the last, close to other falls.
  static let crowded = DepletionChart(
    domain: Window(start: moment(9, 19), end: moment(10, 19)), now: moment(10, 19),
    points: steps(
      from: moment(9, 19), to: moment(10, 19), slope: 0.0195,
      falls: [(moment(9, 24, 14), 0.09), (moment(10, 13, 9), 0.15), (moment(10, 16, 18), 0.24)]),
    threshold: gate,
    drops: [
      .init(at: moment(10, 16, 17), label: "PJ-156: −24 points", detail: "Fri 16 Oct 18:07"),
      .init(at: moment(10, 13, 8), label: "PJ-155: −15 points", detail: "Tue 13 Oct 09:11"),
      .init(at: moment(9, 24, 13), label: "PJ-151: −9 points", detail: "Thu 24 Sep 14:26"),
    ],
    endLabel: "−7\u{A0}% left", endDetail: "107\u{A0}% used", endPaint: .bad, zone: berlin)

  static let charts: [(name: String, chart: DepletionChart)] = [
    ("running", running), ("overspent", overspent), ("beyond", beyond), ("good", good),
    ("gap", gap), ("pace-past-zero", pacePastZero), ("empty", empty), ("one-point", onePoint),
    ("rolling", rolling), ("week", week), ("quarter", quarter), ("edges", edges),
    ("crowded", crowded),
    ("hostile", hostile),
  ]

  static func scene(_ chart: DepletionChart, _ size: ChartSize) -> Scene {
    chart.scene(
      size: size, title: "Checkout: what is left of October",
      description: "From 100\u{A0}% on 1 October to what is left now.")
  }
}
