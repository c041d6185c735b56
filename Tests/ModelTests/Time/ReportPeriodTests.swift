import Model
import Testing

@Suite("A report period")
struct ReportPeriodTests {
  typealias Unit = ReportPeriod.Unit

  @Test(
    "is named and read back by the same name",
    arguments: [
      (Unit.day, 2026, 10, 18, "2026-10-18", 2026, 10, 18),
      (Unit.week, 2026, 10, 18, "2026-W42", 2026, 10, 12),
      (Unit.week, 2027, 1, 3, "2026-W53", 2026, 12, 28),
      (Unit.week, 2024, 12, 30, "2025-W01", 2024, 12, 30),
      (Unit.month, 2024, 2, 29, "2024-02", 2024, 2, 1),
      (Unit.quarter, 2026, 12, 31, "2026-Q4", 2026, 10, 1),
      (Unit.quarter, 2026, 4, 1, "2026-Q2", 2026, 4, 1),
    ])
  func names(
    unit: Unit, year: Int, month: Int, day: Int, name: String, firstYear: Int, firstMonth: Int,
    firstDay: Int
  ) {
    let period = ReportPeriod(unit, containing: CivilDate(year: year, month: month, day: day))
    #expect(period.name == name)
    #expect(period.first == CivilDate(year: firstYear, month: firstMonth, day: firstDay))
    #expect(ReportPeriod(unit, name: name) == period)
  }

  @Test(
    "refuses a name that is none",
    arguments: [
      (Unit.day, "2026-02-30"), (Unit.day, "2026-2-3"), (Unit.day, "2026-02"),
      (Unit.day, "-2026-02-03"), (Unit.week, "2025-W53"), (Unit.week, "2026-W00"),
      (Unit.week, "2026-42"), (Unit.week, "2026-W4"), (Unit.week, "2026-w42"),
      (Unit.month, "2026-13"), (Unit.month, "2026-00"), (Unit.month, "2026-1٣"),
      (Unit.month, "0000-01"), (Unit.quarter, "2026-Q5"), (Unit.quarter, "2026-Q"),
      (Unit.quarter, ""), (Unit.quarter, "2026-Q1-"),
    ])
  func refusesNames(unit: Unit, name: String) {
    #expect(ReportPeriod(unit, name: name) == nil)
  }

  @Test("holds 23 and 25 hours of day where the clocks change, in local time")
  func windows() throws {
    let berlin = try zone("Europe/Berlin")
    let week = try #require(ReportPeriod(.week, name: "2026-W43")).window(in: berlin)
    // Monday 2026-10-19 00:00 +2 to Monday 2026-10-26 00:00 +1: 7 days and an hour.
    #expect(week.start == Instant(seconds: utc(2026, 10, 18, 22)))
    #expect(week.length == .hours(7 * 24 + 1))
    let march = try #require(ReportPeriod(.month, name: "2026-03")).window(in: berlin)
    #expect(march.length == .hours(31 * 24 - 1))
  }

  @Test("adds up: the parts of 2000 to 2040 are the whole, without gap or overlap (P14)")
  func addsUp() throws {
    for name in ["Europe/Berlin", "America/Santiago", "Pacific/Apia", "Australia/Lord_Howe"] {
      let zone = try zone(name)
      let first = CivilDate(year: 2000, month: 1, day: 1)
      for unit in Unit.allCases {
        var period = ReportPeriod(unit, containing: first)
        var end = period.window(in: zone).start
        while period.first.year < 2041 {
          let window = period.window(in: zone)
          #expect(window.start == end)
          end = window.end
          period = period.moved(by: 1)
        }
        #expect(end == zone.start(of: period.first))
      }
    }
  }

  @Test("is complete only when its last moment has passed")
  func lastComplete() throws {
    let berlin = try zone("Europe/Berlin")
    // The week 2026-W42 ends on Monday 2026-10-19 00:00 +2.
    let end = Instant(seconds: utc(2026, 10, 18, 22))
    let before = Instant(nanoseconds: end.nanoseconds - 1)
    #expect(ReportPeriod.lastComplete(.week, at: end, in: berlin).name == "2026-W42")
    #expect(ReportPeriod.lastComplete(.week, at: before, in: berlin).name == "2026-W41")
    #expect(ReportPeriod.lastComplete(.month, at: end, in: berlin).name == "2026-09")
    #expect(ReportPeriod.lastComplete(.quarter, at: end, in: berlin).name == "2026-Q3")
    #expect(ReportPeriod.lastComplete(.day, at: end, in: berlin).name == "2026-10-18")
  }

  @Test("moves by whole units, across years")
  func moves() throws {
    #expect(try #require(ReportPeriod(.week, name: "2026-W53")).moved(by: 1).name == "2027-W01")
    #expect(try #require(ReportPeriod(.month, name: "2026-01")).moved(by: -1).name == "2025-12")
    #expect(try #require(ReportPeriod(.quarter, name: "2026-Q4")).moved(by: 2).name == "2027-Q2")
    #expect(try #require(ReportPeriod(.day, name: "2024-02-28")).moved(by: 1).name == "2024-02-29")
  }
}
