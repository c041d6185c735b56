import Model
import Testing

@Suite("A zone")
struct ZoneOffsetsTests {
  struct Day: CustomTestStringConvertible {
    let zone: String
    let date: CivilDate
    let start: Int64
    let hours: Int64
    let why: String

    var testDescription: String { "\(zone): \(why)" }

    init(
      _ zone: String, _ year: Int, _ month: Int, _ day: Int, start: Int64, hours: Int64,
      _ why: String
    ) {
      self.zone = zone
      date = CivilDate(year: year, month: month, day: day)
      self.start = start
      self.hours = hours
      self.why = why
    }
  }

  @Test(
    "knows where each local day starts",
    arguments: [
      Day("UTC", 2024, 2, 29, start: utc(2024, 2, 29), hours: 24, "plain"),
      Day("Europe/Berlin", 2026, 3, 29, start: utc(2026, 3, 28, 23), hours: 23, "spring"),
      Day("Europe/Berlin", 2026, 10, 25, start: utc(2026, 10, 24, 22), hours: 25, "autumn"),
      Day("Asia/Kathmandu", 2026, 5, 1, start: utc(2026, 4, 30, 18, 15), hours: 24, ":45"),
      Day("America/Santiago", 2024, 9, 8, start: utc(2024, 9, 8, 4), hours: 23, "0:00 is skipped"),
      Day("America/Santiago", 2024, 4, 6, start: utc(2024, 4, 6, 3), hours: 25, "24:00 is 23:00"),
      Day("America/Santiago", 2024, 4, 7, start: utc(2024, 4, 7, 4), hours: 24, "the day after"),
      Day("America/Asuncion", 2023, 10, 1, start: utc(2023, 10, 1, 4), hours: 23, "0:00 skipped"),
      Day("Africa/Cairo", 2024, 4, 26, start: utc(2024, 4, 25, 22), hours: 23, "0:00 is skipped"),
      Day("Africa/Cairo", 2024, 10, 31, start: utc(2024, 10, 30, 21), hours: 25, "24:00 is 23:00"),
      Day("Asia/Beirut", 2024, 3, 31, start: utc(2024, 3, 30, 22), hours: 23, "0:00 is skipped"),
      Day("Asia/Beirut", 2024, 10, 27, start: utc(2024, 10, 26, 22), hours: 24, "day after 25 h"),
      Day("America/Havana", 2024, 11, 3, start: utc(2024, 11, 3, 4), hours: 25, "two midnights"),
      Day("America/Havana", 2024, 3, 10, start: utc(2024, 3, 10, 5), hours: 23, "0:00 is skipped"),
      Day("America/St_Johns", 2010, 11, 7, start: utc(2010, 11, 7, 2, 30), hours: 25, "0:01 back"),
      Day("Pacific/Apia", 2011, 12, 29, start: utc(2011, 12, 29, 10), hours: 24, "before the gap"),
      Day("Pacific/Apia", 2011, 12, 30, start: utc(2011, 12, 30, 10), hours: 0, "a day not held"),
      Day("Pacific/Apia", 2011, 12, 31, start: utc(2011, 12, 30, 10), hours: 24, "after the gap"),
      Day("Europe/Berlin", 2050, 3, 27, start: utc(2050, 3, 26, 23), hours: 23, "by the rule"),
    ])
  func daysStart(day: Day) throws {
    let window = ReportPeriod(.day, containing: day.date).window(in: try zone(day.zone))
    #expect(window.start == Instant(seconds: day.start))
    #expect(window.length == .hours(day.hours))
  }

  @Test(
    "starts each day of 40 years where its date first shows, each day at the end of the last",
    arguments: [
      "Europe/Berlin", "America/Santiago", "Africa/Cairo", "Asia/Beirut", "America/Havana",
      "America/St_Johns", "Pacific/Apia", "Australia/Lord_Howe", "Africa/Casablanca",
      "America/Asuncion", "Atlantic/Azores", "America/Sao_Paulo", "Asia/Amman", "Asia/Tehran",
    ])
  func everyDay(name: String) throws {
    let zone = try zone(name)
    var date = CivilDate(year: 2000, month: 1, day: 1)
    while date.year < 2041 {
      let start = zone.start(of: date)
      let next = date.adding(days: 1)
      let end = zone.start(of: next)
      if start == end {
        #expect(zone.date(at: start) == next, "\(date)")
      } else {
        #expect(zone.date(at: start) == date, "\(date)")
        #expect((22...26).contains((end - start).components.seconds / 3600), "\(date)")
      }
      #expect(zone.date(at: Instant(nanoseconds: start.nanoseconds - 1)) < date, "\(date)")
      date = next
    }
  }

  @Test("tells the changes of a year, with what the clocks gained")
  func changes() throws {
    let year = Window(
      start: Instant(seconds: utc(2026, 1, 1)), end: Instant(seconds: utc(2027, 1, 1)))
    let berlin = try zone("Europe/Berlin").changes(in: year)
    #expect(berlin.map(\.at.seconds) == [utc(2026, 3, 29, 1), utc(2026, 10, 25, 1)])
    #expect(berlin.map(\.shift) == [3600, -3600])
    // Half an hour: 2026-04-05 02:00 +11 back to 01:30, and 2026-10-04 02:00 +10:30 on to 02:30.
    let island = try zone("Australia/Lord_Howe").changes(in: year)
    #expect(island.map(\.at.seconds) == [utc(2026, 4, 4, 15), utc(2026, 10, 3, 15, 30)])
    #expect(island.map(\.shift) == [-1800, 1800])
    #expect(ZoneOffsets.utc.changes(in: year).isEmpty)
  }

  @Test("shows the date and the second on the wall")
  func local() throws {
    let kathmandu = try zone("Asia/Kathmandu")
    // 18:15 UTC + 5:45 is the next midnight.
    let (date, second) = kathmandu.local(Instant(seconds: utc(2026, 4, 30, 18, 15)))
    #expect(date == CivilDate(year: 2026, month: 5, day: 1))
    #expect(second == 0)
    let (before, last) = kathmandu.local(Instant(seconds: utc(2026, 4, 30, 18, 15) - 1))
    #expect(before == CivilDate(year: 2026, month: 4, day: 30))
    #expect(last == 86_399)
  }

  @Test("holds at the ends of the range of instants")
  func extremes() throws {
    let zone = try zone("America/Santiago")
    for nanoseconds in [Int64.min, .min + 1, .max] {
      _ = zone.local(Instant(nanoseconds: nanoseconds))
    }
    _ = zone.start(of: CivilDate(year: 9999, month: 12, day: 31))
    _ = zone.start(of: CivilDate(year: -9999, month: 1, day: 1))
  }
}
