import Model
import TestSupport
import Testing

@testable import Charts

@Suite("A fan chart")
struct FanChartTests {
  private func chart(_ name: String) throws -> FanChart {
    try #require(FanExamples.charts.first { $0.name == name }).chart
  }

  @Test(
    "is the same text in every state, at most 50 000 bytes",
    arguments: FanExamples.charts.map(\.name), ChartSize.allCases)
  func isTheSameTextInEveryState(name: String, size: ChartSize) throws {
    let scene = FanExamples.scene(try chart(name), size)
    #expect(scene.width == size.width && scene.height == (size == .wide ? 252 : 280))
    let text = SVGWriter.inline(scene, id: "\(name)-\(size)")
    #expect(text.utf8.count <= 50_000)
    #expect(!text.contains("nan"))
    try Golden.check(text + "\n", "fan-\(name)-\(size).svg")
  }

  @Test(
    "keeps its labels inside and apart, in any font",
    arguments: FanExamples.charts.map(\.name), [false, true])
  func labelsInsideAndApart(name: String, doubled: Bool) throws {
    let metrics: any TextMetrics = doubled ? LabelBoxes.WideMetrics() : FixedTextMetrics()
    for size in ChartSize.allCases {
      LabelBoxes.check(
        try chart(name).scene(size: size, metrics: metrics, title: "", description: ""), metrics)
    }
  }

  @Test("covers no data with words", arguments: FanExamples.charts.map(\.name))
  func coversNoData(name: String) throws {
    for size in ChartSize.allCases {
      #expect(LabelBoxes.covering(FanExamples.scene(try chart(name), size), [.s1]) == [])
    }
  }

  private func words(_ chart: FanChart, _ size: ChartSize = .wide) -> [String] {
    LabelBoxes.words(FanExamples.scene(chart, size))
  }

  private func lines(_ chart: FanChart, _ paint: Paint, _ dash: Stroke.Dash) -> [[Point]] {
    FanExamples.scene(chart, .wide).marks.flatMap { mark -> [[Point]] in
      guard case .lines(let lines, let stroke) = mark, stroke.paint == paint, stroke.dash == dash
      else { return [] }
      return lines
    }
  }

  private func polygons(_ chart: FanChart, _ paint: Paint) -> [[Point]] {
    FanExamples.scene(chart, .wide).marks.compactMap { mark in
      if case .polygon(let points, paint) = mark { points } else { nil }
    }
  }

  @Test(
    "names crossings, the last value and the range of the last day", arguments: ChartSize.allCases)
  func namesFindings(size: ChartSize) {
    let found = words(FanExamples.rising, size)
    for text in [
      "90 % on 18 Nov", "14–22 Nov", "80 % passed 12 Oct", "84.9 % today", "93 %", "92–94 %",
    ] {
      #expect(found.contains(text), "\(text)")
    }
  }

  @Test("marks a crossing on its limit, with a bar over its likely days")
  func marksCrossings() throws {
    let marks = FanExamples.scene(FanExamples.rising, .wide).marks
    let rings = marks.compactMap { mark -> Point? in
      if case .circle(let at, _, .page, _) = mark { at } else { nil }
    }
    #expect(rings.count == 2)
    let limit = try #require(lines(FanExamples.rising, .bad, .solid).first?.first)
    #expect(rings.contains { abs($0.y - limit.y) < 0.01 })
    let bars = marks.compactMap { mark -> Box? in
      if case .rectangle(let box, .badText) = mark { box } else { nil }
    }
    // 14 to 22 November are 9 of 122 days; one of them has 25 hours.
    let day = try #require(lines(FanExamples.rising, .bad, .solid).first).map(\.x)
    let width = try #require(day.max()) - (try #require(day.min()))
    #expect(abs(try #require(bars.first).width - width * 9 * 24 / (122 * 24 + 1)) < 0.01)
  }

