import Model
import Testing

@testable import Reports

@Suite("The data in words")
struct StoryDataTests {
  private func story(_ objectives: [ObjectiveFacts], _ changes: [String: Any] = [:]) throws
    -> Story
  {
    Story(facts: try Sample.facts(objectives).with(changes), zone: .utc)
  }

  private func gap(_ day: Int, hours: Int) -> [String: Any] {
    ["start": "2026-10-\(day)T00:00:00Z", "end": "2026-10-\(day)T0\(hours):00:00Z"]
  }

  @Test("without gaps it says how far that goes")
  func noGaps() throws {
    #expect(
      try story([Sample.objective("A")]).noGaps == "No gaps: every window was fully measured.")
    let silent = try Sample.objective("B").with(["dataEnd": absent])
    #expect(
      try story([Sample.objective("A"), silent]).noGaps
        == "Objectives without any data are not judged; the others have no gaps.")
    #expect(try story([Sample.objective("A"), silent]).incomplete == ["B: no data in its window."])
    // History of 3 days: of the week the 4 days before it lie before history and are not missing.
    let young = try story([Sample.objective("A", days: 3)]).leastMeasured
    #expect(young.share == 1 && young.missing == .zero)
  }

  @Test("gaps are listed longest first, each with the objectives it touches")
  func gaps() throws {
    let one = try Sample.objective("A").with(["gaps": [gap(13, hours: 1), gap(14, hours: 3)]])
    let other = try Sample.objective("B").with(["gaps": [gap(14, hours: 3)]])
    let gaps = try story([one, other]).gaps
    #expect(gaps.map(\.objectives) == [["A", "B"], ["A"]])
    #expect(gaps.map(\.window.length) == [.hours(3), .hours(1)])
    // 3 h + 1 h of 168 h.
    let least = try story([one, other]).leastMeasured
    #expect(least.missing == .hours(4) && abs(least.share - 164.0 / 168) < 1e-9)
  }

  @Test("time without data counts as a note may say")
  func missing() throws {
    #expect(
      try story([Sample.objective("A")]).missingRule
        == "Time without data counts neither as good nor as bad.")
    #expect(
      try story([Sample.objective("A").with(["missingIsBad": true])]).missingRule
        == "Time without data counts neither as good nor as bad, except where a note says otherwise."
    )
  }

  @Test("sources that failed, notes and objectives without data are sentences")
  func sources() throws {
    let story = try story(
      [Sample.objective("A").with(["resets": 1])],
      [
        "incomplete": [["source": "m", "reason": "a.om: empty"]],
        "sourceNotes": [["source": "m", "text": "3 rows ignored."]],
      ])
    #expect(story.incomplete == ["Source m: a.om: empty."])
    #expect(
      story.notes
        == ["Source m: 3 rows ignored.", "A: 1 counter restart in the window, corrected."])
    #expect(Wording.plain(story.dataEnd) == "data to Mon 19 Oct 00:00")
  }

  @Test("a revision says what late data changed")
  func revised() throws {
    func revised(_ changes: [[String: Any]]) throws -> String? {
      try story(
        [Sample.objective("A")], ["revision.number": 1, "revision.changes": changes]
      ).revised.map(Wording.plain)
    }
    #expect(try story([Sample.objective("A")]).revised == nil)
    #expect(try revised([]) == "Revised on Mon 19 Oct 06:00: incidents were corrected.")
    #expect(
      try revised([
        [
          "objective": "shop/A", "before": ["good": 98, "total": 100],
          "after": ["good": 97, "total": 100],
        ], ["objective": "shop/gone"],
      ])
        == "Revised on Mon 19 Oct 06:00, late data: A 98.00 % → 97.00 %; shop/gone not measured → not measured."
    )
  }
}
