import Analytics
import Model
import TestSupport
import Testing

@Suite("Measuring")
struct MeasuringTests {
  private let target: Target

  init() throws { target = try percent(99) }

  private func measured(
    _ indicator: Indicator, _ series: [Series], _ window: Window, spans: [Window] = [],
    method: BudgetingMethod = .occurrences, missing: Objective.MissingRule = .ignore
  ) -> Measurement {
    Measurement(
      objective(target, indicator, method: method, missing: missing), series: series,
      span: window, spans: WindowSet(spans))
  }

  private let ratio = Indicator.ratio(
    good: selector("runs", [.init(label: "status", condition: .equal("success"))]),
    total: selector("runs"))

  private func runs(_ status: String, _ values: [Double?], every: Int64 = 60) -> Series {
    samples(values, "runs", [Label("status", status)], every: every)
  }

  // MARK: Ratios

  @Test("of two counters adds up the series: 3 + 1 good of 3 + 1 + 2")
  func counters() {
    let series = [
      runs("success", [0, 1, 3, 4]), runs("error", [5, 5, 6, 7]),
      samples([0, 100], "other"),
    ]
    let found = measured(ratio, series, span(0, 600))
    #expect(found.tally.counts(in: span(0, 600)) == EventCounts(good: 4, total: 6))
    #expect(found.tally.counts(in: span(60, 120)) == EventCounts(good: 2, total: 3))
    #expect(found.unit == .events)
    #expect(found.observation.observed.windows == [span(0, 180)])
    #expect(found.rejects.isEmpty && found.stepsOverGaps.isEmpty && found.resets.isEmpty)
    #expect(measured(ratio, series.reversed(), span(0, 600)) == found)
  }

  @Test("books a scrape at midnight to the day that ends")
  func midnight() {
    let found = measured(ratio, [runs("success", [0, 1, 3], every: 86_400)], span(0, 172_800))
    #expect(found.tally.counts(in: span(0, 86_400)).total == 1)
    #expect(found.tally.counts(in: span(86_400, 172_800)).total == 2)
  }

  @Test("leaves out what rose before the span")
  func lookBack() {
    let found = measured(ratio, [runs("success", [0, 10, 13])], span(60, 120))
    #expect(found.tally.counts(in: span(60, 120)).total == 3)
  }

  @Test("names a step over a gap, from the reading before to the one after")
  func gaps() {
    let found = measured(ratio, [runs("success", [0, 1, 2, nil, nil, nil, 9, 10])], span(0, 600))
    #expect(found.stepsOverGaps == [span(120, 360)])
    #expect(found.tally.counts(in: span(300, 360)).total == 7)
  }

  @Test("names no gap where a minute holds several readings")
  func often() {
    let values = (0..<40).map { Double($0) }
    #expect(measured(ratio, [runs("success", values, every: 15)], span(0, 600)).stepsOverGaps == [])
  }

  @Test("tells the minutes of restarts")
  func resets() {
    let found = measured(ratio, [runs("success", [4, 5, 1, 2, 0])], span(0, 600))
    #expect(found.resets == [1, 3])
    #expect(found.tally.counts(in: span(0, 600)).total == 1 + 1 + 1 + 0)
  }

  @Test("counts NaN once, also where the good series is part of the total")
  func rejects() {
    let found = measured(
      ratio, [runs("success", [0, .nan, 2]), runs("error", [0, .nan, 1])], span(0, 600))
    #expect(found.rejects == [Measurement.Reject(minute: 0, count: 2)])
    #expect(found.tally.counts(in: span(0, 600)) == EventCounts(good: 2, total: 3))
  }

  @Test("rejects counters below zero")
  func negative() {
    let found = measured(ratio, [runs("success", [0, -4, 2])], span(0, 600))
    #expect(found.rejects == [Measurement.Reject(minute: 0, count: 1)])
    #expect(found.tally.counts(in: span(0, 600)) == EventCounts(good: 2, total: 2))
  }

  @Test(
    "two counters read apart may disagree for a minute: the window decides, and the counts stay")
  func contradiction() {
    let two = Indicator.ratio(good: selector("good"), total: selector("total"))
    let found = measured(
      two, [samples([0, 2, 9], "good"), samples([0, 3, 6], "total")], span(0, 600))
    #expect(found.rejects == [])
    #expect(found.tally.counts(in: span(60, 120)) == EventCounts(good: 7, total: 3))
  }

