import Foundation
import TestSupport
import Testing

/// Reports of months, quarters and days, by the program.
@Suite("Reports that judge objectives over their period")
struct PeriodReportTests {
  /// What is looked at in a report.
  private struct Facts: Decodable {
    struct Objective: Decodable {
      struct Window: Decodable {
        let rule: String
        let counts: DemoReport.Counts?
      }
      struct Earlier: Decodable {
        let period: String
        let state: String
        let counts: DemoReport.Counts?
      }
      struct Credit: Decodable {
        struct Tier: Decodable { let credit: Int64 }
        let applies: Tier?
        let counts: DemoReport.Counts?
      }

      let name: String
      let state: String
      let window: Window
      let period: DemoReport.Counts?
      let ownRule: String?
      let earlier: [Earlier]?
      let credit: Credit?
    }

    let kind: String
    let objectives: [Objective]

    func objective(_ name: String) throws -> Objective {
      try #require(objectives.first { $0.name == name })
    }
  }

  private func facts(_ workspace: Workspace, _ path: String) throws -> Facts {
    try JSONDecoder().decode(Facts.self, from: Data(workspace.read("reports/\(path)")))
  }

  private func exists(_ workspace: Workspace, _ path: String) -> Bool {
    FileManager.default.fileExists(
      atPath: workspace.folder.appendingPathComponent("reports/\(path)").path)
  }

  /// A configuration whose orders are counted over a week of its own, and a promise to customers.
  private static let configuration = Workspace.configuration.replacing(
    "window:",
    with: "sla: { window: month, tiers: [{ below: 99.9%, credit: 5% }] }\n        window:")

  // Ten good orders between two readings of five minutes, a bad one at every ninth: 1 of 91 fails, below 99 % and 99.9 %.
  private func workspace(days: Int = 80) throws -> Workspace {
    try Workspace(
      configuration: Self.configuration, snapshot: Workspace.orders(days: days, badEvery: 9))
  }

  @Test("a month has each objective over it, and its credit")
  func month() throws {
    let workspace = try workspace()
    let outcome = try workspace.run("monthly", "--as-of", Workspace.asOf)
    #expect(outcome.status == 0, "\(outcome)")
    let facts = try facts(workspace, "2026-09/monthly.json")
    let objective = try #require(facts.objectives.first)
    #expect(facts.kind == "monthly" && objective.window.rule == "month")
    #expect(objective.state == "overspent" && objective.ownRule != "month")
    #expect(objective.window.counts == objective.period)
    #expect(objective.credit?.applies?.credit == 50_000_000)
    #expect(objective.credit?.counts == objective.window.counts)
    #expect(outcome.output.contains("was missed."))
    let page = String(decoding: try workspace.read("reports/2026-09/monthly.md"), as: UTF8.self)
    #expect(page.contains("✕ Missed") && page.contains("## Service credits"))
  }

