import Charts
import TestSupport
import Testing

@Suite("A grid of hours")
struct HourGridTests {
  private func grid(_ name: String) throws -> HourGrid {
    try #require(GridExamples.hourGrids.first { $0.name == name }).grid
  }

  @Test(
    "is the same text in every state, at most 25 000 bytes",
    arguments: GridExamples.hourGrids.map(\.name), ChartSize.allCases)
  func isTheSameTextInEveryState(name: String, size: ChartSize) throws {
    let text = SVGWriter.inline(GridExamples.scene(try grid(name), size), id: "\(name)-\(size)")
    #expect(text.utf8.count <= 25_000)
    try Golden.check(text + "\n", "hours-\(name)-\(size).svg")
  }

  @Test(
    "keeps its labels inside and apart, in any font",
    arguments: GridExamples.hourGrids.map(\.name), [false, true])
  func labelsInsideAndApart(name: String, doubled: Bool) throws {
    let metrics: any TextMetrics = doubled ? LabelBoxes.WideMetrics() : FixedTextMetrics()
    for size in ChartSize.allCases {
      let scene = try grid(name).scene(size: size, metrics: metrics, title: "", description: "")
      LabelBoxes.check(scene, metrics)
    }
  }

  @Test("is 155 pixels high for a week and grows with its rows")
  func height() {
    #expect(GridExamples.scene(GridExamples.week, .wide).height == 155)
    #expect(GridExamples.scene(GridExamples.week, .narrow).height == 155)
    #expect(GridExamples.scene(GridExamples.hostileHours, .wide).height > 200)
  }

  private func cells(_ scene: Scene) -> [Box] {
    scene.marks.flatMap { mark -> [Box] in
      if case .boxes(let boxes, _, _, _) = mark { boxes } else { [] }
    }
  }

  // A day of 23 cells and one of 26, as two of its hours are split.
  @Test("has no cell for an hour that the clocks skip and two for one that comes twice")
  func clocks() {
    let boxes = cells(GridExamples.scene(GridExamples.clocks, .wide))
    let (spring, autumn) = (boxes.filter { $0.top < 30 }, boxes.filter { $0.top > 30 })
    #expect(spring.count == 23 && autumn.count == 26)
    let whole = spring[0].right - spring[0].left
    #expect(autumn.count { $0.right - $0.left < whole / 2 } == 4)
    for (index, one) in boxes.enumerated() {
      for other in boxes[(index + 1)...] {
        #expect(
          one.right <= other.left || other.right <= one.left || one.bottom <= other.top
            || other.bottom <= one.top)
      }
    }
  }

  // Three figures fit, and four do not; 999.1 is rounded up to 1000.
  @Test("numbers the cells from 10 up, thousands as k")
  func numbered() {
    func numbers(_ size: ChartSize) -> [String] {
      LabelBoxes.labels(GridExamples.scene(GridExamples.oneHourRow, size)).filter(\.bold)
        .map(\.text)
    }
    #expect(numbers(.wide) == ["10", "11", "98", "99", "100", "999", "1k", "1k", "25k", "99+"])
    #expect(numbers(.narrow).isEmpty)
  }

  @Test("names every sixth hour and its totals")
  func header() {
    for size in ChartSize.allCases {
      let words = LabelBoxes.words(GridExamples.scene(GridExamples.week, size))
      #expect(words.prefix(5) == ["bad requests", "00:00", "06:00", "12:00", "18:00"])
    }
    let labels = LabelBoxes.labels(GridExamples.scene(GridExamples.week, .wide))
    #expect(labels.contains { $0.text == "40\u{2009}798" && $0.bold })
    #expect(labels.contains { $0.text == "161" && !$0.bold })
  }
}
