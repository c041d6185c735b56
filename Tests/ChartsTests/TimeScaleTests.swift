import Model
import Testing

@testable import Charts

@Suite("A time axis")
struct TimeScaleTests {
  private func labels(_ window: Window, _ zone: ZoneOffsets = Examples.berlin) -> [String] {
    TimeTick.ticks(in: window, zone: zone).compactMap(\.label).map(Wording.plain)
  }

  @Test("names Mondays over a month, the first label with its month")
  func month() {
    #expect(labels(Examples.october) == ["Thu 1 Oct", "Mon 5", "Mon 12", "Mon 19", "Mon 26"])
    // 31 days and the midnight at the end.
    #expect(TimeTick.ticks(in: Examples.october, zone: Examples.berlin).count == 32)
  }

  @Test("names every midnight over a week")
  func week() {
    let week = Window(start: Examples.moment(10, 19), end: Examples.moment(10, 26))
    #expect(
      labels(week) == ["Mon 19 Oct", "Tue 20", "Wed 21", "Thu 22", "Fri 23", "Sat 24", "Sun 25"])
  }

  @Test("names hours over six hours, and a repeated hour once")
  func hours() {
    // The clocks go back at 03:00 on 25 October: 02:00 comes twice.
    let night = Window(start: Examples.moment(10, 25), end: Examples.moment(10, 25) + .hours(6))
    #expect(labels(night) == ["Sun 25 Oct", "01:00", "02:00", "03:00", "04:00"])
  }

  @Test("names every sixth hour over a day")
  func day() {
    let day = Window(start: Examples.moment(10, 14), end: Examples.moment(10, 15))
    #expect(labels(day) == ["Wed 14 Oct", "06:00", "12:00", "18:00"])
  }

  @Test("names months over a quarter and quarters beyond half a year")
  func months() {
    let quarter = Window(
      start: Examples.moment(10, 1), end: Examples.moment(12, 31) + .days(1))
    #expect(labels(quarter) == ["1 Oct", "1 Nov", "1 Dec"])
    let year = Window(
      start: Examples.moment(10, 1),
      end: Examples.berlin.start(of: CivilDate(year: 2027, month: 10, day: 1)))
    #expect(labels(year) == ["1 Oct 2026", "1 Jan 2027", "1 Apr", "1 Jul"])
  }

  @Test("stays short over two centuries")
  func centuries() {
    let long = Window(start: Instant(seconds: 0), end: Instant(seconds: 6_000_000_000))
    #expect(labels(long, .utc).count <= 17)
  }

  @Test("places midnights by true seconds: a 25 h day is wider")
  func trueSeconds() {
    let scale = TimeScale(domain: Examples.october, left: 0, right: 745)
    func midnight(_ day: Int) -> Double { scale.x(Examples.moment(10, day)) }
    // October has 745 hours here, so an hour is a pixel.
    #expect(abs(midnight(25) - midnight(24) - 24) < 1e-9)
    #expect(abs(midnight(26) - midnight(25) - 25) < 1e-9)
  }

  @Test("puts everything in the middle of an empty domain")
  func empty() {
    let nothing = Window(start: Examples.october.start, end: Examples.october.start)
    let scale = TimeScale(domain: nothing, left: 10, right: 20)
    #expect(scale.x(Examples.october.end) == 15)
  }

  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let zone: ZoneOffsets
    let from: (CivilDate, second: Int64)
    let hours: Int64
    let labels: [String]
  }

  private static func date(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
    CivilDate(year: year, month: month, day: day)
  }

  /// Clocks go forward at 02:00 on Sun 29 March 2026, back at 03:00 on Sun 25 October.
  private static let berlin = zone(
    "Europe/Berlin", (3600, "CET"), (1_774_746_000, 7200, "CEST"), (1_792_890_000, 3600, "CET"))
  /// By half an hour: back from 02:00 to 01:30 on Sun 5 April 2026, forward from 02:00 to 02:30 on Sun 4 October.
  private static let lordHowe = zone(
    "Australia/Lord_Howe", (39_600, "+11"), (1_775_314_800, 37_800, "+1030"),
    (1_791_041_400, 39_600, "+11"))
  /// Fri 30 December 2011 was left out.
  private static let apia = zone("Pacific/Apia", (-36_000, "-10"), (1_325_239_200, 50_400, "+14"))
  private static let kolkata = zone("Asia/Kolkata", (19_800, "IST"))

  private static func zone(
    _ name: String, _ first: (Int64, String), _ changes: (at: Int64, Int64, String)...
  ) -> ZoneOffsets {
    ZoneOffsets(
      name: name, first: .init(seconds: first.0, isDaylight: false, abbreviation: first.1),
      changes: changes.map(\.at),
      offsets: changes.map { .init(seconds: $0.1, isDaylight: false, abbreviation: $0.2) })
  }

  @Test(
    "names hours, days, Mondays, months and quarters by the calendar",
    arguments: [
      Case(
        testDescription: "the clocks skip 02:00", zone: berlin, from: (date(2026, 3, 29), 0),
        hours: 6, labels: ["Sun 29 Mar", "01:00", "03:00", "04:00", "05:00", "06:00"]),
      Case(
        testDescription: "the clocks repeat 02:00", zone: berlin, from: (date(2026, 10, 25), 0),
        hours: 6, labels: ["Sun 25 Oct", "01:00", "02:00", "03:00", "04:00"]),
      Case(
        testDescription: "the clocks repeat half an hour", zone: lordHowe,
        from: (date(2026, 4, 5), 0), hours: 5,
        labels: ["Sun 5 Apr", "01:00", "02:00", "03:00", "04:00"]),
      Case(
        testDescription: "the clocks skip half an hour", zone: lordHowe,
        from: (date(2026, 10, 4), 0), hours: 5,
        labels: ["Sun 4 Oct", "01:00", "03:00", "04:00", "05:00"]),
      Case(
        testDescription: "a day of 25 hours", zone: berlin, from: (date(2026, 10, 25), 0),
        hours: 25, labels: ["Sun 25 Oct", "06:00", "12:00", "18:00"]),
      Case(
        testDescription: "a day of 23 hours", zone: berlin, from: (date(2026, 3, 29), 0),
        hours: 23, labels: ["Sun 29 Mar", "06:00", "12:00", "18:00"]),
      Case(
        testDescription: "a day from morning to morning", zone: berlin,
        from: (date(2026, 10, 14), 21_600), hours: 24,
        labels: ["Wed 14 Oct 06:00", "12:00", "18:00", "Thu 15"]),
      Case(
        testDescription: "half-hour offsets all year", zone: kolkata,
        from: (date(2026, 10, 14), 0), hours: 24,
        labels: ["Wed 14 Oct", "06:00", "12:00", "18:00"]),
      Case(
        testDescription: "two days are named by their midnights", zone: berlin,
        from: (date(2026, 10, 14), 0), hours: 48, labels: ["Wed 14 Oct", "Thu 15"]),
      Case(
        testDescription: "a week in which the clocks go forward", zone: berlin,
        from: (date(2026, 3, 23), 0), hours: 167,
        labels: ["Mon 23 Mar", "Tue 24", "Wed 25", "Thu 26", "Fri 27", "Sat 28", "Sun 29"]),
      Case(
        testDescription: "a week in which they go back half an hour", zone: lordHowe,
        from: (date(2026, 3, 30), 0), hours: 168,
        labels: ["Mon 30 Mar", "Tue 31", "Wed 1", "Thu 2", "Fri 3", "Sat 4", "Sun 5"]),
      Case(
        testDescription: "a week without a Friday", zone: apia, from: (date(2011, 12, 27), 0),
        hours: 120, labels: ["Tue 27 Dec", "Wed 28", "Thu 29", "Sat 31", "Sun 1"]),
      Case(
        testDescription: "nine days", zone: berlin, from: (date(2026, 10, 19), 0), hours: 217,
        labels: [
          "Mon 19 Oct", "Tue 20", "Wed 21", "Thu 22", "Fri 23", "Sat 24", "Sun 25", "Mon 26",
          "Tue 27",
        ]),
      Case(
        testDescription: "five weeks whose Mondays fall on the first twice", zone: kolkata,
        from: (date(2027, 1, 31), 0), hours: 35 * 24,
        labels: ["Sun 31 Jan", "Mon 1", "Mon 8", "Mon 15", "Mon 22"]),
      Case(
        testDescription: "half a year", zone: kolkata, from: (date(2026, 10, 14), 0),
        hours: 180 * 24, labels: ["14 Oct", "1 Nov", "1 Dec", "1 Jan", "1 Feb", "1 Mar", "1 Apr"]),
      Case(
        testDescription: "a year", zone: kolkata, from: (date(2026, 10, 14), 0), hours: 365 * 24,
        labels: ["1 Jan 2027", "1 Apr", "1 Jul", "1 Oct"]),
      Case(
        testDescription: "three years", zone: kolkata, from: (date(2026, 6, 1), 0),
        hours: 1096 * 24, labels: ["1 Jul 2026", "1 Jan 2027", "1 Jan 2028", "1 Jan 2029"]),
      Case(
        testDescription: "twenty years", zone: kolkata, from: (date(2026, 6, 1), 0),
        hours: 7305 * 24, labels: (0..<10).map { "1 Jan \(2028 + 2 * $0)" }),
    ])
  func namesByTheCalendar(example: Case) {
    let start = example.zone.start(of: example.from.0) + .seconds(example.from.second)
    let domain = Window(start: start, end: start + .hours(example.hours))
    #expect(labels(domain, example.zone) == example.labels)
  }

  @Test("never repeats a label, whatever its length, zone and start")
  func neverRepeats() {
    for zone in [Self.berlin, Self.lordHowe, Self.apia, Self.kolkata] {
      let start = zone.start(of: Self.date(2026, 1, 20))
      for hours in [3, 6, 24, 25, 26, 48, 49, 50, 168, 217, 218, 672, 744, 841, 2200, 4417, 9000] {
        for shift in stride(from: 0, to: 300 * 24, by: 173) {
          let from = start + .hours(Int64(shift))
          let domain = Window(start: from, end: from + .hours(Int64(hours)))
          let found = TimeTick.ticks(in: domain, zone: zone)
          let named = found.compactMap(\.label)
          #expect(Set(named).count == named.count, "\(zone.name) \(shift) \(hours)")
          #expect(zip(found, found.dropFirst()).allSatisfy { $0.at < $1.at })
          #expect(found.allSatisfy { domain.start <= $0.at && $0.at <= domain.end })
        }
      }
    }
  }
}
