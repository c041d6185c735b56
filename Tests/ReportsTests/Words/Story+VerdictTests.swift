import Model
import Testing

@testable import Reports

@Suite("The verdict in words")
struct StoryVerdictTests {
  private func story(_ objectives: [ObjectiveFacts]) -> Story {
    Story(facts: Sample.facts(objectives), zone: .utc)
  }

  private func calm(_ name: String = "Calm") throws -> ObjectiveFacts { try Sample.objective(name) }
  private func spent(_ name: String = "Spent") throws -> ObjectiveFacts {
    try Sample.objective(name, bad: 1000...1599)
  }
  /// 400 of 432 used: 7.4 % left.
  private func risky(_ name: String = "Risky") throws -> ObjectiveFacts {
    try Sample.objective(name, bad: 1000...1399)
  }
  private func short(_ name: String = "Short") throws -> ObjectiveFacts {
    try Sample.objective(name, days: 3)
  }

  @Test("overspent budgets are named up to three, then counted")
  func overspent() throws {
    #expect(story([try spent("A")]).verdict == "A has overspent its error budget.")
    #expect(
      story([try spent("A"), try spent("B"), try calm()]).verdict
        == "A and B have overspent their error budgets.")
    let four = try ["A", "B", "C", "D"].map(spent)
    #expect(story(four).verdict == "All 4 objectives have overspent their budgets.")
    #expect(
      story(four + [try calm()]).verdict == "4 of 5 objectives have overspent their budgets.")
    #expect(story(four).tone == .bad)
  }

  @Test("a budget at risk says what is left, or when it runs out")
  func risk() throws {
    #expect(
      Wording.plain(story([try risky("A")]).verdict) == "A has 7 % of its 30-day budget left.")
    #expect(
      Wording.plain(story([try risky("A"), try risky("B")]).verdict)
        == "A has 7 % of its 30-day budget left, and one other is at risk.")
    #expect(
      Wording.plain(story(try ["A", "B", "C"].map(risky)).verdict)
        == "A has 7 % of its 30-day budget left, and 2 others are at risk.")
    let soon = try risky("A").with(["budget.left": 0.3, "exhaustedAt": "2026-10-22T00:00:00Z"])
    #expect(
      Wording.plain(story([soon]).verdict)
        == "At its usual pace A runs out of its 30-day budget on Wed 21 Oct.")
    let month = try risky("A").with([
      "window.rule": "month", "window.start": "2026-10-01T00:00:00Z",
      "window.end": "2026-10-20T00:00:00Z",
    ])
    #expect(
      Wording.plain(story([month]).verdict)
        == "A has 7 % of its October budget left, 1 day to go.")
    #expect(story([soon]).tone == .warn)
  }

  @Test("what cannot be judged is said")
  func unjudged() throws {
    #expect(
      story([try short()]).verdict == "Nothing can be judged yet: the history is too short.")
    let silent = try short().with(["doubts": [["kind": "noData"]]])
    #expect(story([silent]).verdict == "Nothing can be judged.")
    #expect(story([try short(), try calm()]).verdict == "1 of 2 objectives cannot be judged.")
    #expect(story([silent]).tone == .unknown)
  }

  @Test("a good week is one sentence")
  func good() throws {
    #expect(story([try calm()]).verdict == "The objective is on course.")
    #expect(story([try calm("A"), try calm("B")]).verdict == "Both objectives are on course.")
    #expect(
      story(try ["A", "B", "C"].map(calm)).verdict == "All 3 objectives are on course.")
    #expect(
      Wording.plain(story([try calm("A")]).verdictDetail)
        == "A has the least left: 100 % of its 30-day budget.")
  }

  @Test("the detail has a sentence for each kind")
  func details() throws {
    let detail = Wording.plain(
      story([
        try spent("A"), try risky("B"), try calm("C"), try short("D"), try short("E"),
        try short("F"),
      ]).verdictDetail)
    #expect(
      detail
        == "A: 600 of 43 200 events were bad in 30 days: 98.61 %, with an objective of 99.00 %. "
        + "B is at risk: 7 % of its 30-day budget left. One objective is on course. "
        + "D is not judged: 3 d of history, a verdict needs 14 d. "
        + "E is not judged: 3 d of history, a verdict needs 14 d. One more is not judged.")
    let many =
      try [spent("A")] + ["B", "C", "D", "E"].map(risky) + ["F", "G", "H", "I"].map(short)
    let long = Wording.plain(story(many).verdictDetail)
    #expect(long.contains(" Two more are at risk. "), "\(long)")
    #expect(long.hasSuffix(" Two more are not judged."), "\(long)")
    let rest = Wording.plain(story([try spent("A"), try calm("B"), try calm("C")]).verdictDetail)
    #expect(rest.hasSuffix(" The other two objectives are on course."), "\(rest)")
    // 432 − 400 = 32 are left.
    let alone = Wording.plain(story([try risky("A"), try calm("B")]).verdictDetail)
    #expect(
      alone
        == "400 of 43 200 events were bad in 30 days: 99.07 %, with an objective of 99.00 %. "
        + "That leaves 32 bad events. The other objective is on course.")
  }

  @Test("an overspent budget that may be chance says so")
  func chance() throws {
    let interval: [String: Any] = ["lower": 0.98, "upper": 0.995, "undecided": true]
    let detail = story([try spent("A").with(["interval": interval])]).verdictDetail
    #expect(
      Wording.plain(detail).hasSuffix(
        "This may be chance: the objective lies inside the 95 % interval."))
  }
}
