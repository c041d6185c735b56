import Charts
import TestSupport
import Testing

@Suite("A burn chart")
struct BurnChartTests {
  private func chart(_ name: String) throws -> BurnChart {
    try #require(BurnExamples.charts.first { $0.name == name }).chart
  }

  @Test(
    "is the same text in every state, at most 25 000 bytes",
    arguments: BurnExamples.charts.map(\.name), ChartSize.allCases)
  func isTheSameTextInEveryState(name: String, size: ChartSize) throws {
    let text = SVGWriter.inline(BurnExamples.scene(try chart(name), size), id: "\(name)-\(size)")
    // No month goes up and down over every threshold from pixel to pixel.
    #expect(text.utf8.count <= (name == "full" ? 40_000 : 25_000))
    let lower = text.lowercased()
    #expect(!lower.contains("nan") && !lower.contains("inf") && !lower.contains("e+"))
    try Golden.check(text + "\n", "burn-\(name)-\(size).svg")
  }

  @Test(
    "keeps its labels inside and apart, in any font",
    arguments: BurnExamples.charts.map(\.name), [false, true])
  func labelsInsideAndApart(name: String, doubled: Bool) throws {
    let metrics: any TextMetrics = doubled ? LabelBoxes.WideMetrics() : FixedTextMetrics()
    for size in ChartSize.allCases {
      let scene = try chart(name).scene(size: size, metrics: metrics, title: "", description: "")
      LabelBoxes.check(scene, metrics)
    }
  }

  @Test("is 34 pixels high and 66 more a strip")
  func height() {
    for size in ChartSize.allCases {
      #expect(BurnExamples.scene(BurnExamples.month, size).height == 34 + 66 * 3)
      #expect(BurnExamples.scene(BurnExamples.four, size).height == 34 + 66 * 4)
      #expect(BurnExamples.scene(BurnExamples.noStrips, size).height == 34 + 66)
    }
  }

  private func lines(_ scene: Scene) -> [[Columns]] {
    scene.marks.compactMap { if case .columns(let runs, _) = $0 { runs } else { nil } }
  }

  private func areas(_ scene: Scene) -> [[Point]] {
    scene.marks.compactMap { if case .polygon(let points, .bad) = $0 { points } else { nil } }
  }

  private func thresholds(_ scene: Scene) -> [Double] {
    scene.marks.compactMap { mark in
      guard case .lines(let lines, let stroke) = mark, stroke.dash == .dashed else { return nil }
      return lines[0][0].y
    }
  }

  private func scene(_ rates: [Double?], threshold: Double = 14.4) -> Scene {
    BurnExamples.scene(
      BurnExamples.october([BurnExamples.strip(rates, threshold: threshold)]), .wide)
  }

