import Model
import Testing

@testable import Reports

@Suite("This period and the next")
struct SectionWeeksTests {
  private func used(_ objectives: [ObjectiveFacts]) -> [String] {
    Report(Sample.facts(objectives), zone: .utc).list("thisWeek").map(Wording.plain)
  }

  private func due(_ objectives: [ObjectiveFacts], _ changes: [String: Any] = [:]) throws
    -> [String]
  {
    Report(try Sample.facts(objectives).with(changes), zone: .utc).list("nextWeek")
      .map(Wording.plain)
  }

  @Test("what was used has its largest drops, in order of time")
  func drops() throws {
    #expect(
      used([try Sample.objective("A", bad: 1000...1599)])
        == ["A used 139 points of its budget, including 139 on Sat 17 Oct 21:21 (10 h)."])
    #expect(
      used([try Sample.objective("A")]) == ["No objective spent more than 5 % of its budget."])
    #expect(used([try Sample.objective("Short", days: 3)]) == ["Nothing could be judged."])
  }

  @Test("an objective without a budget says what was bad")
  func nothingAllowed() throws {
    #expect(
      used([try Sample.objective("A", bad: 1000...1000, target: 1_000_000_000)])
        == ["A allows nothing bad, but had 1 bad event."])
    #expect(
      used([try Sample.objective("A", bad: 1000...1599, target: 1_000_000_000)])
        == ["A allows nothing bad, but had 600 bad events."])
  }

  @Test("a gap of at least 1 % of the week is named, with its part of the week and the others")
  func gaps() throws {
    func gap(_ start: String, _ end: String) -> [String: Any] { ["start": start, "end": end] }
    func used(_ gaps: [[String: Any]]) throws -> String {
      self.used([try Sample.objective("A").with(["gaps": gaps])])[0]
    }
    let long = gap("2026-10-11T22:00:00Z", "2026-10-13T02:00:00Z")
    let short = gap("2026-10-14T00:00:00Z", "2026-10-14T01:00:00Z")
    #expect(
      try used([long])
        == "Data gap: Sun 11 Oct 22:00 to Tue 13 Oct 02:00 (1 d 2 h of it this week).")
    #expect(
      try used([long, short])
        == "Data gap: Sun 11 Oct 22:00 to Tue 13 Oct 02:00 (1 d 2 h of it this week). And 1 other gap."
    )
    #expect(try used([short]) == "No objective spent more than 5 % of its budget.")
  }

  @Test("a budget that began in the week is said to be young")
  func young() throws {
    let month = try Sample.objective("A").with([
      "window.rule": "month", "window.start": "2026-10-14T00:00:00Z",
    ])
    #expect(
      used([month])
        == ["The October budget began on Wed 14 Oct: earlier spending is not in it."])
  }

  @Test("nothing is to do in a good week")
  func nothing() throws {
    #expect(try due([Sample.objective("A")]) == ["Nothing to do."])
  }

  @Test("the gate, risks and returning budgets are to be looked at")
  func looks() throws {
    #expect(
      try due([Sample.objective("Short", days: 3)])
        == ["The release gate stays closed until every objective can be judged."])
    let risky = try Sample.objective("B", bad: 1000...1399)
    #expect(
      try due([risky]) == [
        "Keep the release gate closed for B. Ship fixes only.",
        "Watch B: 7 % of its budget is left.",
      ])
    let owned = try Sample.objective("C", bad: 1000...1599).with([
      "owner": "Ada", "band.action": "Ship fixes only", "leftAhead": 0.4,
    ])
    #expect(
      try due([owned]) == [
        "Keep the release gate closed for C. Ship fixes only. Owner: Ada.",
        "C: old spending leaves the window; at the usual pace 40 % is left at the end of Sun 25 Oct.",
      ])
    let soon = try risky.with(["exhaustedAt": "2026-10-22T00:00:00Z"])
    #expect(try due([soon])[1] == "At its usual pace B runs out on Wed 21 Oct.")
  }

  @Test("more than four are cut to three and a count")
  func cuts() throws {
    let risky = try ["A", "B", "C", "D"].map { try Sample.objective($0, bad: 1000...1399) }
    let due = try due(risky)
    #expect(due.count == 4 && due[3] == "And 2 more: see the scoreboard.")
    #expect(due[0] == "Keep the release gate closed for A, B, C and 1 more. Ship fixes only.")
  }

  @Test(
    "a change of the clocks says how far they go, and when",
    arguments: [
      (-3600, "Clocks go back 1 h on Wed 21 Oct at 00:00."),
      (3600, "Clocks go forward 1 h on Wed 21 Oct at 00:00."),
      (1800, "Clocks go forward 30 min on Wed 21 Oct at 00:00."),
      (-5400, "Clocks go back 1 h 30 min on Wed 21 Oct at 00:00."),
    ])
  func clocks(shift: Int, text: String) throws {
    #expect(
      try due(
        [Sample.objective("A")],
        ["clockChanges": [["at": "2026-10-21T00:00:00Z", "shift": shift] as [String: Any]]])
        == [text])
  }

  @Test("the wall clock of a change is the one before it")
  func wall() {
    let summer = ZoneOffsets.Offset(seconds: 7200, isDaylight: true, abbreviation: "CEST")
    let winter = ZoneOffsets.Offset(seconds: 3600, isDaylight: false, abbreviation: "CET")
    let zone = ZoneOffsets(
      name: "Test/Berlin", first: summer, changes: [1_792_890_000], offsets: [winter])
    let change = ReportFacts.ClockChange(at: Instant(seconds: 1_792_890_000), shift: -3600)
    #expect(Wording.plain(change.wall(in: zone)) == "Sun 25 Oct at 03:00")
  }
}
