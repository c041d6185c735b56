import Charts
import Model

/// Time lines of invented incidents, one for each state that a time line can be in.
enum SpanExamples {
  private static func bar(
    _ weight: SpanChart.Bar.Weight, _ label: String, from start: Instant, minutes: Int64,
    standsOut: Bool = false, open: Bool = false
  ) -> SpanChart.Bar {
    .init(
      window: Window(start: start, end: start + .minutes(minutes)), isOpen: open, weight: weight,
      label: label, standsOut: standsOut)
  }

  private static func at(_ day: Int, _ hour: Int = 0, _ minute: Int = 0) -> Instant {
    Examples.moment(10, day, hour, minute)
  }

  private static func chart(
    _ domain: Window, _ rows: [SpanChart.Row], gaps: [Window] = []
  ) -> SpanChart {
    SpanChart(
      domain: domain, rows: rows, gaps: gaps, empty: "No incidents", zone: Examples.berlin)
  }

  static let week = Window(start: at(12), end: at(19))

  static let month = chart(
    Examples.october,
    [
      .init(
        title: "Checkout",
        bars: [
          bar(.heavy, "INC-236: 2 h 14 min", from: at(14, 13, 20), minutes: 134, standsOut: true),
          bar(.middle, "INC-239: 38 min", from: at(21, 17, 2), minutes: 38),
          bar(.middle, "INC-240: 55 min", from: at(25, 1, 20), minutes: 55),
        ]),
      .init(
        title: "Catalog API",
        bars: [
          bar(.middle, "INC-233: 46 min", from: at(6, 22, 5), minutes: 46),
          bar(
            .light, "INC-243: still open", from: at(30, 21, 10), minutes: 27 * 60 + 50,
            standsOut: true, open: true),
        ]),
      .init(
        title: "Search", bars: [bar(.light, "INC-231: 28 min", from: at(2, 9, 12), minutes: 28)]),
      .init(
        title: "Payments webhook",
        bars: [bar(.light, "INC-238: 21 min", from: at(18, 3, 10), minutes: 21)]),
    ])

  static let sevenDays = chart(
    week,
    [
      .init(
        title: "checkout",
        bars: [
          bar(.heavy, "INC-236: 2 h 14 min", from: at(14, 13, 20), minutes: 134, standsOut: true)
        ]),
      .init(
        title: "price-jobs",
        bars: [
          bar(.light, "2026-101: 3 h", from: at(12) - .hours(9), minutes: 12 * 60),
          bar(.middle, "2026-102: 9 h 20 min", from: at(15, 22), minutes: 560),
          bar(.heavy, "2026-103: still open", from: at(18, 20), minutes: 240, open: true),
        ]),
      .init(title: "supplier-feeds", bars: []),
    ])

  static let none = chart(
    Examples.october,
    [
      .init(title: "Checkout", bars: []), .init(title: "Catalog API", bars: []),
      .init(title: "Search", bars: []),
    ])

  static let noRows = chart(week, [])

  static let overlapping = chart(
    week,
    [
      .init(
        title: "Checkout",
        bars: [
          bar(.light, "INC-301: 2 d", from: at(13), minutes: 2 * 1440),
          bar(.heavy, "INC-302: 20 h", from: at(13, 6), minutes: 1200, standsOut: true),
          bar(.middle, "INC-303: 5 min", from: at(13, 6, 10), minutes: 5),
          bar(.light, "INC-304: 30 min", from: at(15, 1), minutes: 30),
          bar(.light, "INC-305: still open", from: at(17, 12), minutes: 2160, open: true),
          bar(.middle, "INC-306: still open", from: at(18, 12), minutes: 720, open: true),
        ]),
      .init(title: "Search", bars: [bar(.middle, "INC-307: 1 h", from: at(16, 8), minutes: 60)]),
    ])

  static let gap = chart(
    week,
    [
      .init(title: "Checkout", bars: [bar(.middle, "INC-1: 1 h", from: at(14, 1), minutes: 60)]),
      .init(title: "Search", bars: [bar(.heavy, "INC-2: 4 h", from: at(17, 1), minutes: 240)]),
    ],
    gaps: [
      Window(start: at(14, 4), end: at(15, 6)), Window(start: at(18), end: at(20)),
    ])