  // A strip is 51 pixels high, from 11 to 62, for the 3.4771 decades of 0.1 to 300: the rate 10 is two decades up,
  // 62 - 51 × 2 / 3.4771 = 32.665, and 14.4 is log10(144) = 2.15836, 62 - 51 × 2.15836 / 3.4771 = 30.342.
  @Test("has logarithms of rates for heights, from 0.1 to 300")
  func heights() throws {
    func height(_ rate: Double) throws -> Double {
      try #require(lines(scene([rate])).first?.first?.spans.first?.from)
    }
    #expect(abs(try height(10) - 32.665) < 0.001)
    #expect(abs(try height(300) - 11) < 0.001)
    for rate in [0, 0.05, 0.1, -1] { #expect(abs(try height(rate) - 62) < 0.001) }
    #expect(abs(try #require(thresholds(scene([1])).first) - 30.342) < 0.001)
    // 3000 at the edge are 4.4771 decades: 62 - 51 × 2 / 4.4771 = 39.217.
    let higher = lines(scene([10, 3000]))[0][0].spans
    #expect(abs(higher[0].from - 39.217) < 0.001)
    #expect(abs(higher[higher.count - 1].to - 11) < 0.001)
  }

  @Test("has one scale in all strips")
  func oneScale() {
    let chart = BurnExamples.october([
      BurnExamples.strip([10]), BurnExamples.strip([3000], threshold: 14.4),
    ])
    let limits = thresholds(BurnExamples.scene(chart, .wide))
    #expect(limits.count == 2 && abs(limits[1] - limits[0] - 66) < 0.001)
  }

  // Eight steps: the third and the fourth are above 14.4, and so is the seventh.
  @Test("is filled above its threshold, from step to step")
  func above() throws {
    let scene = scene([0.2, 0.4, 20, 40, 3, 14.4, 15, 0.2])
    let areas = areas(scene)
    try #require(areas.count == 2)
    let run = lines(scene)[0][0]
    let width = Double(run.spans.count)
    let limit = thresholds(scene)[0]
    for (area, part) in zip(areas, [2.0..<4, 6..<7]) {
      let (left, right) = (area[0].x - run.left, area[area.count - 1].x - run.left)
      #expect(abs(left - width * part.lowerBound / 8) <= 1)
      #expect(abs(right - width * part.upperBound / 8) <= 1)
      #expect(area[0].y == limit && area[area.count - 1].y == limit)
      #expect(area.allSatisfy { $0.y <= limit })
    }
    #expect(self.areas(self.scene([14.4, 0.2])).isEmpty)
  }

  @Test("finds the outages of a month, each in the strips whose threshold it passed")
  func month() {
    for size in ChartSize.allCases {
      let scene = BurnExamples.scene(BurnExamples.month, size)
      // Over an hour three; over six, 150 × 40 / 360 = 16.7 and the others; over three days two join.
      let areas = areas(scene)
      let strips = (0..<3).map { strip in
        areas.count { Double(strip) * 66 < $0[0].y && $0[0].y < Double(strip + 1) * 66 }
      }
      #expect(strips[0] == 3 && strips[1] == 3 && strips[2] >= 2)
    }
  }

  @Test("has a gap where nothing was counted, and a dot for a step alone")
  func gaps() throws {
    let runs = lines(BurnExamples.scene(BurnExamples.gap, .wide))
    try #require(runs.count == 3)
    // The look-back of an hour ends an hour after the data; that of three days bridges 26 hours, not four days.
    #expect(runs.map(\.count) == [3, 3, 2])
    let first = runs[0]
    let pixels = Double(first.reduce(0) { $0 + $1.spans.count })
    let (start, end) = (first[0].left, first[2].left + Double(first[2].spans.count))
    // 25 and 95 of 745 hours are missing, each edge of a step of 340.
    #expect(abs((end - start - pixels) / (end - start) - 120.0 / 745) < 4.0 / 340)
    let alone = lines(BurnExamples.scene(BurnExamples.point, .wide))
    #expect(alone[0].count == 1 && (1...2).contains(alone[0][0].spans.count))
    let dots = BurnExamples.scene(BurnExamples.point, .wide).marks.count {
      if case .circle = $0 { true } else { false }
    }
    #expect(dots == 1)
    #expect(lines(BurnExamples.scene(BurnExamples.empty, .wide)).isEmpty)
    #expect(LabelBoxes.words(BurnExamples.scene(BurnExamples.empty, .wide)).contains("no data"))
  }

  @Test("keeps the highest rate of a column of pixels, and the lowest")
  func thinning() throws {
    var rates = [Double?](repeating: 1, count: 44_700)
    (rates[20_000], rates[30_000]) = (300, 0)
    let spans = lines(scene(rates))[0][0].spans
    // The plot is 680 pixels less words and numbers.
    #expect(spans.count < 600)
    #expect(spans.count { min($0.from, $0.to) < 11.001 } == 1)
    #expect(spans.count { max($0.from, $0.to) > 61.999 } == 1)
    let most = spans.firstIndex { min($0.from, $0.to) < 11.001 } ?? 0
    #expect(most == 20_000 * spans.count / 44_700)
  }

  @Test("names every second power of ten, of many every fourth")
  func numbers() {
    func numbers(_ chart: BurnChart) -> [String] {
      LabelBoxes.labels(BurnExamples.scene(chart, .wide)).filter {
        $0.size == 10 && $0.paint == .axis
      }
      .map { LabelBoxes.plain($0) }
    }
    #expect(numbers(BurnExamples.month) == ["1×", "100×", "1×", "100×", "1×", "100×"])
    #expect(numbers(BurnExamples.october([BurnExamples.strip([4e6])])) == ["1×", "10 k×"])
    #expect(numbers(BurnExamples.october([BurnExamples.strip([2e4])])) == ["1×", "100×", "10 k×"])
  }

  @Test(
    "has its words beside a strip or above it, peaks over the threshold in the colour of what is bad"
  )
  func words() {
    for size in ChartSize.allCases {
      let labels = LabelBoxes.labels(BurnExamples.scene(BurnExamples.month, size))
      let words = labels.map { LabelBoxes.plain($0) }
      for word in ["Last 1 hour", "pages at 14.4×", "Last 3 days", "ticket at 1×", "clocks −1 h"] {
        #expect(words.contains(word), "\(word)")
      }
      #expect(labels.contains { $0.text == "peak 331×" && $0.bold && $0.paint == .badText })
      let zero = LabelBoxes.labels(BurnExamples.scene(BurnExamples.zero, size))
      #expect(zero.contains { $0.text == "peak 0×" && $0.paint == .ink2 })
    }
  }
}
