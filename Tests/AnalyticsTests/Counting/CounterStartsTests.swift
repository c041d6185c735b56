import Model
import Testing

@testable import Analytics

@Suite("Starts of counters")
struct CounterStartsTests {
  private typealias Start = CounterStarts.Start

  /// Readings of `x_created`, one a minute.
  private func created(
    _ name: String, _ values: [Double?], _ labels: [Label] = []
  ) -> Series {
    samples(values, name, labels)
  }

  private func id(_ name: String, _ labels: [Label] = []) -> SeriesID {
    SeriesID(source: "m", name: name, labels: labels)
  }

  private func nano(_ seconds: Int64) -> Int64 { seconds * 1_000_000_000 }

  private func amounts(_ values: [Double?], _ starts: [(at: Int64, seen: Int64)]) -> [Double] {
    CounterIncrease.steps(
      of: samples(values).cells,
      from: starts.map { Start(at: nano($0.at), seen: nano($0.seen)) }, within: nano(150)
    ).map(\.amount)
  }

  @Test("come from the series of the same labels, for buckets without their bound")
  func names() {
    let pod = Label("pod", "a")
    let starts = CounterStarts([created("x_created", [50, 50, 130.5], [pod])])
    let expected = [Start(at: nano(50), seen: 0), Start(at: 130_500_000_000, seen: nano(120))]
    for name in ["x_total", "x_count", "x_bucket"] {
      #expect(starts.starts(of: id(name, [pod])) == expected)
    }
    #expect(starts.starts(of: id("x_bucket", [Label("le", "0.5"), pod])) == expected)
    #expect(starts.starts(of: id("x_total", [Label("pod", "b")])).isEmpty)
    #expect(starts.starts(of: id("x", [pod])).isEmpty)
    #expect(starts.starts(of: id("y_total", [pod])).isEmpty)
  }

  @Test("are none where the value is zero, negative, not a number, or in milliseconds")
  func nonsense() {
    let starts = CounterStarts([created("x_created", [0, -5, .nan, .infinity, 1.7e12])])
    #expect(starts.starts(of: id("x_total")).isEmpty)
  }

  // 5, 7 would be a rise by 2. The counter started anew at 90 s, between the readings at 60 and 120 s: 7 since then.
  @Test("show a restart that climbed above the old value: 3 + 7 + 1 instead of 3 + 2 + 1")
  func restart() {
    #expect(amounts([2, 5, 7, 8], []) == [3, 2, 1])
    #expect(amounts([2, 5, 7, 8], [(90, 120)]) == [3, 7, 1])
    let steps = CounterIncrease.steps(
      of: samples([2, 5, 7, 8]).cells, from: [Start(at: nano(90), seen: nano(120))], within: 0)
    #expect(steps.map(\.isReset) == [false, true, false])
  }

  @Test("do not count a fall twice: 5, 3 is 3 whether or not it is known")
  func fall() {
    #expect(amounts([5, 3], []) == [3])
    #expect(amounts([5, 3], [(30, 60)]) == [3])
  }

  // 150 s are 2.5 intervals of a minute; the first reading stands at 300 s.
  @Test(
    "count a new counter from zero, where it started at most 2.5 intervals before",
    arguments: [(299, [4, 2]), (150, [4, 2]), (149, [2])] as [(Int64, [Double])])
  func appears(start: Int64, expected: [Double]) {
    #expect(amounts([nil, nil, nil, nil, nil, 4, 6], [(start, 300)]) == expected)
  }

  @Test("count a single reading, too")
  func single() {
    #expect(amounts([nil, nil, 4], [(100, 120)]) == [4])
  }

  // Told at 0 s for 90 s: the clock of the counter goes ahead, and the readings at 60 and 120 s are of one run.
  @Test("in the future of the reading that tells them are none, also when that time has come")
  func future() {
    #expect(amounts([5, 7, 9], [(90, 0)]) == [2, 2])
    #expect(amounts([5, 7, 9], [(60, 60)]) == [2, 2])
  }

  @Test("before the last reading are those of the run that is known")
  func known() {
    #expect(amounts([5, 7, 9], [(-1000, 0)]) == [2, 2])
    #expect(amounts([5, 7, 9], [(30, 120)]) == [7, 2])
    #expect(amounts([5, 7, 9], [(60, 120)]) == [2, 2])
  }

  @Test("several between two readings are one restart")
  func several() {
    #expect(amounts([5, 7, 9], [(10, 60), (20, 60), (50, 60)]) == [7, 2])
  }

  // Good: 1, then 8 after the restart at 90 s. All: 2, then 8 of good and 3 of bad, which appears at 120 s.
  @Test(
    "reach the figures of a ratio: 9 good of 13, one restart, no series from nowhere")
  func ratio() throws {
    let (ok, failed) = (Label("code", "ok"), Label("code", "failed"))
    let indicator = Indicator.ratio(
      good: selector("x_total", [.init(label: "code", condition: .equal("ok"))]),
      total: selector("x_total"))
    func measured(_ more: [Series]) throws -> Measurement {
      Measurement(
        objective(try percent(99), indicator),
        series: [
          samples([4, 5, 8, 8, 8, 8], "x_total", [ok]), samples([1, 2, 2, 2, 2, 2], "x_total", []),
          samples([nil, nil, nil, nil, 3, 3], "x_total", [failed]),
        ] + more, span: span(0, 600), spans: WindowSet())
    }
    let plain = try measured([])
    // The bad ones appear beside living siblings: their 3 count, the restart is not seen.
    #expect(plain.tally.counts(in: span(0, 600)) == EventCounts(good: 4, total: 8))
    let told = try measured([
      created("x_created", [1, 1, 90, 90, 90, 90], [ok]),
      created("x_created", [nil, nil, nil, nil, 200, 200], [failed]),
    ])
    #expect(told.tally.counts(in: span(0, 600)) == EventCounts(good: 9, total: 13))
    #expect(told.resets == [1])
    #expect(told.lives.births.isEmpty)
    #expect(told.rejects.isEmpty)
    #expect(told.observation == plain.observation)
  }

  // Both buckets restart at 90 s: good 2 + 6, all 3 + 9.
  @Test("reach the buckets of a histogram: 8 of 12")
  func latency() throws {
    let measured = Measurement(
      objective(try percent(99), .latency(selector("d_bucket"), atMost: .milliseconds(500))),
      series: [
        samples([2, 4, 6], "d_bucket", [Label("le", "0.5")]),
        samples([4, 7, 9], "d_bucket", [Label("le", "+Inf")]),
        created("d_created", [1, 1, 90]),
      ], span: span(0, 600), spans: WindowSet())
    #expect(measured.tally.counts(in: span(0, 600)) == EventCounts(good: 8, total: 12))
  }

  @Test("are asked for under the same conditions, but for those on buckets")
  func created() {
    let pod = Selector.Matcher(label: "pod", condition: .equal("a"))
    let le = Selector.Matcher(label: "le", condition: .notEqual("7"))
    #expect(
      Indicator.latency(selector("d_bucket", [pod, le]), atMost: .seconds(1)).createdSelectors
        == [selector("d_created", [pod])])
    #expect(
      Indicator.ratio(good: selector("a_total", [pod]), total: selector("b_count")).createdSelectors
        == [selector("a_created", [pod]), selector("b_created")])
    #expect(
      Indicator.ratio(good: selector("good"), total: selector("total")).createdSelectors.isEmpty)
    #expect(Indicator.uptime(selector("x_total")).createdSelectors.isEmpty)
  }
}
