import Foundation
import TestSupport
import Testing

/// Files that others may change, and what is no file at all.
@Suite("Files that are not to be trusted")
struct OpenFileTests {
  private func workspace() throws -> Workspace {
    try Workspace(snapshot: Workspace.orders(badEvery: 200))
  }

  private func mode(_ mode: Int, _ path: String, in workspace: Workspace) throws {
    try FileManager.default.setAttributes(
      [.posixPermissions: mode], ofItemAtPath: workspace.folder.appendingPathComponent(path).path)
  }

  @Test("a configuration that anybody may write into is refused by every command")
  func openConfiguration() throws {
    let workspace = try workspace()
    #expect(try workspace.check().status == 0)
    for bits in [0o646, 0o666, 0o602] {
      try mode(bits, "sloreport.yaml", in: workspace)
      for command in [
        ["check"], ["check", "--no-collect"], ["weekly"], ["collect"], ["validate"], ["doctor"],
        ["chart", "days", "--out", "x.svg"],
      ] {
        let outcome = try workspace.program.run(command, in: workspace.folder)
        #expect(outcome.status == 77, "\(command): \(outcome)")
        #expect(
          outcome.errors
            == "sloreport: sloreport.yaml is not used: anybody may write into it; `chmod o-w` it\n")
      }
    }
    // Its group is the affair of whoever made the group.
    try mode(0o664, "sloreport.yaml", in: workspace)
    #expect(try workspace.check().status == 0)
  }

  @Test("nor is one that anybody may replace in its folder, but for sticky ones such as /tmp")
  func openFolder() throws {
    let workspace = try Workspace(configuration: nil)
    try workspace.write(Workspace.configuration, to: "etc/slo.yaml")
    try workspace.write(Workspace.orders(badEvery: 200), to: "etc/snapshots/orders.om")
    try mode(0o777, "etc", in: workspace)
    let outcome = try workspace.check("-c", "etc/slo.yaml")
    #expect(outcome.status == 77)
    #expect(
      outcome.errors.contains("etc/slo.yaml is not used: anybody may replace it in its folder etc;")
    )
    try mode(0o1777, "etc", in: workspace)
    #expect(try workspace.check("-c", "etc/slo.yaml").status == 0)
    // A link is as safe as its folder, and the folder it leads to.
    try workspace.write("", to: "links/x")
    let link = workspace.folder.appendingPathComponent("links/slo.yaml").path
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: "../etc/slo.yaml")
    try mode(0o777, "etc", in: workspace)
    #expect(try workspace.check("-c", "links/slo.yaml").status == 77)
    try mode(0o755, "etc", in: workspace)
    #expect(try workspace.run("validate", "-c", "links/slo.yaml").status == 0)
    try mode(0o777, "links", in: workspace)
    #expect(try workspace.run("validate", "-c", "links/slo.yaml").status == 77)
  }

  @Test("a query that anybody may write into is not asked, and closes the gate")
  func openQuery() throws {
    let workspace = try Workspace(
      configuration: """
        timezone: UTC
        sources: { warehouse: { postgres: "host=/nowhere dbname=shop" } }
        services: { shop: { slos: { orders: { objective: 99%, window: 7d, ratio: { source: warehouse, query: queries/orders.sql } } } } }
        """)
    try workspace.write("SELECT 1", to: "queries/orders.sql")
    try mode(0o666, "queries/orders.sql", in: workspace)
    for command in ["collect", "weekly"] {
      let outcome = try workspace.run(command, "--as-of", Workspace.asOf)
      #expect(outcome.status == 77, "\(command): \(outcome)")
      #expect(outcome.errors.contains("queries/orders.sql is not used: anybody may write into it"))
    }
    #expect([3, 77].contains(try workspace.check().status))
    try mode(0o644, "queries/orders.sql", in: workspace)
    try mode(0o777, "queries", in: workspace)
    let outcome = try workspace.run("collect", "--as-of", Workspace.asOf)
    #expect(outcome.status == 77 && outcome.errors.contains("anybody may replace it"), "\(outcome)")
  }

  @Test("a folder for reports that anybody may put files into gets none")
  func openReports() throws {
    let workspace = try workspace()
    try workspace.write("", to: "reports/x")
    try mode(0o777, "reports", in: workspace)
    let outcome = try workspace.weekly()
    #expect(outcome.status == 77, "\(outcome)")
    #expect(outcome.errors.contains("reports cannot be used: anybody may write into it"))
    #expect(!workspace.exists("reports/2026-W42"))
    try mode(0o1777, "reports", in: workspace)
    #expect(try workspace.weekly().status == 0)
  }

  @Test("a history that anybody may write into is not believed")
  func openHistory() throws {
    let workspace = try workspace()
    #expect(try workspace.check().status == 0)
    try mode(0o646, "sloreport.db", in: workspace)
    for outcome in [try workspace.check(), try workspace.check("--no-collect")] {
      #expect(outcome.status == 77)
      #expect(outcome.errors.contains("sloreport.db is not used: anybody may write into it"))
    }
  }

  /// What may stand in the place of a file.
  enum Stranger: String, CaseIterable, Sendable {
    case pipe, socket, folder, null, loop

    func put(at path: String, in workspace: Workspace) throws {
      let command =
        switch self {
        case .pipe: "mkfifo"
        case .socket:
          "python3 -c 'import socket,sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])'"
        case .folder: "mkdir"
        case .null: "ln -s /dev/null"
        case .loop: "ln -s self"
        }
      let outcome = try workspace.program.shell(
        "rm -rf \(path); \(command) \(path)", in: workspace.folder)
      try #require(outcome.status == 0, "\(outcome)")
    }
  }

  /// Runs with a limit that a hang would meet; 124 stands for it.
  private func limited(_ line: String, in workspace: Workspace) throws -> Program.Outcome {
    try workspace.program.shell(
      "timeout 900 $PROGRAM \(line) --as-of \(Workspace.asOf)", in: workspace.folder)
  }

  @Test(
    "a pipe, a socket, a folder or a device in the lock's place is an error, never a wait",
    arguments: Stranger.allCases)
  func lock(stranger: Stranger) throws {
    let workspace = try workspace()
    #expect(try workspace.check().status == 0)
    try stranger.put(at: "sloreport.db.lock", in: workspace)
    for line in ["check", "check --no-collect", "collect", "weekly"] {
      let outcome = try limited(line, in: workspace)
      #expect(outcome.status == 77, "\(line): \(outcome)")
      #expect(
        outcome.errors.contains("its lock, the file that ends in .lock, is not a regular file"))
    }
  }

  @Test(
    "nor in the place of the history and of SQLite's files beside it", arguments: Stranger.allCases)
  func history(stranger: Stranger) throws {
    let place = Stranger.allCases.firstIndex(of: stranger) ?? 0
    let others = ["-journal", "-wal", "-shm"]
    // The history's own place for each, and one of the others by turns; in the long form all.
    let endings = (0..<tries(1, long: 3)).map { others[(place + $0) % 3] }
    for ending in [""] + endings {
      let workspace = try workspace()
      #expect(try workspace.check().status == 0)
      try stranger.put(at: "sloreport.db\(ending)", in: workspace)
      for line in ["check", "check --no-collect"] {
        let outcome = try limited(line, in: workspace)
        #expect(outcome.status == 77, "\(ending) \(line): \(outcome)")
        #expect(outcome.errors.contains("sloreport.db is not used"), "\(outcome)")
      }
    }
  }

  @Test("nor in the place of any other file that is read or written", arguments: Stranger.allCases)
  func others(stranger: Stranger) throws {
    let places = [
      "sloreport.yaml": 78, "queries/orders.sql": 78, "snapshots/orders.om": 3, "records.csv": 3,
    ]
    for (path, status) in places {
      // A database that is asked is waited for.
      let asks = path == "queries/orders.sql"
      let workspace = try Workspace(
        configuration: """
          timezone: UTC
          sources:
            metrics: { files: "snapshots/orders.om" }
            records: { files: "records.csv" }
            \(asks ? "warehouse: { postgres: 'host=/nowhere dbname=shop' }" : "")
          services:
            shop:
              incidents: { source: records }
              slos:
                available: { objective: 99%, window: 7d, availability: { incidents: all } }
                orders: { objective: 99%, window: 7d, ratio: { source: metrics, good: 'orders_total{code="ok"}', total: orders_total } }
                \(asks ? "rows: { objective: 99%, window: 7d, ratio: { source: warehouse, query: queries/orders.sql } }" : "")
          """, snapshot: Workspace.orders(badEvery: 200))
      try workspace.write("SELECT 1", to: "queries/orders.sql")
      try workspace.write("id,started_at,resolved_at\n", to: "records.csv")
      try stranger.put(at: path, in: workspace)
      // What feeds one source leaves the others their verdict; nothing of it opens the gate.
      let check = try limited("check", in: workspace)
      #expect(
        check.status == (status == 78 && path == "sloreport.yaml" ? 78 : 3), "\(path): \(check)")
      if path != "sloreport.yaml" { #expect(check.output.contains("CLOSED"), "\(path): \(check)") }
    }
    // A chart takes the place of what is there; a folder stays.
    let workspace = try workspace()
    try stranger.put(at: "x.svg", in: workspace)
    let chart = try limited("chart days --out x.svg", in: workspace)
    #expect(chart.status == (stranger == .folder ? 73 : 0), "\(chart)")
    try stranger.put(at: "reports", in: workspace)
    #expect([0, 73].contains(try limited("weekly", in: workspace).status))
  }
}
