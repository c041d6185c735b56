import Charts
import Model
import TestSupport
import Testing

@Suite("A depletion chart")
struct DepletionChartTests {
  @Test(
    "is the same text in every state, at most 25 000 bytes",
    arguments: Examples.charts.map(\.name), ChartSize.allCases)
  func isTheSameTextInEveryState(name: String, size: ChartSize) throws {
    let chart = try #require(Examples.charts.first { $0.name == name }).chart
    let text = SVGWriter.inline(Examples.scene(chart, size), id: "\(name)-\(size)")
    #expect(text.utf8.count <= 25_000)
    try Golden.check(text + "\n", "depletion-\(name)-\(size).svg")
  }

  @Test("is the same small text in every state", arguments: Examples.charts.map(\.name))
  func isTheSameSmallText(name: String) throws {
    let chart = try #require(Examples.charts.first { $0.name == name }).chart
    let scene = chart.small(title: "Search", description: "What is left of October.")
    #expect(scene.width == 326 && scene.height == 96)
    let text = SVGWriter.inline(scene, id: "small-\(name)")
    #expect(text.utf8.count <= 25_000)
    try Golden.check(text + "\n", "depletion-\(name)-small.svg")
  }

  @Test(
    "keeps its labels inside and apart, in any font", arguments: Examples.charts.map(\.name),
    [false, true])
  func labelsInsideAndApart(name: String, doubled: Bool) throws {
    let chart = try #require(Examples.charts.first { $0.name == name }).chart
    let metrics: any TextMetrics = doubled ? LabelBoxes.WideMetrics() : FixedTextMetrics()
    let scenes =
      ChartSize.allCases.map {
        chart.scene(size: $0, metrics: metrics, title: "", description: "")
      } + [chart.small(metrics: metrics, title: "", description: "")]
    for scene in scenes {
      LabelBoxes.check(scene, metrics)
    }
  }

  @Test("covers no data with words", arguments: Examples.charts.map(\.name))
  func coversNoData(name: String) throws {
    let chart = try #require(Examples.charts.first { $0.name == name }).chart
    let small = chart.small(title: "", description: "")
    for scene in ChartSize.allCases.map({ Examples.scene(chart, $0) }) + [small] {
      #expect(LabelBoxes.covering(scene, [.s1, .bad]) == [])
    }
  }

  @Test("says at the hollow dot that all is used up, however crowded it is")
  func usedUp() {
    for chart in [Examples.overspent, Examples.beyond, Examples.edges, Examples.crowded] {
      for size in ChartSize.allCases {
        #expect(LabelBoxes.of(Examples.scene(chart, size)).map(\.text).contains("Used up"))
      }
    }
  }

  @Test("names drops, the way of even spending, and what is overspent")
  func names() {
    let found = words(Examples.overspent)
    #expect(found.contains("INC-236: −84 points") && found.contains("Wed 14 Oct, 2 h 14 min"))
    #expect(found.contains("even spending") && found.contains("overspent"))
    #expect(!words(Examples.rolling).contains("even spending"))
    #expect(!words(Examples.good).contains("overspent"))
  }

  @Test("drops labels of a narrow time axis evenly")
  func evenLabels() {
    let week = LabelBoxes.of(Examples.scene(Examples.week, .narrow)).map(\.text)
    #expect(week.contains("Mon 19 Oct"))
    #expect(!week.contains("Tue 20") && week.contains("Wed 21") && week.contains("Fri 23"))
  }

  @Test("is small from 100 % to 0, with the true end in figures")
  func small() {
    let scene = Examples.overspent.small(title: "", description: "")
    let words = LabelBoxes.of(scene).map(\.text)
    #expect(words.contains("−31 %") && words.contains("1 Oct") && words.contains("31 Oct"))
    // The line lies on the lower edge where nothing is left.
    let lowest = scene.marks.flatMap { mark -> [Double] in
      if case .lines(let lines, let stroke) = mark, stroke.paint == .bad {
        lines.flatMap { $0 }.map(\.y)
      } else {
        []
      }
    }
    #expect(Set(lowest) == [72])
  }

  private func words(_ chart: DepletionChart) -> [String] {
    LabelBoxes.of(Examples.scene(chart, .wide), FixedTextMetrics()).map(\.text)
  }

