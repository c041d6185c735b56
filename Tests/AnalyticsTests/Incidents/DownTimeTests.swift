import Analytics
import Model
import Testing

@Suite("Down time")
struct DownTimeTests {
  private let hour = span(0, 3600)
  private let later = Instant(seconds: 1_000_000)

  private func down(_ incidents: [Incident], _ window: Window, now: Instant? = nil) -> DownTime {
    DownTime(of: incidents, in: window, now: now ?? later)
  }

  @Test("is the union: 600–1200, 900–1500 and 2000–2100 s are 1000 of 3600 s")
  func union() throws {
    let found = down(
      [incident("c", 2000, 2100), incident("b", 900, 1500), incident("a", 600, 1200)], hour)
    #expect(found.length == .seconds(1000))
    #expect(found.down.windows == [span(600, 1500), span(2000, 2100)])
    #expect(try #require(found.availability) == 2600.0 / 3600)
  }

  @Test("is clipped; one of no length adds nothing, one around the window fills it")
  func clipped() {
    #expect(down([incident("a", -600, 60)], hour).length == .seconds(60))
    #expect(down([incident("a", 3540, 9000)], hour).length == .seconds(60))
    #expect(down([incident("a", 60, 60)], hour).length == .zero)
    #expect(down([incident("a", 3600, 7200)], hour).length == .zero)
    #expect(down([incident("a", -1, 3601)], hour).availability == 0)
    #expect(down([], hour).availability == 1)
  }

  @Test("of an open incident lasts until now, and the future is not measured")
  func open() throws {
    let now = Instant(seconds: 1800)
    let found = down([incident("a", 1200, nil)], hour, now: now)
    #expect(found.length == .seconds(600))
    #expect(try #require(found.availability) == 1200.0 / 1800)
    // Resolved later than now is open as of now.
    #expect(down([incident("a", 1200, 3000)], hour, now: now) == found)
    #expect(down([incident("a", 1200, nil)], hour).length == .seconds(2400))
    // It has not begun yet.
    #expect(down([incident("a", 2400, nil)], hour, now: now).length == .zero)
  }

  @Test("leaves out what was no down time")
  func severity() {
    #expect(down([incident("a", 0, 60, .none)], hour).length == .zero)
  }

  @Test("is part of the measured time alone")
  func measured() throws {
    let found = DownTime(
      of: [incident("a", 600, 1800)], in: hour, now: later,
      measured: WindowSet([span(-600, 1200), span(3000, 9000)]))
    #expect(found.length == .seconds(600))
    #expect(try #require(found.availability) == 1200.0 / 1800)
    #expect(
      DownTime(of: [], in: hour, now: later, measured: WindowSet()).availability == nil)
  }

  @Test("of an empty window, or of one that has not begun, has no availability")
  func empty() {
    #expect(down([], span(5, 5)).availability == nil)
    #expect(down([], hour, now: Instant(seconds: 0)).availability == nil)
    #expect(down([], hour, now: Instant(seconds: -5)).availability == nil)
  }

  // March 2026 in Berlin has 31 days less an hour, October an hour more. One that lasts over the month's end is shared out.
  @Test("of months follows their true length, and months add up")
  func months() throws {
    let march = Window(
      start: berlin.start(of: CivilDate(year: 2026, month: 3, day: 1)),
      end: berlin.start(of: CivilDate(year: 2026, month: 4, day: 1)))
    let october = Window(
      start: berlin.start(of: CivilDate(year: 2026, month: 10, day: 1)),
      end: berlin.start(of: CivilDate(year: 2026, month: 11, day: 1)))
    let now = date(2027, 1, 1)
    #expect(down([], march, now: now).measured.length == .days(31) - .hours(1))
    #expect(down([], october, now: now).measured.length == .days(31) + .hours(1))
    // From 02:00 to 04:00 local time on 25 October are three hours.
    let change = berlin.start(of: CivilDate(year: 2026, month: 10, day: 25))
    let night = Incident(
      id: "a", title: "a", severity: .major, started: change + .hours(2),
      resolved: change + .hours(5))
    let hours = 745.0
    let availability = try #require(down([night], october, now: now).availability)
    #expect(availability == (hours - 3) / hours)
    let over = Incident(
      id: "b", title: "b", severity: .major, started: october.end - .hours(1),
      resolved: october.end + .hours(2))
    let november = Window(start: october.end, end: october.end + .days(30))
    #expect(down([over], october, now: now).length == .hours(1))
    #expect(down([over], november, now: now).length == .hours(2))
  }
}
