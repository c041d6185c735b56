import Foundation
import TestSupport
import Testing

@Suite("A pull that failed, was cut short or never ran")
struct PullRecordTests {
  /// A good file, and all gates open.
  private func open() throws -> Workspace {
    let workspace = try Workspace(snapshot: Workspace.orders(badEvery: 200))
    let outcome = try workspace.check()
    #expect(outcome.status == 0, "\(outcome)")
    #expect(try workspace.check("--no-collect").status == 0)
    return workspace
  }

  private func remove(_ path: String, of workspace: Workspace) throws {
    try FileManager.default.removeItem(at: workspace.folder.appendingPathComponent(path))
  }

  /// Both answers, each with the path and the reason.
  private func expectUnknown(_ workspace: Workspace, _ texts: String...) throws {
    for arguments in [[], ["--no-collect"]] {
      let outcome = try workspace.program.run(
        ["check", "--as-of", Workspace.asOf] + arguments, in: workspace.folder)
      #expect(outcome.status == 3, "\(outcome)")
      for text in texts { #expect(outcome.output.contains(text), "\(text) in \(outcome)") }
    }
  }

  @Test("a damaged newest file closes the gate until it is read, for `--no-collect` as well")
  func mended() throws {
    let workspace = try open()
    let newest = Workspace.orders(days: 1, badEvery: 200)
    try workspace.write(String(newest.dropLast(8_000)), to: "snapshots/z.om")
    #expect(try workspace.check("--no-collect").status == 0, "nobody has looked at it yet")
    try expectUnknown(workspace, "snapshots/z.om", "truncated")
    let before = try workspace.read("sloreport.db")
    #expect(try workspace.check().status == 3)
    #expect(try workspace.read("sloreport.db") == before, "what is known is not written again")
    try workspace.write(Workspace.orders(badEvery: 200), to: "snapshots/z.om")
    #expect(try workspace.check("--no-collect").status == 3, "nobody has read it yet")
    #expect(try workspace.check().status == 0)
    #expect(try workspace.check("--no-collect").status == 0)
  }

  @Test("a file that is gone closes nothing, one that no pattern names any more still does")
  func gone() throws {
    let workspace = try open()
    try workspace.write("", to: "snapshots/z.om")
    try expectUnknown(workspace, "snapshots/z.om: empty")
    try workspace.write(
      Workspace.configuration.replacingOccurrences(of: "*.om", with: "o*.om"), to: "sloreport.yaml")
    try expectUnknown(workspace, "snapshots/z.om: empty")
    try remove("snapshots/z.om", of: workspace)
    #expect(try workspace.check().status == 0)
    #expect(try workspace.check("--no-collect").status == 0)
  }

  // The window of 7 days starts at 2026-10-12 00:00.
  @Test(
    "a file whose stamp lies before the window closes nothing",
    arguments: [
      ("20261011T235959Z", true), ("20261012T000000Z", true), ("20261012T000001Z", false),
    ])
  func stamp(stamp: String, isOpen: Bool) throws {
    let workspace = try open()
    try workspace.write("", to: "snapshots/z-\(stamp).om")
    let check = try workspace.check()
    #expect(check.status == (isOpen ? 0 : 3), "\(check)")
    #expect(check.output.contains("z-\(stamp).om: empty"), "it is named all the same: \(check)")
    #expect(try workspace.check("--no-collect").status == check.status)
    let weekly = try workspace.weekly()
    #expect(weekly.status == 4, "\(weekly)")
    #expect(
      weekly.output.contains("Release gate at the end of the week: open") == isOpen, "\(weekly)")
  }

  @Test("sources that match nothing, or cannot be looked at")
  func sources() throws {
    let workspace = try open()
    try remove("snapshots/orders.om", of: workspace)
    try expectUnknown(workspace, "snapshots/*.om", "no file matches")
    try workspace.write(Workspace.orders(badEvery: 200), to: "snapshots/orders.om")
    #expect(try workspace.check().status == 0)
  }

  @Test("of two sources each leaves the objectives of the other alone")
  func twoSources() throws {
    let workspace = try Workspace(
      configuration: """
        timezone: UTC
        sources: { metrics: { files: "snapshots/*.om" }, other: { files: "other/*.om" } }
        services:
          shop:
            slos:
              orders: { objective: 99%, window: 7d, ratio: { source: metrics, good: 'orders_total{code="ok"}', total: orders_total } }
              others: { objective: 99%, window: 7d, ratio: { source: other, good: 'orders_total{code="ok"}', total: orders_total } }
        """, snapshot: Workspace.orders(badEvery: 200))
    try workspace.write(Workspace.orders(badEvery: 200), to: "other/a.om")
    #expect(try workspace.check().status == 0)
    try workspace.write("x", to: "other/b.om")
    try expectUnknown(workspace, "other/b.om")
    #expect(try workspace.check("shop/orders", "--no-collect").status == 0)
    #expect(try workspace.check("shop/others", "--no-collect").status == 3)
    // Without its source the objective is gone, and what was noted of it with it.
    try workspace.write(
      Workspace.configuration, to: "sloreport.yaml")
    #expect(try workspace.check().status == 0)
    #expect(try workspace.run("doctor", "--verify").output.contains("FAIL") == false)
  }

