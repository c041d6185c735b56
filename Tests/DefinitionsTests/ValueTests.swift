import Definitions
import Model
import Testing

@Suite("Values")
struct ValueTests {
  @Test(
    "of objectives are exact percentages (F2)",
    arguments: [
      ("99.9%", 999_000_000), ("99.9 %", 999_000_000), ("\"99.9%\"", 999_000_000),
      ("99.9999999%", 999_999_999), ("0.0000001%", 1), ("95%", 950_000_000),
      ("100%", 1_000_000_000), ("100.0%", 1_000_000_000), ("012%", 120_000_000),
    ])
  func percentages(text: String, parts: Int64) throws {
    let objective = try #require(try read(sample(objective: text)).objectives.first)
    #expect(objective.target.partsPerBillion == parts)
  }

  @Test(
    "that are no percentages are refused with what was meant (F2, F3)",
    arguments: [
      ("99.9", .needsPercentSign(suggestion: "99.9%")),
      ("0.999", .needsPercentSign(suggestion: "99.9%")),
      ("0.9", .needsPercentSign(suggestion: "90%")),
      ("1.0", .needsPercentSign(suggestion: "100%")),
      ("\"99.9\"", .needsPercentSign(suggestion: "99.9%")),
      ("100", .needsPercentSign(suggestion: "100%")), ("0", .needsPercentSign(suggestion: "0%")),
      ("012", .needsPercentSign(suggestion: "12%")), ("999", .badPercentage("999")),
      ("0%", .outOfRange("0%", .objective)),
      ("100.0000001%", .outOfRange("100.0000001%", .objective)),
      ("999%", .outOfRange("999%", .objective)), ("99.99999999%", .badPercentage("99.99999999%")),
      ("-5%", .badPercentage("-5%")), ("99,9%", .badPercentage("99,9%")),
      ("no", .badPercentage("no")),
      ("60:00", .badPercentage("60:00")), ("2026-01-01", .badPercentage("2026-01-01")),
      ("~", .badPercentage("~")), (".5%", .badPercentage(".5%")), ("5.%", .badPercentage("5.%")),
      ("1e2%", .badPercentage("1e2%")),
      ("9999999999999999999%", .badPercentage("9999999999999999999%")),
      (".inf", .badPercentage(".inf")), ("٩٩%", .badPercentage("٩٩%")),
      ("", .wrongType(expected: .text)),
      ("''", .wrongType(expected: .text)), ("[99%]", .wrongType(expected: .text)),
    ] as [(String, Problem)])
  func badPercentages(text: String, problem: Problem) {
    #expect(problems(sample(objective: text)) == [problem])
  }

  @Test(
    "of windows are durations or calendar units",
    arguments: [
      ("7d", .rolling(.days(7))), ("36h", .rolling(.hours(36))), ("2w", .rolling(.days(14))),
      ("1h30m", .rolling(.minutes(90))), ("1w2d3h4m", .rolling(.days(9) + .minutes(184))),
      ("60s", .rolling(.minutes(1))), ("3650d", .rolling(.days(3650))), ("day", .calendar(.day)),
      ("week", .calendar(.week)), ("month", .calendar(.month)), ("quarter", .calendar(.quarter)),
    ] as [(String, WindowRule)])
  func windows(text: String, rule: WindowRule) throws {
    #expect(try read(sample(window: text)).objectives.map(\.window) == [rule])
  }

  static let units = ["day", "week", "month", "quarter"]
  static let range = Problem.Allowed.between(.minutes(1), .days(3650))

  @Test(
    "that are no windows are refused (F2, F3)",
    arguments: [
      ("30", .missingUnit("30")), ("\"30\"", .missingUnit("30")), ("012", .missingUnit("012")),
      ("1mo", .badDuration("1mo")), ("1.5h", .badDuration("1.5h")), ("30 d", .badDuration("30 d")),
      ("30m1h", .badDuration("30m1h")), ("1h1h", .badDuration("1h1h")),
      ("1h30", .badDuration("1h30")),
      ("60:00", .badDuration("60:00")), ("7D", .badDuration("7D")),
      ("9999999999w", .badDuration("9999999999w")),
      ("999999999w", .outOfRange("999999999w", range)),
      ("3651d", .outOfRange("3651d", range)), ("0d", .outOfRange("0d", range)),
      ("90s", .outOfRange("90s", .wholeMinutes)), ("1s", .outOfRange("1s", range)),
      ("mont", .badChoice("mont", choices: units, nearest: "month")),
      ("no", .badChoice("no", choices: units, nearest: nil)),
      ("-7d", .badChoice("-7d", choices: units, nearest: nil)),
      ("~", .badChoice("~", choices: units, nearest: nil)),
    ] as [(String, Problem)])
  func badWindows(text: String, problem: Problem) {
    #expect(problems(sample(window: text)) == [problem])
  }

