import Analytics
import FoundationEssentials
import Model
import Testing

@testable import Reports

@Suite("Days and hours of a report")
struct StretchFactsTests {
  private func zone(_ name: String) throws -> ZoneOffsets {
    let data = try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/\(name)"))
    return try ZoneOffsets(name: name, tzif: Array(data), release: nil)
  }

  /// An event a minute, the minutes in `bad` (from the start) bad, those in `unseen` not looked at.
  private func measurement(
    _ span: Window, bad: Range<Int64> = 0..<0, unseen: Range<Int64> = 0..<0
  ) -> Analytics.Measurement {
    let first = span.start.seconds / 60
    let minutes = (0..<(span.length.nanoseconds / 60_000_000_000)).filter { !unseen.contains($0) }
    let hole = Window(
      start: span.start + .minutes(unseen.lowerBound),
      end: span.start + .minutes(unseen.upperBound))
    return Analytics.Measurement(
      tally: Tally(
        minutes: minutes.map { first + $0 }, good: minutes.map { bad.contains($0) ? 0 : 1 },
        total: minutes.map { _ in 1 }),
      unit: .events,
      observation: Observation(
        interval: .minutes(1),
        observed: unseen.isEmpty
          ? WindowSet([span]) : WindowSet([hole]).gaps(in: span)))
  }

  private func day(_ zone: ZoneOffsets, _ year: Int, _ month: Int, _ day: Int) -> Window {
    let date = CivilDate(year: year, month: month, day: day)
    return Window(start: zone.start(of: date), end: zone.start(of: date.adding(days: 1)))
  }

  @Test("a day of 25 hours has an hour twice, one of 23 hours lacks one, and nothing is lost")
  func followsTheClock() throws {
    let berlin = try zone("Europe/Berlin")
    for (date, hours, twice) in [((2026, 10, 25), 25, [2]), ((2026, 3, 29), 23, [])] {
      let window = day(berlin, date.0, date.1, date.2)
      let found = StretchFacts.hours(of: measurement(window), in: window, zone: berlin)
      #expect(found.count == hours)
      #expect(found.reduce(0) { $0 + $1.total } == Int64(hours) * 60)
      let clock = found.map { berlin.local($0.start).second / 3600 }
      #expect((0..<24).filter { hour in clock.count { $0 == hour } == 2 } == twice)
      #expect(clock.contains(2) == (hours == 25))
    }
  }

  @Test("a shift of half an hour cuts hours short, and their events stay where they were")
  func knowsHalfHours() throws {
    let howe = try zone("Australia/Lord_Howe")
    let window = day(howe, 2026, 4, 5)  // 02:00 becomes 01:30: 24.5 hours
    let found = StretchFacts.hours(of: measurement(window), in: window, zone: howe)
    #expect(found.map { ($0.end - $0.start).nanoseconds / 60_000_000_000 }.sorted().first == 30)
    #expect(found.reduce(0) { $0 + $1.total } == 24 * 60 + 30)
    #expect(zip(found, found.dropFirst()).allSatisfy { $0.end == $1.start })
  }

  @Test("28 calendar days end at the report's end, whatever the clocks do")
  func hasFourWeeks() throws {
    let berlin = try zone("Europe/Berlin")
    let end = berlin.start(of: CivilDate(year: 2026, month: 11, day: 2))
    let span = Window(start: end - .days(40), end: end)
    let days = StretchFacts.days(of: measurement(span), before: end, zone: berlin)
    #expect(days.count == 28 && days.last?.end == end)
    #expect(days.map(\.total).sorted() == [Int64](repeating: 1440, count: 27) + [1500])
  }

  // History starts at 18:00: the day has 6 hours to be measured, and they are; of the day before there are none.
  @Test("a day in which history starts is measured on its rest")
  func history() throws {
    let window = day(.utc, 2026, 11, 2)
    var seen = measurement(window, unseen: 0..<1080)
    seen.since = window.start + .hours(18)
    let found = StretchFacts(seen, in: window)
    #expect(found.measured == 1)
    #expect(found.beforeHistory == 0.75)
    #expect(!found.isMissing(target: 900_000_000))
    let before = StretchFacts(seen, in: day(.utc, 2026, 11, 1))
    #expect(before.beforeHistory == 1 && before.measured == 0)
    #expect(StretchFacts(seen, in: day(.utc, 2026, 11, 3)).beforeHistory == nil)
  }

  // 60 minutes with an objective of 90 % allow 6 bad ones: 12 bad are twice the allowance, a load of 2.
  @Test("a load is how often the allowance of its own events was used")
  func hasALoad() {
    let hour = Window(start: Instant(seconds: 0), end: Instant(seconds: 3600))
    func load(_ bad: Range<Int64>, _ target: Int64) -> Double? {
      StretchFacts(measurement(hour, bad: bad), in: hour).load(target: target)
    }
    #expect(abs((load(0..<12, 900_000_000) ?? 0) - 2) < 1e-12)
    #expect(load(0..<0, 1_000_000_000) == 0)
    #expect(load(0..<1, 1_000_000_000) == .infinity)
    #expect(
      StretchFacts(
        Analytics.Measurement(tally: Tally(), unit: .events, observation: Observation(of: [])),
        in: hour
      )
      .load(target: 900_000_000) == nil)
  }

  @Test("what was mostly not measured is missing, but what is known to be bad is shown")
  func isMissing() {
    let hour = Window(start: Instant(seconds: 0), end: Instant(seconds: 3600))
    let blind = StretchFacts(measurement(hour, unseen: 10..<50), in: hour)
    #expect(blind.measured < 0.5 && blind.isMissing(target: 900_000_000))
    let bad = StretchFacts(measurement(hour, bad: 0..<10, unseen: 10..<50), in: hour)
    #expect(!bad.isMissing(target: 900_000_000))
    #expect(
      !StretchFacts(measurement(hour, unseen: 10..<20), in: hour).isMissing(target: 900_000_000))
  }
}
