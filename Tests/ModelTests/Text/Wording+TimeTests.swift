import Testing

@testable import Model

@Suite("Lengths and dates in words")
struct WordingTimeTests {
  // 26 h are 1 d 2 h, wherever they are shown.
  @Test(
    "a length shows its two largest units, rounded down",
    arguments: [
      (45, "45 s"), (2280, "38 min"), (8040, "2 h 14 min"), (273_600, "3 d 4 h"), (0, "0 s"),
      (3600, "1 h"), (86_400 + 59, "1 d"), (119, "1 min 59 s"), (93_600, "1 d 2 h"), (-5, "0 s"),
      (3659, "1 h"), (3_000_000_000, "34722 d 5 h"),
    ] as [(Int64, String)])
  func showsDurations(seconds: Int64, text: String) {
    #expect(Wording.plain(Wording.duration(.seconds(seconds))) == text)
  }

  @Test("less than a second is none")
  func showsNothing() { #expect(Wording.plain(Wording.duration(.milliseconds(999))) == "0 s") }

  @Test(
    "a response time has milliseconds",
    arguments: [
      (0.322, "322 ms"), (1.24, "1.24 s"), (1.5, "1.5 s"), (60, "1 min"), (0.0004, "0 s"),
      (90.25, "90.25 s"), (-1, "0 s"), (7200, "2 h"),
    ])
  func showsLatencies(seconds: Double, text: String) {
    #expect(Wording.plain(Wording.latency(seconds)) == text)
  }

  @Test("a repeated hour names its zone")
  func namesRepeatedHours() {
    let summer = ZoneOffsets.Offset(seconds: 7200, isDaylight: true, abbreviation: "CEST")
    let winter = ZoneOffsets.Offset(seconds: 3600, isDaylight: false, abbreviation: "CET")
    // 2026-10-25T01:00Z: 03:00 CEST becomes 02:00 CET.
    let zone = ZoneOffsets(
      name: "Test/Berlin", first: summer, changes: [1_792_890_000], offsets: [winter])
    func moment(_ seconds: Int64) -> String {
      Wording.plain(Wording.moment(Instant(seconds: seconds), in: zone))
    }
    #expect(moment(1_792_888_200) == "Sun 25 Oct 02:30 CEST")
    #expect(moment(1_792_891_800) == "Sun 25 Oct 02:30 CET")
    #expect(moment(1_792_800_000) == "Sat 24 Oct 02:00")
    #expect(
      Wording.plain(Wording.dated(Instant(seconds: 1_792_891_800), in: zone))
        == "Sun 25 Oct 2026 02:30 CET")
  }

  private let start = Instant(seconds: 1_791_763_200)  // Mon 2026-10-12T00:00Z

  @Test("a window is said from moment to moment, and by its days")
  func saysWindows() {
    let window = Window(start: start + .minutes(800), end: start + .minutes(934))
    #expect(
      Wording.plain(Wording.moments(window, in: .utc)) == "Mon 12 Oct 13:20 to Mon 12 Oct 15:34")
    #expect(Wording.plain(Wording.days(of: window, in: .utc)) == "Mon 12 October 2026")
    let day = Window(start: start, end: start + .days(1))
    #expect(Wording.plain(Wording.days(of: day, in: .utc)) == "Mon 12 October 2026")
  }

  @Test("the last day is the one that ends at a midnight, or the one of the moment")
  func saysLastDays() {
    #expect(Wording.plain(Wording.lastDay(before: start, in: .utc)) == "Sun 11 Oct")
    #expect(Wording.plain(Wording.lastDay(before: start + .hours(1), in: .utc)) == "Mon 12 Oct")
  }

  @Test("days of a scale leave out the month")
  func saysDays() {
    let date = CivilDate(year: 2026, month: 10, day: 1)
    #expect(Wording.plain(Wording.day(date)) == "Thu 1 Oct")
    #expect(Wording.plain(Wording.dayOfMonth(date)) == "Thu 1")
    #expect(Wording.plain(Wording.date(date)) == "1 Oct")
    #expect(Wording.clock(second: 4 * 3600 + 5 * 60 + 59) == "04:05")
  }

  @Test("spans of days share their month and year")
  func joinsDays() {
    func week(from first: CivilDate) -> String {
      Wording.plain(Wording.days(from: first, to: first.adding(days: 6)))
    }
    #expect(
      week(from: CivilDate(year: 2026, month: 10, day: 12)) == "Mon 12 – Sun 18 October 2026")
    #expect(
      week(from: CivilDate(year: 2026, month: 9, day: 28))
        == "Mon 28 September – Sun 4 October 2026")
    #expect(
      week(from: CivilDate(year: 2026, month: 12, day: 28))
        == "Mon 28 December 2026 – Sun 3 January 2027")
  }
}
