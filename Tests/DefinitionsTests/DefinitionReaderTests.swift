import Definitions
import Foundation
import Model
import Testing

@Suite("A configuration")
struct DefinitionReaderTests {
  @Test("is read with every key")
  func everyKey() throws {
    let file = try read(fullSample)
    #expect(file.title == "All")
    #expect(file.timezone == "Europe/Berlin")
    #expect(file.timezonePosition == Position(line: 2, column: 11))
    #expect(file.staleAfter == .hours(12))
    #expect(file.history == "data/history.db")
    #expect(file.output == "out")
    #expect(file.retention.minute == .days(10))
    #expect(file.retention.fiveMinutes == .days(20))
    #expect(file.retention.hour == .days(40))
    #expect(file.sources.map(\.name) == ["metrics", "exports", "readings"])
    guard case .files(let readings)? = file.sources.last?.kind else {
      Issue.record("the readings are no files")
      return
    }
    #expect(readings.csv?.delimiter == 59)
    #expect(readings.csv?.time == "%d.%m.%Y %H:%M:%S")
    #expect(readings.csv?.timezone == "Europe/Berlin")
    #expect(readings.csv?.timezonePosition?.line == 15)
    #expect(readings.csv?.columns == ["time": "Zeitpunkt", "value": "Wert"])
    #expect(
      file.sources.prefix(2).map(\.kind) == [
        .files(FilesDefinition(pattern: "snapshots/*.om.gz", timeFromModification: false)),
        .files(
          FilesDefinition(
            pattern: "exports/*.csv", timeFromModification: true, acceptsPartial: true)),
      ])
    #expect(file.services.map(\.title) == ["The shop"])
    #expect(file.services.map(\.owner) == ["web"])

