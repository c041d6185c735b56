import Definitions
import Model
import Testing

@Suite("Databases and incidents in a configuration")
struct DatabaseTests {
  private let file = """
    sources:
      warehouse:
        postgres: "service=prod"
        schema: reporting
        allow_writable_role: true
        timeouts: { connect: 2s, read: 500ms, total: 1m, source: 5m }
      exports: { files: "*.csv" }
    services:
      shop:
        incidents: { source: warehouse, query: q/incidents.sql }
        slos:
          a: { objective: 9%, window: 7d, ratio: { source: warehouse, query: q/a.sql } }
          b: { objective: 9%, window: 7d, ratio: { source: warehouse, query: q/a.sql, where: { job: x } } }
          c: { objective: 9%, window: 7d, latency: { source: warehouse, query: q/c.sql, at_most: 2s } }
          d: { objective: 9%, window: 7d, slices: { source: warehouse, query: q/d.sql, at_least: 1 } }
          e: { objective: 9%, window: 7d, freshness: { source: warehouse, query: q/e.sql, at_most: 3h } }
          f: { objective: 9%, window: 7d, availability: { source: warehouse, query: q/e.sql, within: 8h } }
          g: { objective: 9%, window: 7d, availability: { source: warehouse, query: q/g.sql, hold_at_most: 1d } }
          h: { objective: 9%, window: 7d, availability: { source: exports, where: { slug: x }, hold_at_most: 1d } }
          i: { objective: 9%, window: 7d, availability: { source: exports, up: up, hold_at_most: 5m } }
          j: { objective: 9%, window: 7d, availability: { incidents: all } }
          k: { objective: 9%, window: 7d, availability: { incidents: [critical, major], where: { service: api } } }
      page:
        incidents:
          source: exports
          columns: { id: incident_id, started_at: opened }
          severity: { High: critical, "4": minor }
        slos: { x: { objective: 9%, window: 7d, availability: { incidents: all } } }
    """

