import Analytics
import Model
import Testing

@Suite("The time whose data figures need")
struct NeededTimeTests {
  private let zone = ZoneOffsets.utc

  // 19 October less 28 days is 21 September; a counter is compared with the reading before.
  @Test("is for a verdict the window, and how far a reading in it looks back")
  func verdict() throws {
    let orders = try objective(percent(99))
    let found = NeededTime.ofVerdict(orders, at: date(2026, 10, 19), in: zone)
    #expect(found.start == date(2026, 9, 21) - orders.indicator.lookBack)
    #expect(found.end == date(2026, 10, 19))
  }

  // 28 days of the usual pace may begin a day earlier: 19 October less 29 days is 20 September.
  @Test("is for figures never less than the days of the usual pace")
  func pace() throws {
    let short = try objective(percent(99), window: .rolling(.days(7)))
    let found = NeededTime.ofFigures(short, asOf: date(2026, 10, 19), in: zone)
    #expect(found == Window(start: date(2026, 9, 20), end: date(2026, 10, 19)))
  }

  // Week 42 ends on 19 October; the seventh week before it ends on 31 August, 28 days before that is 3 August.
  @Test("is for the trail of a report the window of its earliest end")
  func trail() throws {
    let week = try #require(ReportPeriod(.week, name: "2026-W42"))
    let ends = NeededTime.periods(before: week).map { $0.window(in: zone).end }
    #expect(ends.count == 7)
    #expect(ends.first == date(2026, 8, 31))
    #expect(ends.last == date(2026, 10, 12))
    let found = NeededTime.ofFigures(
      try objective(percent(99)), asOf: date(2026, 10, 19), ends: ends, in: zone)
    #expect(found.start == date(2026, 8, 3))
  }

  // Nine weeks are 63 days, seven months of 31 days 217.
  @Test("reaches so many periods before the longest window")
  func start() {
    let made = date(2026, 10, 19)
    let windows = [WindowRule.rolling(.days(28)), .rolling(.days(7))]
    #expect(
      NeededTime.start(ofReportsBy: .week, over: windows, made: made) == made - .days(28 + 63))
    #expect(
      NeededTime.start(ofReportsBy: .month, over: windows, made: made) == made - .days(28 + 217))
    #expect(NeededTime.start(ofReportsBy: .week, over: [], made: made) == made - .days(30 + 63))
  }
}
