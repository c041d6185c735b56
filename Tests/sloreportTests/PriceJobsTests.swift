import Foundation
import TestSupport
import Testing

private let root = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// The pack price-jobs on a Postgres of its own, as `make demo PACK=price-jobs` shows it: made once, then looked at.
struct PriceJobs {
  /// Every test sees the same failure when it cannot be made.
  static let shared = Result { try PriceJobs() }

  /// Which nobody changes once it is made.
  private let workspace: Workspace
  let incidents: Program.Outcome

  private init() throws {
    workspace = try Workspace(configuration: nil)
    let packs = root.appendingPathComponent("packs/price-jobs").path
    try workspace.write(
      """
      set -euo pipefail
      ask() { psql -XqAt -v ON_ERROR_STOP=1 "$@"; }
      ask -F ' ' -f '\(packs)/checksum.sql' >first.txt

      for span in '2026-10-14 2026-10-15 day' '2025-10-20 2026-10-19 year'; do
        read -r from to name <<<"$span"
        mkdir -p "plans/$name"
        for query in '\(root.path)'/queries/price-jobs/*.sql; do
          for turn in cold warm; do
            { echo 'EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON)'; cat "$query"; } |
              ask -U sloreport -v from="TIMESTAMPTZ '$from Z'" -v to="TIMESTAMPTZ '$to Z'" \\
                -v step="INTERVAL '1 minute'" >"plans/$name/$(basename "$query" .sql).json"
          done
        done
      done

      export PROGRAM
      "$PROGRAM" init --pack price-jobs --quiet
      status=0
      "$PROGRAM" weekly --as-of 2026-10-19T06:00:00Z >weekly.txt 2>weekly.err || status=$?
      echo "$status" >weekly.status
      "$PROGRAM" monthly --quiet --as-of 2026-10-19T06:00:00Z

      # The same on a database with other manners.
      ask -c 'CREATE DATABASE again'
      export PGDATABASE=again PGOPTIONS="-c timezone=America/New_York -c datestyle=German,DMY
        -c intervalstyle=iso_8601 -c extra_float_digits=0 -c jit=on -c enable_hashjoin=off -c enable_hashagg=off"
      for file in schema history; do ask -f "\(packs)/$file.sql" >again.log; done
      ask -F ' ' -f '\(packs)/checksum.sql' >second.txt
      """, to: "scene.sh")
    let scene = try workspace.program.shell(
      "'\(root.path)/scripts/throwaway-postgres' --pack price-jobs bash scene.sh",
      in: workspace.folder)
    try #require(scene.status == 0, "\(scene)")
    incidents = try workspace.run(
      "incidents", "--no-collect", "--as-of", "2026-10-19T00:00:00Z", "--from", "2026-09-19",
      "--to", "2026-10-19", "--by", "severity", "--format", "json")
  }

  /// The pages of its reports.
  var pages: [URL] {
    ["2026-W42/weekly.html", "2026-09/monthly.html"].map {
      workspace.folder.appendingPathComponent("reports/\($0)")
    }
  }

  /// The folder of the report of the week.
  var folder: URL { workspace.folder.appendingPathComponent("reports/2026-W42") }

  fileprivate func report() throws -> PriceJobsReport {
    let status = PriceJobs.text(try workspace.read("weekly.status"))
    let errors = PriceJobs.text(try workspace.read("weekly.err"))
    try #require(status == "0", "\(errors)")
    return try JSONDecoder().decode(
      PriceJobsReport.self, from: workspace.read("reports/2026-W42/weekly.json"))
  }

  /// A workspace of its own, since no two tests may hold a history at a time.
  func copy() throws -> Workspace { try Workspace(copyOf: workspace.folder) }

  /// By table, rows and checksum.
  func checksums(_ load: String) throws -> [String: [String]] {
    let lines = PriceJobs.text(try workspace.read("\(load).txt")).split(separator: "\n")
    return Dictionary(
      uniqueKeysWithValues: lines.map { $0.split(separator: " ").map(String.init) }
        .map { ($0[0], Array($0[1...])) })
  }

  func plan(_ query: String, over span: String) throws -> String {
    PriceJobs.text(try workspace.read("plans/\(span)/\(query).json"))
  }

