import Model
import Testing

@testable import Charts
@testable import Reports

@Suite("The figure of hours")
struct HourGridFigureTests {
  private func figure(_ objective: ObjectiveFacts, _ incidents: [IncidentFacts]? = nil) -> Figure? {
    let facts = Sample.facts([objective], incidents: incidents)
    return facts.objectives.first.flatMap {
      HourLoads().figure(Story(facts: facts, zone: .utc), of: $0)
    }
  }

  @Test("a quiet week used no hour's allowance")
  func quiet() throws {
    let figure = try #require(self.figure(try Sample.objective("A")))
    #expect(figure.heading == "A: no hour went over its allowance")
    #expect(
      Wording.plain(figure.description)
        == "A, every hour of Mon 12 – Sun 18 October 2026: 0 hours over the allowance. None used more than its allowance."
    )
  }

  // The minute 1 440 before the end is Sun 18 Oct 00:00; 60 minutes at 1 % allow 0.6: one bad one is 1.7 times as much.
  @Test("a single one is said to be one")
  func single() throws {
    let figure = try #require(self.figure(try Sample.objective("A", bad: 1440...1440)))
    #expect(figure.heading == "A: one hour went over its allowance")
    #expect(
      Wording.plain(figure.description).hasSuffix(
        "1 hour over the allowance. The worst was the hour from Sun 18 Oct 00:00: 1 bad event, 1.7 times its allowance."
      ))
  }

  // 60 of 60 are 100 times the 0.6 allowed. The minutes 1 500 to 1 380 before the end are Sat 23:00 to Sun 01:00.
  @Test("hours that were equally bad are counted")
  func several() throws {
    let figure = try #require(self.figure(try Sample.objective("A", bad: 1381...1500)))
    #expect(figure.heading == "A: two hours went over their allowance")
    #expect(
      Wording.plain(figure.description).hasSuffix(
        "2 hours over the allowance. 2 hours were equally bad, the first from Sat 17 Oct 23:00: 60 bad events, 100 times its allowance."
      ))
    let none = try #require(self.figure(try Sample.objective("A", bad: 1381...1500)))
    #expect(none.subheading.hasPrefix("Bad events of A by hour."))
  }

  @Test("where nothing is allowed there is no multiple")
  func nothingAllowed() throws {
    let figure = try #require(
      self.figure(try Sample.objective("A", bad: 1440...1440, target: 1_000_000_000)))
    #expect(figure.description.hasSuffix("1 bad event, and none is allowed."))
  }

  @Test("an incident that explains all of it is named")
  func incident() throws {
    let objective = try Sample.objective("A", bad: 1381...1500).with([
      "attribution": [
        "incidents": [["incident": "INC-1", "bad": 120] as [String: Any]],
        "outside": ["bad": 0],
      ] as [String: Any]
    ])
    // From Sat 17 Oct 23:00, 8 580 minutes after Monday, for two hours.
    let one = Sample.incident("INC-1", at: 8580, lasting: 120)
    #expect(
      figure(objective, [one])?.heading == "Outside INC-1 no hour went over its allowance")
    #expect(
      figure(objective, [one, Sample.incident("INC-2", at: 8580, lasting: 120)])?.heading
        == "Outside INC-1 no hour went over its allowance")
    #expect(
      figure(objective, [Sample.incident("INC-1", at: 0)])?.heading
        == "A: two hours went over their allowance")
  }

  @Test("a cell is a load, planned, missing or idle")
  func cells() throws {
    let objective = try Sample.objective("A")
    func cell(_ good: Int, of total: Int, measured: Double = 1, planned: Double = 0) throws
      -> LoadCell
    {
      let hour = try #require(objective.hours?.first).with([
        "good": good, "total": total, "measured": measured, "planned": planned,
      ])
      return LoadCell(hour, of: objective)
    }
    #expect(try cell(0, of: 0) == .idle)
    #expect(try cell(0, of: 0, measured: 0.4) == .missing)
    #expect(try cell(10, of: 10, measured: 0.4) == .missing)
    #expect(try cell(0, of: 0, planned: 0.6) == .planned)
    #expect(try cell(10, of: 10) == .load(0))
    // Bad that is known is shown all the same: 100 % of 1 % allowed.
    guard case .load(let load) = try cell(0, of: 10, measured: 0.4) else {
      Issue.record("no load")
      return
    }
    #expect(abs(load - 100) < 1e-9)
  }
}
