import Analytics
import Model
import Testing

@Suite("Measuring incidents")
struct MeasuringIncidentsTests {
  private let target: Target
  private let hour = span(0, 3600)

  init() throws { target = try percent(99) }

  private func measured(
    _ incidents: [Incident], _ window: Window, spans: [Window]? = nil,
    severities: Set<Severity> = Severity.down, matchers: [Selector.Matcher] = [],
    unusable: [UnusableIncident] = []
  ) -> Measurement {
    let feed = Selector(source: "/shop", name: "", matchers: matchers)
    return Measurement(
      objective(target, .incidents(feed, severities: severities)), series: [], span: window,
      spans: WindowSet(spans ?? [window]),
      incidents: incidents.map(IncidentEntry.incident) + unusable.map(IncidentEntry.unusable))
  }

  /// Seconds.
  private func counts(_ found: Measurement, _ window: Window) -> [Int64] {
    let counts = found.tally.counts(in: window)
    return [counts.good / 1_000_000_000, counts.total / 1_000_000_000]
  }

  @Test("counts overlaps once: 600–1200 and 900–1500 s are 900 of 3600 s down")
  func overlaps() {
    let found = measured([incident("a", 600, 1200), incident("b", 900, 1500)], hour)
    #expect(found.unit == .time)
    #expect(counts(found, hour) == [2700, 3600])
    #expect(counts(found, span(1140, 1200)) == [0, 60])
    #expect(found.coverage(of: hour) == 1_000_000_000)
  }

  @Test("clips to the span; one that is open lasts to its end, one of no length is nothing")
  func edges() {
    #expect(counts(measured([incident("a", -600, 600)], hour), hour) == [3000, 3600])
    #expect(counts(measured([incident("a", 3000, nil)], hour), hour) == [3000, 3600])
    #expect(counts(measured([incident("a", 600, 600)], hour), hour) == [3600, 3600])
    #expect(counts(measured([incident("a", 7200, nil)], hour), hour) == [3600, 3600])
    #expect(counts(measured([], hour), hour) == [3600, 3600])
  }

  @Test("counts only the time for which the feed spoke")
  func spans() {
    let found = measured([incident("a", 600, nil)], hour, spans: [span(0, 1200)])
    #expect(counts(found, hour) == [600, 1200])
    #expect(found.coverage(of: hour) == 333_333_333)
    #expect(found.observation.observed.windows.last?.end == Instant(seconds: 1200))
  }

  @Test("counts the chosen severities, and none without down time whatever is chosen")
  func severities() {
    let all = [
      incident("a", 0, 60, .critical), incident("b", 60, 120, .major),
      incident("c", 120, 180, .minor), incident("d", 180, 240, .none),
    ]
    #expect(counts(measured(all, hour), hour) == [3420, 3600])
    #expect(counts(measured(all, hour, severities: [.critical, .major]), hour) == [3480, 3600])
    #expect(counts(measured(all, hour, severities: [.none]), hour) == [3600, 3600])
  }

  @Test("asks for what they touched: one service that meets the conditions is enough")
  func services() {
    let api = [Selector.Matcher(label: "service", condition: .equal("api"))]
    let all = [
      incident("a", 0, 60, services: ["api", "web"]), incident("b", 60, 120, services: ["web"]),
      incident("c", 120, 180),
    ]
    #expect(counts(measured(all, hour, matchers: api), hour) == [3540, 3600])
    // Without a service it is the feed's.
    let shop = [Selector.Matcher(label: "service", condition: .equal("shop"))]
    #expect(counts(measured(all, hour, matchers: shop), hour) == [3540, 3600])
    let other = [Selector.Matcher(label: "service", condition: .notEqual("web"))]
    #expect(counts(measured(all, hour, matchers: other), hour) == [3480, 3600])
  }

  @Test("counts a row that could not be used once, in every window that it may lie in")
  func rejects() {
    func row(_ id: String, _ start: Int64, _ end: Int64, _ services: [String] = [])
      -> UnusableIncident
    {
      UnusableIncident(
        id: id, services: services, started: Instant(seconds: start), ended: Instant(seconds: end))
    }
    let rows = [row("a", 300, 600), row("b", 300, 300), row("c", -86_400, 86_400)]
    let found = measured([], hour, unusable: rows)
    #expect(found.rejected(in: hour) == 3)
    #expect(found.rejected(in: span(360, 420)) == 2)
    #expect(found.rejected(in: span(1200, 1800)) == 1)
    // Agreed time takes away only what lies in it as a whole.
    let excluded = found.excluding(WindowSet([span(240, 720)]))
    #expect(excluded.rejected(in: hour) == 1)
    // Those of other services are not meant where the objective asks for one.
    let api = [Selector.Matcher(label: "service", condition: .equal("api"))]
    let some = [row("a", 0, 0, ["api"]), row("b", 0, 0, ["web"])]
    #expect(measured([], hour, matchers: api, unusable: some).rejected(in: hour) == 1)
  }
}