  private static func text(_ data: Data) -> String {
    String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

/// What the tests look at in `weekly.json`.
private struct PriceJobsReport: Decodable {
  struct Objective: Decodable {
    struct Window: Decodable { let counts: DemoReport.Counts? }
    struct Attribution: Decodable {
      struct Share: Decodable {
        let incident: String?
        let bad: Int64
      }

      let incidents: [Share]
      let outside: Share
    }

    let name: String
    let unit: String
    let target: Int64
    let state: String
    let period: DemoReport.Counts?
    let window: Window
    let trail: [Double?]
    let attribution: Attribution?
  }

  struct Incident: Decodable { let id: String }

  let objectives: [Objective]
  let incidents: [Incident]?

  func objective(_ name: String) throws -> Objective {
    try #require(objectives.first { $0.name == "price-jobs/\(name)" }, "\(name)")
  }
}

/// What an independent program in Python made of the same tables: Tests/reference/price_jobs.py.
private struct Reference: Decodable {
  struct Table: Decodable {
    let rows: Int
    let checksum: String
  }

  struct Objective: Decodable {
    struct Week: Decodable { let budgetLeft: Double }

    let unit: String
    let targetPartsPerBillion: Int64
    let window: DemoReport.Counts
    let week: DemoReport.Counts
    let trail: [Week]
  }

  struct Lengths: Decodable, Equatable {
    let count: Int
    let mean: Double
    let median: Double
    let p90: Double
  }

  struct Summary: Decodable {
    let started: Int
    let open: Int
    let restore: Lengths?
    let detect: Lengths?
    let acknowledge: Lengths?
  }

  struct Figures: Decodable {
    let all: Summary
    let withoutDownTime: Int
    let downSeconds: Double
    let betweenSeconds: Double
    let groups: [String: [String: Summary]]
    let touching: [String]
  }

  let tables: [String: Table]
  let objectives: [String: Objective]
  let incidents: [String: Figures]
  let attribution: [String: [String: Int64]]

  init() throws {
    let file = root.appendingPathComponent("Tests/Fixtures/price-jobs/expected.json")
    self = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
  }
}

/// What the tests look at in the JSON of `incidents`.
private struct IncidentFigures: Decodable {
  struct Summary: Decodable {
    let key: String?
    let started: Int
    let open: Int
    let withoutDownTime: Int
    let downSeconds: Double
    let restore: Reference.Lengths?
    let detect: Reference.Lengths?
    let acknowledge: Reference.Lengths?
    let between: Double?
  }

  struct Incident: Decodable { let id: String }

  let incidents: [Incident]
  let all: Summary
  let groups: [Summary]
}

@Suite("The pack price-jobs, from Postgres to the report")
struct PriceJobsTests {
  @Test("every load has the rows of the reference, whatever the server's settings")
  func isTheSameEverywhere() throws {
    let jobs = try PriceJobs.shared.get()
    let expected = try Reference().tables.mapValues { ["\($0.rows)", $0.checksum] }
    #expect(expected.count == 7)
    #expect(try jobs.checksums("first") == expected)
    #expect(try jobs.checksums("second") == expected)
  }

  @Test(
    "a query of a day reads a tenth of the pages of a year at most, and no table whole",
    arguments: ["success", "durations", "freshness", "volume", "run_volume", "incidents"])
  func isQuick(query: String) throws {
    struct Answer: Decodable {
      struct Plan: Decodable {
        let hits: Int
        let reads: Int
        enum CodingKeys: String, CodingKey {
          case hits = "Shared Hit Blocks"
          case reads = "Shared Read Blocks"
        }
      }
      let plan: Plan
      enum CodingKeys: String, CodingKey { case plan = "Plan" }
    }
    func pages(_ text: String) throws -> Int {
      let answers = try JSONDecoder().decode([Answer].self, from: Data(text.utf8))
      #expect(answers.count == 1)
      return answers.reduce(0) { $0 + $1.plan.hits + $1.plan.reads }
    }
    let jobs = try PriceJobs.shared.get()
    let text = try jobs.plan(query, over: "day")
    // Some fifty incidents are read quickest in one go.
    if query != "incidents" {
      #expect(try pages(text) * 10 <= pages(jobs.plan(query, over: "year")), "\(text)")
      #expect(text.contains("\"Index Only Scan\""))
      #expect(!text.contains("\"Seq Scan\""))
    }
  }

  @Test("good and total are exactly those of an independent program")
  func agreesWithReference() throws {
    let report = try PriceJobs.shared.get().report()
    let reference = try Reference()
    let units = ["events": "events", "nanoseconds": "time", "slices": "slices"]
    #expect(report.objectives.count == 5)
    #expect(reference.objectives.count == 5)
    for (name, expected) in reference.objectives {
      let objective = try report.objective(name)
      #expect(objective.unit == units[expected.unit], "\(name)")
      #expect(objective.target == expected.targetPartsPerBillion, "\(name)")
      for (found, counts) in [
        (objective.window.counts, expected.window), (objective.period, expected.week),
      ] {
        let found = try #require(found, "\(name)")
        #expect(found.total - found.good == counts.total - counts.good, "\(name)")
        // Behind the newest success nothing is known: with a job every few minutes that is less than 15 minutes.
        let unknown = counts.total - found.total
        #expect(
          expected.unit == "nanoseconds" ? (0..<900_000_000_000).contains(unknown) : unknown == 0,
          "\(name): \(unknown)")
      }
      #expect(objective.trail.count == expected.trail.count, "\(name)")
      for (left, week) in zip(objective.trail, expected.trail) {
        let left = try #require(left, "\(name)")
        // 15 unknown minutes of 30 days are 0.00035 of what was used, and that is less than the budget.
        #expect(abs(left - week.budgetLeft) < 0.0004, "\(name): \(left), \(week.budgetLeft)")
      }
    }
  }

  @Test("the states are those the story tells, the worst first, and the gate is closed")
  func hasStates() throws {
    let jobs = try PriceJobs.shared.get()
    let report = try jobs.report()
    #expect(
      report.objectives.map(\.state) == ["overspent", "atRisk", "onCourse", "onCourse", "onCourse"])
    #expect(try report.objective("run-success").state == "overspent")
    #expect(try report.objective("run-duration").state == "atRisk")
    let check = try jobs.copy().check("--no-collect")
    #expect(check.status == 1, "\(check)")
    #expect(check.output.hasPrefix("Release gate CLOSED. Run success "), "\(check.output)")
  }

