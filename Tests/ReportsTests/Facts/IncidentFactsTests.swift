import Analytics
import Model
import Testing

@testable import Reports

@Suite("Facts of incidents")
struct IncidentFactsTests {
  private static let week = Sample.period.window(in: .utc)

  private func incident(
    _ id: String, at hours: Int64 = 0, lasting minutes: Int64? = 60, severity: Severity = .major
  ) -> Incident {
    let started = Self.week.start + .hours(hours)
    return Incident(
      id: id, title: id, severity: severity, started: started, detected: started + .minutes(2),
      acknowledged: started + .minutes(5), resolved: minutes.map { started + .minutes($0) })
  }

  private func feed(
    _ name: String, _ entries: [IncidentEntry], origin: String = "o", known: Window = Self.week,
    excluded: [Window] = []
  ) -> IncidentFeed {
    IncidentFeed(
      name: name, title: name.uppercased(), origin: origin, entries: entries,
      known: WindowSet([known]), excluded: WindowSet(excluded))
  }

  private func facts(_ feeds: [IncidentFeed], by key: IncidentsFacts.Key = .severity)
    -> IncidentsFacts
  {
    IncidentsFacts(feeds, in: Self.week, asOf: Sample.end, by: key, incomplete: [])
  }

  @Test("what happened after the instant is not known")
  func knows() {
    func facts(asOf minutes: Int64) -> IncidentFacts {
      IncidentFacts(
        incident("INC-1"), service: "shop", title: "Shop",
        asOf: Self.week.start + .minutes(minutes))
    }
    let early = facts(asOf: 3)
    #expect(early.detected == Self.week.start + .minutes(2))
    #expect(early.acknowledged == nil && early.resolved == nil)
    #expect(early.length(asOf: Self.week.start + .minutes(3)) == .minutes(3))
    #expect(early.length(asOf: Self.week.start - .minutes(1)) == .zero)
    #expect(facts(asOf: 60).length(asOf: Sample.end) == .minutes(60))
  }

  // 60 and 134 min: 194 of 10 080 min down, 97 on average; 9 886 min up for two incidents are 4 943 each.
  @Test("figures are in seconds")
  func figures() throws {
    let all = facts([
      feed(
        "shop",
        [
          .incident(incident("INC-1", at: 3)), .incident(incident("INC-2", at: 30, lasting: 134)),
          .incident(incident("INC-3", at: 50, severity: .none)),
        ])
    ]).all
    #expect(all.started == 2 && all.open == 0 && all.withoutDownTime == 1)
    #expect(all.downSeconds == 194 * 60)
    #expect(abs((all.availability ?? 0) - 9886.0 / 10_080) < 1e-12)
    let restore = try #require(all.restore)
    #expect(restore.count == 2 && restore.mean == 97 * 60)
    #expect(restore.shortest == 60 * 60 && restore.longest == 134 * 60)
    #expect(all.detect?.mean == 2 * 60 && all.acknowledge?.mean == 5 * 60)
    #expect(all.between == 296_580)
  }

  @Test("an id is one incident in all feeds of an origin, and another in another")
  func sharesOrigins() {
    let entry = IncidentEntry.incident(incident("INC-1"))
    let shared = facts([feed("a", [entry]), feed("b", [entry])], by: .service)
    #expect(shared.incidents.map(\.id) == ["INC-1"] && shared.all.started == 1)
    #expect(shared.incidents[0].isOf("a") && shared.incidents[0].isOf("b"))
    #expect(!shared.incidents[0].isOf("c"))
    // It names nothing that it touched: it touched both services.
    #expect(Set(shared.groups.map(\.key)) == ["A", "B"])
    let apart = facts([feed("a", [entry]), feed("b", [entry], origin: "p")])
    #expect(apart.incidents.map(\.service) == ["a", "b"] && apart.all.started == 2)
  }

  // 84 of 168 h are known of both; only an hour is agreed for both.
  @Test("known and agreed is what is so for all services")
  func intersects() {
    let half = Window(start: Self.week.start, end: Self.week.start + .hours(84))
    let two = Window(start: Self.week.start, end: Self.week.start + .hours(2))
    let one = Window(start: Self.week.start + .hours(1), end: Self.week.start + .hours(3))
    let both = facts([
      feed("a", [], known: half, excluded: [two]), feed("b", [], excluded: [one]),
    ])
    #expect(both.known == 0.5 && both.excludedSeconds == 3600 && !both.isDoubtful)
    let apart = facts([feed("a", [], excluded: [two]), feed("b", [])])
    #expect(apart.known == 1 && apart.excludedSeconds == nil)
  }

  @Test("rows that could not be used leave the list in doubt, if they may lie in the window")
  func doubts() {
    let end = Self.week.end
    let row = IncidentEntry.unusable(
      UnusableIncident(id: "INC-1", started: Self.week.start, ended: end))
    let later = IncidentEntry.unusable(
      UnusableIncident(id: "INC-2", started: end, ended: end + .hours(1)))
    let found = facts([feed("a", [row, later]), feed("b", [row])])
    #expect(found.unusable == 1 && found.isDoubtful && found.incidents.isEmpty)
    #expect(!facts([feed("a", [later])]).isDoubtful)
  }
}
