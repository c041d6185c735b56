import Charts
import Model
import TestSupport
import Testing

@Suite("A level chart")
struct LevelChartTests {
  @Test(
    "is the same text in every state, at most 25 000 bytes",
    arguments: LevelExamples.charts.map(\.name), ChartSize.allCases)
  func isTheSameTextInEveryState(name: String, size: ChartSize) throws {
    let chart = try #require(LevelExamples.charts.first { $0.name == name }).chart
    let scene = LevelExamples.scene(chart, size)
    #expect(scene.width == size.width && scene.height == 220)
    let text = SVGWriter.inline(scene, id: "\(name)-\(size)")
    #expect(text.utf8.count <= 25_000)
    #expect(!text.contains("nan"))
    try Golden.check(text + "\n", "level-\(name)-\(size).svg")
  }

  @Test(
    "keeps its labels inside and apart, in any font",
    arguments: LevelExamples.charts.map(\.name), [false, true])
  func labelsInsideAndApart(name: String, doubled: Bool) throws {
    let chart = try #require(LevelExamples.charts.first { $0.name == name }).chart
    let metrics: any TextMetrics = doubled ? LabelBoxes.WideMetrics() : FixedTextMetrics()
    for size in ChartSize.allCases {
      LabelBoxes.check(
        chart.scene(size: size, metrics: metrics, title: "", description: ""), metrics)
    }
  }

  @Test("covers no data with words", arguments: LevelExamples.charts.map(\.name))
  func coversNoData(name: String) throws {
    let chart = try #require(LevelExamples.charts.first { $0.name == name }).chart
    for size in ChartSize.allCases {
      #expect(LabelBoxes.covering(LevelExamples.scene(chart, size), [.s1, .bad]) == [])
    }
  }

  private func words(_ chart: LevelChart, _ size: ChartSize = .wide) -> [String] {
    LabelBoxes.of(LevelExamples.scene(chart, size)).map(\.text)
  }

  private func lines(_ chart: LevelChart, _ paint: Paint) -> [[Point]] {
    LevelExamples.scene(chart, .wide).marks.flatMap { mark -> [[Point]] in
      if case .lines(let lines, let stroke) = mark, stroke.paint == paint { lines } else { [] }
    }
  }

  private func dots(_ chart: LevelChart) -> [Point] {
    LevelExamples.scene(chart, .wide).marks.compactMap { mark in
      if case .circle(let at, _, _, _) = mark { at } else { nil }
    }
  }

  @Test("names each day below its limit, and the limit at both ends")
  func namesBadDays() {
    let found = words(LevelExamples.nines)
    // 0.001 is on the limit, not below it.
    #expect(
      found.filter { $0.contains("Oct: ") } == [
        "Wed 14 Oct: 97.26 %", "Wed 21 Oct: 99.35 %", "Sun 25 Oct: 99.71 %",
      ])
    #expect(found.contains("99.90 %") && found.contains("objective"))
    #expect(found.contains("typical day") && found.contains("99.98 %"))

    let narrow = words(LevelExamples.linear, .narrow)
    #expect(narrow.contains("Wed 14 Oct: 99.64 %") && narrow.contains("objective"))
    #expect(narrow.contains("typical day 99.97 %"))
  }

  @Test("names at most five days, the worst first")
  func namesAtMostFive() {
    let chart = LevelExamples.october(
      (1...31).map { $0.isMultiple(of: 4) ? 0.002 * Double($0) : 0 })
    let named = words(chart).filter { $0.contains("Oct: ") }
    #expect(named.count <= 5)
    // Day 28 lacks 0.056.
    #expect(named.first == "Wed 28 Oct: 94.40 %")
  }

  @Test("marks a column and a cross for each day below its limit, and a dot for the others")
  func marksBadDays() {
    let scene = LevelExamples.scene(LevelExamples.nines, .wide)
    let columns = scene.marks.prefix { mark in
      if case .rectangle(_, .badTint) = mark { true } else { false }
    }
    #expect(columns.count == 3)
    #expect(lines(LevelExamples.nines, .bad).count == 6)
    #expect(dots(LevelExamples.nines).count == 28)
  }

  @Test(
    "stretches the nines when a bad day lacks 30 times more than a good one and leaves the plain scale",
    arguments: [
      // Worst 0.0274, usual 0.0002: 137 times.
      ("nines", true), ("lane", true), ("week", true), ("outage-day", true), ("gap", true),
      // Worst 0.0036 is less than four times 0.001.
      ("linear", false), ("quiet", false), ("nothing-wrong", false), ("empty", false),
      ("mostly-bad", false), ("one-bad-point", false), ("perfection", true),
    ])
  func stretchesNines(name: String, expected: Bool) throws {
    let chart = try #require(LevelExamples.charts.first { $0.name == name }).chart
    #expect(chart.stretchesNines == expected)
  }

  @Test("shows at least four times the allowance, so that noise stays small")
  func rangeFloor() throws {
    // The limit lies a quarter down: the plot runs from 12 to 190.
    let limit = try #require(lines(LevelExamples.quiet, .ink).first?.first)
    #expect(abs(limit.y - (12 + 178.0 / 4)) < 0.01)
    #expect(dots(LevelExamples.quiet).allSatisfy { $0.y < limit.y })
  }

  @Test("draws days without anything bad in a lane of their own above the nines")
  func lane() throws {
    let chart = LevelExamples.lane
    let perfect = dots(chart).filter { $0.y < 17 }
    // 31 days, 10 of them multiples of three, and the bad one.
    #expect(perfect.count == 20)
    #expect(Set(perfect.map(\.y)).count == 1)
    let next = try #require(dots(chart).map(\.y).filter { $0 >= 17 }.min())
    #expect(next - 16 >= 20)
    #expect(words(chart).contains("100 %"))
  }

  @Test("draws one level line when nothing went wrong")
  func nothingWrong() {
    let found = lines(LevelExamples.nothingWrong, .s1)
    #expect(found.count == 1)
    #expect(Set(found.flatMap { $0 }.map(\.y)) == [12])
  }

  @Test("breaks the line at a gap and where nothing happened")
  func breaks() {
    // Before the gap, after it; the day it begins in stands alone.
    #expect(lines(LevelExamples.gap, .s1).map(\.count) == [10, 20])
    #expect(words(LevelExamples.gap).contains("1 d 2 h"))
    // 1–2, 5–9, 12–16, 19–23, 26–30 October.
    #expect(lines(LevelExamples.weekends, .s1).map(\.count) == [2, 5, 5, 5, 5])
    #expect(!words(LevelExamples.weekends).contains("no data"))
  }

  @Test("draws one day as a dot with its value, and no line")
  func onePoint() {
    #expect(lines(LevelExamples.onePoint, .s1).isEmpty)
    #expect(dots(LevelExamples.onePoint).count == 1)
    #expect(words(LevelExamples.onePoint).contains("Sun 4 Oct: 99.97 %"))
    #expect(words(LevelExamples.oneBadPoint, .narrow).contains("Sat 31 Oct: 60.00 %"))
  }

  @Test("hatches missing data, and only says that nothing happened")
  func absence() {
    #expect(words(LevelExamples.empty).contains("No data"))
    #expect(!lines(LevelExamples.empty, .none).isEmpty)
    #expect(words(LevelExamples.idle).contains("No requests"))
    #expect(lines(LevelExamples.idle, .none).isEmpty)
  }
}
