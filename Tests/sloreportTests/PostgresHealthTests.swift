import Foundation
import History
import Model
import TestSupport
import Testing

@Suite("Tries, waits and the memory of failures")
struct PostgresHealthTests {
  private func outOfReach() throws -> (PostgresScene, LoopbackProxy) {
    var scene = try PostgresScene(hasHistory: true)
    let proxy = try scene.lead { _ in .refuse }
    return (scene, proxy)
  }

  /// Changes what the history knows of the source: time passes for the breaker, and not for the test.
  private func health(
    of scene: PostgresScene, _ change: (inout SourceHealth, _ now: Instant) -> Void
  ) throws {
    let store = try HistoryStore.open(at: scene.temporary.file("sloreport.db"), for: .write)
    var health = try store.health(of: "warehouse")
    let now = Instant(nanoseconds: Int64(Date().timeIntervalSince1970 * 1e9))
    change(&health, now)
    try store.note(health, of: "warehouse")
  }

  // Five tries with waits of 1, 2, 4 and 8 s between them: 15 s. The fifth failure opens the breaker for 60 s.
  @Test(
    "five tries with waits of 1, 2, 4 and 8 s; then no connection for 60 s, in later runs too; then one"
  )
  func breakerOpens() async throws {
    try await onThread(mostlySleeping: true) {
      let (scene, proxy) = try outOfReach()
      let first = try scene.run("collect")
      #expect(first.status == 69 && proxy.connections == 5, "\(proxy.connections) \(first)")
      let waited = first.errors.firstMatch(of: /\(5 tries in (\d+) s\)/).flatMap {
        Int($0.output.1)
      }
      #expect((waited ?? 0) >= 15, "\(first)")

      // Whatever the machine is busy with, no minute passes before the runs below.
      try health(of: scene) { health, now in
        #expect(health.failures == 5 && health.opened.map { $0 <= now } == true)
        health.opened = now + .minutes(2)
      }
      for (command, code) in [("collect", Int32(69)), ("weekly", 4), ("check", 3)] {
        let outcome = try scene.run(command)
        #expect(outcome.status == code, "\(outcome)")
        #expect(outcome.told.contains("the next try is due at 20"), "\(outcome)")
      }
      #expect(proxy.connections == 5)

      try health(of: scene) { $0.opened = $1 - SourceHealth.openFor }
      let halfOpen = try scene.run("collect")
      #expect(halfOpen.status == 69 && proxy.connections == 6, "\(proxy.connections) \(halfOpen)")
      #expect(try scene.run("collect").told.contains("due at 20"))
      #expect(proxy.connections == 6)
    }
  }

  @Test("a server that comes back between tries is read as if nothing had been")
  func recovers() async throws {
    try await onThread {
      var scene = try PostgresScene(hasHistory: true)
      let proxy = try scene.lead { $0 < 2 ? .refuse : .pass }
      let outcome = try scene.run("check")
      #expect(outcome.status == 0 && proxy.connections >= 3, "\(outcome)")
      // The failures are forgotten: four more are not yet five in a row.
      #expect(try scene.run("check").status == 0)
    }
  }

  @Test(
    "a connection limit is not run against: no try before the time that was said, in later runs too"
  )
  func respectsConnectionLimit() async throws {
    try await onThread {
      var scene = try PostgresScene(hasHistory: true)
      try scene.sql("ALTER ROLE \(scene.role) CONNECTION LIMIT 0")
      let proxy = try scene.lead { _ in .pass }
      let runs = try scene.trio()
      #expect(runs.codes == [69, 4, 3], "\(runs.all)")
      #expect(proxy.connections == 3, "one try each: \(proxy.connections)")
      for outcome in runs.all {
        #expect(outcome.told.contains("rate limited until 20"), "\(outcome)")
      }

      // In one folder: each refusal doubles the wait, and a run before its end does not connect.
      let first = try scene.run("collect")
      #expect(first.status == 69 && proxy.connections == 4, "\(proxy.connections) \(first)")
      for throttles in 1...2 {
        try health(of: scene) { health, now in
          #expect(health.throttles == throttles && health.notBefore != nil)
          health.notBefore = now + .minutes(1)
        }
        let early = try scene.run("collect")
        #expect(early.status == 69 && early.told.contains("due at 20"), "\(early)")
        #expect(proxy.connections == 3 + throttles)
        try health(of: scene) { $0.notBefore = $1 }
        if throttles == 2 { try scene.sql("ALTER ROLE \(scene.role) CONNECTION LIMIT -1") }
        let due = try scene.run("collect")
        #expect(due.status == (throttles == 2 ? 0 : 69), "\(due)")
        #expect(proxy.connections == 4 + throttles)
      }
      try health(of: scene) { health, _ in #expect(health == SourceHealth()) }
    }
  }

  @Test("`doctor` tells of the breaker and of the connection")
  func doctorTells() async throws {
    try await onThread {
      let good = try PostgresScene(hasHistory: true)
      let fine = try good.run(["doctor"], asOf: nil)
      #expect(fine.status == 0 && fine.said.contains("warehouse"), "\(fine)")
      let (bad, proxy) = try outOfReach()
      let tried = try bad.run(["doctor"], asOf: nil)
      #expect(tried.status != 0 && proxy.connections > 0, "\(tried)")
      #expect(tried.said.contains("warehouse"), "\(tried)")
    }
  }

  @Test("one failing source leaves the figures of the others")
  func othersAreKept() async throws {
    try await onThread {
      var scene = try PostgresScene(hasHistory: true)
      scene.slos["pages"] = "ratio: { source: files, where: {} }"
      scene.host = "/nonexistent"
      scene.timeouts = PostgresScene.hasty
      try scene.prepare()
      let text = scene.configuration.replacingOccurrences(
        of: "sources:\n", with: "sources:\n  files: { files: pages.csv }\n")
      try scene.write(text, to: "sloreport.yaml")
      let rows = (0..<15 * 288).map { "\(Workspace.end - 15 * 86_400 + Int64($0) * 300),10,10" }
      try scene.write("bucket,good,total\n" + rows.joined(separator: "\n") + "\n", to: "pages.csv")
      let outcome = try Program("sloreport").run(
        ["check", "--as-of", Workspace.asOf], in: scene.folder)
      #expect(outcome.status == 3, "\(outcome)")
      #expect(outcome.output.contains("open     pages"), "\(outcome)")
      let one = try Program("sloreport").run(
        ["check", "shop/pages", "--as-of", Workspace.asOf], in: scene.folder)
      #expect(one.status == 0, "\(one)")
    }
  }
}