  @Test("the days of a month add up to it, and the months to their quarter")
  func sums() throws {
    let workspace = try workspace()
    func counts(_ arguments: String..., path: String) throws -> DemoReport.Counts {
      let outcome = try workspace.program.run(
        arguments + ["--quiet", "--as-of", Workspace.asOf], in: workspace.folder)
      #expect([0, 4].contains(outcome.status), "\(outcome)")
      return try #require(try facts(workspace, path).objectives.first?.period)
    }
    let august = try counts("monthly", "--month", "2026-08", path: "2026-08/monthly.json")
    let september = try counts("monthly", "--month", "2026-09", path: "2026-09/monthly.json")
    let quarter = try counts("quarterly", path: "2026-Q3/quarterly.json")
    let july = try counts("monthly", "--month", "2026-07", path: "2026-07/monthly.json")
    #expect(july.total + august.total + september.total == quarter.total)
    #expect(july.good + august.good + september.good == quarter.good)
    var (good, total) = (Int64(0), Int64(0))
    for day in 12...18 {
      let one = try counts("daily", "--day", "2026-10-\(day)", path: "2026-10-\(day)/daily.json")
      (good, total) = (good + one.good, total + one.total)
    }
    let week = try counts("weekly", path: "2026-W42/weekly.json")
    #expect(week.good == good && week.total == total)
    // What the closed report of August said stands in that of September, however it is counted now.
    let earlier = try #require(
      try facts(workspace, "2026-09/monthly.json").objectives.first?.earlier)
    #expect(earlier.map(\.period) == ["2026-04", "2026-05", "2026-06", "2026-07", "2026-08"])
    #expect(earlier.last?.counts == august)
    #expect(earlier.first?.state == "notJudged")
  }

  // Seven days are enough for a verdict over seven days, not over a month.
  @Test("a month with less history than a verdict needs is not judged, nor is its credit")
  func young() throws {
    let workspace = try workspace(days: 25)
    let outcome = try workspace.run("monthly", "--as-of", Workspace.asOf)
    #expect(outcome.status == 0, "\(outcome)")
    let objective = try #require(try facts(workspace, "2026-09/monthly.json").objectives.first)
    #expect(objective.state == "notJudged" && objective.credit?.applies == nil)
    let page = String(decoding: try workspace.read("reports/2026-09/monthly.md"), as: UTF8.self)
    #expect(page.contains("Nothing can be judged yet: the history is too short."))
    #expect(page.contains("no credit can be computed"))
  }

  @Test("a draft of the running month closes nothing and says what it is")
  func draft() throws {
    let workspace = try workspace()
    let outcome = try workspace.run("monthly", "--so-far", "--as-of", Workspace.asOf)
    #expect(outcome.status == 0, "\(outcome)")
    let page = String(
      decoding: try workspace.read("reports/2026-10-so-far/monthly.md"), as: UTF8.self)
    #expect(page.contains("October 2026 so far") && page.contains("! At risk"))
    #expect(!page.contains("Missed"))
    let late = try workspace.run(
      "monthly", "--no-collect", "--month", "2026-10", "--as-of", "2026-11-02T06:00:00Z")
    #expect([0, 4].contains(late.status), "\(late)")
    #expect(
      !String(decoding: try workspace.read("reports/2026-10/monthly.md"), as: UTF8.self)
        .contains("Revised"))
    let both = try workspace.run("monthly", "--so-far", "--month", "2026-10")
    #expect(both.status == 64)
  }

  @Test("missing reports since the last one are made, oldest first")
  func catchUp() throws {
    let workspace = try workspace()
    #expect(
      try workspace.run("monthly", "--quiet", "--month", "2026-08", "--as-of", Workspace.asOf)
        .status == 0)
    let alone = try workspace.run(
      "monthly", "--no-collect", "--catch-up", "--as-of", "2026-09-02T06:00:00Z")
    #expect(alone.status == 0 && !exists(workspace, "2026-09"))
    let outcome = try workspace.run("monthly", "--catch-up", "--as-of", "2026-11-02T06:00:00Z")
    #expect([0, 4].contains(outcome.status), "\(outcome)")
    #expect(exists(workspace, "2026-09/monthly.html") && exists(workspace, "2026-10/monthly.html"))
    #expect(!exists(workspace, "2026-07"))
  }

  @Test("the charts of a month are drawn by themselves")
  func charts() throws {
    let workspace = try workspace()
    for name in ["burnrates", "compared", "year"] {
      let outcome = try workspace.run("chart", name, "--as-of", Workspace.asOf)
      #expect(outcome.status == 0, "\(name): \(outcome)")
    }
    #expect(try workspace.run("chart", "year", "--week", "2026-W42").status == 64)
    #expect(try workspace.run("chart", "days", "--month", "2026-09").status == 64)
    #expect(try workspace.run("chart", "causes", "--as-of", Workspace.asOf).status == 66)
  }
}
