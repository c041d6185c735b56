import Charts
import Model

/// Burn charts of invented data, one for each state.
enum BurnExamples {
  private static let minute: Int64 = 60

  /// How fast a budget was spent in each minute of October 2026, of 745 hours: three outages and a slow morning.
  private static let spending: [Double] = {
    let outages: [(from: Instant, minutes: Int, rate: Double)] = [
      (from: Examples.moment(10, 8, 9), minutes: 100, rate: 6),
      (from: Examples.moment(10, 14, 13, 20), minutes: 134, rate: 331),
      (from: Examples.moment(10, 21, 9), minutes: 40, rate: 150),
      (from: Examples.moment(10, 25, 10), minutes: 70, rate: 331),
    ]
    let start = Examples.october.start.seconds
    var found = [Double](repeating: 0, count: 745 * 60)
    for index in found.indices where index * 7919 % 13 < 3 {
      let wave: Int = index * 31 % 17
      found[index] = Double(wave) / 16
    }
    for outage in outages {
      let first = Int((outage.from.seconds - start) / minute)
      for index in first..<first + outage.minutes { found[index] = outage.rate }
    }
    return found
  }()

  /// The means of the `minutes` before each minute's end over those that were measured.
  private static func means(over minutes: Int, without gaps: [Range<Int>]) -> [Double?] {
    var measured = spending.map { Optional($0) }
    for gap in gaps { for index in gap { measured[index] = nil } }
    var (sum, count) = (0.0, 0)
    return measured.indices.map { index in
      if let rate = measured[index] { (sum, count) = (sum + rate, count + 1) }
      if index >= minutes, let rate = measured[index - minutes] {
        (sum, count) = (sum - rate, count - 1)
      }
      return count > 0 ? max(0, sum) / Double(count) : nil
    }
  }

  static func strips(steps: Int, without gaps: [Range<Int>] = []) -> [BurnChart.Strip] {
    let alerts: [(Int, Double, String, String)] = [
      (60, 14.4, "Last 1 hour", "pages at 14.4×"), (360, 6, "Last 6 hours", "pages at 6×"),
      (4320, 1, "Last 3 days", "ticket at 1×"),
    ]
    return alerts.map { minutes, threshold, title, detail in
      let rates = means(over: minutes, without: gaps)
      let parts = (0..<steps).map { step in
        rates[step * rates.count / steps..<(step + 1) * rates.count / steps].compactMap(\.self)
      }
      let peak = rates.compactMap(\.self).max().map { Int($0.rounded()) }
      return BurnChart.Strip(
        title: title, detail: detail, low: parts.map { $0.min() }, high: parts.map { $0.max() },
        threshold: threshold, peak: peak.map { "peak \($0)×" } ?? "no data")
    }
  }

  static func strip(
    _ rates: [Double?], title: String = "Last 1 hour", detail: String = "pages at 14.4×",
    threshold: Double = 14.4, peak: String = "peak 331×"
  ) -> BurnChart.Strip {
    BurnChart.Strip(
      title: title, detail: detail, low: rates, high: rates, threshold: threshold, peak: peak)
  }

  static func october(_ strips: [BurnChart.Strip]) -> BurnChart {
    BurnChart(domain: Examples.october, strips: strips, zone: Examples.berlin)
  }

  static let month = october(strips(steps: 340))
  /// A rate for each minute.
  static let minutes = october(strips(steps: 745 * 60))
  /// Sun 11 Oct 02:00 to Mon 12 Oct 04:00, and four days from Sat 17 Oct on.
  static let gap = october(
    strips(steps: 340, without: [242 * 60..<268 * 60, 384 * 60..<480 * 60]))
  static let zero = october([strip(Array(repeating: 0, count: 340), peak: "peak 0×")])
  static let empty = october(
    (1...3).map {
      strip(Array(repeating: nil, count: 340), title: "Last \($0) hours", peak: "no data")
    })
  static let point = october([
    strip((0..<340).map { step -> Double? in step == 100 ? 20 : nil }, peak: "peak 20×")
  ])
  static let noStrips = october([])
  static let four = october(
    strips(steps: 340) + [strip([0.2, 0.4, 2, 0.4], title: "Last 30 days", threshold: 0.5)])

  /// As much as there can be: all of it up and down, over every threshold.
  static let full = october(
    (1...3).map { index in
      BurnChart.Strip(
        title: "Last \(index) hours", detail: "pages at 0.2×",
        low: (0..<3000).map { step -> Double? in 0.3 + Double(step * 7919 % 101) / 80 },
        high: (0..<3000).map { step -> Double? in 3 + Double(step * 7919 % 997) / 3 },
        threshold: 0.2,
        peak: "peak 335×")
    })

  /// A target of seven nines: rates of millions.
  static let millions = october([
    strip(
      (0..<340).map { step -> Double? in step == 150 ? 4_000_000 : 0.4 }, peak: "peak 4000000×"),
    strip(
      (0..<340).map { step -> Double? in 150..<160 ~= step ? 700_000 : 0.4 }, title: "Last 6 hours"),
  ])

  /// A day of few steps, with the hour that the clocks repeat.
  static let day = BurnChart(
    domain: Window(start: Examples.moment(10, 25), end: Examples.moment(10, 26)),
    strips: [
      strip([0.2, 0.3, 40, 331, 12, 0.4, nil, 0.5]),
      strip(
        [0.2, 0.2, 4, 70, 79, 60, 12, 0.5], title: "Last 6 hours", detail: "pages at 6×",
        threshold: 6, peak: "peak 79×"),
    ], zone: Examples.berlin)

  static let hostile = october([
    strip(
      [.nan, .infinity, -.infinity, -5, 1e300, 0], title: String(repeating: "long ", count: 2000),
      detail: String(repeating: "x", count: 10_000), threshold: .nan,
      peak: String(repeating: "9", count: 10_000)),
    strip(
      [0.5, nil, 4], title: "\u{202E}<b>&\"\u{0}", detail: "😀 مرحبا بالعالم", threshold: -3,
      peak: "</svg>\u{7}\n"),
    BurnChart.Strip(
      title: "", detail: "", low: [0.1, 0.2], high: [], threshold: 1e300, peak: ""),
  ])

  static let charts: [(name: String, chart: BurnChart)] = [
    ("month", month), ("minutes", minutes), ("gap", gap), ("zero", zero), ("empty", empty),
    ("point", point), ("no-strips", noStrips), ("four", four), ("full", full),
    ("millions", millions), ("day", day), ("hostile", hostile),
  ]

  static func scene(_ chart: BurnChart, _ size: ChartSize) -> Scene {
    chart.scene(
      size: size, title: "How fast Checkout's budget was spent",
      description: "The fast threshold was passed three times.")
  }
}