  static let allGap = chart(week, [.init(title: "Checkout", bars: [])], gaps: [week])

  /// At the edges: before the domain, over all of it, of no length, at its last moment.
  static let edges = chart(
    week,
    [
      .init(
        title: "Before and after",
        bars: [
          bar(.heavy, "never drawn", from: at(11), minutes: 1440),
          bar(.heavy, "never drawn", from: at(19), minutes: 60),
        ]),
      .init(title: "Over all", bars: [bar(.light, "14 d", from: at(8), minutes: 14 * 1440)]),
      .init(
        title: "Of no length",
        bars: [
          bar(.middle, "first", from: at(12), minutes: 0),
          bar(.middle, "last", from: at(18, 23, 59), minutes: 1),
        ]),
      .init(
        title: "Open all the time",
        bars: [bar(.heavy, "still open", from: at(8), minutes: 14 * 1440, open: true)]),
    ])

  /// More than there is room to name: one of ten minutes every four hours, in five rows.
  static let crowded = chart(
    week,
    (1...5).map { row in
      SpanChart.Row(title: "Service \(row)", bars: (0..<40).map { tenMinutes($0, row: row) })
    })

  private static func tenMinutes(_ index: Int, row: Int) -> SpanChart.Bar {
    let weight: SpanChart.Bar.Weight =
      index % 13 == 0 ? .heavy : index % 3 == 0 ? .middle : .light
    return bar(
      weight, "INC-\(row)\(index): 10 min", from: at(12, row) + .hours(Int64(4 * index)),
      minutes: 10, standsOut: index % 13 == 0)
  }

  /// Thirty at the same time.
  static let stacked = chart(
    week,
    [
      SpanChart.Row(
        title: "Checkout",
        bars: (0..<30).map { bar(.light, "INC-\($0): 2 d", from: at(13, $0 / 2), minutes: 2880) })
    ])

  /// The second one takes the only room that the first one's label could have.
  static let rivals = chart(
    week,
    [
      .init(
        title: "Checkout",
        bars: [
          bar(.light, "INC-1: 5 min", from: at(12, 1), minutes: 5),
          bar(.heavy, "INC-2: 5 min", from: at(13, 6), minutes: 5),
          bar(.light, "INC-3: 5 min", from: at(13, 10), minutes: 5),
        ])
    ])

  static let halfYear = SpanChart(
    domain: Window(start: Examples.moment(7, 1), end: Examples.moment(12, 20)),
    rows: [
      .init(title: "Checkout", bars: [bar(.middle, "INC-7: 3 d", from: at(3), minutes: 4320)])
    ], gaps: [], empty: "No incidents", zone: Examples.berlin)

  static let hostile = chart(
    week,
    [
      .init(
        title: String(repeating: "long ", count: 2000),
        bars: [
          bar(.heavy, String(repeating: "x", count: 10_000), from: at(13), minutes: 90),
          bar(.light, "\u{202E}<b>&\"\u{0}", from: at(15), minutes: 9),
        ]),
      .init(title: "😀 مرحبا", bars: [bar(.middle, "</svg>\u{7}\n😀", from: at(16), minutes: 90)]),
      .init(title: "", bars: [bar(.middle, "", from: at(16), minutes: 90)]),
    ])

  static let charts: [(name: String, chart: SpanChart)] = [
    ("month", month), ("week", sevenDays), ("none", none), ("no-rows", noRows),
    ("overlapping", overlapping), ("gap", gap), ("all-gap", allGap), ("edges", edges),
    ("crowded", crowded), ("rivals", rivals), ("stacked", stacked), ("half-year", halfYear),
    ("hostile", hostile),
  ]

  static func scene(_ chart: SpanChart, _ size: ChartSize) -> Scene {
    chart.scene(
      size: size, title: "Incidents by service", description: "Two incidents in the week.")
  }
}
