import Model
import Testing

@testable import Reports

@Suite("Indicators in JSON")
struct IndicatorFactsTests {
  private static let one = Selector(source: "m", name: "a_total")
  private static let other = Selector(
    source: "m", name: "b_total", matchers: [.init(label: "code", condition: .equal("500"))])

  @Test(
    "each has a kind, its bound in seconds and what it reads",
    arguments: [
      (.ratio(good: one, total: other), .ratio, nil, ["a_total", "b_total{code=\"500\"}"]),
      (.ratioRows(one), .ratio, nil, ["a_total"]),
      (.latency(other, atMost: .milliseconds(300)), .latency, 0.3, ["b_total{code=\"500\"}"]),
      (.slices(one, bound: .atMost(3), every: .minutes(5)), .slices, nil, ["a_total"]),
      (.freshness(one, atMost: .hours(2)), .freshness, 7200, ["a_total"]),
      (.heartbeat(one, within: .minutes(90)), .heartbeat, 5400, ["a_total"]),
      (.uptime(one), .uptime, nil, ["a_total"]),
      (.states(one, holdAtMost: .days(1)), .states, 86_400, ["a_total"]),
      // Severities come worst first.
      (
        .incidents(one, severities: [.minor, .critical]), .incidents, nil,
        ["a_total", "critical", "minor"]
      ),
    ] as [(Indicator, IndicatorFacts.Kind, Double?, [String])])
  func says(
    indicator: Indicator, kind: IndicatorFacts.Kind, seconds: Double?, selectors: [String]
  ) {
    let facts = IndicatorFacts(indicator)
    #expect(facts.kind == kind && facts.withinSeconds == seconds)
    #expect(facts.selectors == selectors)
  }
}
