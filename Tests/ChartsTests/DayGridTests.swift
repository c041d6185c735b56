import Charts
import TestSupport
import Testing

@Suite("A grid of days")
struct DayGridTests {
  private func grid(_ name: String) throws -> DayGrid {
    try #require(GridExamples.dayGrids.first { $0.name == name }).grid
  }

  @Test(
    "is the same text in every state", arguments: GridExamples.dayGrids.map(\.name),
    ChartSize.allCases)
  func isTheSameTextInEveryState(name: String, size: ChartSize) throws {
    let text = SVGWriter.inline(GridExamples.scene(try grid(name), size), id: "\(name)-\(size)")
    try Golden.check(text + "\n", "days-\(name)-\(size).svg")
  }

  @Test("of six rows and a month has at most 40 000 bytes", arguments: ChartSize.allCases)
  func fits(size: ChartSize) {
    for grid in [GridExamples.month, GridExamples.full] {
      #expect(SVGWriter.inline(GridExamples.scene(grid, size), id: "a").utf8.count <= 40_000)
    }
  }

  @Test(
    "keeps its labels inside and apart, in any font",
    arguments: GridExamples.dayGrids.map(\.name), [false, true])
  func labelsInsideAndApart(name: String, doubled: Bool) throws {
    let metrics: any TextMetrics = doubled ? LabelBoxes.WideMetrics() : FixedTextMetrics()
    for size in ChartSize.allCases {
      let scene = try grid(name).scene(size: size, metrics: metrics, title: "", description: "")
      LabelBoxes.check(scene, metrics)
    }
  }

  // 34 + 23 × 6 and a key of 10 + 34; 18 + 38 × 6 and a key whose last sample stands in a second line.
  @Test("has the height of its rows and its key")
  func height() {
    #expect(GridExamples.scene(GridExamples.month, .wide).height == 34 + 23 * 6 + 44)
    #expect(GridExamples.scene(GridExamples.month, .narrow).height == 18 + 38 * 6 + 44)
  }

  /// The numbers that stand in cells, with the paint of the cell below them.
  private func numbers(_ scene: Scene) -> [(label: Label, cell: Paint)] {
    var boxes: [(box: Box, paint: Paint)] = []
    for mark in scene.marks {
      if case .boxes(let found, let paint, _, _) = mark { boxes += found.map { ($0, paint) } }
    }
    return zip(LabelBoxes.labels(scene), LabelBoxes.of(scene)).compactMap { label, place in
      guard label.bold, label.size < 10 else { return nil }
      let cell = boxes.last {
        $0.box.left <= label.at.x && label.at.x <= $0.box.right
          && $0.box.top <= place.box.top && place.box.bottom <= $0.box.bottom
      }
      return cell.map { (label, $0.paint) }
    }
  }

  @Test("has numbers of at least 4.5:1 on their cells, in light and dark")
  func contrast() throws {
    let found = numbers(GridExamples.scene(GridExamples.kinds, .wide))
    #expect(Set(found.map(\.cell)) == [.d3, .d4, .d5])
    for (label, cell) in found { #expect(Contrast.of(label.paint, on: cell) >= 4.5) }
  }

  // Rounded up, so that 3.000001 is a 4 on the cell for more than 3. Two figures fit, "99+" does not.
  @Test("numbers the cells from 2 up")
  func numbered() {
    let found = numbers(GridExamples.scene(GridExamples.kinds, .wide)).map {
      ($0.label.text, $0.cell)
    }
    let expected: [(String, Paint)] = [
      ("2", .d3), ("3", .d3), ("4", .d4), ("10", .d4), ("11", .d5), ("99", .d5), ("99", .d5),
      ("+", .d5), ("+", .d5), ("1k", .d5), ("+", .d5),
    ]
    #expect(found.map(\.0) == expected.map(\.0))
    #expect(found.map(\.1) == expected.map(\.1))
    #expect(numbers(GridExamples.scene(GridExamples.kinds, .narrow)).isEmpty)
    #expect(numbers(GridExamples.scene(GridExamples.oneDay, .wide)).map(\.label.text) == ["125"])
  }

  @Test("explains what occurs in it")
  func key() {
    let always = ["≤ ½", "≤ 1", "≤ 3×", "≤ 10×", "> 10×", "no data"]
    let month = LabelBoxes.words(GridExamples.scene(GridExamples.month, .wide))
    #expect(Array(month.suffix(6)) == always)
    let kinds = LabelBoxes.words(GridExamples.scene(GridExamples.kinds, .wide))
    #expect(Array(kinds.suffix(8)) == always + ["planned", "no traffic"])
  }

  @Test("has bold summaries for rows with a day over its allowance")
  func summaries() {
    let labels = LabelBoxes.labels(GridExamples.scene(GridExamples.month, .wide))
    #expect(labels.filter { $0.text == "3 of 31" }.allSatisfy { $0.bold })
    #expect(labels.filter { $0.text == "0 of 31" }.allSatisfy { !$0.bold })
  }

  @Test("shades weekends and names the first day and the Mondays")
  func header() {
    let scene = GridExamples.scene(GridExamples.month, .wide)
    var shaded = 0
    for mark in scene.marks {
      if case .boxes(let boxes, .surface, _, _) = mark { shaded = boxes.count }
    }
    // October 2026 starts on a Thursday: five Saturdays and four Sundays.
    #expect(shaded == 9)
    let words = LabelBoxes.words(scene)
    #expect(
      words.prefix(11) == ["Days over", "T", "1", "M", "5", "M", "12", "M", "19", "M", "26"])
    #expect(LabelBoxes.words(GridExamples.scene(GridExamples.month, .narrow)).first == "1 Oct")
  }

  @Test("has cells that stand out from the page, darker step by step")
  func ramp() {
    for paint in [Paint.d1Edge, .d3Edge, .d4, .d5] { #expect(Contrast.of(paint, on: .page) >= 3) }
    let ramp = [Paint.d1, .d2, .d3, .d4, .d5]
    for (pale, dark) in zip(ramp, ramp.dropFirst()) {
      #expect(Contrast.of(pale.light, "#FFFFFF") < Contrast.of(dark.light, "#FFFFFF"))
      #expect(Contrast.of(pale.dark, "#000000") < Contrast.of(dark.dark, "#000000"))
      #expect(Contrast.of(pale, on: dark) >= 1.2)
    }
  }
}
