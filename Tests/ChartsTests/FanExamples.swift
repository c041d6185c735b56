import Charts
import Model

/// Forecasts of invented data, one for each state that a chart can be in.
enum FanExamples {
  static func day(_ month: Int, _ day: Int) -> CivilDate {
    CivilDate(year: 2026, month: month, day: day)
  }

  private static let lack = Absence(
    title: "No data", detail: "1 Aug – 31 Oct, source: snapshots", isMissing: true)

  /// −1 to 1, the same for the same number.
  private static func noise(_ index: Int) -> Double {
    Double((index * 7919 + index * index * 104_729) % 2001) / 1000 - 1
  }

  /// One value for each day of a span.
  static func values(
    _ from: CivilDate, _ to: CivilDate, without missing: Set<Int> = [],
    _ value: (Int) -> Double
  ) -> [FanChart.Day] {
    (0...Int(to.dayNumber - from.dayNumber)).filter { !missing.contains($0) }
      .map { .init(from.adding(days: $0), value($0)) }
  }

  /// A straight line from `asOf` on, with ranges that grow with the root of the time.
  static func fan(
    after asOf: CivilDate, days: Int = 30, from value: Double, slope: Double, spread: Double
  ) -> [FanChart.Expected] {
    (1...days).map { ahead in
      let mean = value + slope * Double(ahead)
      let half = spread * (1 + Double(ahead) / 10).squareRoot()
      return .init(
        asOf.adding(days: ahead), mean: mean, range80: mean - half...mean + half,
        range95: mean - 1.6 * half...mean + 1.6 * half)
    }
  }

  static func limit(
    _ kind: FanChart.Limit.Kind, _ value: Double, _ label: String,
    bad: FanChart.Limit.Side = .above, _ crossing: FanChart.Crossing? = nil
  ) -> FanChart.Limit {
    .init(
      kind, bad: bad, steps: [.init(from: day(1, 1), value: value, label: label)],
      crossing: crossing)
  }

  static let percents = [
    limit(.critical, 90, "90\u{A0}%"), limit(.warning, 80, "80\u{A0}%"),
  ]

  /// 1 August to 30 November, measured until 31 October.
  static func autumn(
    _ measured: [FanChart.Day], fit: FanChart.Fit? = nil, expected: [FanChart.Expected] = [],
    limits: [FanChart.Limit] = percents, last: String, end: FanChart.Words? = nil,
    note: FanChart.Words? = nil, least: Double? = 0, most: Double? = 100,
    leastSpan: Double? = 10, unit: String = "%"
  ) -> FanChart {
    FanChart(
      days: day(8, 1)...day(11, 30), asOf: day(10, 31), measured: measured, fit: fit,
      expected: expected, limits: limits, last: last, end: end, note: note, absence: lack,
      least: least, most: most, leastSpan: leastSpan, unit: unit, zone: Examples.berlin)
  }

  private static let disk = values(day(8, 1), day(10, 31)) { index in
    (index < 19 ? 66 + 0.2 * Double(index) : 65.2 + 0.278 * Double(index - 19))
      + 1.2 * noise(index)
  }

  /// Passed 80 % and will pass 90 %.
  static let rising = autumn(
    disk,
    fit: .init(
      from: .init(day(8, 20), 65.2), to: .init(day(10, 31), 85.2), label: "the fit starts 20 Aug"),
    expected: fan(after: day(10, 31), from: 85.2, slope: 0.267, spread: 0.6),
    limits: [
      limit(
        .critical, 90, "90\u{A0}%",
        .init(
          likely: day(11, 18), earliest: day(11, 14), latest: day(11, 22),
          words: .init("90\u{A0}% on 18 Nov", detail: "14–22 Nov"))),
      limit(
        .warning, 80, "80\u{A0}%",
        .init(likely: day(10, 12), words: .init("80\u{A0}% passed 12 Oct"))),
    ],
    last: "84.9\u{A0}% today", end: .init("93\u{A0}%", detail: "92–94\u{A0}%"))

  static let short = autumn(
    values(day(10, 23), day(10, 31)) { 40 + 1.4 * Double($0) }, last: "51.2\u{A0}% today",
    note: .init("9 days", detail: "14 are needed for a forecast"))

  static let noDate = autumn(
    values(day(8, 1), day(10, 31)) { 58 + 18 * noise($0 / 2) },
    expected: fan(after: day(10, 31), from: 63, slope: 0, spread: 9),
    last: "63\u{A0}% today", end: .init("63\u{A0}%", detail: "42–84\u{A0}%"),
    note: .init("no date", detail: "growth too irregular for a date"))

