import Charts
import Model
import TestSupport
import Testing

@Suite("A latency band")
struct LatencyBandTests {
  private func chart(_ name: String) throws -> LatencyBand {
    try #require(LatencyExamples.charts.first { $0.name == name }).chart
  }

  @Test(
    "is the same text in every state, at most 25 000 bytes",
    arguments: LatencyExamples.charts.map(\.name), ChartSize.allCases)
  func isTheSameTextInEveryState(name: String, size: ChartSize) throws {
    let text = SVGWriter.inline(LatencyExamples.scene(try chart(name), size), id: "\(name)-\(size)")
    #expect(text.utf8.count <= 25_000)
    let lower = text.lowercased()
    #expect(!lower.contains("nan") && !lower.contains("inf") && !lower.contains("e+"))
    try Golden.check(text + "\n", "latency-\(name)-\(size).svg")
  }

  @Test(
    "keeps its labels inside and apart, in any font",
    arguments: LatencyExamples.charts.map(\.name), [false, true])
  func labelsInsideAndApart(name: String, doubled: Bool) throws {
    let metrics: any TextMetrics = doubled ? LabelBoxes.WideMetrics() : FixedTextMetrics()
    for size in ChartSize.allCases {
      let scene = try chart(name).scene(size: size, metrics: metrics, title: "", description: "")
      LabelBoxes.check(scene, metrics)
    }
  }

  private func lines(_ scene: Scene, _ paint: Paint, width: Double) -> [[Point]] {
    scene.marks.flatMap { mark -> [[Point]] in
      guard case .lines(let lines, let stroke) = mark, stroke.paint == paint, stroke.width == width
      else { return [] }
      return lines
    }
  }

  private func half(_ scene: Scene) -> [[Point]] { lines(scene, .s1, width: 1.2) }
  private func most(_ scene: Scene) -> [[Point]] { lines(scene, .s1, width: 2.2) }

  private func limit(_ scene: Scene) throws -> Double {
    try #require(lines(scene, .ink, width: 1.3).first?.first?.y)
  }

  // The highest is 0.99 s, so the upper edge is 0.99 × 1.05 = 1.0395 s. The plot is 160 pixels high, from 12 to 172:
  // 0.4 s is at 172 - 160 × 0.4 / 1.0395 = 110.43, 0.88 s at 172 - 160 × 0.88 / 1.0395 = 36.55.
  @Test("is linear from zero")
  func linear() throws {
    let scene = LatencyExamples.scene(LatencyExamples.month, .wide)
    #expect(!LatencyExamples.month.isLogarithmic)
    #expect(abs(try limit(scene) - 110.43) < 0.01)
    let top = try #require(most(scene).joined().map(\.y).min())
    #expect(abs(top - 36.55) < 0.01)
    // Where all is fast, the limit is at four fifths: 172 - 160 / 1.25 = 44.
    #expect(abs(try self.limit(LatencyExamples.scene(LatencyExamples.low, .wide)) - 44) < 0.01)
  }

  // From the lowest, 0.1105 s × 0.7 = 0.07735, to the highest, 40 s × 1.2 = 48: 2.7928 decades. 0.4 s is log10(0.4 /
  // 0.07735) = 0.7136 of them up, 172 - 160 × 0.7136 / 2.7928 = 131.12.
  @Test("has logarithms for heights where a value is more than eight times the limit")
  func logarithmic() throws {
    func chart(_ all: Double) -> LatencyBand { LatencyExamples.october([(0.1, 0.3, all)]) }
    #expect(!chart(3.2).isLogarithmic && chart(3.201).isLogarithmic)
    let scene = LatencyExamples.scene(LatencyExamples.slowDay, .wide)
    #expect(LatencyExamples.slowDay.isLogarithmic)
    #expect(abs(try limit(scene) - 131.12) < 0.01)
    let words = LabelBoxes.words(scene)
    #expect(words.contains("1 s") && words.contains("10 s") && words.contains("100 ms"))
  }