  @Test("the week's incidents are named, and what each used of the budget is the reference's")
  func attributesIncidents() throws {
    let report = try PriceJobs.shared.get().report()
    let reference = try Reference()
    #expect(report.incidents?.map(\.id) == reference.incidents["week"]?.touching)
    for (name, expected) in reference.attribution {
      let attribution = try #require(report.objective(name).attribution)
      var found = Dictionary(
        uniqueKeysWithValues: attribution.incidents.map { ($0.incident ?? "", $0.bad) })
      found["outside"] = attribution.outside.bad
      #expect(found == expected)
    }
  }

  @Test("times to restore, detect and acknowledge are those of the reference")
  func summarisesIncidents() throws {
    let outcome = try PriceJobs.shared.get().incidents
    try #require(outcome.status == 0, "\(outcome)")
    let found = try JSONDecoder().decode(IncidentFigures.self, from: Data(outcome.output.utf8))
    let expected = try #require(try Reference().incidents["window"])
    #expect(found.incidents.map(\.id) == expected.touching)
    #expect(found.all.withoutDownTime == expected.withoutDownTime)
    #expect(abs(found.all.downSeconds - expected.downSeconds) < 1e-6)
    #expect(abs((found.all.between ?? 0) - expected.betweenSeconds) < 1e-6)
    let severities = ["critical": "1", "major": "2", "minor": "3"]
    let groups = try #require(expected.groups["severity"])
    #expect(groups.count == 3)
    let pairs =
      [(found.all, expected.all)]
      + (try groups.map { name, summary in
        (try #require(found.groups.first { $0.key == severities[name] }, "\(name)"), summary)
      })
    for (found, expected) in pairs {
      #expect(found.started == expected.started)
      #expect(found.open == expected.open)
      #expect(found.restore == expected.restore)
      #expect(found.detect == expected.detect)
      #expect(found.acknowledge == expected.acknowledge)
    }
  }
}