  @Test(
    "draws no line and no band of a forecast that there is not", arguments: ["short", "one-point"])
  func noForecast(name: String) throws {
    let chart = try chart(name)
    #expect(polygons(chart, .s1b).isEmpty && polygons(chart, .s1c).isEmpty)
    #expect(lines(chart, .s1, .dashed).isEmpty && lines(chart, .s1, .solid).isEmpty)
    let dots = FanExamples.scene(chart, .wide).marks.count { mark in
      if case .circle(_, radius: 2, .s1, _) = mark { true } else { false }
    }
    #expect(dots == chart.measured.count)
    #expect(
      words(chart).contains("14 are needed for") || words(chart).contains("14 are needed for a"))
  }

  @Test("says why there is no date")
  func noDate() {
    #expect(words(FanExamples.noDate).contains("no date"))
    #expect(words(FanExamples.falling).contains("falling"))
    #expect(words(FanExamples.longPassed).contains("90 % passed 3 Jun"))
  }

  @Test("names a limit beyond the axis at the edge, with an arrow, and keeps the values apart")
  func farLimits() throws {
    let chart = FanExamples.far
    let found = words(chart)
    #expect(found.contains("limit 1000 GiB") && found.contains("90 %") && found.contains("80 %"))
    #expect(lines(chart, .ink, .solid).isEmpty)
    let heights = lines(chart, .s1, .solid).flatMap { $0 }.map(\.y)
    #expect(try #require(heights.max()) - (try #require(heights.min())) > 30)
    #expect(polygons(chart, .ink).count == 1 && polygons(chart, .warn).count == 1)
  }

  @Test("moves a limit on the day on which it is raised")
  func raisedLimit() {
    // Two levels and the upright piece between them.
    #expect(lines(FanExamples.raised, .ink, .solid).count == 3)
    #expect(words(FanExamples.raised).contains("limit 800 GiB"))
    #expect(words(FanExamples.raisedFar).contains("limit 8000 GiB"))
  }

  @Test("tints the side below a limit that must not be met from above")
  func floorLimit() throws {
    let line = try #require(lines(FanExamples.freeSpace, .ink, .solid).first?.first)
    let tints = FanExamples.scene(FanExamples.freeSpace, .wide).marks.compactMap { mark -> Box? in
      if case .rectangle(let box, .badTint) = mark { box } else { nil }
    }
    #expect(tints.contains { abs($0.top - line.y) < 0.01 && $0.bottom == 222 })
  }

  @Test("draws nothing below what can be")
  func leastValue() {
    let found = words(FanExamples.toZero)
    #expect(!found.contains { $0.hasPrefix("−") })
    let points = (polygons(FanExamples.toZero, .s1c) + polygons(FanExamples.toZero, .s1b))
      .flatMap { $0 }
    #expect(points.allSatisfy { $0.y <= 222 })
    #expect(points.contains { $0.y == 222 })
  }

  @Test("hatches missing days and breaks the line there")
  func gaps() {
    #expect(!lines(FanExamples.gap, .none, .solid).isEmpty)
    #expect(words(FanExamples.gap).contains("12 days"))
    // Until 30 August, 12 September to 29 September, and to 27 October.
    #expect(lines(FanExamples.gap, .s1, .solid).map(\.count) == [30, 18, 27])
  }

  @Test("keeps its frame and hatches the past when nothing was measured")
  func empty() {
    for chart in [FanExamples.empty, FanExamples.nothing] {
      #expect(words(chart).contains("No data"))
      #expect(!lines(chart, .none, .solid).isEmpty)
      #expect(lines(chart, .s1, .solid).isEmpty)
    }
  }

  @Test("spans at least a tenth of its largest value, or what is asked")
  func leastSpan() throws {
    // 42 ± 2.1 and 4 % of 4.2 on each side: 39.732 to 44.268.
    let constant = try #require(
      FanRange(values: [42], wide: [], levels: [], least: 0, most: nil, leastSpan: nil))
    #expect(abs(constant.low - 39.732) < 1e-9 && abs(constant.high - 44.268) < 1e-9)
    // 50 ± 5 and 0.4 on each side.
    let percent = try #require(
      FanRange(values: [50], wide: [], levels: [], least: 0, most: 100, leastSpan: 10))
    #expect(abs(percent.low - 44.6) < 1e-9 && abs(percent.high - 55.4) < 1e-9)
  }

  @Test("shows a limit that leaves the values a fifth of the height, and none beyond")
  func nearLimits() throws {
    // 40 to 50; with 90 the values have 10 of 50, with 91 less than a fifth.
    let near = try #require(
      FanRange(values: [40, 50], wide: [], levels: [90], least: nil, most: nil, leastSpan: 1))
    #expect(abs(near.high - 92) < 1e-9)
    let far = try #require(
      FanRange(values: [40, 50], wide: [], levels: [91], least: nil, most: nil, leastSpan: 1))
    #expect(abs(far.high - 50.4) < 1e-9)
  }
}
