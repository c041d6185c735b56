import Analytics
import Model
import Testing

@Suite("A summary of incidents")
struct IncidentSummaryTests {
  private let day = span(0, 86_400)
  private let now = Instant(seconds: 100_000)

  private func summary(_ incidents: [Incident]) -> IncidentSummary {
    IncidentSummary(of: incidents, in: day, now: now)
  }

  // Down 3600 and 1800 s that overlap by 600: 4800 s. MTBF (86 400 - 4800) / 2 = 40 800 s.
  @Test("has the mean up time between failures")
  func between() throws {
    let found = summary([incident("a", 0, 3600), incident("b", 3000, 4800)])
    #expect(found.started == 2 && found.down.length == .seconds(4800))
    #expect(try #require(found.meanTimeBetween) == 40_800)
    #expect(summary([]).meanTimeBetween == nil)
    #expect(summary([]).down.availability == 1)
  }

  @Test("counts those that started in the window, and open ones; others add down time alone")
  func counts() {
    let found = summary([
      incident("before", -3600, 600), incident("a", 600, nil), incident("m", 700, 800, .none),
      incident("later", 86_400, 90_000), incident("future", 200_000, nil),
    ])
    #expect(found.started == 1 && found.withoutDownTime == 1)
    #expect(found.down.length == .seconds(86_400))
    #expect(found.restore.open == 1 && found.restore.closed == nil)
  }

  private func groups(_ incidents: [Incident], _ grouping: IncidentSummary.Grouping)
    -> [IncidentSummary.Group]
  {
    IncidentSummary.grouped(incidents, by: grouping, in: day, now: now, service: "shop")
  }

  @Test("tells severities apart, the worst first")
  func severities() {
    let all = [
      incident("d", 0, 60, .none), incident("c", 0, 600, .minor), incident("a", 0, 60, .critical),
      incident("b", 0, 60, .major),
    ]
    let found = groups(all, .severity)
    #expect(
      found.map(\.key)
        == [.severity(.critical), .severity(.major), .severity(.minor), .severity(.none)])
    #expect(found.map(\.summary.started) == [1, 1, 1, 0])
    #expect(found.last?.summary.withoutDownTime == 1)
    #expect(groups(all.reversed(), .severity) == found)
  }

  @Test("counts an incident of several services in each, one of none under the feed's")
  func services() {
    let found = groups(
      [
        incident("a", 0, 60, services: ["web", "api", "web"]),
        incident("b", 600, 660, services: ["api"]), incident("c", 700, 760),
      ], .service)
    #expect(found.map(\.key) == [.service("api"), .service("shop"), .service("web")])
    #expect(found.map(\.summary.started) == [2, 1, 1])
    #expect(found.map(\.summary.down.length) == [.seconds(120), .seconds(60), .seconds(60)])
  }

  @Test("tells causes apart, what is not told last among equals")
  func causes() {
    let found = groups(
      [
        incident("a", 0, 60), incident("b", 0, 60, cause: "deploy"),
        incident("c", 0, 60, cause: "disk"), incident("d", 0, 120, cause: "cable"),
      ], .cause)
    #expect(found.map(\.key) == [.cause("cable"), .cause("deploy"), .cause("disk"), .cause(nil)])
  }

  @Test("has no group of incidents that lie outside of the window")
  func outside() {
    let found = groups(
      [
        incident("a", -600, 0, services: ["a"]), incident("b", 86_400, 90_000, services: ["b"]),
        incident("c", -600, 1, services: ["c"]), incident("d", 0, 0, services: ["d"]),
      ], .service)
    #expect(found.map(\.key) == [.service("c"), .service("d")])
  }
}
