import Model
import Testing

@testable import Reports

@Suite("The period in words")
struct PeriodWordsTests {
  private func words(hours: Int64 = 168, minutes: Int64 = 0, from day: Int = 12) -> PeriodWords {
    let start =
      ZoneOffsets.utc.start(of: CivilDate(year: 2026, month: 10, day: 12))
      + .days(Int64(day - 12))
    return PeriodWords(
      period: ReportFacts.Period(
        name: "2026-W42", start: start, end: start + .hours(hours) + .minutes(minutes), zone: "UTC",
        zoneRelease: nil), kind: .weekly, zone: .utc)
  }

  @Test("it has a noun, a name, one before it, and days")
  func names() {
    #expect(words().noun == "week" && words().this == "this week")
    #expect(words().name == "week 42" && words().before == "week 41")
    #expect(Wording.plain(words().days) == "Mon 12 – Sun 18 October 2026")
    // Mon 28 Dec 2026 is 77 days later: week 53, which ends in the next year.
    #expect(words(from: 12 + 77).name == "week 53")
    #expect(words(from: 12 + 84).before == "week 53")
  }

  @Test(
    "its length is said where clocks changed",
    arguments: [
      (168, 0, nil), (169, 0, " (clocks changed: 169 hours)"),
      (167, 30, " (clocks changed: 167 hours 30 minutes)"),
      (168, 1, " (clocks changed: 168 hours 1 minute)"), (1, 0, " (clocks changed: 1 hour)"),
    ] as [(Int64, Int64, String?)])
  func saysClocks(hours: Int64, minutes: Int64, text: String?) {
    #expect(words(hours: hours, minutes: minutes).changedHours == text)
  }
}
