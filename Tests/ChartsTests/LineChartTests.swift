import Model
import TestSupport
import Testing

@testable import Charts

@Suite("A line chart")
struct LineChartTests {
  @Test(
    "is the same text in every state, at most 25 000 bytes",
    arguments: LineExamples.charts.map(\.name), ChartSize.allCases)
  func isTheSameTextInEveryState(name: String, size: ChartSize) throws {
    let chart = try #require(LineExamples.charts.first { $0.name == name }).chart
    let scene = chart.scene(size: size, title: "Latency", description: "In October.")
    let text = SVGWriter.inline(scene, id: "\(name)-\(size)")
    #expect(text.utf8.count <= 25_000)
    try Golden.check(text + "\n", "line-\(name)-\(size).svg")
  }

  private func words(_ scene: Scene) -> [String] {
    scene.marks.compactMap { mark in
      guard case .text(let label) = mark else { return nil }
      return LabelBoxes.plain(label)
    }
  }

  private func scene(_ chart: LineChart) -> Scene {
    chart.scene(size: .wide, title: "", description: "")
  }

  private func runs(_ scene: Scene) -> [Columns] {
    scene.marks.flatMap { mark -> [Columns] in
      guard case .columns(let runs, _) = mark else { return [] }
      return runs
    }
  }

  @Test("keeps its labels inside and apart", arguments: LineExamples.charts.map(\.name))
  func labels(name: String) throws {
    let chart = try #require(LineExamples.charts.first { $0.name == name }).chart
    let metrics = FixedTextMetrics()
    for (width, height) in [(680.0, 200.0), (342, 200), (160, 100), (760, 232)] {
      let scene = chart.scene(
        width: width, height: height, pixelsPerUnit: 2, title: "", description: "")
      let boxes = scene.marks.compactMap { mark -> Box? in
        guard case .text(let label) = mark else { return nil }
        let wide = metrics.width(of: label.text, size: label.size, bold: label.bold)
        let left =
          label.at.x - (label.anchor == .start ? 0 : label.anchor == .end ? wide : wide / 2)
        return Box(
          left: left, top: label.at.y - 0.73 * label.size, right: left + wide, bottom: label.at.y)
      }
      let drawing = Box(left: -0.01, top: 0, right: width + 0.01, bottom: height)
      for (index, box) in boxes.enumerated() {
        #expect(drawing.holds(box))
        #expect(!boxes[(index + 1)...].contains(where: box.overlaps))
      }
    }
  }

  @Test("says what is missing, and for how long")
  func missing() {
    // Sun 11 Oct 02:00 to Mon 12 Oct 04:00 is 22 + 4 hours.
    #expect(words(scene(LineExamples.gap)).contains("1 d 2 h"))
    #expect(words(scene(LineExamples.chart([], []))).contains("No data"))
  }

  @Test("breaks the line at a gap")
  func breaks() throws {
    let found = runs(scene(LineExamples.gap))
    try #require(found.count == 3)
    let end = found[0].left + found[0].step * Double(found[0].spans.count)
    // 26 of 745 hours of more than 600 pixels are 21 pixels and more.
    #expect(found[1].left - end >= 20)
  }

  @Test("is a dot with its value when there is one reading")
  func onePoint() {
    let scene = scene(LineExamples.chart([Examples.moment(10, 9).seconds], [312.5]))
    #expect(words(scene).contains("312.5 ms"))
    let circles = scene.marks.count { mark in
      if case .circle = mark { return true }
      return false
    }
    #expect(circles == 1)
  }

  @Test("starts its axis at zero, unless the readings keep far from it")
  func base() {
    #expect(words(scene(LineExamples.minutes)).contains("0 ms"))
    #expect(!words(scene(LineExamples.high)).contains("0 KiB"))
  }

  @Test("writes large numbers in thousands")
  func thousands() { #expect(words(scene(LineExamples.hours)).contains("15 k/min")) }

  @Test("of a million readings is as small as that of thousands")
  func million() {
    let start = Examples.october.start.seconds
    let times = (0..<1_000_000).map { start + Int64($0) * 2 }
    let values = (0..<1_000_000).map { Double($0 * 7919 % 1000) }
    let text = SVGWriter.inline(scene(LineExamples.chart(times, values)), id: "a")
    #expect(text.utf8.count <= 25_000)
    // Every second reading missing makes no more of it.
    let broken = values.enumerated().map { $0.offset % 2 == 0 ? $0.element : .nan }
    let other = SVGWriter.inline(scene(LineExamples.chart(times, broken)), id: "a")
    #expect(other.utf8.count <= 25_000)
  }

  @Test(
    "never writes a number that is none",
    arguments: [Double.nan, .infinity, -.infinity, 1e300, -1e300, 0])
  func numbers(value: Double) {
    let start = Examples.october.start.seconds
    for count in [1, 3, 4000] {
      let times = (0..<count).map { start + Int64($0) * 600 }
      let values = (0..<count).map { $0 % 2 == 0 ? value : 1 }
      let text = SVGWriter.inline(scene(LineExamples.chart(times, values)), id: "a").lowercased()
      #expect(!text.contains("nan") && !text.contains("inf") && !text.contains("e+"))
    }
  }
}
