import Charts
import Model

/// Line charts in every state.
enum LineExamples {
  static let absence = Absence(
    title: "No data", detail: "1–31 Oct, source: rows", isMissing: true)

  static func chart(
    _ times: [Int64], _ values: [Double], gaps: [Window] = [], unit: String = "ms",
    absence: Absence = absence
  ) -> LineChart {
    LineChart(
      domain: Examples.october, times: times, values: values, gaps: gaps, unit: unit,
      absence: absence, zone: Examples.berlin)
  }

  /// A wave a day with noise that is the same on every run, and now and then a peak.
  static func wave(every step: Int64) -> LineChart {
    let times = Array(
      stride(
        from: Examples.october.start.seconds, to: Examples.october.end.seconds,
        by: Int64.Stride(step)))
    var seed: UInt64 = 1
    let values = times.map { time -> Double in
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let noise = Double(seed >> 40) / Double(1 << 24)
      let part = Double(time % 86_400) / 43_200 - 1
      return 120 + 80 * (1 - part * part) + 40 * noise + (noise > 0.999 ? 300 : 0)
    }
    return chart(times, values)
  }

  static let minutes = wave(every: 60)
  static let gap: LineChart = {
    let gaps = [
      Window(start: Examples.moment(10, 11, 2), end: Examples.moment(10, 12, 4)),
      Window(start: Examples.moment(10, 17), end: Examples.moment(10, 20, 4)),
    ]
    return chart(minutes.times, minutes.values, gaps: gaps)
  }()
  static let hours: LineChart = {
    let readings = wave(every: 10_800)
    return chart(readings.times, readings.values.map { $0 * 90 }, unit: "/min")
  }()
  static let high = chart(minutes.times, minutes.values.map { 9_900 + $0 / 10 }, unit: "KiB")

  static let charts: [(name: String, chart: LineChart)] = [
    ("minutes", minutes), ("gap", gap), ("hours", hours), ("high", high),
    ("point", chart([Examples.moment(10, 9).seconds], [312.5])),
    ("empty", chart([], [])),
    (
      "idle",
      chart(
        [], [],
        absence: .init(title: "No requests", detail: "nothing to judge", isMissing: false))
    ),
  ]
}
