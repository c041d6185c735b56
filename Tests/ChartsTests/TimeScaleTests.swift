import Model
import Testing

@testable import Charts

@Suite("A time axis")
struct TimeScaleTests {
  private func labels(_ window: Window, _ zone: ZoneOffsets = Examples.berlin) -> [String] {
    TimeTick.ticks(in: window, zone: zone).compactMap(\.label)
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

  @Test("counts days by the calendar where the offset is half an hour")
  func halfHour() {
    let kolkata = ZoneOffsets(
      name: "Asia/Kolkata",
      first: .init(seconds: 19_800, isDaylight: false, abbreviation: "IST"))
    let start = kolkata.start(of: CivilDate(year: 2026, month: 10, day: 14))
    let ticks = TimeTick.ticks(in: Window(start: start, end: start + .days(1)), zone: kolkata)
    #expect(ticks.first?.at == start)
    #expect(ticks.compactMap(\.label) == ["Wed 14 Oct", "06:00", "12:00", "18:00"])
  }
}
