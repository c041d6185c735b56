import Analytics
import Model
import TestSupport
import Testing

@Suite("Measuring each kind of indicator")
struct MeasuringKindsTests {
  private let target: Target

  init() throws { target = try percent(99) }

  private func measured(
    _ indicator: Indicator, _ series: [Series], _ window: Window, spans: [Window] = [],
    method: BudgetingMethod = .occurrences, missing: Objective.MissingRule = .ignore,
    firstData: Instant? = nil
  ) -> Measurement {
    Measurement(
      objective(target, indicator, method: method, missing: missing), series: series,
      span: window, spans: WindowSet(spans), firstData: firstData)
  }

  private let ratio = Indicator.ratio(
    good: selector("runs", [.init(label: "status", condition: .equal("success"))]),
    total: selector("runs"))

  /// What an indicator of each kind reads at these instants, in seconds.
  private func kinds(readAt times: [Int64]) -> [(indicator: Indicator, series: [Series])] {
    func series(_ name: String, _ le: String? = nil, _ value: (Int64) -> Double) -> Series {
      var builder = CellBuilder()
      for time in times { builder.add(value(time), at: time * 1_000_000_000) }
      let labels = [Label("status", "success")] + (le.map { [Label("le", $0)] } ?? [])
      return Series(
        id: SeriesID(source: "m", name: name, labels: labels), kind: .samples,
        cells: builder.finish())
    }
    let counter = { (time: Int64) in Double(time / 60) }
    return [
      (ratio, [series("runs", nil, counter)]),
      (
        .latency(selector("d_bucket"), atMost: .seconds(1)),
        [series("d_bucket", "1", counter), series("d_bucket", "+Inf", counter)]
      ),
      (
        .slices(selector("g"), bound: .atMost(3), every: .minutes(5)),
        [series("g") { _ in 1 }]
      ),
      (.freshness(selector("g"), atMost: .hours(9)), [series("g") { _ in 1 }]),
      (.uptime(selector("g")), [series("g") { _ in 1 }]),
      (.states(selector("g"), holdAtMost: .minutes(5)), [series("g") { _ in 1 }]),
      (.heartbeat(selector("g"), within: .hours(1)), [series("g", nil, counter)]),
    ]
  }

  // Every minute for an hour, then every 5 minutes for another; and the other way round.
  @Test(
    "a change of the interval leaves no gap, and nothing that is missing", arguments: [false, true])
  func changedInterval(isSlowFirst: Bool) {
    let first = stride(from: Int64(0), to: 3600, by: isSlowFirst ? 300 : 60).map { $0 }
    let second = stride(from: Int64(3600), through: 7200, by: isSlowFirst ? 60 : 300).map { $0 }
    for (indicator, series) in kinds(readAt: first + second) {
      let found = measured(indicator, series, span(0, 7200))
      #expect(found.gaps(in: span(0, 7200)).isEmpty, "\(indicator)")
      #expect(found.stepsOverGaps.isEmpty && found.lives == SeriesLives(), "\(indicator)")
      switch indicator {
      // Known from the first rise on, and from the success at 1 s.
      case .heartbeat, .freshness: continue
      default: break
      }
      #expect(found.coverage(of: span(0, 7200)) == 1_000_000_000, "\(indicator)")
      let bad = measured(indicator, series, span(0, 7200), missing: .bad)
      #expect(bad.tally == found.tally, "\(indicator)")
    }
  }

  // Half an hour of two without a reading: 3 quarters are measured; a state holds 5 minutes of the half hour.
  @Test("a gap of readings is one for each kind")
  func gapOfEachKind() {
    let times =
      stride(from: Int64(0), through: 3600, by: 60).map { $0 }
      + stride(from: Int64(5400), through: 7200, by: 60).map { $0 }
    for (indicator, series) in kinds(readAt: times) {
      let found = measured(indicator, series, span(0, 7200))
      switch indicator {
      case .states:
        #expect(found.gaps(in: span(0, 7200)) == [span(3900, 5400)])
        #expect(found.coverage(of: span(0, 7200)) == 791_666_666)
      case .freshness:
        // Known from the success at 1 s on.
        #expect(found.gaps(in: span(0, 7200)) == [span(3600, 5400)])
        #expect(found.coverage(of: span(0, 7200)) == 749_861_111)
      case .heartbeat:
        // Known from the first rise on, after a minute.
        #expect(found.gaps(in: span(0, 7200)) == [span(3600, 5400)])
        #expect(found.coverage(of: span(0, 7200)) == 741_666_666)
      default:
        #expect(found.gaps(in: span(0, 7200)) == [span(3600, 5400)], "\(indicator)")
        #expect(found.coverage(of: span(0, 7200)) == 750_000_000, "\(indicator)")
      }
    }
  }