  static let falling = autumn(
    values(day(8, 1), day(10, 31)) { 68 - 0.09 * Double($0) + 3 * noise($0) },
    fit: .init(
      from: .init(day(8, 1), 68), to: .init(day(10, 31), 59.8), label: "the fit starts 1 Aug"),
    expected: fan(after: day(10, 31), from: 59.8, slope: -0.09, spread: 2),
    last: "61\u{A0}% today", end: .init("57\u{A0}%", detail: "51–62\u{A0}%"),
    note: .init("falling"))

  /// Past both shares; the limit itself comes next.
  static let passed = autumn(
    values(day(8, 1), day(10, 31)) { 62 + 0.36 * Double($0) + 0.5 * noise($0) },
    fit: .init(
      from: .init(day(8, 3), 62.7), to: .init(day(10, 31), 94.8),
      label: "a line through the last 90 days"),
    expected: fan(after: day(10, 31), from: 94.8, slope: 0.36, spread: 0.6),
    limits: [
      limit(
        .limit, 100, "100\u{A0}%",
        .init(
          likely: day(11, 14), earliest: day(11, 11), latest: day(11, 17),
          words: .init("full on 14 Nov", detail: "11–17 Nov"))),
      limit(
        .critical, 90, "90\u{A0}%",
        .init(likely: day(10, 17), words: .init("90\u{A0}% passed 17 Oct"))),
      limit(
        .warning, 80, "80\u{A0}%",
        .init(likely: day(9, 20), words: .init("80\u{A0}% passed 20 Sep"))),
    ], last: "94.6\u{A0}% today", end: .init("100\u{A0}%", detail: "100\u{A0}%"))

  /// Free space, which falls to its limits.
  static let freeSpace = autumn(
    values(day(8, 1), day(10, 31)) { 61 - 0.42 * Double($0) + 0.8 * noise($0) },
    fit: .init(
      from: .init(day(10, 4), 34.1), to: .init(day(10, 31), 22.8),
      label: "a line through the last 28 days"),
    expected: fan(after: day(10, 31), from: 22.8, slope: -0.42, spread: 0.9),
    limits: [
      limit(
        .limit, 10, "10\u{A0}GiB", bad: .below,
        .init(
          likely: nil, earliest: day(11, 27), words: .init("below 10\u{A0}GiB from 27 Nov on"))),
      limit(
        .warning, 20, "20\u{A0}GiB", bad: .below,
        .init(
          likely: day(11, 7), earliest: day(11, 4), latest: day(11, 11),
          words: .init("below 20\u{A0}GiB on 7 Nov", detail: "4–11 Nov"))),
    ], last: "22.5\u{A0}GiB today", end: .init("10.2\u{A0}GiB", detail: "8.4–12\u{A0}GiB"),
    most: nil, leastSpan: nil, unit: "GiB")

  static let empty = autumn([], last: "")

  static let nothing = autumn([], limits: [], last: "")

  /// A limit so far off that the values would be a flat line.
  static let far = autumn(
    values(day(8, 1), day(10, 31)) { 3.1 + 0.01 * Double($0) + 0.2 * noise($0) },
    fit: .init(from: .init(day(8, 1), 3.1), to: .init(day(10, 31), 4), label: "all days"),
    expected: fan(after: day(10, 31), from: 4, slope: 0.01, spread: 0.2),
    limits: [
      limit(.limit, 1000, "limit 1000\u{A0}GiB"), limit(.critical, 900, "90\u{A0}%"),
      limit(.warning, 800, "80\u{A0}%"), limit(.critical, -500, "−500\u{A0}GiB", bad: .below),
    ],
    last: "4.0\u{A0}GiB today", end: .init("4.3\u{A0}GiB", detail: "3.8–4.8\u{A0}GiB"),
    most: nil, leastSpan: nil, unit: "GiB")

  /// The limit is raised on 10 September.
  static let raised = autumn(
    values(day(8, 1), day(10, 31)) { 380 + 2.2 * Double($0) + 6 * noise($0) },
    fit: .init(
      from: .init(day(8, 1), 380), to: .init(day(10, 31), 580), label: "the fit starts 1 Aug"),
    expected: fan(after: day(10, 31), from: 580, slope: 2.2, spread: 9),
    limits: [
      .init(
        .limit,
        steps: [
          .init(from: day(1, 1), value: 500, label: "limit 500\u{A0}GiB"),
          .init(from: day(9, 10), value: 800, label: "limit 800\u{A0}GiB"),
        ]),
      .init(
        .critical,
        steps: [
          .init(from: day(1, 1), value: 450, label: "90\u{A0}%"),
          .init(from: day(9, 10), value: 720, label: "90\u{A0}%"),
        ]),
      .init(
        .warning,
        steps: [
          .init(from: day(1, 1), value: 400, label: "80\u{A0}%"),
          .init(from: day(9, 10), value: 640, label: "80\u{A0}%"),
        ],
        crossing: .init(
          likely: day(11, 27), earliest: day(11, 18),
          words: .init("80\u{A0}% on 27 Nov", detail: "18 Nov–later"))),
    ], last: "580\u{A0}GiB today", end: .init("646\u{A0}GiB", detail: "627–665\u{A0}GiB"),
    most: nil, leastSpan: nil, unit: "GiB")

