import Foundation
import TestSupport
import Testing

/// A limit of processes that the user has reached (`ulimit -u`, TasksMax): the system gives no further thread.
@Suite("No thread to be had", .serialized)
struct ThreadTests {
  /// What counts the processes of the program alone: another user, where that is possible, or a namespace of users.
  ///
  /// Where neither is, all of the user's processes count: more than one in any case.
  private static let alone = {
    if getuid() == 0 { return "setpriv --reuid=64999 --regid=64999 --clear-groups" }
    let namespace = "unshare --user --map-current-user"
    let outcome = try? Program("sloreport").shell(
      "\(namespace) true", in: URL(fileURLWithPath: "/"))
    return outcome?.status == 0 ? namespace : ""
  }()

  /// Runs the program where there may be so many processes and threads.
  private func run(_ line: String, limit: Int, in workspace: Workspace) throws -> Program.Outcome {
    try workspace.program.shell(
      """
      cp -n "$PROGRAM" program && chmod 755 program && { [ "$(id -u)" != 0 ] || chown -R 64999:64999 .; } \
      && exec \(Self.alone) prlimit --nproc=\(limit):\(limit) ./program \(line) --as-of \(Workspace.asOf)
      """, in: workspace.folder)
  }

  @Test("the page comes without pictures, the run ends with 4 and says why")
  func pictures() throws {
    let workspace = try Workspace(snapshot: Workspace.orders(badEvery: 200))
    let weekly = try run("weekly", limit: 1, in: workspace)
    #expect(weekly.status == 4, "\(weekly)")
    #expect(
      weekly.errors
        == "sloreport: the charts' PNG and SVG files could not be drawn: no thread to draw in; "
        + "raise the limit of processes (`ulimit -u`, TasksMax)\n")
    #expect(workspace.exists("reports/2026-W42/weekly.html"))
    #expect(!workspace.exists("reports/2026-W42/charts"))
    let chart = try run("chart days --out days.png", limit: 1, in: workspace)
    #expect(chart.status == 70 && chart.errors.contains("no thread to draw in"), "\(chart)")
    #expect(!workspace.exists("days.png"))
  }

  @Test("with the threads that pictures take they are drawn", .enabled(if: !alone.isEmpty))
  func enough() throws {
    let workspace = try Workspace(snapshot: Workspace.orders(badEvery: 200))
    let weekly = try run("weekly", limit: 12, in: workspace)
    #expect(weekly.status == 0, "\(weekly)")
    #expect(workspace.exists("reports/2026-W42/charts/burndown.png"))
  }

  @Test("files are read on one thread, with the same result")
  func files() throws {
    var outputs: [String] = []
    for limit in [1, 100] {
      let workspace = try Workspace(
        configuration: """
          timezone: UTC
          sources:
            metrics: { files: "snapshots/*" }
            rows: { files: rows.csv }
          services:
            shop:
              slos:
                orders: { objective: 99%, window: 7d, ratio: { source: metrics, good: 'orders_total{code="ok"}', total: orders_total } }
                rows: { objective: 99%, window: 7d, ratio: { source: rows, where: {} } }
          """, snapshot: Workspace.orders(days: 150, badEvery: 200))
      let times = stride(from: Workspace.end - 15 * 86_400, to: Workspace.end, by: 10)
      try workspace.write(
        "time,good,total\n" + times.map { "\($0),10,10\n" }.joined(), to: "rows.csv")
      try workspace.write(
        Workspace.orders(days: 1, until: Workspace.end - 150 * 86_400), to: "old.om")
      _ = try workspace.program.shell(
        "promtool tsdb create-blocks-from openmetrics old.om snapshots/data", in: workspace.folder)
      let collect = try run("collect --verbose", limit: limit, in: workspace)
      #expect(collect.status == 0, "\(collect)")
      let check = try run("check --no-collect", limit: limit, in: workspace)
      #expect(check.status == 0, "\(check)")
      // The names of blocks hold the time at which they were made.
      outputs.append(
        (collect.output + check.output).replacing(#/01[0-9A-Z]{24}/#, with: "block"))
    }
    #expect(outputs[0] == outputs[1])
  }

  @Test("a database is not asked, and named")
  func databases() throws {
    let workspace = try Workspace(
      configuration: """
        timezone: UTC
        sources: { warehouse: { postgres: "host=127.0.0.1 port=1 user=x dbname=shop" } }
        services: { shop: { slos: { orders: { objective: 99%, window: 7d, ratio: { source: warehouse, query: orders.sql } } } } }
        """)
    try workspace.write("SELECT now() AS bucket, 1 AS good, 1 AS total", to: "orders.sql")
    let collect = try run("collect", limit: 1, in: workspace)
    #expect(collect.status == 69, "\(collect)")
    #expect(collect.errors.contains("no thread to connect in"), "\(collect)")
    #expect(try run("check", limit: 1, in: workspace).status == 3)
  }
}
