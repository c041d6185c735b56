import Charts
import Model

/// Latency bands of invented data, one for each state.
enum LatencyExamples {
  typealias Values = (half: Double?, most: Double?, all: Double?)

  static let lack = Absence(
    title: "No data", detail: "1–31 Oct, source: snapshots", isMissing: true)

  /// Days of October from the first on; `nil` is a day on which nothing happened.
  static func october(
    _ days: [Values?], gaps: [Window] = [], limit: Double = 0.4, limitLabel: String = "400\u{A0}ms",
    most: String? = "322\u{A0}ms", half: String? = "118\u{A0}ms", worst: String? = nil,
    absence: Absence = lack
  ) -> LatencyBand {
    let periods = days.enumerated().compactMap { index, values -> LatencyBand.Period? in
      guard let values else { return nil }
      let date = CivilDate(year: 2026, month: 10, day: index + 1)
      return .init(
        window: Window(
          start: Examples.berlin.start(of: date),
          end: Examples.berlin.start(of: date.adding(days: 1))),
        half: values.half, most: values.most, nearlyAll: values.all)
    }
    return LatencyBand(
      domain: Examples.october, periods: periods, gaps: gaps, limit: limit,
      limitLabel: limitLabel, mostDetail: most, halfDetail: half, worstLabel: worst,
      absence: absence, zone: Examples.berlin)
  }

  /// About 118, 322 and 620 ms.
  static func usual(_ other: [Int: Values?] = [:]) -> [Values?] {
    (1...31).map { day in
      if let values = other[day] { return values }
      let wave = Double(day * 7919 % 13 - 6)
      return (0.118 + wave / 800, 0.322 + wave / 500, 0.62 + wave / 200)
    }
  }

  private static let outage = Window(
    start: Examples.moment(10, 11, 2), end: Examples.moment(10, 12, 4))
  private static let worst = "Wed 14 Oct: 95\u{A0}% at most 880\u{A0}ms"

  static let month = october(
    usual([14: (0.205, 0.88, 0.99), 21: (0.15, 0.47, 0.76)]), gaps: [outage], worst: worst)
  static let quiet = october(usual())
  static let longGap = october(
    usual(Dictionary(uniqueKeysWithValues: (9...17).map { ($0, nil) })),
    gaps: [Window(start: Examples.moment(10, 9), end: Examples.moment(10, 18))])
  /// Nothing happens at the weekends.
  static let weekends = october(
    usual(Dictionary(uniqueKeysWithValues: [3, 4, 10, 11, 17, 18, 24, 25, 31].map { ($0, nil) })))
  /// A day whose slowest took a hundred times the limit.
  static let slowDay = october(
    usual([14: (0.9, 22, 40), 15: (0.2, 1.5, 9)]), worst: "Wed 14 Oct: 95\u{A0}% at most 22\u{A0}s")
  /// Slower than the largest bucket.
  static let beyond = october(
    usual([14: (0.2, nil, nil), 21: (0.2, 0.7, nil), 31: (0.2, nil, nil)]), most: nil,
    worst: "Wed 14 Oct: 95\u{A0}% beyond the largest bucket")
  /// Three ends and the limit at one height.
  static let close = october(
    (1...31).map { _ in (0.395, 0.405, 0.41) }, most: "405\u{A0}ms", half: "395\u{A0}ms",
    worst: "Thu 1 Oct: 95\u{A0}% at most 405\u{A0}ms")
  static let low = october(
    (1...31).map { _ in (0.001, 0.002, 0.003) }, most: "2\u{A0}ms", half: "1\u{A0}ms")
  static let parts = october(
    (1...31).map { day -> Values in (0.0002, 0.0005 + Double(day % 3) / 10_000, 0.0008) },
    limit: 0.001,
    limitLabel: "1\u{A0}ms", most: "< 1\u{A0}ms", half: "< 1\u{A0}ms")
  /// Jobs: half an hour is promised.
  static let jobs = october(
    (1...31).map { day -> Values in
      let (half, most) = (Double(day * 7 % 5), Double(day * 7 % 9))
      return (400 + half * 60, 1100 + most * 90, 2400)
    },
    limit: 1800, limitLabel: "30\u{A0}min", most: "23\u{A0}min", half: "8\u{A0}min",
    worst: "Sun 4 Oct: 95\u{A0}% at most 30\u{A0}min")
  static let point = october([nil, nil, nil, (0.118, 0.322, 0.62)])
  static let badPoint = october(
    Array(repeating: nil, count: 30) + [(0.118, 0.622, 0.8)],
    worst: "Sat 31 Oct: 95\u{A0}% at most 622\u{A0}ms")
  static let empty = october([])
  static let idle = october(
    [], absence: .init(title: "No events", detail: "1–31 Oct", isMissing: false))

  static let hostile = LatencyBand(
    domain: Examples.october,
    periods: [
      .init(window: Examples.october, half: .nan, most: .infinity, nearlyAll: -1),
      .init(
        window: Window(start: Examples.moment(10, 30), end: Examples.moment(12, 1)), half: 1e300,
        most: -1e300, nearlyAll: 0),
      .init(
        window: Window(start: Examples.moment(8, 2), end: Examples.moment(8, 3)), half: 5, most: 1,
        nearlyAll: 0.2),
    ], gaps: [Window(start: Examples.moment(9, 1), end: Examples.moment(9, 20))], limit: 0.4,
    limitLabel: String(repeating: "9", count: 500), mostDetail: "مرحبا</svg>\u{0}",
    halfDetail: String(repeating: "long ", count: 200),
    worstLabel: String(repeating: "<b>x", count: 5000),
    absence: .init(title: "", detail: "", isMissing: true), zone: Examples.berlin)

  static let charts: [(name: String, chart: LatencyBand)] = [
    ("month", month), ("quiet", quiet), ("long-gap", longGap), ("weekends", weekends),
    ("slow-day", slowDay), ("beyond", beyond), ("close", close), ("low", low), ("parts", parts),
    ("jobs", jobs), ("point", point), ("bad-point", badPoint), ("empty", empty), ("idle", idle),
    ("hostile", hostile),
  ]

  static func scene(_ chart: LatencyBand, _ size: ChartSize) -> Scene {
    chart.scene(
      size: size, title: "Checkout: response times of October",
      description: "95\u{A0}% of requests took at most 400\u{A0}ms, but for 14 October.")
  }
}
