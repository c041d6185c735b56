import Model
import Testing

@Suite("An exclusion")
struct ExclusionTests {
  private func window(_ start: Int64, _ end: Int64) -> Window {
    Window(start: Instant(seconds: start), end: Instant(seconds: end))
  }

  private func weekly(
    _ days: Set<Int>, _ from: Int, _ to: Int, first: CivilDate? = nil, last: CivilDate? = nil
  ) -> Exclusion {
    Exclusion(
      .weekly(.init(days: days, from: from, to: to, first: first, last: last)), reason: "patches")
  }

  private let october = Window(
    start: Instant(seconds: utc(2026, 10, 1)), end: Instant(seconds: utc(2026, 11, 1)))

  @Test("of one window is that, as far as it is asked for")
  func once() {
    let one = Exclusion(.once(window(100, 200)), reason: "move")
    #expect(one.windows(in: window(0, 1000), zone: .utc).windows == [window(100, 200)])
    #expect(one.windows(in: window(150, 1000), zone: .utc).windows == [window(150, 200)])
    #expect(one.windows(in: window(200, 1000), zone: .utc).isEmpty)
  }

  @Test("comes again on its days of the week, between its first and last day")
  func weekly() {
    // Sundays of October 2026: 4, 11, 18, 25; 02:00 to 04:00.
    let all = weekly([7], 120, 240).windows(in: october, zone: .utc)
    #expect(
      all.windows
        == [4, 11, 18, 25].map { window(utc(2026, 10, $0, 2), utc(2026, 10, $0, 4)) })
    let some = weekly(
      [7], 120, 240, first: CivilDate(year: 2026, month: 10, day: 11),
      last: CivilDate(year: 2026, month: 10, day: 18))
    #expect(some.windows(in: october, zone: .utc).windows == Array(all.windows[1...2]))
    #expect(weekly([], 0, 1440).windows(in: october, zone: .utc).isEmpty)
    // Every day from midnight to midnight is all time.
    #expect(weekly(Set(1...7), 0, 1440).windows(in: october, zone: .utc).windows == [october])
  }

  @Test("ends on the next day where its end is not behind its start")
  func overMidnight() {
    // Saturday 22:00 to Sunday 02:00; the one of 31 October is cut at the end of the month.
    let found = weekly([6], 1320, 120).windows(in: october, zone: .utc).windows
    #expect(found.first == window(utc(2026, 10, 3, 22), utc(2026, 10, 4, 2)))
    #expect(found.last == window(utc(2026, 10, 31, 22), utc(2026, 11, 1)))
    // Asked from midnight on, the one of the day before still lasts.
    let sunday = window(utc(2026, 10, 4), utc(2026, 10, 5))
    #expect(
      weekly([6], 1320, 120).windows(in: sunday, zone: .utc).windows
        == [window(utc(2026, 10, 4), utc(2026, 10, 4, 2))])
    #expect(
      weekly([6], 600, 600).windows(in: october, zone: .utc).windows.first
        == window(utc(2026, 10, 3, 10), utc(2026, 10, 4, 10)))
  }

  @Test("follows the clock on the wall")
  func clockChanges() throws {
    let berlin = try zone("Europe/Berlin")
    func on(_ month: Int, _ day: Int, _ from: Int, _ to: Int) -> Window? {
      let start = berlin.start(of: CivilDate(year: 2026, month: month, day: day))
      return weekly([7], from, to).windows(
        in: Window(start: start, end: start + .days(2)), zone: berlin
      ).windows.first
    }
    // 02:00 to 04:00 are 2 hours, 3 when the clocks go back at 03:00, 1 when they go forward at 02:00.
    #expect(on(10, 18, 120, 240)?.length == .hours(2))
    #expect(on(10, 25, 120, 240)?.length == .hours(3))
    #expect(on(3, 29, 120, 240)?.length == .hours(1))
    // 25 October: 02:30 occurs at 00:30 and 01:30 UTC, the first counts.
    #expect(on(10, 25, 150, 165) == window(utc(2026, 10, 25, 0, 30), utc(2026, 10, 25, 0, 45)))
    // 29 March: there is no 02:30, the jump is at 01:00 UTC.
    #expect(on(3, 29, 150, 240) == window(utc(2026, 3, 29, 1), utc(2026, 3, 29, 2)))
    #expect(on(3, 29, 60, 150) == window(utc(2026, 3, 29, 0), utc(2026, 3, 29, 1)))
    #expect(on(3, 29, 130, 150) == nil)
    // A whole day has 23 or 25 hours.
    #expect(on(3, 29, 0, 1440)?.length == .hours(23))
    #expect(on(10, 25, 0, 1440)?.length == .hours(25))
  }

  @Test("is late when some of its time had begun before it was written down")
  func late() {
    func once(entered: Int64?) -> Exclusion {
      Exclusion(
        .once(window(100, 200)), reason: "move", author: "ada",
        entered: entered.map(Instant.init(seconds:)))
    }
    let all = window(0, 1000)
    #expect(!once(entered: nil).isLate(in: all, zone: .utc))
    #expect(!once(entered: 50).isLate(in: all, zone: .utc))
    #expect(!once(entered: 100).isLate(in: all, zone: .utc))
    #expect(once(entered: 101).isLate(in: all, zone: .utc))
    // Asked for time it does not touch, it is not there at all.
    #expect(!once(entered: 201).isLate(in: window(300, 400), zone: .utc))
    let sundays = Exclusion(
      .weekly(.init(days: [7], from: 120, to: 240)), reason: "patches",
      entered: Instant(seconds: utc(2026, 10, 5)))
    #expect(sundays.isLate(in: october, zone: .utc))
    #expect(
      !sundays.isLate(in: window(utc(2026, 10, 5), utc(2026, 11, 1)), zone: .utc))
  }
}