  /// Raised from a level on the axis to one far beyond it.
  static let raisedFar = autumn(
    values(day(8, 1), day(10, 31)) { 420 + 0.8 * Double($0) + 6 * noise($0) },
    expected: fan(after: day(10, 31), from: 493, slope: 0.8, spread: 9),
    limits: [
      .init(
        .limit,
        steps: [
          .init(from: day(1, 1), value: 500, label: "limit 500\u{A0}GiB"),
          .init(from: day(10, 10), value: 8000, label: "limit 8000\u{A0}GiB"),
        ])
    ], last: "493\u{A0}GiB today", end: .init("517\u{A0}GiB", detail: "498–536\u{A0}GiB"),
    most: nil, leastSpan: nil, unit: "GiB")

  static let extremes = autumn(
    values(day(8, 1), day(10, 31)) { $0 == 40 ? 1e15 : 1e-3 * Double($0 + 1) }, limits: [],
    last: "0.092 today", most: nil, leastSpan: nil, unit: "")

  static let onePoint = autumn(
    [.init(day(10, 9), 31.5)], last: "31.5\u{A0}% on 9 Oct",
    note: .init("1 day", detail: "14 are needed for a forecast"))

  static let constant = autumn(
    values(day(8, 1), day(10, 31)) { _ in 42 },
    expected: fan(after: day(10, 31), from: 42, slope: 0, spread: 0),
    limits: [limit(.limit, 100, "limit 100")], last: "42 today", end: .init("42", detail: "42–42"),
    most: nil, leastSpan: nil, unit: "")

  static let zero = autumn(
    values(day(8, 1), day(10, 31)) { _ in 0 },
    expected: fan(after: day(10, 31), from: 0, slope: 0, spread: 0.4), limits: [],
    last: "0 today", end: .init("0", detail: "0–1"), most: nil, leastSpan: nil, unit: "")

  /// Days are missing in the middle and at the end.
  static let gap = autumn(
    values(day(8, 1), day(10, 27), without: Set(30...41).union([60])) {
      30 + 0.3 * Double($0) + noise($0)
    },
    fit: .init(
      from: .init(day(9, 30), 48), to: .init(day(10, 27), 56.1),
      label: "a line through the last 28 days"),
    expected: fan(after: day(10, 27), days: 34, from: 56.1, slope: 0.3, spread: 1),
    last: "56\u{A0}% on 27 Oct", end: .init("66\u{A0}%", detail: "63–69\u{A0}%"))

  static let halfMissing = autumn(
    values(day(8, 1), day(10, 31), without: Set(stride(from: 1, to: 92, by: 2))) {
      30 + 0.3 * Double($0) + noise($0)
    }, last: "57\u{A0}% today", note: .init("no date", detail: "no trend"))

  /// 400 days and 90 ahead.
  static let year = FanChart(
    days: day(10, 31).adding(days: -399)...day(10, 31).adding(days: 90), asOf: day(10, 31),
    measured: values(day(10, 31).adding(days: -399), day(10, 31)) {
      4.1 + 0.011 * Double($0) + 0.5 * noise($0) + ($0 % 7 < 5 ? 0.2 : -0.4)
    },
    fit: .init(
      from: .init(day(10, 31).adding(days: -399), 4.1), to: .init(day(10, 31), 8.5),
      label: "a line through all days since 27 Sep 2025"),
    expected: fan(after: day(10, 31), days: 90, from: 8.5, slope: 0.011, spread: 0.4),
    limits: [
      limit(
        .critical, 9, "9\u{A0}TiB",
        .init(
          likely: day(12, 16), earliest: day(11, 2), latest: nil,
          words: .init("9\u{A0}TiB on 16 Dec", detail: "2 Nov–later"))),
      limit(.limit, 10, "10\u{A0}TiB"),
    ], last: "8.6\u{A0}TiB today", end: .init("9.5\u{A0}TiB", detail: "8.2–10.8\u{A0}TiB"),
    absence: lack, least: 0, unit: "TiB", zone: Examples.berlin)

