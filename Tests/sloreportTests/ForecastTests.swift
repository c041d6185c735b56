import Foundation
import TestSupport
import Testing

@Suite("forecast")
struct ForecastTests {
  private static let asOf = "2026-10-19T00:00:00Z"

  private static func configuration(_ items: String) -> String {
    """
    timezone: UTC
    sources:
      disks: { files: "snapshots/*.csv" }
    services:
      shop:
        slos:
          up: { objective: 99%, window: 7d, availability: { source: disks, where: { kind: beat }, within: 1h } }
        capacity:
    \(items.split(separator: "\n").map { "      " + $0 }.joined(separator: "\n"))
    """
  }

  /// A table of daily values of one disk up to 18 October 2026, noon.
  static func table(_ values: [Double], disk: String = "a") -> String {
    let last = 1_792_281_600 + 43_200  // Sun 18 Oct 2026 12:00 UTC
    let rows = values.enumerated().map { index, value in
      "\(last - (values.count - 1 - index) * 86_400),\(value),\(disk)\n"
    }
    return "time,value,disk\n" + rows.joined()
  }

  static func workspace(_ items: String, _ tables: [String]) throws -> Workspace {
    let workspace = try Workspace(configuration: ForecastTests.configuration(items))
    for (index, table) in tables.enumerated() {
      try workspace.write(table, to: "snapshots/t\(index).csv")
    }
    return workspace
  }

  static func forecast(_ workspace: Workspace, _ options: String...) throws -> Program.Outcome {
    try workspace.program.run(
      ["forecast", "--as-of", ForecastTests.asOf] + options, in: workspace.folder)
  }

  private static let disk =
    "disk: { source: disks, where: { disk: a }, limit: 150, lead_time: 7d }"

  // 60 … 119, one more a day: 90 % of 150 are 135 on 3 November, 16 days after 18 October; 150 is 31 days away.
  @Test("names what needs action first, with its dates; 1 says that something does")
  func line() throws {
    let workspace = try ForecastTests.workspace(
      ForecastTests.disk, [ForecastTests.table((60..<120).map(Double.init))])
    let outcome = try ForecastTests.forecast(workspace)
    #expect(outcome.status == 1, "\(outcome)")
    #expect(
      outcome.output.hasPrefix(
        "1 of 1 resource needs action: disk is likely to reach its critical share on Tue 3 Nov."),
      "\(outcome)")
    #expect(outcome.output.contains("3 Nov (3–3)"), "\(outcome)")
    let later = try ForecastTests.forecast(workspace, "--days", "60", "--format", "csv")
    #expect(later.output.contains("2026-11-18,2026-11-18,2026-11-18,2026-11-11"), "\(later)")
  }

  @Test("a calm item is 0, one with 13 values 3, and nothing is invented for it")
  func calm() throws {
    let calm = try ForecastTests.workspace(
      ForecastTests.disk, [ForecastTests.table(Array(repeating: 50, count: 60))])
    let outcome = try ForecastTests.forecast(calm)
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.output.hasPrefix("None of 1 resource needs action within 30 days."))
    let few = try ForecastTests.workspace(
      ForecastTests.disk, [ForecastTests.table(Array(repeating: 50, count: 13))])
    let short = try ForecastTests.forecast(few)
    #expect(short.status == 3, "\(short)")
    #expect(short.output.contains("no prediction: 13 daily values, 14 are needed"), "\(short)")
  }

  @Test("two series at once are not added up: `by` splits them")
  func several() throws {
    let tables = [
      ForecastTests.table(Array(repeating: 50, count: 30)),
      ForecastTests.table(Array(repeating: 60, count: 30), disk: "b"),
    ]
    let together = try ForecastTests.forecast(
      try ForecastTests.workspace("disk: { source: disks, where: {}, limit: 150 }", tables))
    #expect(together.status == 3, "\(together)")
    #expect(together.output.contains("2 series at the same time"), "\(together)")
    let split = try ForecastTests.forecast(
      try ForecastTests.workspace(
        "disk: { source: disks, where: {}, limit: 150, by: [disk] }", tables))
    #expect(split.status == 0, "\(split)")
    #expect(split.output.contains("disk a") && split.output.contains("disk b"), "\(split)")
  }

  @Test("unknown items, horizons and a file without capacity are refused")
  func refused() throws {
    let workspace = try ForecastTests.workspace(ForecastTests.disk, [ForecastTests.table([1])])
    #expect(try ForecastTests.forecast(workspace, "dsk").status == 64)
    #expect(try ForecastTests.forecast(workspace, "dsk").errors.contains("did you mean disk?"))
    #expect(try ForecastTests.forecast(workspace, "--days", "91").status == 64)
    let none = try Workspace(snapshot: Workspace.orders())
    #expect(try ForecastTests.forecast(none).status == 78)
  }

  // A disk without its own size must not get that of another: b is at 60 of 100, a at 95 of a size nobody measured.
  @Test("a split item takes no limit of another label, and does not vanish without data")
  func split() throws {
    let tables = [
      ForecastTests.table(Array(repeating: 95, count: 30)),
      ForecastTests.table(Array(repeating: 60, count: 30), disk: "b"),
    ]
    let workspace = try ForecastTests.workspace(
      "disk: { source: disks, where: {}, by: [disk], limit: { source: sizes, where: {} } }", tables)
    try workspace.write(
      String(decoding: try workspace.read("sloreport.yaml"), as: UTF8.self)
        .replacing("sources:\n", with: "sources:\n  sizes: { files: \"sizes/*.csv\" }\n"),
      to: "sloreport.yaml")
    try workspace.write(
      ForecastTests.table(Array(repeating: 100, count: 30), disk: "b"), to: "sizes/t.csv")
    let outcome = try ForecastTests.forecast(workspace)
    #expect(outcome.status == 3, "\(outcome)")
    #expect(outcome.output.contains("the limit was not measured"), "\(outcome)")
    #expect(!outcome.output.contains("95 %"), "\(outcome)")
    let none = try ForecastTests.forecast(
      try ForecastTests.workspace(
        """
        calm: { source: disks, where: { disk: a }, limit: 150 }
        gone: { source: disks, where: { disk: z }, limit: 150, by: [disk] }
        """, tables))
    #expect(none.status == 3, "\(none)")
    #expect(none.output.contains("gone: no prediction: no data"), "\(none)")
  }

  @Test("a source that cannot be read leaves no calm answer")
  func unread() throws {
    let workspace = try ForecastTests.workspace(
      ForecastTests.disk, [ForecastTests.table(Array(repeating: 50, count: 60))])
    #expect(try ForecastTests.forecast(workspace).status == 0)
    try workspace.write("time,value,disk\n1,\"open\n", to: "snapshots/bad.csv")
    let outcome = try ForecastTests.forecast(workspace)
    #expect(outcome.status == 3, "\(outcome)")
  }
}
