import Definitions
import Model
import Testing

@Suite("A configuration that can be used, and is hardly meant,")
struct WarningTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let warnings: [Warning]
    /// Of the first warning.
    let place: Position?
    var testDescription: String { "\(warnings) \(text.suffix(60))" }

    init(_ text: String, _ warnings: Warning..., at line: Int = 0, _ column: Int = 0) {
      self.text = text
      self.warnings = warnings
      place = line > 0 ? Position(line: line, column: column) : nil
    }
  }

  static func bands(_ text: String) -> String {
    "policy: { name: P, bands: [\(text)] }"
  }

  static func ratio(good: String, total: String) -> String {
    sample(indicator: "ratio: { source: m, good: '\(good)', total: '\(total)' }")
  }

  static func excluding(_ text: String, window: String = "7d") -> String {
    sample(window: window, extra: "exclusions: [{ reason: r, \(text) }]")
  }

  // `sample` has the line of `top`, five lines of keys, then `objective` in line 7 from column 20 on, `window` in line 8,
  // the indicator in line 9 and more keys in line 10.
  static let cases: [Case] = [
    Case(sample()),
    Case(
      sample(top: bands("{ below: 10%, name: a }, { name: b }")), .gateNeverCloses(policy: "P"),
      at: 1, 20),
    Case(
      sample(top: bands("{ below: 10%, name: a, gate: closed }, { name: b, gate: closed }")),
      .gateNeverOpens(policy: "P"), at: 1, 20),
    Case(sample(top: bands("{ below: 0%, name: a, gate: closed }, { name: b }"))),

    Case(ratio(good: "a", total: "a"), .goodIsTotal, at: 9, 35),
    Case(ratio(good: #"a{x="1",y="2"}"#, total: #"a{y="2",x="1"}"#), .goodIsTotal),
    Case(ratio(good: #"a{x="1"}"#, total: #"a{y="2"}"#), .goodBeyondTotal(label: "y"), at: 9, 35),
    Case(ratio(good: #"a{y="1"}"#, total: #"a{y=~"2|3"}"#), .goodBeyondTotal(label: "y")),
    Case(ratio(good: #"a{y="2",x="1"}"#, total: #"a{y=~"2|3"}"#)),
    Case(ratio(good: #"a{y=~"2"}"#, total: #"a{y=~"2|3"}"#)),
    Case(ratio(good: #"a{x="1"}"#, total: "a")),
    // Counters of other names may well be parts of each other.
    Case(ratio(good: "ok_total", total: #"a{y="2"}"#)),

    Case(ratio(good: #"a{x="1",x="2"}"#, total: "a"), .contradiction(label: "x"), at: 9, 35),
    Case(ratio(good: #"a{x="1",x!="1"}"#, total: "a"), .contradiction(label: "x")),
    Case(
      ratio(good: #"a{x!="5.."}"#, total: "a"),
      .patternAsText(label: "x", text: "5..", isNegative: true)),
    Case(
      ratio(good: #"a{x="2..|3.."}"#, total: "a"),
      .patternAsText(label: "x", text: "2..|3..", isNegative: false)),
    Case(ratio(good: #"a{x="1",x=~"2.*"}"#, total: "a"), .contradiction(label: "x")),
    Case(ratio(good: #"a{x=~"2.*",x!~"2.*"}"#, total: "a"), .contradiction(label: "x")),
    Case(ratio(good: #"a{x!="1",x!="2"}"#, total: "a")),

    Case(sample(extra: "missing: bad"), .missingWithoutEffect, at: 10, 18),
    Case(
      sample(
        indicator: "latency: { source: m, histogram: h, at_most: 1s }", extra: "missing: bad"),
      .missingWithoutEffect),
    Case(
      sample(indicator: "availability: { source: m, up: up }", extra: "missing: bad")),
    Case(
      sample(
        indicator: "slices: { source: m, value: v, at_most: 1 }", extra: "missing: bad")),
    Case(sample(extra: "missing: bad\n        method: { ratio_timeslices: 1h }")),

    Case(sample(objective: "100%"), .nothingAllowed, at: 7, 20),
    Case(sample(extra: "minimum_coverage: 0%"), .coverageUnchecked, at: 10, 27),
    Case(sample(extra: "minimum_coverage: 1%")),
    Case(sample(extra: "minimum_history: 1s"), .historyUnchecked(.seconds(1)), at: 10, 26),
    Case(sample(extra: "minimum_history: 1h")),

    Case(
      sample(window: "1h"), .neverStale(after: .hours(24), window: .hours(1)), at: 8, 17),
    Case(sample(window: "1h", top: "stale_after: 1h")),
    Case(
      sample(
        window: "30m", indicator: "slices: { source: m, value: v, at_most: 1, every: 1h }",
        top: "stale_after: 10m"), .sliceBeyondWindow(.hours(1), window: .minutes(30)), at: 8, 17),
    Case(
      sample(
        window: "30m", extra: "method: { timeslices: 1h, target: 90% }", top: "stale_after: 10m"),
      .sliceBeyondWindow(.hours(1), window: .minutes(30))),

    Case(
      excluding("from: 2026-10-01, to: 2026-10-08"), .excludesWindow(reason: "r"), at: 8, 17),
    Case(excluding("from: 2026-10-01, to: 2026-10-07")),
    Case(
      excluding(#"days: [Mon, Tue, Wed, Thu, Fri, Sat, Sun], from: "02:00", to: "02:00""#),
      .excludesWindow(reason: "r")),
    Case(
      excluding(#"days: [Mon, Tue, Wed, Thu, Fri, Sat, Sun], from: "00:00", to: "24:00""#),
      .excludesWindow(reason: "r")),
    Case(excluding(#"days: [Mon, Tue, Wed, Thu, Fri, Sat, Sun], from: "02:00", to: "01:00""#)),

    Case(
      sample()
        + "\n      p: { objective: 99%, window: 7d, ratio: { source: m, good: a, total: b } }",
      .sameObjective("o", firstLine: 6), at: 11, 7),
    Case(
      sample()
        + "\n      p: { objective: 98%, window: 7d, ratio: { source: m, good: a, total: b } }"
    ),
    Case(
      sample()
        + "\n  t: { slos: { o: { objective: 99%, window: 7d, ratio: { source: m, good: a, total: b } } } }"
    ),
  ]

  @Test("is read, with a warning at its place", arguments: cases)
  func warns(example: Case) throws {
    let found = try read(example.text).warnings
    #expect(found.map(\.problem) == example.warnings.map { .warning($0) })
    if let place = example.place { #expect(found.first?.position == place) }
  }

  @Test("is refused for its errors alone")
  func errors() {
    #expect(
      problems(sample(objective: "100%", window: "x")) == [
        .badChoice("x", choices: ["day", "week", "month", "quarter"], nearest: nil)
      ])
  }
}
