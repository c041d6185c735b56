import Foundation
import Model
import Testing

@Suite("A civil date")
struct CivilDateTests {
  @Test("counts days from 1970-01-01")
  func dayNumbers() {
    #expect(CivilDate(year: 1970, month: 1, day: 1).dayNumber == 0)
    #expect(CivilDate(year: 1969, month: 12, day: 31).dayNumber == -1)
    // 30 years of 365 days and 7 leap days (1972 … 1996); then 31 + 28 days of 2000.
    #expect(CivilDate(year: 2000, month: 2, day: 29).dayNumber == 30 * 365 + 7 + 31 + 28)
  }

  @Test("agrees with the C library's calendar on each day of 1678 to 2262, weeks too (H7)")
  func agreesWithLibC() {
    var days = 0
    for number in CivilDate(year: 1678, month: 1, day: 1)
      .dayNumber...CivilDate(
        year: 2262, month: 1, day: 1
      ).dayNumber
    {
      var time = time_t(number * 86_400)
      var parts = tm()
      _ = gmtime_r(&time, &parts)
      let date = CivilDate(dayNumber: number)
      let same =
        date.year == Int(parts.tm_year) + 1900 && date.month == Int(parts.tm_mon) + 1
        && date.day == Int(parts.tm_mday) && date.weekday % 7 == Int(parts.tm_wday)
        && date.dayNumber == number
      if !same { Issue.record("\(date)") }
      if (2000..<2041).contains(date.year) {
        var text = [CChar](repeating: 0, count: 16)
        let length = strftime(&text, text.count, "%G-%V", &parts)
        let iso = String(decoding: text.prefix(length).map(UInt8.init), as: UTF8.self)
        let week = date.isoWeek
        if iso != "\(week.year)-\(week.week < 10 ? "0" : "")\(week.week)" {
          Issue.record("\(date): \(week), libc \(iso)")
        }
      }
      days += 1
    }
    print("civil dates: \(days) days compared")
  }

  @Test(
    "exists or does not",
    arguments: [
      (2024, 2, 29, true), (2023, 2, 29, false), (1900, 2, 29, false), (2000, 2, 29, true),
      (2024, 4, 31, false), (2024, 13, 1, false), (2024, 0, 1, false), (2024, 1, 0, false),
      (10_000, 1, 1, false),
    ])
  func existence(year: Int, month: Int, day: Int, exists: Bool) {
    #expect(CivilDate.exists(year: year, month: month, day: day) == exists)
  }

  @Test("finds the first of a month, across years")
  func firstOfMonth() {
    let date = CivilDate(year: 2026, month: 1, day: 31)
    #expect(date.firstOfMonth() == CivilDate(year: 2026, month: 1, day: 1))
    #expect(date.firstOfMonth(adding: -1) == CivilDate(year: 2025, month: 12, day: 1))
    #expect(date.firstOfMonth(adding: 14) == CivilDate(year: 2027, month: 3, day: 1))
  }

  // 2026-10-14 was a Wednesday, 2026-05-17 a Sunday.
  @Test("names its day and its month")
  func names() {
    let date = CivilDate(year: 2026, month: 10, day: 14)
    #expect((date.weekdayName, date.monthName) == ("Wed", "October"))
    #expect(date.shortMonthName == "Oct")
    #expect(CivilDate(year: 2026, month: 5, day: 17).weekdayName == "Sun")
  }

  @Test("finds the Monday of a week, and none where the year has no week 53")
  func mondays() {
    #expect(CivilDate.monday(ofWeek: 1, year: 2026) == CivilDate(year: 2025, month: 12, day: 29))
    #expect(CivilDate.monday(ofWeek: 53, year: 2026) == CivilDate(year: 2026, month: 12, day: 28))
    #expect(CivilDate.monday(ofWeek: 53, year: 2025) == nil)
    #expect(CivilDate.monday(ofWeek: 0, year: 2025) == nil)
  }
}
