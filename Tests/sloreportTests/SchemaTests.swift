import Foundation
import TestSupport
import Testing

/// Tests/tools/check_schema.py: compares JSON with docs/report.schema.json and docs/check.schema.json.
@Suite("The published form of weekly.json and of check's JSON")
struct SchemaTests {
  private struct Jobs: Encodable {
    let schema: String
    let files: [String]
  }

  private struct Finding: Decodable {
    let file: String
    let text: String
  }

  private func findings(
    _ files: [String], schema: String = "docs/report.schema.json"
  ) throws -> [Finding] {
    let folder = try TemporaryFolder()
    return try PageCheck.run(
      "check_schema.py",
      folder.write(Array(JSONEncoder().encode(Jobs(schema: schema, files: files))), to: "jobs"))
  }

  private func report(_ workspace: Workspace) throws -> String {
    let outcome = try workspace.weekly()
    try #require([0, 4].contains(outcome.status), "\(outcome)")
    return workspace.temporary.file("reports/2026-W42/weekly.json")
  }

  @Test("holds for weeks of every kind")
  func holds() throws {
    let usual = try Workspace(snapshot: Workspace.orders(badEvery: 50))
    let short = try Workspace(snapshot: Workspace.orders(days: 3))
    let partial = try Workspace(
      snapshot: Workspace.orders(badEvery: 9, until: Workspace.end - 90_000))
    let strict = try Workspace(
      configuration: Workspace.configuration.replacing("99%", with: "100%"),
      snapshot: Workspace.orders(badEvery: 50))
    let revised = try Workspace(
      snapshot: Workspace.orders(badEvery: 50, until: Workspace.end - 7200))
    _ = try report(revised)
    try revised.write(Workspace.orders(badEvery: 10), to: "snapshots/orders.om")
    var files = try [usual, short, partial, strict, revised].map(report)
    files += try (Demo.shared.get().pages + PriceJobs.shared.get().pages).map {
      $0.deletingPathExtension().appendingPathExtension("json").path
    }
    let found = try withExtendedLifetime([usual, short, partial, strict, revised]) {
      try findings(files)
    }
    #expect(found.isEmpty, "\(found)")
  }

  @Test("holds for answers of check of every kind")
  func holdsForChecks() throws {
    let snapshots = [
      Workspace.orders(badEvery: 100), Workspace.orders(badEvery: 8), Workspace.orders(days: 3),
      Workspace.orders(days: 10, until: Workspace.end - 90_000), "damaged",
    ]
    let scenes = try snapshots.map { try Workspace(snapshot: $0) }
    let files = try scenes.map { scene in
      let outcome = try scene.check("--format", "json")
      try scene.write(outcome.output, to: "check.json")
      return scene.temporary.file("check.json")
    }
    let found = try withExtendedLifetime(scenes) {
      try findings(files, schema: "docs/check.schema.json")
    }
    #expect(found.isEmpty, "\(found)")
    let more = try String(contentsOfFile: files[0], encoding: .utf8)
      .replacing("\"gate\" : \"open\"", with: "\"gate\" : \"ajar\"")
    try scenes[0].write(more, to: "check.json")
    #expect(try findings([files[0]], schema: "docs/check.schema.json").count == 1)
  }

  @Test("holds for forecasts of every kind")
  func holdsForForecasts() throws {
    let items = """
      rising: { source: disks, where: { disk: rising }, limit: 150GiB, lead_time: 7d }
      calm: { source: disks, where: { disk: calm }, limit: { below: 10 }, warning: 20 }
      short: { source: disks, where: { disk: short } }
      both: { source: disks, where: {}, limit: 150 }
      none: { source: disks, where: { disk: none }, limit: { where: { disk: none } } }
      """
    let gib = Double(1 << 30)
    let scene = try ForecastTests.workspace(
      items,
      [
        ForecastTests.table((60..<120).map { Double($0) * gib }, disk: "rising"),
        ForecastTests.table(Array(repeating: 50, count: 60), disk: "calm"),
        ForecastTests.table([1, 2, 3], disk: "short"),
      ])
    let outcome = try ForecastTests.forecast(scene, "--format", "json")
    try #require(outcome.status == 1, "\(outcome)")
    try scene.write(outcome.output, to: "forecast.json")
    let file = scene.temporary.file("forecast.json")
    #expect(try findings([file], schema: "docs/forecast.schema.json").isEmpty)
    try scene.write(
      outcome.output.replacing("\"answer\" : \"date\"", with: "\"answer\" : \"soon\""),
      to: "forecast.json")
    #expect(try !findings([file], schema: "docs/forecast.schema.json").isEmpty)
  }

  @Test("does not hold for a fact too many, one too few, or one of another kind")
  func fails() throws {
    let workspace = try Workspace(snapshot: Workspace.orders(badEvery: 50))
    let text = try String(contentsOfFile: report(workspace), encoding: .utf8)
    for (old, new) in [
      ("\"layout\" : 1,", "\"layout\" : 1, \"more\" : 1,"), ("\"layout\" : 1,", ""),
      ("\"target\" : 990000000", "\"target\" : \"99 %\""),
    ] {
      try #require(text.contains(old), "\(old)")
      try workspace.write(text.replacing(old, with: new), to: "broken.json")
      #expect(try findings([workspace.temporary.file("broken.json")]).count == 1, "\(old)")
    }
  }
}