  @Test(
    "of bounds are numbers, and never NaN or infinity (F3)",
    arguments: [
      ("1", 1), ("-2.5", -2.5), ("1e3", 1000), ("012", 12), (".5", 0.5), ("nan", nil),
      ("inf", nil), (".inf", nil), ("0x10", nil), ("1e999", nil), ("1_000", nil), ("1,5", nil),
      ("60:00", nil), ("no", nil), ("e", nil), ("--1", nil),
    ] as [(String, Double?)])
  func numbers(text: String, number: Double?) {
    let file = sample(indicator: "slices: { source: m, value: a, at_most: \"\(text)\" }")
    guard let number else {
      #expect(problems(file) == [.badNumber(text)])
      return
    }
    let indicators = (try? read(file))?.objectives.map(\.indicator)
    #expect(
      indicators == [
        .slices(Selector(source: "m", name: "a"), bound: .atMost(number), every: .minutes(1))
      ])
  }

  @Test(
    "are read as text by the schema, and tags are refused (F3)",
    arguments: [
      ("no", "no"), ("012", "012"), ("60:00", "60:00"), ("2026-01-01", "2026-01-01"), ("~", "~"),
      ("null", "null"), ("!!str 5", "5"), ("0x1F", "0x1F"),
    ])
  func textBySchema(written: String, read expected: String) throws {
    #expect(try read(sample(top: "title: \(written)")).title == expected)
  }

  @Test(
    "with tags are refused (F3)",
    arguments: [
      ("!!binary aGk=", "tag:yaml.org,2002:binary"), ("!!int 5", "tag:yaml.org,2002:int"),
      ("!own x", "!own"), ("!!set { a }", "tag:yaml.org,2002:set"),
    ])
  func tags(written: String, tag: String) {
    #expect(
      findings(sample(top: "title: \(written)"))
        == [Finding(.unsupportedTag(tag), at: Position(line: 1, column: 8))])
  }

  @Test(
    "outside their range or against each other are refused",
    arguments: [
      (
        sample(extra: "method: sometimes"),
        .badChoice("sometimes", choices: ["occurrences"], nearest: nil)
      ),
      (sample(extra: "method: timeslices"), .wrongType(expected: .mapping)),
      (
        sample(extra: "method: { timeslices: 7m, target: 9% }"),
        .outOfRange("7m", .minutesDividingADay)
      ),
      (sample(extra: "method: { timeslices: 5m }"), .missingKey("target")),
      (
        sample(extra: "method: { ratio_timeslices: 5m, target: 9% }"),
        .conflictingKeys(["ratio_timeslices", "target"])
      ),
      (
        sample(extra: "missing: good"),
        .badChoice("good", choices: ["ignore", "bad"], nearest: nil)
      ),
      (sample(extra: "minimum_coverage: 101%"), .outOfRange("101%", .share)),
      (sample(top: "stale_after: 0s"), .outOfRange("0s", .between(.seconds(1), .days(3650)))),
      (
        sample(top: "retention: { minute: 30d, five_minutes: 7d }"),
        .outOfRange("7d", .atLeastFinerTier)
      ),
      (sample(top: "retention: 30d"), .wrongType(expected: .mapping)),
      (sample(indicator: "ratio: { source: m }"), .missingOneOf(["good", "where"])),
      (sample(indicator: "ratio: { source: m, total: a }"), .missingKey("good")),
      (sample(indicator: "ratio: { source: m, good: a }"), .missingKey("total")),
      (sample(indicator: "ratio: { good: a, total: b }"), .missingKey("source")),
      (
        sample(indicator: "ratio: { source: m, where: {}, total: b }"),
        .conflictingKeys(["where", "total"])
      ),
      (
        sample(indicator: "ratio: { source: m, good: a, where: {}, total: b }"),
        .conflictingKeys(["good", "where"])
      ),
      (
        sample(indicator: "slices: { source: m, value: a, at_most: 1, at_least: 0 }"),
        .conflictingKeys(["at_most", "at_least"])
      ),
      (
        sample(indicator: "slices: { source: m, value: a }"),
        .missingOneOf(["at_most", "at_least"])
      ),
      (
        sample(indicator: "availability: { source: m, up: a, within: 1h }"),
        .conflictingKeys(["up", "within"])
      ),
      (sample(indicator: "availability: { source: m, heartbeat: a }"), .missingKey("within")),
      (
        sample(indicator: "availability: { source: m }"),
        .missingOneOf(["up", "heartbeat", "where"])
      ),
      (
        sample(indicator: "latency: { source: m, histogram: a, at_most: 0ms }"),
        .outOfRange("0ms", .between(.milliseconds(1), .days(3650)))
      ),
      (
        sample(indicator: ""),
        .missingOneOf(["ratio", "latency", "slices", "freshness", "availability"])
      ),
      (
        sample(extra: "freshness: { source: m, newest: a, at_most: 1h }"),
        .conflictingKeys(["ratio", "freshness"])
      ),
      (sample(top: "policy: { name: p, bands: [] }"), .unboundedBands(count: 0)),
      (
        sample(top: "policy: { name: p, bands: [ { name: a }, { name: b } ] }"),
        .unboundedBands(count: 2)
      ),
      (
        sample(
          top:
            "policy: { name: p, bands: [ { below: 5%, name: a }, { below: 5.0%, name: b }, { name: c } ] }"
        ), .duplicate("5.0%", firstLine: 1)
      ),
      (sample(top: "policy: { name: p, bands: { a: b } }"), .wrongType(expected: .list)),
      (
        sample(top: "policy: { name: p, bands: [ { name: a, gate: shut } ] }"),
        .badChoice("shut", choices: ["open", "closed"], nearest: nil)
      ),
      ("services: { s: {} }", .missingKey("slos")), ("- a", .wrongType(expected: .mapping)),
      ("text", .wrongType(expected: .mapping)),
      ("sources: { a: {} }", .missingOneOf(["files", "postgres"])),
      ("services: { \"a/b\": { slos: {} } }", .badName("a/b")),
      ("services: { \"a\\tb\": { slos: {} } }", .badName("a\tb")),
      ("services: { \"\": { slos: {} } }", .badName("")),
    ] as [(String, Problem)])
  func ranges(text: String, problem: Problem) {
    #expect(problems(text) == [problem], "\(text)")
  }
}