  @Test("says what is missing, and for how long")
  func missing() {
    #expect(words(Examples.empty).contains("No data"))
    // Sun 11 Oct 02:00 to Mon 12 Oct 04:00 is 22 + 4 hours; Sat 17 to Tue 20 04:00 is 3 days and 4 hours.
    #expect(words(Examples.gap).filter { $0 == "no data" }.count == 2)
    #expect(words(Examples.gap).contains("1 d 2 h"))
    #expect(words(Examples.gap).contains("3 d 4 h"))
  }

  @Test("says no data when all that passed is one gap")
  func allGap() {
    let chart = DepletionChart(
      domain: Examples.october, now: Examples.moment(10, 9),
      points: [.init(at: Examples.october.start, left: 1)], gaps: [Examples.october], endLabel: "",
      endPaint: .none, zone: Examples.berlin)
    #expect(words(chart).contains("No data"))
  }

  @Test("says nothing is missing before it has begun")
  func notBegun() {
    let chart = DepletionChart(
      domain: Examples.october, now: Examples.moment(9, 20), points: [], endLabel: "",
      endPaint: .none, zone: Examples.berlin)
    #expect(words(chart).contains("still to come"))
    #expect(!words(chart).contains("No data"))
  }

  @Test("cuts the axis at −100 % and gives the true value")
  func beyondTheAxis() {
    let found = words(Examples.beyond)
    #expect(found.contains("−100 %"))
    #expect(!found.contains("−125 %"))
    // 1 − 2.4 − 0.005 × 745 / 24 = −1.5552, rounded down.
    #expect(found.contains("−156 %"))
  }

  @Test("names the moment it falls below zero")
  func crossing() {
    #expect(words(Examples.overspent).contains("Wed 21 Oct 09:00"))
    #expect(!words(Examples.running).contains { $0.hasPrefix("Wed 21 Oct") })
  }

  @Test("marks a change of the clocks")
  func clocks() { #expect(words(Examples.running).contains("clocks −1 h")) }

  @Test("draws a line for two points and none for one")
  func onePoint() {
    func lines(_ points: [DepletionChart.Step]) -> Int {
      let chart = DepletionChart(
        domain: Examples.october, now: Examples.moment(10, 9), points: points, endLabel: "x",
        endPaint: .ok, zone: Examples.berlin)
      return Examples.scene(chart, .wide).marks.reduce(0) { count, mark in
        if case .lines(_, let stroke) = mark, stroke.paint == .s1 { return count + 1 }
        return count
      }
    }
    #expect(lines([.init(at: Examples.moment(10, 2), left: 1)]) == 0)
    #expect(
      lines([
        .init(at: Examples.moment(10, 2), left: 1), .init(at: Examples.moment(10, 3), left: 0.9),
      ]) == 1)
  }

  @Test("breaks the line at a gap and goes on at the level reached")
  func gapBreaksTheLine() throws {
    let gap = Window(start: Examples.moment(10, 10), end: Examples.moment(10, 12))
    let chart = DepletionChart(
      domain: Examples.october, now: Examples.moment(10, 20),
      points: [
        .init(at: Examples.october.start, left: 1), .init(at: Examples.moment(10, 11), left: 0.5),
      ], gaps: [gap], endLabel: "x", endPaint: .ok, zone: Examples.berlin)
    var runs: [[Point]] = []
    for mark in Examples.scene(chart, .wide).marks {
      if case .lines(let lines, let stroke) = mark, stroke.paint == .s1 { runs = lines }
    }
    // One level piece before the gap, one after it; half of the height lies between.
    try #require(runs.count == 2)
    #expect(Set(runs[0].map(\.y)).count == 1 && Set(runs[1].map(\.y)).count == 1)
    #expect(runs[1][0].y > runs[0][0].y && runs[1][0].x > runs[0][1].x)
  }

  @Test("thins 4 320 points to the pixels, keeping the lowest and the highest")
  func thins() throws {
    let scene = Examples.scene(Examples.dense, .wide)
    var heights: [Double] = []
    for mark in scene.marks {
      if case .lines(let lines, let stroke) = mark, stroke.paint == .s1 {
        heights = lines.flatMap { $0 }.map(\.y)
      }
    }
    // At most three values a pixel of 600, each with the level piece that leads to it.
    #expect(heights.count < 3700)
    #expect(SVGWriter.inline(scene, id: "a").utf8.count <= 25_000)
    let lowest = try #require(Examples.dense.points.map(\.left).min())
    let dot = try #require(heights.max())
    // The plot runs from 12 (100 %) to 198 (0 %).
    #expect(abs(dot - (12 + (1 - lowest) * 186)) < 0.05)
  }
}