  /// Three lines close together, met within days.
  static let crowded = autumn(
    values(day(8, 1), day(10, 31)) { 79 + 0.06 * Double($0) + 0.2 * noise($0) },
    fit: .init(
      from: .init(day(10, 4), 82.8), to: .init(day(10, 31), 84.5),
      label: "a line through the last 28 days"),
    expected: fan(after: day(10, 31), from: 84.5, slope: 0.06, spread: 0.5),
    limits: [
      limit(
        .limit, 86, "86\u{A0}%",
        .init(
          likely: day(11, 25), earliest: day(11, 12), latest: nil,
          words: .init("86\u{A0}% on 25 Nov", detail: "12 Nov–later"))),
      limit(
        .critical, 85.5, "85.5\u{A0}%",
        .init(
          likely: day(11, 17), earliest: day(11, 6), latest: day(11, 28),
          words: .init("85.5\u{A0}% on 17 Nov", detail: "6–28 Nov"))),
      limit(
        .warning, 85, "85\u{A0}%",
        .init(
          likely: day(11, 9), earliest: day(11, 1), latest: day(11, 19),
          words: .init("85\u{A0}% on 9 Nov", detail: "1–19 Nov"))),
    ], last: "84.5\u{A0}% today", end: .init("86\u{A0}%", detail: "84–88\u{A0}%"))

  /// A queue that runs empty: no value is below zero.
  static let toZero = autumn(
    values(day(8, 1), day(10, 31)) { 100 - Double($0) + 2 * noise($0) },
    fit: .init(from: .init(day(8, 1), 100), to: .init(day(10, 31), 9), label: "all days"),
    expected: fan(after: day(10, 31), from: 9, slope: -1, spread: 4), limits: [],
    last: "9 today", end: .init("0", detail: "0–4"), note: .init("falling"), most: nil, unit: "")

  /// Passed before the axis begins.
  static let longPassed = autumn(
    values(day(8, 1), day(10, 31)) { 92 + 0.01 * Double($0) + 0.2 * noise($0) },
    expected: fan(after: day(10, 31), from: 92.9, slope: 0, spread: 0.4),
    limits: [
      limit(
        .critical, 90, "90\u{A0}%",
        .init(likely: day(6, 3), words: .init("90\u{A0}% passed 3 Jun"))),
      limit(.warning, 80, "80\u{A0}%", .init(likely: nil, words: .init("80\u{A0}% passed"))),
    ],
    last: "93\u{A0}% today", end: .init("93\u{A0}%", detail: "92–94\u{A0}%"),
    note: .init("no date", detail: "no trend"))

  static let hostile = autumn(
    disk + [.init(day(10, 31), .nan), .init(day(10, 31), .infinity), .init(day(10, 31), -5)],
    fit: .init(
      from: .init(day(8, 20), .nan), to: .init(day(10, 31), 85.2),
      label: String(repeating: "long ", count: 2000)),
    expected: fan(after: day(10, 31), from: 85.2, slope: 0.267, spread: 0.6),
    limits: [
      limit(
        .critical, 90, "<script>&\"\u{0}",
        .init(
          likely: day(11, 18), earliest: day(11, 24), latest: day(11, 2),
          words: .init("😀 مرحبا \u{202E}", detail: String(repeating: "x", count: 10_000)))),
      limit(.warning, .nan, "80\u{A0}%"),
      limit(.limit, 1e300, String(repeating: "wide ", count: 2000)),
    ],
    last: "مرحبا بالعالم\n</svg>\u{0}\u{7}", end: .init("😀", detail: "\u{FFFD}"),
    note: .init(String(repeating: "y", count: 5000), detail: "no <b>date</b> \u{0}"))

  static let charts: [(name: String, chart: FanChart)] = [
    ("rising", rising), ("short", short), ("no-date", noDate), ("falling", falling),
    ("passed", passed), ("free-space", freeSpace), ("empty", empty), ("nothing", nothing),
    ("far", far), ("raised", raised), ("raised-far", raisedFar), ("extremes", extremes),
    ("one-point", onePoint), ("constant", constant), ("zero", zero), ("gap", gap),
    ("half-missing", halfMissing), ("year", year), ("crowded", crowded), ("to-zero", toZero),
    ("long-passed", longPassed), ("hostile", hostile),
  ]

  static func scene(_ chart: FanChart, _ size: ChartSize) -> Scene {
    chart.scene(
      size: size, title: "db-1 storage, history and 30-day forecast",
      description: "85\u{A0}% on 31 October; 90\u{A0}% is likely on 18 November.")
  }
}
