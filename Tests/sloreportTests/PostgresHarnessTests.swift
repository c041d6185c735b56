import Foundation
import TestSupport
import Testing

/// Without these the tests of faults could pass because nothing was broken.
@Suite("The servers of the tests")
struct PostgresHarnessTests {
  private func query(_ proxy: LoopbackProxy, limit: Duration = HangLimit.length) throws -> (
    status: Int32, text: String
  ) {
    let server = try PostgresServer.shared()
    try server.psql(
      """
      DO $$ BEGIN CREATE ROLE harness LOGIN PASSWORD 'harness'; EXCEPTION WHEN duplicate_object OR unique_violation THEN END $$
      """)
    let folder = try TemporaryFolder()
    let psql = try ChildProcess(
      [
        "/usr/bin/psql", "-X", "-At", "-c", "SELECT repeat('x', 20000)",
        "host=127.0.0.1 port=\(proxy.port) dbname=postgres user=harness sslmode=disable",
      ], environment: ["PGPASSWORD": "harness"], output: folder.file("out"),
      errors: folder.file("out"))
    let status = try? psql.wait(atMost: limit)
    return (
      status ?? 999, String(decoding: try folder.read("out"), as: UTF8.self)
    )
  }

  @Test(
    "the proxy does what it is told",
    arguments: [
      (LoopbackProxy.Behaviour.pass, 0, "xxxx\n"),
      (.silence, 999, ""),
      (.refuse, 2, "server closed the connection unexpectedly"),
      (.stall(after: 5_000), 999, ""),
      (.trickle(after: 1_000, every: 1_000_000), 999, ""),
      (.trickle(after: 20_000, every: 1), 0, "xxxx\n"),
      (.finish(after: 5_000), 2, "server closed the connection unexpectedly"),
      (.reset(after: 5_000), 2, "connection to server was lost"),
      (.flip(byte: 0), 2, "expected authentication request"),
      (.answer(Array("E\0\0\0\u{1A}SFATAL\0C57P03\0Mlater\0\0".utf8)), 2, "later"),
    ])
  func proxyMisbehaves(behaviour: LoopbackProxy.Behaviour, status: Int, text: String) async throws {
    try await onThread {
      let server = try PostgresServer.shared()
      let proxy = try LoopbackProxy(to: .port(server.port)) { _ in behaviour }
      let outcome = try query(proxy, limit: status == 999 ? .seconds(5) : HangLimit.length)
      #expect(outcome.status == Int32(status), "\(outcome)")
      #expect(text.isEmpty || outcome.text.contains(text), "\(outcome)")
      #expect(proxy.connections == 1)
      proxy.stop()
    }
  }

  @Test("a server can be stopped in three ways, started again and frozen")
  func serverStops() async throws {
    try await onThread {
      let server = try PostgresServer()
      for mode in [PostgresServer.StopMode.fast, .immediate, .smart] {
        try server.psql("CREATE TABLE IF NOT EXISTS a (b int); INSERT INTO a VALUES (1)")
        try server.stop(mode)
        #expect(throws: ChildProcess.Failure.self) { try server.psql("SELECT 1") }
        try server.start()
      }
      #expect(try server.psql("SELECT count(*) FROM a") == "3\n")
      #expect(server.log.contains("database system was not properly shut down"))

      let session = try server.session()
      try session.run("BEGIN; LOCK TABLE a; SELECT 'held';")
      #expect(session.output.contains("held"))
      #expect(throws: ChildProcess.Failure.self) {
        try server.psql("SET lock_timeout = 100; SELECT * FROM a")
      }
      try session.close()
      #expect(try server.psql("SELECT count(*) FROM a") == "3\n")
      try server.stop()
    }
  }

  @Test("PgBouncer lends one connection to all, and keeps what a client set on it")
  func bouncerShares() async throws {
    try await onThread {
      let server = try PostgresServer.shared()
      try server.psql("CREATE ROLE pooled LOGIN PASSWORD 'pooled'")
      let bouncer = try PgBouncer(to: server, passwords: ["pooled": "pooled"])
      func ask(_ statement: String) throws -> String {
        try PostgresServer.psql(
          "host=127.0.0.1 port=\(bouncer.port) dbname=postgres user=pooled", password: "pooled",
          statement)
      }
      let first = try ask("SELECT pg_backend_pid()")
      #expect(try ask("SELECT pg_backend_pid()") == first)
      _ = try ask("SET statement_timeout = '333ms'")
      #expect(try ask("SHOW statement_timeout") == "333ms\n")
    }
  }

  @Test("a secret is found in what was printed, in what was written, and in disguise")
  func secretsAreFound() async throws {
    try await onThread {
      let scene = try PostgresScene()
      let canary = PostgresScene.canary
      let quiet = Program.Outcome(status: 0, output: "", errors: "")
      try Secrets(of: scene).search(quiet, in: scene.folder)
      for text in [
        canary, String(canary.reversed()), Data(canary.utf8).base64EncodedString(),
        scene.connection,
      ] {
        let loud = Program.Outcome(status: 0, output: "", errors: "x \(text) y")
        #expect(throws: PostgresScene.Leak.self) {
          try Secrets(of: scene).search(loud, in: scene.folder)
        }
        try scene.write("a\0\(text)", to: "reports/a")
        #expect(throws: PostgresScene.Leak.self) {
          try Secrets(of: scene).search(quiet, in: scene.folder)
        }
        try FileManager.default.removeItem(at: scene.folder.appendingPathComponent("reports"))
      }
    }
  }

  @Test("a certificate is what it says", arguments: Certificates.Kind.allCases)
  func certificatesDiffer(kind: Certificates.Kind) async throws {
    try await onThread {
      let server = try PostgresServer()
      let certificates = try Certificates()
      try server.append(certificates.settings(kind), to: "postgresql.conf")
      try server.psql("CREATE ROLE guest LOGIN PASSWORD 'guest'")
      try server.stop()
      try server.start()
      func complaint(_ settings: String) -> String {
        do {
          return try PostgresServer.psql(
            "host=localhost port=\(server.port) dbname=postgres user=guest \(settings)",
            password: "guest", "SELECT 'in'")
        } catch { return "\(error)" }
      }
      #expect(complaint("sslmode=require") == "in\n")
      let strict = complaint("sslmode=verify-full sslrootcert=\(certificates.authority)")
      let expected =
        switch kind {
        case .right: "in\n"
        case .wrongName: "does not match host name"
        case .expired, .selfSigned: "certificate verify failed"
        }
      #expect(strict.contains(expected), "\(strict)")
    }
  }
}
