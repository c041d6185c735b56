import Model
import Testing

@testable import Reports

@Suite("Incidents of a report in words")
struct StoryIncidentsTests {
  private func attribution(_ shares: [(String, Double)], outside: Double, known: Double = 1)
    -> [String: Any]
  {
    [
      "incidents": shares.map { ["incident": $0.0, "bad": 1, "consumed": $0.1] as [String: Any] },
      "outside": ["bad": 1, "consumed": outside], "known": known,
    ]
  }

  private func spent(_ title: String, _ attribution: [String: Any]) throws -> ObjectiveFacts {
    try Sample.objective(title, bad: 1000...1599).with(["attribution": attribution])
  }

  private func story(
    _ objectives: [ObjectiveFacts], _ incidents: [IncidentFacts], known: Double = 1,
    unusable: Int64 = 0
  ) -> Story {
    Story(
      facts: Sample.facts(objectives, incidents: incidents, known: known, unusable: unusable),
      zone: .utc)
  }

  @Test("what an incident used names two budgets, and counts the rest")
  func costs() throws {
    let incident = Sample.incident("INC-1")
    func cost(_ shares: [Double]) throws -> String {
      let objectives = try shares.enumerated().map { index, share in
        try spent("O\(index)", attribution([("INC-1", share)], outside: 0))
      }
      return story(objectives, [incident]).cost(of: incident)
    }
    #expect(try cost([]) == "–" && cost([0]) == "–")
    #expect(try cost([0.01]) == "1 point of O0")
    #expect(try cost([0.03, 0.225]) == "23 points of O1, 3 of O0")
    #expect(try cost([0.03, 0.2, 0.1]) == "20 points of O1, 10 of O2, 3 of O0")
    #expect(
      try cost([0.03, 0.2, 0.1, 0.02]) == "20 points of O1, 10 of O2, and 2 budgets more")
  }

  @Test("the note says what is known of incidents")
  func notes() throws {
    let calm = [try Sample.objective("A")]
    #expect(story(calm, []).incidentsNote == "No incidents this week.")
    #expect(
      story(calm, [], known: 0).incidentsNote
        == "Incidents of this week are unknown: they were not collected.")
    #expect(
      Wording.plain(story(calm, [], known: 0.5, unusable: 1).incidentsNote)
        == "No known incidents this week. Incident data cover 50.0 % of the week. "
        + "1 row could not be used: there may have been more incidents.")
    let note =
      "Shares of each objective’s budget over its own window. "
      + "A minute in several incidents counts for the worst of them."
    #expect(story(calm, [Sample.incident("INC-1")]).incidentsNote == note)
    // 139 points used in all.
    let spent = try spent("A", attribution([("INC-1", 0.99)], outside: 0.4))
    #expect(
      story([spent], [Sample.incident("INC-1")]).incidentsNote
        == note + " Of the 139 points that A has used, 40 were outside of any incident.")
    let partly = try self.spent("A", attribution([], outside: 0.4, known: 0.8))
    #expect(
      Wording.plain(story([partly], [Sample.incident("INC-1")]).incidentsNote).hasSuffix(
        "40 were outside of any incident; incident data cover 80.0 % of its window."))
  }

  @Test("the costliest incident of the week is named with its title, from five points on")
  func costliest() throws {
    func costliest(_ share: Double, _ incident: IncidentFacts) throws -> String? {
      story([try spent("A", attribution([("INC-1", share)], outside: 0))], [incident]).costliest
    }
    #expect(
      try costliest(0.225, Sample.incident("INC-1", title: "All down"))
        == "INC-1 (All down) used 23 points of A’s budget.")
    #expect(
      try costliest(0.225, Sample.incident("INC-1")) == "INC-1 used 23 points of A’s budget.")
    #expect(try costliest(0.049, Sample.incident("INC-1")) == nil)
    #expect(try costliest(0.225, Sample.incident("INC-1", at: -60)) == nil, "of the week before")
  }
}