  @Test("are read with every key")
  func everyKey() throws {
    let file = try read(file)
    #expect(
      file.sources.first?.kind
        == .postgres(
          DatabaseAccess(
            connection: Secret("service=prod"), schema: "reporting", allowsWritableRole: true,
            limits: .init(
              connect: .seconds(2), read: .milliseconds(500), total: .minutes(1),
              source: .minutes(5)))))
    #expect(
      file.queries.map(\.feed) == [
        "warehouse/q/a.sql", "warehouse/q/c.sql", "warehouse/q/d.sql", "warehouse/q/e.sql",
        "warehouse/q/g.sql",
      ])
    #expect(file.queries.map(\.shape) == [.ratio, .latency, .value, .moments, .states])
    #expect(file.services.map { $0.incidents?.source } == ["warehouse", "exports"])
    #expect(file.services.map { $0.incidents?.query } == ["q/incidents.sql", nil])
    #expect(
      file.services.last?.incidents?.mapping
        == IncidentMapping(
          service: "page", columns: ["id": "incident_id", "started_at": "opened"],
          severities: ["high": .critical, "4": .minor]))
  }

  @Test("give each indicator its feed")
  func indicators() throws {
    func rows(_ source: String, _ label: String? = nil, _ value: String = "") -> Selector {
      Selector(
        source: source, name: "",
        matchers: label.map { [.init(label: $0, condition: .equal(value))] } ?? [])
    }
    #expect(
      try read(file).objectives.map(\.indicator) == [
        .ratioRows(rows("warehouse/q/a.sql")), .ratioRows(rows("warehouse/q/a.sql", "job", "x")),
        .latency(rows("warehouse/q/c.sql"), atMost: .seconds(2)),
        .slices(rows("warehouse/q/d.sql"), bound: .atLeast(1), every: .minutes(1)),
        .freshness(rows("warehouse/q/e.sql"), atMost: .hours(3)),
        .heartbeat(rows("warehouse/q/e.sql"), within: .hours(8)),
        .states(rows("warehouse/q/g.sql"), holdAtMost: .days(1)),
        .states(rows("exports", "slug", "x"), holdAtMost: .days(1)),
        .states(Selector(source: "exports", name: "up"), holdAtMost: .minutes(5)),
        .incidents(rows("/shop"), severities: [.critical, .major, .minor]),
        .incidents(rows("/shop", "service", "api"), severities: [.critical, .major]),
        .incidents(rows("/page"), severities: [.critical, .major, .minor]),
      ])
  }

  @Test("leave the limits and the schema to their defaults")
  func defaults() throws {
    let text =
      "sources: { m: { postgres: dbname=x } }\n" + slo("ratio: { source: m, query: q.sql }")
    #expect(
      try read(text).sources.first?.kind
        == .postgres(DatabaseAccess(connection: Secret("dbname=x"))))
  }

  private func slo(_ indicator: String, service: String = "") -> String {
    "services: { s: { \(service) slos: { o: { objective: 9%, window: 7d, \(indicator) } } } }"
  }

  private static let sources =
    "sources: { db: { postgres: dbname=x }, m: { files: x } }\n"

  @Test("are refused where they do not fit together")
  func misfits() throws {
    let cases: [(String, String, Problem)] = [
      ("ratio: { source: m, query: q.sql }", "", .queryNeedsDatabase(source: "m")),
      ("ratio: { source: db }", "", .missingKey("query")),
      (
        "ratio: { source: db, good: a, total: b, query: q }", "",
        .conflictingKeys(["good", "query"])
      ),
      (
        "freshness: { source: db, newest: a, at_most: 1h }", "",
        .conflictingKeys(["query", "newest"])
      ),
      ("availability: { source: db, query: q }", "", .missingOneOf(["within", "hold_at_most"])),
      (
        "availability: { source: db, query: q, within: 1h, hold_at_most: 1h }", "",
        .conflictingKeys(["hold_at_most", "within"])
      ),
      ("availability: { incidents: all }", "", .noIncidents(service: "s")),
      (
        "availability: { incidents: [crit] }", "incidents: { source: m },",
        .badChoice("crit", choices: ["critical", "major", "minor"], nearest: nil)
      ),
      (
        "availability: { incidents: all, source: m }", "incidents: { source: m },",
        .conflictingKeys(["incidents", "source"])
      ),
      ("availability: { incidents: all }", "incidents: { source: db },", .missingKey("query")),
      (
        "availability: { incidents: all }", "incidents: { source: m, columns: { start: x } },",
        .unknownKey("start", nearest: nil)
      ),
      (
        "availability: { incidents: all }", "incidents: { source: m, since: yesterday },",
        .badInstant("yesterday")
      ),
      (
        "availability: { incidents: all }",
        "incidents: { source: db, query: q, since: 2026-01-01 },",
        .conflictingKeys(["query", "since"])
      ),
      (
        "availability: { source: db, query: q, within: 1h, states: { a: up } }", "",
        .conflictingKeys(["within", "states"])
      ),
      (
        "availability: { source: db, query: q, hold_at_most: 1h, states: { a: oben } }", "",
        .badChoice("oben", choices: ["up", "down", "ignored"], nearest: nil)
      ),
    ]
    for (indicator, service, problem) in cases {
      let found = problems(DatabaseTests.sources + slo(indicator, service: service))
      #expect(found.contains(problem), "\(indicator): \(found)")
    }
  }

  @Test("ask one query for one kind of rows")
  func shapes() {
    let text =
      DatabaseTests.sources
        + """
        services:
          s:
            slos:
              a: { objective: 9%, window: 7d, ratio: { source: db, query: q.sql } }
              b: { objective: 9%, window: 7d, freshness: { source: db, query: q.sql, at_most: 1h } }
        """
    #expect(problems(text) == [.conflictingShapes("q.sql", firstLine: 5)])
  }

  @Test(
    "hold no password",
    arguments: [
      "host=x password=secret", "dbname=password password=secret", "password = 'secret'",
      "postgres://me:secret@db/x",
      "postgresql://me:secret@db:5432/x?sslmode=require",
    ])
  func password(connection: String) {
    let text =
      "sources: { db: { postgres: \"\(connection)\" } }\n" + slo("ratio: { source: db, query: q }")
    #expect(problems(text) == [.inlinePassword])
  }

  @Test(
    "may take it from the environment",
    arguments: ["password=${PW}", "postgres://me:${PW}@db/x", "${PW}", "host=x passfile=/p"])
  func variable(connection: String) throws {
    let text =
      "sources: { db: { postgres: \"\(connection)\" } }\n" + slo("ratio: { source: db, query: q }")
    let file = try read(text, environment: ["PW": "password=secret"])
    #expect("\(file)".contains("secret)"))
    #expect(!"\(file)".contains("password=secret"))
  }
}