  @Test("names heights as lengths of time, with zero and the limit")
  func ticks() {
    func words(_ chart: LatencyBand) -> [String] {
      LabelBoxes.words(LatencyExamples.scene(chart, .wide))
    }
    let month = words(LatencyExamples.month)
    #expect(month.starts(with: ["400 ms", "0", "200 ms", "600 ms", "800 ms", "1 s"]))
    let jobs = words(LatencyExamples.jobs)
    #expect(jobs.starts(with: ["30 min", "0", "10 min", "20 min", "40 min"]))
    #expect(
      words(LatencyExamples.parts).starts(with: ["1 ms", "0", "0.25 ms", "0.50 ms", "0.75 ms"]))
  }

  @Test("has a point in the middle of each day and is level at its ends")
  func points() throws {
    let scene = LatencyExamples.scene(LatencyExamples.quiet, .wide)
    let line = try #require(most(scene).first)
    try #require(most(scene).count == 1 && line.count == 33)
    // A day of 745 hours has 24 of them, the 25th has 25.
    let width = line[32].x - line[0].x
    #expect(abs(line[1].x - line[0].x - width * 12 / 745) < 0.001)
    #expect(abs(line[25].x - line[0].x - width * (24 * 24 + 12.5) / 745) < 0.001)
    #expect(line[0].y == line[1].y && line[31].y == line[32].y)
    #expect(half(scene).first?.count == 33)
    let bands = scene.marks.compactMap { mark -> Paint? in
      if case .polygon(_, let paint) = mark, paint != .s4 { paint } else { nil }
    }
    #expect(bands == [.s1c, .s1b])
  }

  @Test("breaks where data are missing, also within days, and where nothing happened")
  func breaks() throws {
    let scene = LatencyExamples.scene(LatencyExamples.month, .wide)
    let found = most(scene)
    try #require(found.count == 2)
    // Sun 11 Oct 02:00 to Mon 12 Oct 04:00, 242 to 268 of 745 hours.
    let (start, end) = (found[0][0].x, found[1][found[1].count - 1].x)
    #expect(abs(found[0][found[0].count - 1].x - (start + (end - start) * 242 / 745)) < 0.001)
    #expect(abs(found[1][0].x - (start + (end - start) * 268 / 745)) < 0.001)
    #expect(LabelBoxes.words(scene).contains("1 d 2 h"))
    let weekends = LatencyExamples.scene(LatencyExamples.weekends, .wide)
    #expect(most(weekends).count == 5)
    #expect(!LabelBoxes.words(weekends).contains("no data"))
  }

  @Test("points upwards where a value is larger than can be told")
  func beyond() {
    func arrows(_ chart: LatencyBand) -> Int {
      LatencyExamples.scene(chart, .wide).marks.count {
        if case .polygon(_, .bad) = $0 { true } else { false }
      }
    }
    #expect(arrows(LatencyExamples.beyond) == 2)
    #expect(arrows(LatencyExamples.month) == 0)
    let top = most(LatencyExamples.scene(LatencyExamples.beyond, .wide)).joined().map(\.y).min()
    #expect(top == 12)
  }

  @Test(
    "names the ends right of the plot in the order of their heights",
    arguments: ["month", "quiet", "close", "low", "slow-day", "jobs", "beyond"])
  func ends(name: String) throws {
    let scene = LatencyExamples.scene(try chart(name), .wide)
    let all = zip(LabelBoxes.words(scene), LabelBoxes.labels(scene))
    func height(_ start: String) -> Double? { all.first { $0.0.hasPrefix(start) }?.1.at.y }
    let (most, half) = (try #require(height("95 %")), try #require(height("half")))
    #expect(most < half)
    #expect(try #require(height("limit")) != most)
    if let nearlyAll = height("99 %") { #expect(nearlyAll < most) }
  }

  @Test("names the slowest day beside its point")
  func worst() throws {
    for size in ChartSize.allCases {
      let scene = LatencyExamples.scene(LatencyExamples.month, size)
      let label = try #require(
        LabelBoxes.labels(scene).first { $0.text.hasPrefix("Wed 14 Oct") })
      #expect(label.paint == .badText && label.bold)
      let top = try #require(most(scene).joined().min { $0.y < $1.y })
      #expect(abs(label.at.x - top.x) == 10)
    }
    let quiet = LabelBoxes.labels(LatencyExamples.scene(LatencyExamples.quiet, .wide))
    #expect(!quiet.contains { $0.paint == .badText })
  }

  @Test("is a dot with its value when one day was measured")
  func onePoint() {
    let scene = LatencyExamples.scene(LatencyExamples.point, .wide)
    #expect(most(scene).isEmpty && half(scene).isEmpty)
    #expect(scene.marks.count { if case .circle = $0 { true } else { false } } == 2)
    #expect(LabelBoxes.words(scene).contains("95 %: 322 ms"))
    let bad = LabelBoxes.words(LatencyExamples.scene(LatencyExamples.badPoint, .wide))
    #expect(bad.contains("Sat 31 Oct: 95 % at most 622 ms"))
  }

  @Test("says that nothing was measured, or that nothing happened")
  func absence() {
    func hatching(_ chart: LatencyBand) -> Int {
      lines(LatencyExamples.scene(chart, .wide), .none, width: 0.8).count
    }
    #expect(hatching(LatencyExamples.empty) > 50 && hatching(LatencyExamples.idle) == 0)
    for (chart, word) in [
      (LatencyExamples.empty, "No data"), (LatencyExamples.idle, "No events"),
    ] {
      for size in ChartSize.allCases {
        #expect(LabelBoxes.words(LatencyExamples.scene(chart, size)).contains(word))
      }
    }
  }
}