    let policy = BudgetPolicy(
      name: "P-1",
      bands: [
        .init(below: 100_000_000, name: "closed", action: "Stop", closesGate: true),
        .init(below: nil, name: "open", action: nil, closesGate: false),
      ])
    let orders = try #require(file.objectives.first)
    #expect(
      orders
        == Objective(
          service: "shop", name: "orders", title: "Orders succeed", owner: "web",
          indicator: .ratio(
            good: Selector(
              source: "metrics", name: "orders_total",
              matchers: [.init(label: "code", condition: .notLike(try Pattern("5..")))]),
            total: Selector(source: "metrics", name: "orders_total")),
          target: try Target(partsPerBillion: 999_000_000), window: .rolling(.days(28)),
          method: .timeslices(
            every: .minutes(5), target: try Target(partsPerBillion: 950_000_000)),
          missing: .bad, policy: policy, minimumCoverage: 800_000_000, minimumHistory: .days(7),
          series: .mayEnd))
    #expect(file.objectives.allSatisfy { $0.policy == policy })
  }

  @Test("keeps the order of the file, and knows each kind of indicator and window")
  func indicators() throws {
    let objectives = try read(fullSample).objectives
    #expect(
      objectives.map(\.name) == [
        "orders", "rows", "latency", "queue", "depth", "fresh", "up", "beat", "log",
      ])
    func metric(_ name: String, _ label: String? = nil, _ value: String = "") -> Selector {
      Selector(
        source: "metrics", name: name,
        matchers: label.map { [.init(label: $0, condition: .equal(value))] } ?? [])
    }
    func rows(_ label: String? = nil, _ value: String = "") -> Selector {
      Selector(
        source: "exports", name: "",
        matchers: label.map { [.init(label: $0, condition: .equal(value))] } ?? [])
    }
    #expect(
      objectives.dropFirst().map(\.indicator) == [
        .ratioRows(rows("service", "a")),
        .latency(metric("seconds_bucket", "path", "/"), atMost: .milliseconds(250)),
        .slices(metric("depth"), bound: .atLeast(-150), every: .minutes(5)),
        .slices(rows(), bound: .atMost(100), every: .minutes(1)),
        .freshness(metric("at"), atMost: .hours(8)), .uptime(metric("up", "job", "x")),
        .heartbeat(metric("runs"), within: .minutes(90)),
        .heartbeat(rows("a", "b"), within: .hours(8)),
      ])
    #expect(
      objectives.dropFirst().map(\.window) == [
        .calendar(.month), .calendar(.week), .calendar(.quarter), .rolling(.days(7)),
        .calendar(.day), .rolling(.hours(36)), .rolling(.days(14)), .rolling(.days(30)),
      ])
    #expect(objectives[2].method == .ratioTimeslices(every: .hours(1)))
    #expect(objectives[3].method == .occurrences)
  }

  @Test("has defaults for what it leaves out")
  func defaults() throws {
    let file = try read(sample())
    #expect(file.title == nil)
    #expect(file.timezone == "UTC")
    #expect(file.timezonePosition == nil)
    #expect(file.staleAfter == .hours(24))
    #expect(file.history == "sloreport.db")
    #expect(file.output == "reports")
    #expect(file.retention.minute == .days(30))
    #expect(file.retention.fiveMinutes == .days(90))
    #expect(file.retention.hour == .days(365))
    let objective = try #require(file.objectives.first)
    #expect(objective.title == "o")
    #expect(objective.policy == .standard)
    #expect(objective.method == .occurrences)
    #expect(objective.missing == .ignore)
    #expect(objective.minimumCoverage == 900_000_000)
    // A verdict asks for no more than its window: 7 days over its own, 14 over a month.
    #expect(objective.minimumHistory == .days(14))
    #expect(file.services == (try read(sample()).services))
  }

  @Test("does not double the suffix of a histogram")
  func bucketSuffix() throws {
    let text = sample(indicator: "latency: { source: m, histogram: x_bucket, at_most: 1s }")
    let objective = try #require(try read(text).objectives.first)
    #expect(objective.indicator.selectors.map(\.name) == ["x_bucket"])
  }

  @Test("takes the nearest policy: of the objective, the service, the file")
  func policies() throws {
    func policy(_ name: String) -> String {
      "policy: { name: \(name), bands: [ { name: all } ] }"
    }
    let file = try read(
      """
      \(policy("file"))
      sources: { m: { files: x } }
      services:
        a:
          \(policy("service"))
          slos:
            x: { objective: 9%, window: 1d, availability: { source: m, up: u }, \(policy("own")) }
            y: { objective: 9%, window: 1d, availability: { source: m, up: u } }
        b:
          slos:
            z: { objective: 9%, window: 1d, availability: { source: m, up: u } }
      """)
    #expect(file.objectives.map(\.policy.name) == ["own", "service", "file"])
  }

  @Test(
    "without any objective is refused (F13)",
    arguments: [
      "", "\n\n", "# nothing\n", "---\n", "{}", "services:\n", "services: {}", "title: x\n",
      "services:\n  a:\n    slos:\n", "services: { a: { slos: {} } }", "\u{FEFF}",
    ])
  func noObjectives(text: String) {
    #expect(findings(text) == [Finding(.noObjectives, at: Position(line: 1, column: 1))])
  }

  @Test("tells all findings at once, with their places, in order")
  func allAtOnce() {
    let text = """
      timezon: UTC
      sources:
        metrics: { files: a.om }
      services:
        shop:
          slos:
            orders:
              objective: 99.9
              window: 30
              ratio:
                source: metric
                good: 'a{b="c"'
                totl: b
            ORDERS: { objective: 101%, window: mont, uptime: 1 }
            late:
              objective: 99%
              latency: [ 1 ]
      """
    #expect(
      findings(text) == [
        Finding(
          .unknownKey("timezon", nearest: "timezone"), at: Position(line: 1, column: 1)),
        Finding(.needsPercentSign(suggestion: "99.9%"), at: Position(line: 8, column: 20)),
        Finding(.missingUnit("30"), at: Position(line: 9, column: 17)),
        Finding(
          .unknownSource("metric", nearest: "metrics"), at: Position(line: 11, column: 19)),
        Finding(.badSelector(.unexpected(at: 7)), at: Position(line: 12, column: 17)),
        Finding(.unknownKey("totl", nearest: "total"), at: Position(line: 13, column: 11)),
        Finding(.duplicate("ORDERS", firstLine: 7), at: Position(line: 14, column: 7)),
        Finding(.missingKey("window"), at: Position(line: 15, column: 7)),
        Finding(.wrongType(expected: .mapping), at: Position(line: 17, column: 18)),
      ])
  }

  @Test(
    "names both places of a name that comes twice (F6)",
    arguments: [
      ("shop: {}\n  shop: {}", "shop", 3, 4, 3), ("shop: {}\n  \"shop\": {}", "shop", 3, 4, 3),
      ("shop: {}\n  Shop: {}", "Shop", 3, 4, 3), ("é: {}\n  e\u{301}: {}", "e\u{301}", 3, 4, 3),
      ("{ a: {}, b: {}, a: {} }", "a", 3, 3, 19), ("a:\n    slos:\n  b: {}\n  a: {}", "a", 3, 6, 3),
    ])
  func duplicates(body: String, name: String, first: Int, line: Int, column: Int) {
    let text = "sources: { m: { files: x } }\nservices:\n  \(body)\n"
    #expect(
      findings(text).contains(
        Finding(.duplicate(name, firstLine: first), at: Position(line: line, column: column))),
      "\(findings(text))")
  }

  @Test("replaces variables after parsing, as text (F7)")
  func variables() throws {
    let text = sample(top: "title: \"${A} and $B ${} ${1} $${A}\"\nhistory: ${P}")
    let hostile = "x\": {\n- *a ${P} 'q'"
    let file = try read(text, environment: ["A": hostile, "P": "p.db"])
    #expect(file.title == "\(hostile) and $B ${} ${1} $\(hostile)")
    #expect(file.history == "p.db")
    let number = try read(sample(objective: "${T}"), environment: ["T": "95%"])
    #expect(number.objectives.first?.target.partsPerBillion == 950_000_000)
  }

  @Test("tells the name of a variable that is missing or empty, and never a value (F7)")
  func missingVariables() {
    #expect(
      problems(sample(top: "title: ${NOPE}-${EMPTY}"), environment: ["EMPTY": ""])
        == [.missingVariable("NOPE"), .missingVariable("EMPTY")])
    for key in ["objective", "window"] {
      let text =
        key == "objective" ? sample(objective: "${SECRET}") : sample(window: "${SECRET}")
      let found = problems(text, environment: ["SECRET": "hunter2"])
      #expect(found.count == 1)
      #expect(!"\(found)".contains("hunter2"))
    }
    for indicator in [
      "ratio: { source: \"${SECRET}\", good: a, total: b }",
      "ratio: { source: m, good: \"${SECRET}{\", total: b }",
      "slices: { source: m, value: a, at_most: \"${SECRET}\" }",
    ] {
      let found = problems(sample(indicator: indicator), environment: ["SECRET": "hunter2"])
      #expect(found.count == 1, "\(indicator)")
      #expect(!"\(found)".contains("hunter2"))
    }
    let share = problems(sample(objective: "${SECRET}"), environment: ["SECRET": "0.77"])
    #expect(share == [.badPercentage("${SECRET}")])
  }

  @Test("of the pricing-sync pack holds its five objectives and its policy")
  func pack() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let bytes = try Data(
      contentsOf: root.appendingPathComponent("packs/pricing-sync/pricing_sync.yaml"))
    let file = try DefinitionReader.read(Array(bytes), environment: [:])
    #expect(
      file.objectives.map(\.fullName) == [
        "pricing-sync/sync-success", "pricing-sync/sync-availability",
        "pricing-sync/sync-duration", "pricing-sync/data-freshness", "pricing-sync/admin-uptime",
      ])
    #expect(
      file.objectives.map(\.target.partsPerBillion) == [
        950_000_000, 990_000_000, 950_000_000, 990_000_000, 999_000_000,
      ])
    let policy = try #require(file.objectives.first?.policy)
    #expect(policy.name == "PS-2")
    #expect(policy.bands.map(\.below) == [0, 250_000_000, 500_000_000, 750_000_000, nil])
    #expect(policy.bands.map(\.closesGate) == [true, true, false, false, false])
    #expect(file.timezone == "Europe/Berlin")
    #expect(
      file.sources.map(\.kind) == [
        .files(FilesDefinition(pattern: "snapshots/*.om.gz", timeFromModification: false))
      ])
  }
}
