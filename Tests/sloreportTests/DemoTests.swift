import Foundation
import TestSupport
import Testing

/// The bundled demo, made once for all suites, which only read it: eleven weeks of snapshots and the report of week 42.
struct Demo {
  /// The demo; every suite sees the same failure when it cannot be made.
  static let shared = Result { try Demo() }

  static let asOf = "2026-10-19T06:00:00Z"

  let folder: URL
  let weekly: Program.Outcome

  private init() throws {
    folder = URL(fileURLWithPath: try Sandbox.folder("demo"))
    let data = try Program("PackData").run(["pricing-sync", "snapshots"], in: folder)
    let start = try Program("sloreport").run(["init", "--pack", "pricing-sync"], in: folder)
    weekly = try Program("sloreport").run(["weekly", "--as-of", Demo.asOf], in: folder)
    let others = try ["monthly", "quarterly", "daily"].map {
      try Program("sloreport").run([$0, "--no-collect", "--as-of", Demo.asOf], in: folder)
    }
    for outcome in [data, start, weekly] + others {
      try #require(outcome.status == 0, "\(outcome)")
    }
  }

  var snapshots: [URL] {
    get throws {
      try FileManager.default.contentsOfDirectory(
        at: folder.appendingPathComponent("snapshots"), includingPropertiesForKeys: nil
      ).sorted { $0.lastPathComponent < $1.lastPathComponent }
    }
  }

  var json: Data {
    get throws { try Data(contentsOf: report.appendingPathComponent("weekly.json")) }
  }

  /// The pages of all reports.
  var pages: [URL] {
    [
      ("2026-W42", "weekly"), ("2026-09", "monthly"), ("2026-Q3", "quarterly"),
      ("2026-10-18", "daily"),
    ].map { folder.appendingPathComponent("reports/\($0)/\($1).html") }
  }

  var report: URL { folder.appendingPathComponent("reports/2026-W42") }

  /// Runs on a copy, since no two tests may hold a history at a time.
  func run(_ arguments: String...) throws -> Program.Outcome {
    let workspace = try Workspace(copyOf: folder)
    return try workspace.program.run(arguments, in: workspace.folder)
  }

  /// A folder with the demo's configuration, changed as asked, and no snapshots.
  func copy(replacing old: String = "", with new: String = "") throws -> Workspace {
    let path = folder.appendingPathComponent("sloreport.yaml")
    let configuration = String(decoding: try Data(contentsOf: path), as: UTF8.self)
    let workspace = try Workspace(configuration: nil)
    try workspace.write(
      configuration.replacingOccurrences(of: old, with: new), to: "sloreport.yaml")
    return workspace
  }
}

extension Workspace {
  /// Puts a snapshot of the demo here, under its own name or a prefixed one.
  func add(_ snapshot: URL, prefix: String = "") throws {
    let target = folder.appendingPathComponent("snapshots/\(prefix)\(snapshot.lastPathComponent)")
    try FileManager.default.createDirectory(
      at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: snapshot, to: target)
  }
}

/// What the tests look at in `weekly.json`.
struct DemoReport: Decodable {
  struct Counts: Decodable, Equatable {
    let good: Int64
    let total: Int64
  }

  struct Objective: Decodable {
    struct Window: Decodable { let counts: Counts? }
    struct Prometheus: Decodable {
      struct Increases: Decodable {
        let good: Double?
        let total: Double?
      }
      let version2: Increases
    }

    let name: String
    let unit: String
    let target: Int64
    let state: String
    let period: Counts?
    let window: Window
    let trail: [Double?]
    let resets: Int
    let prometheus: Prometheus?
  }

  struct Period: Decodable {
    let name: String
    let start: String
    let end: String
  }

  let period: Period
  let objectives: [Objective]

  init(_ json: Data) throws { self = try JSONDecoder().decode(DemoReport.self, from: json) }

  func objective(_ name: String) throws -> Objective {
    try #require(objectives.first { $0.name == "pricing-sync/\(name)" }, "\(name)")
  }
}

/// What an independent program in Python made of the same snapshots: Tests/reference/pricing_sync.py.
private struct Reference: Decodable {
  struct Objective: Decodable {
    struct Week: Decodable { let budgetLeft: Double }

    let unit: String
    let targetPartsPerBillion: Int64
    let window: DemoReport.Counts
    let week: DemoReport.Counts
    let trail: [Week]
  }

  let objectives: [String: Objective]

  init(test: String = #filePath) throws {
    let file = URL(fileURLWithPath: test).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/pricing-sync/expected.json")
    self = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
  }
}

@Suite("The demo, from snapshots to the report")
struct DemoTests {
  @Test("good and total are exactly those of an independent program")
  func agreesWithReference() throws {
    let report = try DemoReport(Demo.shared.get().json)
    let reference = try Reference()
    let units = ["events": "events", "nanoseconds": "time", "samples": "checks"]
    #expect(report.objectives.count == 5)
    #expect(reference.objectives.count == 5)
    for (name, expected) in reference.objectives {
      let objective = try report.objective(name)
      #expect(objective.unit == units[expected.unit], "\(name)")
      #expect(objective.target == expected.targetPartsPerBillion, "\(name)")
      #expect(objective.window.counts == expected.window, "\(name)")
      #expect(objective.period == expected.week, "\(name)")
      // The reference reads to the end of each week and no further; the program knows the next reading too, so that
      // the week's last five minutes are observed as well: 300 s of 30 days, at most two budgets used, 2 * 0.000116.
      #expect(objective.trail.count == expected.trail.count, "\(name)")
      for (left, week) in zip(objective.trail, expected.trail) {
        let left = try #require(left, "\(name)")
        #expect(abs(left - week.budgetLeft) < 0.0003, "\(name): \(left), \(week.budgetLeft)")
      }
    }
  }

