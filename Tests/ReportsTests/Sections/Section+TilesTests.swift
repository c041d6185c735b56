import Model
import Testing

@testable import Reports

@Suite("Tiles")
struct SectionTilesTests {
  private func tiles(_ facts: ReportFacts) -> [String] {
    Report(facts, zone: .utc).tiles.map { tile in
      let unit = tile.unit.isEmpty ? "" : " \(tile.unit)"
      return Wording.plain(
        "\(tile.label): \(tile.value)\(unit) (\(tile.detail)), \(tile.tone.rawValue)")
    }
  }

  private func tiles(_ objectives: [ObjectiveFacts]) -> [String] { tiles(Sample.facts(objectives)) }

  // 600 bad of 432 allowed are 138.9 points; a week of 30 days is 23.3 points of even spending. Time before the
  // history of 3 days is not missing; a gap of 12 h leaves 60 of its 72 h, 83.33 %.
  @Test("a week without incidents shows gate, states, budget and what was measured")
  func plain() throws {
    let spent = try Sample.objective("Spent", bad: 1000...1599)
    let gap = ["start": "2026-10-17T00:00:00Z", "end": "2026-10-17T12:00:00Z"]
    let short = try Sample.objective("Short", days: 3)
    let cut = try short.with(["gaps": [gap]])
    #expect(
      tiles([spent, try Sample.objective("Calm"), cut]) == [
        "Gate at week’s end: Closed (closes below 10 %), bad",
        "Objectives on course: 1 of 3 (1 overspent, 1 not judged), bad",
        "Spent, used: 139 points (even spending: 23 points), bad",
        "Measured this week: 83.3 % (12 h missing), none",
      ])
    #expect(tiles([short]).last == "Measured this week: 100 % (no gaps), ok")
    #expect(
      tiles([try Sample.objective("Calm")]) == [
        "Gate at week’s end: Open (for all objectives), ok",
        "Objectives on course: 1 of 1 (none at risk), ok",
        "Calm, used: 0 points (even spending: 23 points), ok",
        "Measured this week: 100 % (no gaps), ok",
      ])
  }

  @Test("the gate says why it is closed")
  func gate() throws {
    func gate(_ objectives: [ObjectiveFacts]) -> String { tiles(objectives)[0] }
    let spent = try Sample.objective("Spent", bad: 1000...1599)
    #expect(gate([spent, spent]).contains("Closed (closed by 2 objectives)"))
    #expect(
      gate([try Sample.objective("Short", days: 3)])
        == "Gate at week’s end: Closed (undecided: not all are judged), none")
    let always = try spent.with([
      "band": ["policy": "PS-2", "name": "all", "gateClosed": true] as [String: Any]
    ])
    #expect(gate([always]).contains("(by policy PS-2)"))
  }

  @Test("the budget used is one point, nothing to judge, or nothing that is allowed")
  func used() throws {
    func used(_ objectives: [ObjectiveFacts]) -> String { tiles(objectives)[2] }
    // 4 of 432 are 0.93 points.
    #expect(
      used([try Sample.objective("A", bad: 1000...1003)])
        == "A, used: 1 point (even spending: 23 points), ok")
    #expect(
      used([try Sample.objective("Short", days: 3)])
        == "Budget used: – (nothing to judge), none")
    #expect(
      used([try Sample.objective("All", bad: 1000...1000, target: 1_000_000_000)])
        == "All, used: – (nothing bad is allowed), bad")
    // A window of 4 days that began on Thu 15 Oct: 4 of 30 days are 13.3 points.
    let young = try Sample.objective("A").with([
      "window.start": "2026-10-15T00:00:00Z", "budget.evenInPeriod": 0.1333,
    ])
    #expect(
      used([young]) == "A, used: 0 points (since Thu 15 Oct; even spending: 13 points), ok")
  }

  @Test("incidents take the second tile where a service reports them")
  func incidents() throws {
    let calm = [try Sample.objective("A")]
    func second(_ incidents: [IncidentFacts], known: Double = 1, unusable: Int64 = 0) -> String {
      tiles(Sample.facts(calm, incidents: incidents, known: known, unusable: unusable))[1]
    }
    #expect(second([]) == "Incidents: 0 this week (nothing to restore), ok")
    #expect(second([], known: 0) == "Incidents: – (unknown), none")
    #expect(second([], unusable: 2) == "Incidents: – (unknown), none")
    #expect(second([], known: 0.5) == "Incidents: 0 this week (known for 50.0 %), ok")
    // 60 and 134 minutes: the middle is 97.
    let two = [Sample.incident("INC-1"), Sample.incident("INC-2", lasting: 60)]
    #expect(second(two) == "Incidents: 2 this week (restored in 1 h 37 min (median)), warn")
    #expect(
      second([Sample.incident("INC-1", lasting: nil)])
        == "Incidents: 1 this week (1 still open), warn")
    #expect(
      second([Sample.incident("INC-1", at: -60)])
        == "Incidents: 0 this week (nothing to restore), ok")
  }
}