  @Test("incidents of a file that could not be read leave the objective that counts them unknown")
  func incidents() throws {
    let workspace = try Workspace(
      configuration: """
        timezone: UTC
        sources: { tickets: { files: "tickets/*.csv" } }
        services:
          shop:
            incidents: { source: tickets }
            slos: { up: { objective: 99%, window: 7d, availability: { incidents: all } } }
        """)
    let header = "id,title,service,severity,started_at,resolved_at\n"
    try workspace.write(
      header + "A,Old,shop,1,2026-09-20T10:00:00Z,2026-09-20T10:05:00Z\n",
      to: "tickets/a-20261019T000000Z.csv")
    let good = try workspace.check()
    #expect(good.status == 0, "\(good)")
    try workspace.write(
      header + "B,Cut,shop,1,2026-10-1", to: "tickets/b-20261018T000000Z.csv")
    try expectUnknown(workspace, "tickets/b-20261018T000000Z.csv")
    let list = try workspace.run("incidents", "--no-collect", "--as-of", Workspace.asOf)
    #expect(list.status == 4 && list.output.contains("b-20261018T000000Z.csv"), "\(list)")
  }

  @Test("standard input that was cut is remembered until it comes whole")
  func standardInput() throws {
    let workspace = try open()
    func pipe(_ path: String) throws -> Program.Outcome {
      try workspace.program.shell(
        "$PROGRAM collect --as-of \(Workspace.asOf) --stdin metrics < \(path)", in: workspace.folder
      )
    }
    try workspace.write(String(Workspace.orders().dropLast(8_000)), to: "cut.txt")
    try workspace.write(Workspace.orders(badEvery: 200), to: "whole.txt")
    #expect(try pipe("cut.txt").status == 65)
    try expectUnknown(workspace, "standard input", "truncated")
    #expect(try pipe("whole.txt").status == 0)
    #expect(try workspace.check("--no-collect").status == 0)
  }

  @Test("what was never collected as it is configured now is not judged")
  func neverRan() throws {
    let workspace = try open()
    try workspace.write(
      Workspace.configuration.replacingOccurrences(of: "orders_total", with: "sales_total"),
      to: "sloreport.yaml")
    let check = try workspace.check("--no-collect")
    #expect(
      check.status == 3 && check.output.contains("not collected yet as it is configured"),
      "\(check)")
    let weekly = try workspace.weekly("--no-collect")
    #expect(weekly.output.contains("cannot be decided"), "\(weekly)")
    try workspace.write(
      Workspace.orders(badEvery: 200).replacingOccurrences(of: "orders", with: "sales"),
      to: "snapshots/sales.om")
    #expect(try workspace.check().status == 0)
    #expect(try workspace.check("--no-collect").status == 0)
  }

  /// Fifteen files of a day each; in the last day every second order failed: 288 of 14 × 288 + 288 read orders and as many bad
  /// ones are far more than 1 %.
  @Test("a pull that was killed never opens the gate for `--no-collect`: 6 kills, or 16")
  func killed() throws {
    var (answers, cut) = ([Int32: Int](), 0)
    let kills = tries(6, long: 16)
    // The first one runs to its end, and tells how long that takes once there is a history.
    var whole = 0.0
    var round = 0
    while round <= kills {
      let workspace = try Workspace()
      for day in 0..<15 {
        let end = Workspace.end - Int64(14 - day) * 86_400
        try workspace.write(
          Workspace.orders(days: 1, badEvery: day == 14 ? 1 : 0, until: end),
          to: "snapshots/\(day + 10).om")
      }
      let running = try workspace.program.start(
        ["collect", "--as-of", Workspace.asOf], in: workspace.folder)
      while running.isRunning, !workspace.exists("sloreport.db") { usleep(200) }
      let began = ContinuousClock.now
      if round > 0 {
        usleep(UInt32(whole * Double(round - 1) / Double(kills) * 1e6))
        kill(running.identifier, SIGKILL)
      }
      let status = running.finish().status
      if round == 0 {
        #expect(status == 0)
        whole = (ContinuousClock.now - began) / .seconds(1)
      } else if status != -SIGKILL {
        // It was quicker than the first one: earlier, until it is hit.
        whole /= 2
        continue
      }
      round += 1
      let check = try workspace.check("--no-collect")
      #expect([1, 3, 66].contains(check.status), "\(check)")
      answers[check.status, default: 0] += 1
      if check.output.contains("was not finished") { cut += 1 }
      let after = try workspace.check()
      #expect(after.status == 1, "\(after)")
      #expect(try workspace.check("--no-collect").status == 1)
    }
    print("killed pulls: \(answers), \(cut) found cut short")
  }

  @Test("a database that was down closes the gate for `--no-collect` until it answers")
  func database() async throws {
    try await onThread {
      var scene = try PostgresScene(hasHistory: true)
      #expect(try scene.run("check").status == 0)
      #expect(try scene.run("check", "--no-collect").status == 0)
      let socket = scene.host
      scene.host = "/nonexistent"
      scene.timeouts = PostgresScene.hasty
      let later = "2026-10-19T00:20:00Z"
      let down = try scene.run(["check"], asOf: later)
      #expect(down.status == 3, "\(down)")
      let after = try scene.run(["check", "--no-collect"], asOf: later)
      #expect(after.status == 3 && after.output.contains("/nonexistent"), "\(after)")
      // What was answered before is known.
      #expect(try scene.run("check", "--no-collect").status == 0)
      scene.host = socket
      scene.timeouts = PostgresScene.patient
      let back = try scene.run(["check"], asOf: later)
      #expect(back.status == 0, "\(back)")
      #expect(try scene.run(["check", "--no-collect"], asOf: later).status == 0)
    }
  }
}
