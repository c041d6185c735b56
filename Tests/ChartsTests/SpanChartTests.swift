import Charts
import TestSupport
import Testing

@Suite("A chart of spans")
struct SpanChartTests {
  private func chart(_ name: String) throws -> SpanChart {
    try #require(SpanExamples.charts.first { $0.name == name }).chart
  }

  @Test(
    "is the same text in every state, at most 25 000 bytes",
    arguments: SpanExamples.charts.map(\.name), ChartSize.allCases)
  func isTheSameTextInEveryState(name: String, size: ChartSize) throws {
    let text = SVGWriter.inline(SpanExamples.scene(try chart(name), size), id: "\(name)-\(size)")
    #expect(text.utf8.count <= 25_000)
    try Golden.check(text + "\n", "spans-\(name)-\(size).svg")
  }

  @Test(
    "keeps its labels inside and apart, in any font",
    arguments: SpanExamples.charts.map(\.name), [false, true])
  func labelsInsideAndApart(name: String, doubled: Bool) throws {
    let metrics: any TextMetrics = doubled ? LabelBoxes.WideMetrics() : FixedTextMetrics()
    for size in ChartSize.allCases {
      let scene = try chart(name).scene(size: size, metrics: metrics, title: "", description: "")
      LabelBoxes.check(scene, metrics)
      let labels = zip(LabelBoxes.labels(scene), LabelBoxes.of(scene, metrics).map(\.box))
      for (label, place) in labels where label.paint == .ink {
        for (_, box) in bars(scene) {
          #expect(
            place.right <= box.left || box.right <= place.left || place.bottom <= box.top
              || box.bottom <= place.top, "\(label.text)")
        }
      }
    }
  }

  private func bars(_ scene: Scene) -> [(paint: Paint, box: Box)] {
    scene.marks.flatMap { mark -> [(paint: Paint, box: Box)] in
      if case .boxes(let boxes, let paint, .some, _) = mark {
        boxes.map { (paint, $0) }
      } else {
        []
      }
    }
  }

  @Test("is 32 pixels high and 28 or 44 more a row")
  func height() {
    #expect(SpanExamples.scene(SpanExamples.month, .wide).height == 32 + 28 * 4)
    #expect(SpanExamples.scene(SpanExamples.month, .narrow).height == 32 + 44 * 4)
    #expect(SpanExamples.scene(SpanExamples.noRows, .wide).height == 32 + 28)
  }

  // The three of 13 October lie over each other, and so do the two that are open: three lanes.
  @Test("stacks bars at the same time and grows by their lanes")
  func lanes() {
    let scene = SpanExamples.scene(SpanExamples.overlapping, .wide)
    #expect(scene.height == 32 + 28 * 2 + 2 * 18)
    for chart in [SpanExamples.overlapping, SpanExamples.crowded] {
      let boxes = bars(SpanExamples.scene(chart, .wide)).map(\.box)
      for (index, one) in boxes.enumerated() {
        for other in boxes[(index + 1)...] {
          #expect(
            one.right <= other.left || other.right <= one.left || one.bottom <= other.top
              || other.bottom <= one.top)
        }
      }
    }
    // Thirty at once share twenty lanes.
    #expect(SpanExamples.scene(SpanExamples.stacked, .wide).height == 32 + 28 + 19 * 18)
  }

  @Test("has bars at least four pixels wide, the heavier the darker, from start to end")
  func widths() throws {
    let scene = SpanExamples.scene(SpanExamples.month, .wide)
    let found = bars(scene)
    #expect(found.map(\.paint) == [.d5, .d4, .d4, .d4, .d3, .d3])
    #expect(found.allSatisfy { $0.box.right - $0.box.left >= 3.999 })
    // Two days of seven.
    let long = bars(SpanExamples.scene(SpanExamples.overlapping, .wide)).map {
      $0.box.right - $0.box.left
    }
    let (most, hour) = (try #require(long.max()), long.filter { $0 < 20 }.max() ?? 0)
    #expect(abs(most / (680 - 10 - left(SpanExamples.overlapping)) - 2.0 / 7) < 0.001)
    #expect(hour == 4)
  }

  /// Where the plot starts: the left end of its axis.
  private func left(_ chart: SpanChart) -> Double {
    for case .lines(let lines, let stroke) in SpanExamples.scene(chart, .wide).marks
    where stroke.paint == .axis {
      return lines[0][0].x
    }
    return 0
  }

  @Test("leaves out what lies outside its time, and draws what has no length")
  func edges() {
    #expect(bars(SpanExamples.scene(SpanExamples.edges, .wide)).count == 3)
    let words = LabelBoxes.words(SpanExamples.scene(SpanExamples.edges, .wide))
    #expect(!words.contains("never drawn"))
    #expect(words.contains("first") && words.contains("last"))
  }

  @Test("points to the edge where something is still open")
  func open() {
    let scene = SpanExamples.scene(SpanExamples.month, .wide)
    let arrows = scene.marks.filter { if case .polygon(_, .d3) = $0 { true } else { false } }
    #expect(arrows.count == 1)
    #expect(LabelBoxes.words(scene).contains("INC-243: still open"))
  }

  @Test("says that nothing happened, and keeps its rows")
  func empty() {
    for size in ChartSize.allCases {
      let labels = LabelBoxes.labels(SpanExamples.scene(SpanExamples.none, size))
      #expect(labels.contains { $0.text == "No incidents" && $0.bold })
      #expect(labels.map(\.text).starts(with: ["Checkout", "Catalog API", "Search"]))
      #expect(
        LabelBoxes.words(SpanExamples.scene(SpanExamples.noRows, size)).contains("No incidents"))
    }
    #expect(
      !LabelBoxes.words(SpanExamples.scene(SpanExamples.month, .wide)).contains("No incidents"))
  }

  @Test("names the heaviest where it cannot name all")
  func importance() {
    let words = LabelBoxes.words(SpanExamples.scene(SpanExamples.rivals, .wide))
    #expect(!words.contains("INC-1: 5 min"))
    #expect(words.contains("INC-2: 5 min") && words.contains("INC-3: 5 min"))
    let many = LabelBoxes.words(SpanExamples.scene(SpanExamples.crowded, .wide))
    #expect(!many.contains { $0.hasPrefix("INC-") })
  }

  @Test("writes into a bar what finds no room beside it, at 4.5:1")
  func inside() {
    let labels = LabelBoxes.labels(SpanExamples.scene(SpanExamples.edges, .wide))
    #expect(labels.first { $0.text == "14 d" }?.paint == .d3Text)
    #expect(labels.first { $0.text == "still open" }?.paint == .page)
    #expect(Contrast.of(.d3Text, on: .d3) >= 4.5)
    #expect(Contrast.of(.page, on: .d4) >= 4.5 && Contrast.of(.page, on: .d5) >= 4.5)
  }

  @Test("shades weekends of true length and marks a change of the clocks")
  func weekends() throws {
    let scene = SpanExamples.scene(SpanExamples.month, .wide)
    var shaded: [Box] = []
    for case .boxes(let boxes, .surface, _, _) in scene.marks { shaded = boxes }
    // Five Saturdays and four Sundays; the one of 25 October has 25 hours.
    try #require(shaded.count == 9)
    let widths = shaded.map { $0.right - $0.left }
    #expect(abs(widths[7] / widths[6] - 25.0 / 24) < 0.001)
    #expect(LabelBoxes.words(scene).contains("clocks −1 h"))
  }

  @Test("hatches gaps and says how long they are")
  func gaps() {
    let words = LabelBoxes.words(SpanExamples.scene(SpanExamples.gap, .wide))
    // Wed 14 Oct 04:00 to Thu 15 Oct 06:00; the second one is cut at the end of the week.
    #expect(words.contains("1 d 2 h") && words.contains("1 d"))
  }
}
