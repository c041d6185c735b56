import Charts
import TestSupport
import Testing

@Suite("A calendar of a year")
struct YearCalendarTests {
  private func chart(_ name: String) throws -> YearCalendar {
    try #require(YearExamples.charts.first { $0.name == name }).chart
  }

  @Test(
    "is the same text in every state, at most 40 000 bytes",
    arguments: YearExamples.charts.map(\.name), ChartSize.allCases)
  func isTheSameTextInEveryState(name: String, size: ChartSize) throws {
    let text = SVGWriter.inline(YearExamples.scene(try chart(name), size), id: "\(name)-\(size)")
    // The hostile one has three years.
    #expect(text.utf8.count <= (name == "hostile" ? 100_000 : 40_000))
    let lower = text.lowercased()
    #expect(!lower.contains("nan") && !lower.contains("inf") && !lower.contains("e+"))
    try Golden.check(text + "\n", "year-\(name)-\(size).svg")
  }

  @Test(
    "keeps its labels inside and apart, in any font",
    arguments: YearExamples.charts.map(\.name), [false, true])
  func labelsInsideAndApart(name: String, doubled: Bool) throws {
    let metrics: any TextMetrics = doubled ? LabelBoxes.WideMetrics() : FixedTextMetrics()
    for size in ChartSize.allCases {
      let scene = try chart(name).scene(size: size, metrics: metrics, title: "", description: "")
      LabelBoxes.check(scene, metrics)
    }
  }

  private func cells(_ scene: Scene, of paints: [Paint] = [.d1, .d2, .d3, .d4, .d5]) -> [Box] {
    // Those of the key are 41 wide.
    scene.marks.flatMap { mark -> [Box] in
      guard case .boxes(let boxes, let paint, _, _) = mark, paints.contains(paint) else {
        return []
      }
      return boxes.filter { $0.width < 40 }
    }
  }

  // 1 November 2025 is a Saturday: 53 weeks of 646 / 53 pixels. The strongest day, index 347, is 14 October, a Wednesday:
  // (5 + 347) / 7 = 50 rest 2.
  @Test("has a column for each week and a row for each weekday, Monday first")
  func places() throws {
    let scene = YearExamples.scene(YearExamples.year, .wide)
    let pitch = 646.0 / 53
    let boxes = cells(scene)
    #expect(boxes.count == 365 - 3)
    let first = try #require(boxes.min { ($0.left, $0.top) < ($1.left, $1.top) })
    #expect(abs(first.left - 34.8) < 0.001 && abs(first.top - (18 + 5 * pitch + 0.8)) < 0.001)
    #expect(abs(first.width - (pitch - 1.6)) < 0.001 && abs(first.height - first.width) < 0.001)
    let strongest = try #require(cells(scene, of: [.d5]).max { $0.left < $1.left })
    #expect(abs(strongest.left - (34 + 50 * pitch + 0.8)) < 0.001)
    #expect(abs(strongest.top - (18 + 2 * pitch + 0.8)) < 0.001)
    #expect(boxes.allSatisfy { $0.right <= 680 })
  }

  // 53 weeks are 27 and 26, and a pitch of 308 / 27.
  @Test("is one band, and two on the narrow drawing")
  func bands() {
    let (wide, narrow) = (
      YearExamples.scene(YearExamples.year, .wide), YearExamples.scene(YearExamples.year, .narrow)
    )
    #expect(abs(wide.height - (18 + 7 * 646.0 / 53 + 8 + 34)) < 0.001)
    #expect(abs(narrow.height - (2 * (18 + 7 * 308.0 / 27 + 8) + 34)) < 0.001)
    #expect(cells(narrow).count == 365 - 3)
    #expect(cells(narrow).allSatisfy { $0.right <= 342 })
    // 54 weeks are one band too.
    #expect(YearExamples.scene(YearExamples.leap, .wide).height < wide.height)
  }

  @Test("names each month over the week that it begins in, none after the last day")
  func months() throws {
    let names = [
      "Nov 2025", "Dec", "Jan 2026", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct",
    ]
    for size in ChartSize.allCases {
      let labels = LabelBoxes.labels(YearExamples.scene(YearExamples.year, size))
      let months = labels.filter { $0.paint == .ink2 && $0.size == 9.5 }
      #expect(months.map { LabelBoxes.plain($0) } == names)
    }
    // 1 January 2026 is a Thursday, 61 days after the first: (5 + 61) / 7 = 9 rest 3.
    let january = try #require(
      LabelBoxes.labels(YearExamples.scene(YearExamples.year, .wide)).first {
        $0.text.hasPrefix("Jan")
      })
    #expect(abs(january.at.x - (34 + 9 * 646.0 / 53)) < 0.001)
    // A year that begins in a month has the name of that one over its first week.
    let quarter = LabelBoxes.words(YearExamples.scene(YearExamples.quarter, .wide))
    #expect(quarter.contains("Jul 2026") && quarter.contains("Sep") && !quarter.contains("Oct"))
  }

  // The days 100 to 102 are a Monday to a Wednesday, (5 + 100) / 7 = 15: one box of three days.
  @Test("hatches what was not measured and leaves out what is no day of it")
  func kinds() {
    func hatched(_ scene: Scene) -> [Box] {
      scene.marks.flatMap { mark -> [Box] in
        guard case .boxes(let boxes, .noneTint, _, _) = mark else { return [] }
        return boxes.filter { $0.width < 40 }
      }
    }
    let three = hatched(YearExamples.scene(YearExamples.year, .wide))
    #expect(three.count == 1 && abs(three[0].height - (3 * 646.0 / 53 - 1.6)) < 0.001)
    for size in ChartSize.allCases {
      // Two days, 51 weeks and six days.
      #expect(hatched(YearExamples.scene(YearExamples.empty, size)).count == 53)
      #expect(cells(YearExamples.scene(YearExamples.empty, size)).isEmpty)
      #expect(cells(YearExamples.scene(YearExamples.oneDay, size)).count == 1)
    }
    let always = ["≤ ½", "≤ 1", "≤ 3×", "≤ 10×", "> 10×", "no data"]
    let year = LabelBoxes.words(YearExamples.scene(YearExamples.year, .wide))
    #expect(Array(year.suffix(6)) == always)
    let kinds = LabelBoxes.words(YearExamples.scene(YearExamples.kinds, .wide))
    #expect(Array(kinds.suffix(8)) == always + ["planned", "no traffic"])
  }
}
