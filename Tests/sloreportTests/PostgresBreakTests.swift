import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("A connection that breaks in the middle")
struct PostgresBreakTests {
  /// Rows of the reported week come one in a millisecond, so that a moment among them can be hit.
  private static let slowQuery = """
    SELECT q.*, CASE WHEN bucket >= '2026-10-12 00:00+00' THEN pg_sleep(0.001)::text ELSE '' END AS pause
    FROM (\(PostgresScene.ordersQuery)) q

    """

  /// The report of an undisturbed run; where it differs by a byte, something was lost or counted twice.
  private static let undisturbed = Mutex<String?>(nil)

  static func expected() throws -> String {
    try undisturbed.withLock { facts in
      if let facts { return facts }
      var scene = try PostgresScene()
      scene.queries["orders"] = slowQuery
      let outcome = try scene.run("weekly")
      guard outcome.status == 0 else { throw ChildProcess.Failure("\(outcome)") }
      let made = try scene.read("reports/2026-W42/weekly.json")
      facts = made
      return made
    }
  }

  private func expectUndisturbed(_ scene: PostgresScene) throws {
    let outcome = try scene.run("weekly")
    #expect(outcome.status == 0, "\(outcome)")
    #expect(try scene.read("reports/2026-W42/weekly.json") == PostgresBreakTests.expected())
  }

  @Test("a server that stops at once, in mid-query, and stays away: nothing is half kept (A6)")
  func immediateStop() async throws {
    try await onThread {
      let server = try PostgresServer()
      var stopped = 0
      for moment in 4...9 {
        var scene = try PostgresScene(on: server)
        scene.queries["orders"] = PostgresBreakTests.slowQuery
        scene.timeouts = "{ connect: 1s, read: 2s, total: 20s, source: 5s }"
        let run = try scene.start("collect")
        usleep(UInt32(moment) * 300_000)
        try server.stop(.immediate)
        let outcome = try scene.finish(run)
        if outcome.status != 0 {
          stopped += 1
          #expect(outcome.status == 69, "\(outcome)")
          #expect(outcome.errors.contains("sloreport: source warehouse: "), "\(outcome)")
        }
        try server.start()
        scene.timeouts = PostgresScene.patient
        // A server that said it was going down is given a second.
        if outcome.errors.contains("rate limited") { usleep(2_200_000) }
        try expectUndisturbed(scene)
      }
      #expect(stopped >= 4, "most moments lie inside the run: \(stopped)")
      try server.stop()
    }
  }

  @Test(
    "a server that comes back at once, or ends the session: the run goes on by itself (A6, A7)",
    arguments: [PostgresServer.StopMode.immediate, .fast])
  func restart(mode: PostgresServer.StopMode) async throws {
    try await onThread {
      let server = try PostgresServer()
      for moment in 1...3 {
        var scene = try PostgresScene(on: server)
        scene.queries["orders"] = PostgresBreakTests.slowQuery
        let run = try scene.start("collect")
        usleep(UInt32(moment) * 800_000)
        try server.stop(mode)
        try server.start()
        let outcome = try scene.finish(run)
        // A server that is met while it starts is given a second.
        if outcome.status != 0 {
          #expect(outcome.errors.contains("rate limited"), "\(outcome)")
          usleep(2_200_000)
        }
        try expectUndisturbed(scene)
      }
      try server.stop()
    }
  }

  @Test("a session that an administrator ends is opened again (A7)")
  func terminatedSession() async throws {
    try await onThread {
      var scene = try PostgresScene()
      scene.queries["orders"] = PostgresBreakTests.slowQuery
      let run = try scene.start("collect")
      var ended = "0\n"
      while ended == "0\n", run.isRunning {
        ended = try scene.sql(
          """
          SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
          WHERE usename = '\(scene.role)' AND state = 'active'
          """)
      }
      #expect(ended == "1\n")
      let outcome = try scene.finish(run)
      #expect(outcome.status == 0, "\(outcome)")
      try expectUndisturbed(scene)
    }
  }

  @Test("the line is cut after any number of bytes, by an end or a reset: the same figures (A13)")
  func lineIsCut() async throws {
    try await onThread {
      var whole = try PostgresScene()
      let meter = try whole.lead { _ in .pass }
      #expect(try whole.run("collect").status == 0)
      let total = meter.bytes
      // Few at the login and the empty weeks, most in the week that is reported.
      let points = [0, 9, 700, total / 4] + (1...12).map { total / 2 + $0 * total / 25 + $0 }
      let hasCut = Mutex(0)
      let differing = try concurrently(points) { point -> String? in
        var scene = try PostgresScene()
        let proxy = try scene.lead { number in
          if number > 0 { return .pass }
          return point % 2 == 0 ? .finish(after: point) : .reset(after: point)
        }
        let outcome = try scene.run("weekly")
        if proxy.connections > 1 { hasCut.withLock { $0 += 1 } }
        let facts = try? scene.read("reports/2026-W42/weekly.json")
        let isSame = try facts == PostgresBreakTests.expected()
        return outcome.status == 0 && isSame ? nil : "\(point): \(outcome)"
      }.compactMap { $0 }
      #expect(differing == [])
      #expect(hasCut.withLock { $0 } > points.count / 2)
    }
  }