  @Test("counts in millionths where a counter holds fractions")
  func fractions() {
    let found = measured(ratio, [runs("success", [0, 0.5]), runs("error", [0, 1])], span(0, 60))
    #expect(found.unit == .millionths)
    #expect(
      found.tally.counts(in: span(0, 60)) == EventCounts(good: 500_000, total: 1_500_000))
  }

  @Test("stops at the largest count")
  func huge() {
    let found = measured(ratio, [runs("success", [0, 1e299]), runs("a", [0, 1e19])], span(0, 60))
    #expect(found.tally.counts(in: span(0, 60)) == EventCounts(good: .max, total: .max))
  }

  @Test("of nothing is empty")
  func nothing() {
    let found = measured(ratio, [], span(0, 600))
    #expect(found.tally == Tally())
    #expect(found.coverage(of: span(0, 600)) == 0)
  }

  @Test("of rows adds their amounts, and observes what the buckets cover")
  func ratioRows() {
    let series = [
      rows([(0, 9), (5, 4)], [Label("column", "good")]),
      rows([(0, 10), (5, 4)], [Label("column", "total")]),
    ]
    let found = measured(.ratioRows(selector("")), series, span(0, 600), spans: [span(0, 450)])
    #expect(found.tally == Tally(minutes: [0, 5], good: [9, 4], total: [10, 4]))
    #expect(found.coverage(of: span(0, 600)) == 1_000_000_000)
    #expect(found.coverage(of: span(0, 1200)) == 500_000_000)
    // A row's bucket starts at its instant: one at 300 s lies in 300 ..< 360.
    #expect(found.tally.counts(in: span(300, 360)).total == 4)
  }

  @Test("of rows rejects negative amounts")
  func negativeRows() {
    let series = [
      rows([(0, 9), (5, -4)], [Label("column", "good")]),
      rows([(0, 10), (5, 4)], [Label("column", "total")]),
    ]
    let found = measured(.ratioRows(selector("")), series, span(0, 600))
    #expect(found.tally == Tally(minutes: [0, 5], good: [9, 0], total: [10, 4]))
    #expect(found.rejects == [Measurement.Reject(minute: 5, count: 1)])
  }

  // MARK: Slices

  @Test("of time are good when their worst value keeps the bound; exactly at it is good")
  func slices() {
    // Cells at minutes 0…9, slices of 5: the first has 3 at most, the second 4.
    let gauge = samples([1, 3, 1, 1, 1, 1, 1, 4, 1, 1], "g", from: 60)
    let found = measured(
      .slices(selector("g"), bound: .atMost(3), every: .minutes(5)), [gauge], span(0, 600))
    #expect(found.tally == Tally(minutes: [0, 5], good: [1, 0], total: [1, 1]))
    let least = measured(
      .slices(selector("g"), bound: .atLeast(1), every: .minutes(5)), [gauge], span(0, 600))
    #expect(least.tally.counts(in: span(0, 600)) == EventCounts(good: 2, total: 2))
  }

  @Test("are bad when any series is, and are not there without a value")
  func worst() {
    let series = [
      samples([1, 1, nil, nil], "a", from: 60), samples([1, 9], "b", from: 60),
      samples([.nan], "c", from: 180),
    ]
    let found = measured(
      .slices(selector("g"), bound: .atMost(3), every: .minutes(1)), series, span(0, 600))
    #expect(found.tally == Tally(minutes: [0, 1], good: [1, 0], total: [1, 1]))
    #expect(found.rejects == [Measurement.Reject(minute: 2, count: 1)])
  }

  // MARK: Recency and uptime

  @Test("freshness is time: success at 0, bound 120 s, looked until 600 s")
  func freshness() {
    let found = measured(
      .freshness(selector("g"), atMost: .seconds(120)),
      [samples(Array(repeating: 1200, count: 11), "g", from: 1200)], span(1200, 1800))
    let second: Int64 = 1_000_000_000
    #expect(found.unit == .time)
    #expect(
      found.tally.counts(in: span(1200, 1800))
        == EventCounts(good: 120 * second, total: 600 * second))
  }

  @Test("a heartbeat is any rise: rises at 60 and 300 s, within 120 s, known from 60 s")
  func heartbeat() {
    let found = measured(
      .heartbeat(selector("c"), within: .seconds(120)),
      [samples([1, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3], "c")], span(0, 600))
    let second: Int64 = 1_000_000_000
    // Fresh: 60…180 and 300…420. Known: 60…600.
    #expect(
      found.tally.counts(in: span(0, 600))
        == EventCounts(good: 240 * second, total: 540 * second))
    #expect(found.coverage(of: span(0, 600)) == 900_000_000)
  }

  @Test("uptime counts checks; what is neither 0 nor 1 is rejected")
  func uptime() {
    let found = measured(
      .uptime(selector("up")),
      [samples([1, 1, 0, 2, 1], "a", from: 60), samples([0, 1, 1, 1, -1], "b", from: 60)],
      span(0, 300))
    #expect(found.unit == .checks)
    #expect(found.tally.counts(in: span(0, 300)) == EventCounts(good: 6, total: 8))
    #expect(
      found.rejects == [
        Measurement.Reject(minute: 3, count: 1), Measurement.Reject(minute: 4, count: 1),
      ])
  }

  @Test("a table without rows in time that was pulled says that nothing happened")
  func emptyTable() {
    let ratio = measured(.ratioRows(selector("")), [], span(0, 600), spans: [span(0, 600)])
    #expect(ratio.coverage(of: span(0, 600)) == 1_000_000_000)
    // No heartbeat at all: known to be bad from the bound after the first look on.
    let beats = measured(
      .heartbeat(selector(""), within: .seconds(120)), [], span(0, 600), spans: [span(0, 600)])
    #expect(
      beats.tally.counts(in: span(0, 600)) == EventCounts(good: 0, total: 480_000_000_000))
  }

  // MARK: Missing data

  @Test("counts a slice in a gap as bad, once, in its own time")
  func missingSlices() {
    // Minutes 0…59 but without 12…41; slices of 5 minutes: 15, 20, 25, 30, 35 have nothing.
    let values = (0..<60).map { (12...41).contains($0) ? nil : 1.0 }
    let gauge = samples(values, "g", from: 60)
    let found = measured(
      .slices(selector("g"), bound: .atMost(3), every: .minutes(5)), [gauge], span(0, 3600),
      missing: .bad)
    #expect(found.tally.counts(in: span(0, 3600)) == EventCounts(good: 7, total: 12))
    #expect(found.tally.counts(in: span(900, 2400)) == EventCounts(good: 0, total: 5))
    // What was seen stays what it was: 28 of the 60 minutes.
    #expect(found.coverage(of: span(0, 3600)) == 466_666_666)
    #expect(found.missingIsBad)
    let ignored = measured(
      .slices(selector("g"), bound: .atMost(3), every: .minutes(5)), [gauge], span(0, 3600))
    #expect(ignored.tally.counts(in: span(0, 3600)) == EventCounts(good: 7, total: 7))
  }

  @Test("counts a time slice in a gap as bad, by both methods")
  func missingTimeslices() {
    let values = (0..<61).map { (13...42).contains($0) ? nil : Double($0) }
    let series = [runs("success", values)]
    let slices = measured(
      ratio, series, span(0, 3600),
      method: .timeslices(every: .minutes(5), target: target), missing: .bad)
    #expect(slices.tally.counts(in: span(0, 3600)) == EventCounts(good: 7, total: 12))
    let ratios = measured(
      ratio, series, span(0, 3600), method: .ratioTimeslices(every: .minutes(5)), missing: .bad)
    #expect(
      ratios.tally.counts(in: span(0, 3600))
        == EventCounts(good: 7_000_000_000, total: 12_000_000_000))
  }

  @Test("counts a check that was due as failed, and time as bad")
  func missingChecks() {
    // Readings at 60…600 s and 1200…1800 s: of the minutes between, 10…18 lie in the gap and 19 ends it.
    let values = (0..<30).map { (10..<19).contains($0) ? nil : 1.0 }
    let checks = measured(
      .uptime(selector("up")), [samples(values, "up", from: 60)], span(0, 1800), missing: .bad)
    #expect(checks.tally.counts(in: span(0, 1800)) == EventCounts(good: 21, total: 30))
    let time = measured(
      .freshness(selector("g"), atMost: .hours(1)),
      [samples(values.map { $0.map { _ in 60 } }, "g", from: 60)], span(0, 1800), missing: .bad)
    // Seen: 60…600 and 1200…1800 s.
    #expect(
      time.tally.counts(in: span(0, 1800))
        == EventCounts(good: 1_140_000_000_000, total: 1_800_000_000_000))
  }

  // Two targets, one each minute and one every 5: in the 30 minutes from 600 s to 2400 s 29 and 5 checks were due.
  @Test("counts the checks that were due of every target, each by its own interval")
  func missingChecksOfSeveral() {
    func checks(_ name: String, _ step: Int64) -> Series {
      let times = stride(from: Int64(0), through: 3600, by: Int(step))
      let values = times.map { 600 < $0 && $0 < 2400 ? nil : 1.0 }
      return samples(values, "up", [Label("instance", name)], every: step)
    }
    let found = measured(
      .uptime(selector("up")), [checks("a", 60), checks("b", 300)], span(0, 3660), missing: .bad)
    // At 60 … 600 and 2400 … 3600 s: 10 + 21 of the first, 2 + 5 of the second; those at 0 s lie before the span.
    #expect(found.tally.counts(in: span(0, 3660)) == EventCounts(good: 38, total: 38 + 29 + 5))
  }

  // 60 s for 20 minutes, then 300 s: 5 minutes are a gap in the first stretch alone.
  @Test("names a step over a gap by the interval there")
  func localGaps() {
    var values: [Double?] = (0...20).map { (8..<12).contains($0) ? nil : Double($0) }
    values += (21...120).map { $0 % 5 == 0 ? Double($0) : nil }
    let found = measured(ratio, [runs("success", values)], span(0, 7200))
    #expect(found.stepsOverGaps == [span(420, 720)])
    #expect(found.gaps(in: span(0, 7200)) == [span(420, 720)])
    #expect(found.coverage(of: span(0, 7200)) == 958_333_333)
    #expect(found.lives == SeriesLives())
  }

  @Test("counts no event that nobody saw")
  func missingEvents() {
    let series = [runs("success", [0, 1, nil, nil, nil, 2])]
    let found = measured(ratio, series, span(0, 600), missing: .bad)
    #expect(found == measured(ratio, series, span(0, 600)))
  }

  // MARK: Laws

  @Test("does not depend on the order of the series, and doubles with the counters")
  func laws() {
    var random = SeededGenerator(seed: 17)
    for _ in 0..<30 {
      var series: [Series] = []
      var doubled: [Series] = []
      for pod in 0..<4 {
        var (good, total) = (0.0, 0.0)
        var columns: [[Double?]] = [[], []]
        for _ in 0..<120 {
          if Int.random(in: 0..<30, using: &random) == 0 { (good, total) = (0, 0) }
          let events = Int.random(in: 0...6, using: &random)
          good += Double(Int.random(in: 0...events, using: &random))
          total += Double(events)
          let missed = Int.random(in: 0..<15, using: &random) == 0
          columns[0].append(missed ? nil : good)
          columns[1].append(missed ? nil : total)
        }
        let labels = [Label("pod", String(pod))]
        series += [samples(columns[0], "good", labels), samples(columns[1], "total", labels)]
        doubled += [
          samples(columns[0].map { $0.map { $0 * 2 } }, "good", labels),
          samples(columns[1].map { $0.map { $0 * 2 } }, "total", labels),
        ]
      }
      let two = Indicator.ratio(good: selector("good"), total: selector("total"))
      let found = measured(two, series, span(0, 7200))
      #expect(measured(two, series.shuffled(using: &random), span(0, 7200)) == found)
      let counts = found.tally.counts(in: span(0, 7200))
      #expect(
        measured(two, doubled, span(0, 7200)).tally.counts(in: span(0, 7200))
          == EventCounts(good: 2 * counts.good, total: 2 * counts.total))
      // A restart seen by good alone may take a minute's good above its total; else it is a share.
      if found.rejects.isEmpty {
        #expect(ServiceLevel(counts).map { (0...1).contains($0.share) } ?? (counts.total == 0))
      }
    }
  }

  @Test("counts two hundred thousand cells")
  func large() {
    let series = (0..<20).map { number in
      samples(
        (0..<10_000).map { Double($0 * (number + 1)) }, "runs",
        [Label("status", number == 0 ? "error" : "success"), Label("pod", String(number))])
    }
    let found = measured(ratio, series, span(0, 600_000))
    // 9 999 steps of 1 + 2 + … + 20 = 210, the first series being the errors.
    #expect(
      found.tally.counts(in: span(0, 600_000))
        == EventCounts(good: 9999 * 209, total: 9999 * 210))
  }
}