  @Test("the states are those the story tells, the worst first, and the gate is closed")
  func hasStates() throws {
    let demo = try Demo.shared.get()
    let report = try DemoReport(demo.json)
    #expect(
      report.objectives.map(\.state) == ["overspent", "atRisk", "onCourse", "onCourse", "onCourse"])
    #expect(try report.objective("sync-duration").state == "overspent")
    #expect(try report.objective("sync-availability").state == "atRisk")
    #expect(
      demo.weekly.output.hasPrefix(
        "Pricing sync, week 42: Sync duration has overspent its error budget.\n"))
    let check = try demo.run("check", "--no-collect", "--as-of", Demo.asOf)
    #expect(check.status == 1, "\(check)")
    #expect(check.output.hasPrefix("Release gate CLOSED. Sync duration "), "\(check.output)")
    #expect(check.errors.isEmpty)
  }

  /// Ways for the same snapshots to come into the history.
  enum Arrival: CaseIterable {
    case reversed, halves, twice
  }

  @Test("the way the snapshots come in does not change a byte", arguments: Arrival.allCases)
  func isIndependentOfArrival(_ arrival: Arrival) throws {
    let demo = try Demo.shared.get()
    let workspace = try demo.copy()
    func collect() throws -> String {
      let outcome = try workspace.run("collect", "--as-of", Demo.asOf)
      #expect(outcome.status == 0, "\(outcome)")
      return outcome.output
    }
    let snapshots = try demo.snapshots
    #expect(snapshots.count == 12)
    switch arrival {
    case .reversed:
      for snapshot in snapshots.reversed() {
        try workspace.add(snapshot)
        #expect(try collect().hasPrefix("1 file"))
      }
    case .halves:
      for snapshot in snapshots.prefix(6) { try workspace.add(snapshot) }
      _ = try collect()
      for snapshot in snapshots.dropFirst(6) { try workspace.add(snapshot) }
    case .twice:
      for snapshot in snapshots { try workspace.add(snapshot) }
      _ = try collect()
      #expect(try collect() == "Nothing new.\n")
      // The same readings in files of other names.
      for snapshot in snapshots.suffix(4) { try workspace.add(snapshot, prefix: "again-") }
    }
    let weekly = try workspace.run("weekly", "--as-of", Demo.asOf)
    #expect(weekly.status == 0, "\(weekly)")
    #expect(try workspace.read("reports/2026-W42/weekly.json") == demo.json)
  }

  @Test("a week can be made again from the history alone, elsewhere, with the same bytes")
  func reportsFromHistory() throws {
    let demo = try Demo.shared.get()
    let folder = try TemporaryFolder()
    let outcome = try demo.run(
      "weekly", "--no-collect", "--out", folder.path, "--as-of", "2026-10-24T09:00:00Z")
    #expect(outcome.status == 0, "\(outcome)")
    for name in ["weekly.json", "weekly.html", "weekly.md", "charts/burndown.png"] {
      let again = try Data(folder.read("2026-W42/\(name)"))
      #expect(
        try again == Data(contentsOf: demo.report.appendingPathComponent(name)), "\(name)")
    }
  }

  // Kathmandu is 5 h 45 min ahead of UTC: its Monday begins at 18:15 on Sunday. New York in October is 4 h behind.
  // Of the 28 runs of a week, the one of 12 October 00:00 UTC was seen after a gap, at 05:55: in Kathmandu's week it
  // is one of 28; in New York's it is booked besides the 28 from 12 October 06:00 to 19 October 00:00.
  @Test(
    "weeks begin and end at local midnight",
    arguments: [
      ("America/New_York", "2026-10-12T04:00:00Z", "2026-10-19T04:00:00Z", 29),
      ("Asia/Kathmandu", "2026-10-11T18:15:00Z", "2026-10-18T18:15:00Z", 28),
    ])
  func hasLocalWeeks(zone: String, start: String, end: String, runs: Int64) throws {
    let demo = try Demo.shared.get()
    let workspace = try demo.copy(
      replacing: "timezone: Europe/Berlin", with: "timezone: \(zone)")
    for snapshot in try demo.snapshots.suffix(3) { try workspace.add(snapshot) }
    let weekly = try workspace.run("weekly", "--as-of", Demo.asOf)
    #expect(weekly.status == 0, "\(weekly)")
    let report = try DemoReport(workspace.read("reports/2026-W42/weekly.json"))
    #expect(report.period.name == "2026-W42")
    #expect(report.period.start == start)
    #expect(report.period.end == end)
    #expect(try report.objective("sync-success").period?.total == runs)
    // A check every five minutes: 7 * 288 = 2016.
    #expect(try report.objective("admin-uptime").period?.total == 2016)
  }

  @Test("doctor finds everything in order")
  func isHealthy() throws {
    let outcome = try Demo.shared.get().run("doctor", "--verify")
    #expect(outcome.status == 0, "\(outcome)")
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 9)
    #expect(lines.allSatisfy { $0.hasPrefix("ok    ") }, "\(outcome.output)")
    for expected in [
      "sloreport.yaml, 5 objectives", "Europe/Berlin", "12 files match snapshots/*.om.gz",
      "./sloreport.db", "every checksum fits",
    ] {
      #expect(outcome.output.contains(expected), "\(expected)")
    }
  }
}