  // MARK: Before the first reading

  // Read every minute from 1800 s on: half of the hour is before history, the other half is measured.
  @Test("nothing is missing before the first reading, whatever is counted")
  func young() {
    let from: Int64 = 1800
    let steady = (0...30).map { Double($0 + 1) }
    let up = steady.map { _ in 1.0 }
    let slices = Indicator.slices(selector("g"), bound: .atMost(3), every: .minutes(5))
    let minute: Int64 = 60_000_000_000
    let kinds: [(Indicator, [Double], BudgetingMethod, Int64)] = [
      (ratio, steady, .timeslices(every: .minutes(5), target: target), 6),
      (ratio, steady, .ratioTimeslices(every: .minutes(5)), 6_000_000_000),
      (slices, up, .occurrences, 7),
      (.uptime(selector("g")), up, .occurrences, 31),
      (
        .freshness(selector("g"), atMost: .hours(2)), up.map { _ in 1700 }, .occurrences,
        30 * minute
      ),
      (.heartbeat(selector("g"), within: .hours(1)), steady, .occurrences, 29 * minute),
      (.states(selector("g"), holdAtMost: .minutes(5)), up, .occurrences, 30 * minute),
    ]
    for (indicator, values, method, total) in kinds {
      let name: String
      if case .ratio = indicator { name = "runs" } else { name = "g" }
      let series = samples(values, name, [Label("status", "success")], from: from)
      let found = measured(
        indicator, [series], span(0, 3600), method: method, missing: .bad,
        firstData: Instant(seconds: from - 60))
      #expect(found.since == Instant(seconds: from), "\(indicator)")
      let before = found.tally.counts(in: span(0, from - 300))
      #expect(before == EventCounts(good: 0, total: 0), "\(indicator)")
      #expect(found.coverage(of: span(0, 1800)) == 0)
      #expect(found.gaps(in: span(0, 3600)).isEmpty)
      let counts = found.tally.counts(in: span(0, 3600))
      switch indicator {
      case .heartbeat:
        // Known from the first rise on; the minute before it is missing, but since history starts.
        #expect(counts == EventCounts(good: total, total: total + minute))
      default:
        #expect(counts == EventCounts(good: total, total: total), "\(indicator)")
        #expect(found.coverage(of: span(0, 3600)) == 1_000_000_000, "\(indicator)")
      }
    }
  }

  // Asked for 30 days, the table has its first row after 20. Rows every day, at most 25 hours old: always fresh.
  @Test("a query knows nothing before its first row")
  func youngQuery() {
    let day: Int64 = 86_400
    let feed = "warehouse/queries/beats.sql"
    let moments = rows((20..<30).map { (Int64($0) * 1440, Double(Int64($0) * day)) }, [])
    let series = Series(
      id: SeriesID(source: feed, name: "", labels: []), kind: .rows, cells: moments.cells)
    let selector = Selector(source: feed, name: "")
    for indicator in [
      Indicator.freshness(selector, atMost: .hours(25)), .heartbeat(selector, within: .hours(25)),
    ] {
      for missing in [Objective.MissingRule.ignore, .bad] {
        let found = measured(
          indicator, [series], span(0, 30 * day), spans: [span(0, 30 * day)], missing: missing,
          firstData: Instant(seconds: 20 * day))
        let time = 10 * day * 1_000_000_000
        #expect(
          found.tally.counts(in: span(0, 30 * day)) == EventCounts(good: time, total: time))
        #expect(found.coverage(of: span(0, 30 * day)) == 1_000_000_000)
      }
    }
  }

  // One row a night, each in a file of its own; the third night is missing: 24 of 72 hours are older than 24 hours.
  @Test("moments of files cover the time from the first to the last of all files")
  func momentsOfFiles() {
    let day: Int64 = 86_400
    let moments = rows([1, 2, 4].map { (Int64($0) * 1440, Double(Int64($0) * day)) }, [])
    let found = measured(
      .freshness(selector(""), atMost: .days(1)), [moments], span(0, 5 * day),
      spans: [1, 2, 4].map { span($0 * day, $0 * day + 60) })
    let hour: Int64 = 3_600_000_000_000
    let counts = found.tally.counts(in: span(0, 4 * day))
    #expect(counts == EventCounts(good: 48 * hour, total: 72 * hour))
    #expect(found.observation.observed.windows == [span(day, 4 * day + 60)])
  }
}