  @Test(
    "a frozen session is given up, cancelled and opened again; frozen for ever, the run ends by its limit (A10)"
  )
  func frozenSession() async throws {
    try await onThread {
      var scene = try PostgresScene(ownDatabase: true, hasHistory: true)
      try scene.sql("CREATE TABLE slow AS SELECT false AS yes; GRANT SELECT ON slow TO readers")
      // Sleeps until it is frozen.
      scene.queries["orders"] = PostgresScene.ordersQuery.replacingOccurrences(
        of: "WHERE at",
        with: """
          WHERE (SELECT CASE WHEN yes AND :from::timestamptz >= '2026-10-18 00:00+00' THEN pg_sleep(100)::text ELSE '' END
              FROM slow) IS NOT NULL
            AND at
          """)
      // Another query is asked for everything again; that is done before anything freezes.
      let first = try scene.run(["collect"], asOf: "2026-10-18T00:00:00Z")
      #expect(first.status == 0, "\(first)")
      try scene.sql("UPDATE slow SET yes = true")
      scene.timeouts = "{ connect: 20s, read: 4s, total: 20s, source: 60s }"
      let database = scene
      let once = try Freezer(scene, atMost: 1) {
        _ = try? database.sql("UPDATE slow SET yes = false")
      }
      let recovered = try scene.copy().run("collect")
      once.stop()
      #expect(once.count == 1 && recovered.status == 0, "\(once.count) \(recovered)")

      // Five seconds of silence, one of waiting, five of silence; two more of waiting do not fit.
      try scene.sql("UPDATE slow SET yes = true")
      scene.timeouts = "{ connect: 20s, read: 4s, total: 20s, source: 13s }"
      let always = try Freezer(scene, atMost: .max)
      let trio = try scene.trio()
      always.stop()
      #expect(trio.codes == PostgresFault.unreachable, "\(trio.all)")
      #expect(always.count >= 3)
      // On a busy machine the time of the source may end before the second silence.
      for outcome in trio.all {
        #expect(
          [" for 5 s, cancelled", "13 s"].contains { outcome.told.contains($0) }, "\(outcome)")
      }
    }
  }

  @Test("a frozen server is a silent one (A3)")
  func frozenServer() async throws {
    try await onThread {
      let server = try PostgresServer()
      var scene = try PostgresScene(on: server, hasHistory: true)
      scene.timeouts = PostgresScene.hasty
      server.freeze()
      defer { server.thaw() }
      let trio = try scene.trio()
      #expect(trio.codes == PostgresFault.unreachable, "\(trio.all)")
      for outcome in trio.all {
        #expect(outcome.told.contains("in 1 s"), "\(outcome)")
      }
    }
  }

  @Test("a cancel request that is swallowed does not hold the run (A11)")
  func cancelIsSwallowed() async throws {
    try await onThread {
      var scene = try PostgresScene(hasHistory: true)
      scene.timeouts = PostgresScene.hasty
      let proxy = try scene.lead { $0 == 0 ? .stall(after: 3_000) : .silence }
      let outcome = try scene.run("check")
      #expect(outcome.status == 3, "\(outcome)")
      #expect(proxy.connections >= 2)
    }
  }
}

/// Stops the server's processes that work for a role, as a stuck disk would.
private final class Freezer: Sendable {
  private struct State {
    var frozen: Set<Int32> = []
    var isOn = true
  }

  private let state = Mutex(State())
  private let done = DispatchSemaphore(value: 0)

  /// Starts to freeze; `then` is called when no more are to be frozen.
  init(
    _ scene: PostgresScene, atMost limit: Int, then: @escaping @Sendable () -> Void = {}
  ) throws {
    Thread {
      while self.state.withLock({ $0.isOn && $0.frozen.count < limit }) {
        let pids = (try? scene.server.backends(of: scene.role, activeOnly: true)) ?? []
        self.state.withLock { state in
          for pid in pids where state.frozen.count < limit {
            if state.frozen.insert(pid).inserted { kill(pid, SIGSTOP) }
          }
        }
        usleep(20_000)
      }
      then()
      self.done.signal()
    }.start()
  }

  var count: Int { state.withLock { $0.frozen.count } }

  /// Lets them go on.
  func stop() {
    state.withLock { $0.isOn = false }
    done.wait()
    for pid in state.withLock({ $0.frozen }) { kill(pid, SIGCONT) }
  }
}
