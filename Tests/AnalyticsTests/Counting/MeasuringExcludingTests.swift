import Analytics
import Model
import Testing

@Suite("Excluding agreed time")
struct MeasuringExcludingTests {
  private let target: Target

  init() throws { target = try percent(99) }

  private func time(_ down: [Incident], _ window: Window) -> Measurement {
    Measurement(
      objective(
        target, .incidents(Selector(source: "/shop", name: ""), severities: Severity.down)),
      series: [], span: window, spans: WindowSet([window]),
      incidents: down.map(IncidentEntry.incident))
  }

  private func badShare(_ found: Measurement, _ window: Window) -> Double {
    let counts = found.tally.counts(in: window)
    return Double(counts.bad) / Double(counts.total)
  }

  // 7 days, 60 minutes down, of which none in the agreed day: 60 of 6 * 1440 minutes are 0.694 %, and not 60 of
  // 7 * 1440, 0.595 %.
  @Test("takes time out of the denominator")
  func timeRemoved() {
    let week = span(0, 7 * 86_400)
    let raw = time([incident("a", 3600, 7200)], week)
    let found = raw.excluding(WindowSet([span(86_400, 2 * 86_400)]))
    #expect(abs(badShare(found, week) - 60 / 8640) < 1e-15)
    #expect(abs(badShare(raw, week) - 60 / 10_080) < 1e-15)
    #expect(found.coverage(of: week) == 1_000_000_000)
    #expect(found.counted(in: week).length == .days(6))
    // Down time inside of the agreed time does not count at all.
    let other = raw.excluding(WindowSet([span(0, 86_400)]))
    #expect(other.tally.counts(in: week).bad == 0)
    #expect(other.tally.counts(in: week).total == Duration.days(6).nanoseconds)
  }

  // A counter with 10 events a minute, 2 of them bad in the ten minutes from 600 s: 20 of 600 bad. Without them,
  // 0 of 500.
  @Test("drops the events")
  func events() {
    func runs(_ status: String, _ values: [Double?]) -> Series {
      samples(values, "runs", [Label("status", status)])
    }
    let minutes = 0...60
    let series = [
      runs("bad", minutes.map { Double(2 * max(0, min(10, $0 - 10))) }),
      runs("good", minutes.map { Double(10 * $0 - 2 * max(0, min(10, $0 - 10))) }),
    ]
    let ratio = Indicator.ratio(
      good: selector("runs", [.init(label: "status", condition: .equal("good"))]),
      total: selector("runs"))
    let raw = Measurement(
      objective(target, ratio), series: series, span: span(0, 3600), spans: WindowSet())
    #expect(raw.tally.counts(in: span(0, 3600)) == EventCounts(good: 580, total: 600))
    let found = raw.excluding(WindowSet([span(600, 1200)]))
    #expect(found.tally.counts(in: span(0, 3600)) == EventCounts(good: 500, total: 500))
    // The data are as new as they were.
    #expect(found.observation == raw.observation)
  }

  @Test("leaves out whole minutes only: 90 to 210 s hold the minutes 2 and 3 halfway")
  func wholeMinutes() {
    let hour = span(0, 3600)
    let raw = time([], hour)
    let found = raw.excluding(WindowSet([span(90, 210)]))
    #expect(found.excluded.windows == [span(120, 180)])
    #expect(found.tally.counts(in: hour).total == 3540 * 1_000_000_000)
    #expect(raw.excluding(WindowSet([span(61, 119)])) == raw)
    #expect(raw.excluding(WindowSet()) == raw)
    // Two that touch are one.
    #expect(
      raw.excluding(WindowSet([span(90, 150), span(150, 210)])).excluded.windows
        == [span(120, 180)])
  }

  @Test("neither measures nor misses what is excluded")
  func coverage() {
    let raw = Measurement(
      tally: Tally(), unit: .events,
      observation: Observation(
        interval: .seconds(60), observed: WindowSet([span(0, 1200), span(2400, 3600)])),
      rejects: [
        Measurement.Reject(minute: 10, count: 2), Measurement.Reject(minute: 30, count: 3),
      ], resets: [10, 30], stepsOverGaps: [span(1200, 1860), span(1200, 2400)])
    let hour = span(0, 3600)
    #expect(raw.coverage(of: hour) == 666_666_666)
    // Of the gap from 1200 to 2400 s, 600 s are agreed: 2400 of 3000 s are measured.
    let found = raw.excluding(WindowSet([span(1500, 2100)]))
    #expect(found.coverage(of: hour) == 800_000_000)
    #expect(found.gaps(in: hour) == [span(1200, 1500), span(2100, 2400)])
    #expect(found.rejected(in: hour) == 2)
    #expect(found.resets == [10])
    // The step to 1860 s is booked in the minute 30; that to 2400 s in the minute 39.
    #expect(found.stepsOverGaps == [span(1200, 2400)])
    // All of the gap.
    let whole = raw.excluding(WindowSet([span(1200, 2400)]))
    #expect(whole.coverage(of: hour) == 1_000_000_000 && whole.gaps(in: hour).isEmpty)
    // Nothing is left to measure.
    #expect(raw.excluding(WindowSet([span(-60, 3660)])).coverage(of: hour) == 0)
    // Twice is as once with both.
    #expect(
      raw.excluding(WindowSet([span(60, 120)])).excluding(WindowSet([span(120, 180)]))
        == raw.excluding(WindowSet([span(60, 180)])))
  }

  @Test("leaves a slice out as a whole when one of its minutes is")
  func slices() throws {
    // Six slices of 5 minutes.
    let series = rows((0..<30).map { ($0, $0 == 7 ? 9 : 1) }, [])
    let slices = Indicator.slices(selector(""), bound: .atMost(5), every: .minutes(5))
    let raw = Measurement(
      objective(target, slices), series: [series], span: span(0, 1800),
      spans: WindowSet([span(0, 1800)]))
    #expect(raw.grain == 5)
    #expect(raw.tally.counts(in: span(0, 1800)) == EventCounts(good: 5, total: 6))
    let found = raw.excluding(WindowSet([span(540, 660)]))
    #expect(found.tally.minutes == [0, 15, 20, 25])
    // Half a minute into a slice is not a minute of it.
    #expect(raw.excluding(WindowSet([span(570, 630)])) == raw)
    let method = BudgetingMethod.timeslices(every: .minutes(10), target: try percent(90))
    let longer = Measurement(
      objective(target, slices, method: method), series: [series], span: span(0, 1800),
      spans: WindowSet([span(0, 1800)]))
    #expect(longer.grain == 10)
    #expect(longer.excluding(WindowSet([span(540, 600)])).tally.minutes == [10, 20])
  }

  @Test("leaves out missing time that was bad")
  func missing() {
    let feed = Selector(source: "/shop", name: "")
    let raw = Measurement(
      objective(target, .incidents(feed, severities: Severity.down), missing: .bad), series: [],
      span: span(0, 3600), spans: WindowSet([span(0, 1800)]))
    #expect(raw.tally.counts(in: span(0, 3600)).bad == 1800 * 1_000_000_000)
    let found = raw.excluding(WindowSet([span(1800, 3000)]))
    #expect(found.tally.counts(in: span(0, 3600)).bad == 600 * 1_000_000_000)
    #expect(found.missingIsBad)
  }
}
