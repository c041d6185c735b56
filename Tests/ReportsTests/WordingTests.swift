import Model
import Testing

@testable import Reports

@Suite("Wording")
struct WordingTests {
  /// Plain typography, for reading.
  private func plain(_ text: String) -> String { Wording.plain(text) }

  @Test(
    "an SLI is rounded down and shown until it differs from its objective",
    arguments: [
      (99_958, 100_000, 999_500_000, "99.958 %"), (999_948, 1_000_000, 999_000_000, "99.99 %"),
      (9_499_999, 10_000_000, 950_000_000, "94.99 %"), (95, 100, 950_000_000, "95.00 %"),
      (89_999_999, 90_000_000, 999_000_000, "99.99 %"), (1, 1, 999_000_000, "100 %"),
      (0, 7, 999_000_000, "0 %"), (1, 1_000_000, 999_000_000, "< 0.01 %"),
      (0, 0, 999_000_000, "–"), (26, 28, 950_000_000, "92.85 %"),
    ] as [(Int64, Int64, Int64, String)])
  func roundsLevelsDown(good: Int64, total: Int64, target: Int64, text: String) {
    #expect(plain(Wording.percent(Counts(good: good, total: total), target: target)) == text)
  }

  @Test(
    "targets are exact",
    arguments: [
      (999_000_000, "99.90 %"), (950_000_000, "95.00 %"), (999_950_000, "99.995 %"),
      (1_000_000_000, "100.00 %"), (999_999_990, "99.999999 %"),
    ] as [(Int64, String)])
  func showsTargetsExactly(target: Int64, text: String) {
    #expect(plain(Wording.target(target)) == text)
  }

  @Test(
    "what is left is rounded down, what is used is rounded up",
    arguments: [
      (0.069, "6 %", "7 %"), (-0.301, "-31 %", "-30 %"), (1.0, "100 %", "100 %"),
      (0.999, "99 %", "100 %"), (0.0, "0 %", "0 %"), (0.004, "0 %", "< 1 %"),
      (1.3001, "130 %", "131 %"), (0.29, "29 %", "29 %"),
    ])
  func roundsAgainstOurselves(share: Double, left: String, used: String) {
    #expect(plain(Wording.left(share)) == left)
    #expect(plain(Wording.used(share)) == used)
  }

  @Test("what is not there is a dash")
  func showsAbsence() {
    #expect(Wording.left(nil) == "–")
    #expect(Wording.left(.nan) == "–")
    #expect(Wording.used(-.infinity) == "–")
    #expect(Wording.rate(nil) == "no rate")
  }

  @Test(
    "coverage never shows 100 % unless it is",
    arguments: [(1.0, "100 %"), (0.99999, "99.9 %"), (0.983, "98.3 %"), (0.0, "0.0 %")])
  func showsCoverage(share: Double, text: String) {
    #expect(plain(Wording.coverage(share)) == text)
  }

  @Test(
    "burn rates have two digits",
    arguments: [(14.4, "14.4×"), (0.4, "0.4×"), (331.2, "331×"), (0.02, "< 0.1×"), (0, "0×")])
  func showsRates(rate: Double, text: String) { #expect(plain(Wording.rate(rate)) == text) }

  @Test(
    "counts are grouped from 10 000 on",
    arguments: [(9999, "9999"), (63_100, "63 100"), (1_234_567, "1 234 567"), (-31, "-31")]
      as [(Int64, String)])
  func groupsCounts(count: Int64, text: String) { #expect(plain(Wording.count(count)) == text) }

  @Test(
    "durations show their two largest units",
    arguments: [
      (45, "45 s"), (2280, "38 min"), (8040, "2 h 14 min"), (273_600, "3 d 4 h"), (0, "0 s"),
      (3600, "1 h"), (86_400 + 59, "1 d"), (119, "1 min 59 s"),
    ] as [(Int64, String)])
  func showsDurations(seconds: Int64, text: String) {
    #expect(plain(Wording.duration(.seconds(seconds))) == text)
  }

  @Test("a repeated hour names its zone")
  func namesRepeatedHours() {
    let summer = ZoneOffsets.Offset(seconds: 7200, isDaylight: true, abbreviation: "CEST")
    let winter = ZoneOffsets.Offset(seconds: 3600, isDaylight: false, abbreviation: "CET")
    // 2026-10-25T01:00Z: 03:00 CEST becomes 02:00 CET.
    let zone = ZoneOffsets(
      name: "Test/Berlin", first: summer, changes: [1_792_890_000], offsets: [winter])
    #expect(
      plain(Wording.moment(Instant(seconds: 1_792_888_200), in: zone)) == "Sun 25 Oct 02:30 CEST")
    #expect(
      plain(Wording.moment(Instant(seconds: 1_792_891_800), in: zone)) == "Sun 25 Oct 02:30 CET")
    #expect(plain(Wording.moment(Instant(seconds: 1_792_800_000), in: zone)) == "Sat 24 Oct 02:00")
    let change = ReportFacts.ClockChange(at: Instant(seconds: 1_792_890_000), shift: -3600)
    #expect(plain(change.wall(in: zone)) == "Sun 25 Oct at 03:00")
  }

  @Test("spans of days share their month and year")
  func joinsDays() {
    let monday = CivilDate(year: 2026, month: 10, day: 12)
    #expect(
      plain(Wording.days(from: monday, to: monday.adding(days: 6)))
        == "Mon 12 – Sun 18 October 2026")
    let last = CivilDate(year: 2026, month: 9, day: 28)
    #expect(
      plain(Wording.days(from: last, to: last.adding(days: 6)))
        == "Mon 28 September – Sun 4 October 2026")
    let year = CivilDate(year: 2026, month: 12, day: 28)
    #expect(
      plain(Wording.days(from: year, to: year.adding(days: 6)))
        == "Mon 28 December 2026 – Sun 3 January 2027")
  }
}
