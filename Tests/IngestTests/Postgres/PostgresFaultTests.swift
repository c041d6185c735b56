import Foundation
import Model
import Synchronization
import TestSupport
import Testing

@testable import Ingest

@Suite("Trouble with Postgres")
struct PostgresFaultTests {
  let database: TestDatabase
  let moment = order("SELECT :from AS at", .moments)

  init() throws { database = try TestDatabase.shared.get() }

  @Test("refused connections are tried five times, with growing waits, and open the breaker")
  func refused() async throws {
    try await onThread {
      let port = try LoopbackProxy.freePort()
      let pulled = try PulledRows([moment, moment], database.access(host: "127.0.0.1", port: port))
      #expect(pulled.fault?.reason == .refused)
      #expect(pulled.fault?.tries == 5)
      #expect(pulled.fault?.place?.address == "127.0.0.1:\(port)")
      #expect(pulled.failures.first?.path == nil)
      #expect(pulled.failures.first?.kind == .unreachable)
      #expect(pulled.waits == [1, 2, 4, 8].map { .seconds($0) })
      #expect(pulled.health.failures == 5)
      let opened = try #require(pulled.health.opened)
      let again = try PulledRows(
        [moment], database.access(), health: pulled.health, now: opened)
      #expect(again.fault?.reason == .paused(until: opened + .seconds(60)))
      // Half open: a try that fails opens it again, one that succeeds closes it.
      let half = opened + .seconds(60)
      let failing = try PulledRows(
        [moment], database.access(host: "127.0.0.1", port: port), health: pulled.health, now: half)
      #expect(failing.fault?.tries == 1)
      let working = try PulledRows([moment], database.access(), health: pulled.health, now: half)
      #expect(working.failures == [])
      #expect(working.health == SourceHealth())
    }
  }

  @Test("no socket, an unknown name, a wrong password and a missing database are told apart")
  func kinds() async throws {
    try await onThread {
      let cases: [(DatabaseAccess, DatabaseFault.Reason, IngestError.Kind, Int)] = [
        (database.access(host: "/nowhere"), .noSocket, .unreachable, 5),
        (database.access(host: "nowhere.invalid"), .unknownHost, .unreachable, 5),
        (database.access(extra: "password=wrong"), .loginRefused(code: "28P01"), .unsafe, 1),
        (
          database.access(database: "nowhere"), .server(code: "3D000", message: nil),
          .configuration, 1
        ),
        (
          database.access(host: "127.0.0.1", extra: "sslmode=require"), .encryption(.notOffered),
          .unreachable, 1
        ),
      ]
      for (access, reason, kind, tries) in cases {
        let pulled = try PulledRows([moment], access)
        #expect(pulled.fault?.reason == reason)
        #expect(pulled.failures.first?.kind == kind)
        #expect(pulled.fault?.tries == tries)
        #expect(pulled.failures.first?.path == nil)
      }
    }
  }

  @Test("a server that has no connection left is left alone until some time")
  func overloaded() async throws {
    try await onThread {
      try database.addRole("room_limited")
      try database.sql("ALTER ROLE room_limited CONNECTION LIMIT 1")
      let holder = try database.server.session(
        database: "room", user: "room_limited", password: TestDatabase.password)
      try holder.run("SELECT 1;")
      let now = Instant(seconds: 1_795_000_000)
      let pulled = try PulledRows([moment], database.access(as: "room_limited"), now: now)
      let until = try #require(pulled.health.notBefore)
      #expect(pulled.fault?.reason == .overloaded(code: "53300", notBefore: until))
      #expect(pulled.fault?.tries == 1)
      #expect(pulled.waits == [])
      #expect(until > now && pulled.health.throttles == 1)
      try holder.close()
    }
  }

  @Test("a backend that is killed in the middle loses nothing and doubles nothing")
  func killed() async throws {
    try await onThread {
      try database.addRole("room_victim")
      try database.sql(
        "CREATE TABLE victims AS SELECT true AS wanted; GRANT SELECT ON victims TO room_victim")
      // Half of the rows come at once, then it sleeps for as long as it is to be killed.
      let sql = """
        SELECT t AS bucket, 1 AS value,
          CASE WHEN n = 10000 AND (SELECT wanted FROM victims) THEN pg_sleep(100)::text ELSE '' END AS s
        FROM generate_series(1, 20000) n, LATERAL (SELECT :from + n * interval '4 s') AS v(t)
        """
      let database = database
      let isDone = Mutex(false)
      let kills = Mutex(0)
      let killer = Thread {
        var last = "0"
        while !isDone.withLock({ $0 }), kills.withLock({ $0 < 2 }) {
          let sleeping = try? database.sql(
            """
            SELECT pid FROM pg_stat_activity
            WHERE usename = 'room_victim' AND wait_event = 'PgSleep' AND pid <> \(last)
            """)
          guard let victim = sleeping?.first else { continue }
          last = victim
          // The next try sleeps no more.
          if kills.withLock({ $0 == 1 }) {
            _ = try? database.sql("UPDATE victims SET wanted = false")
          }
          _ = try? database.sql("SELECT pg_terminate_backend(\(victim))")
          kills.withLock { $0 += 1 }
        }
      }
      killer.start()
      let limits = DatabaseAccess.Limits(
        connect: .seconds(20), read: .seconds(60), total: .seconds(60), source: .minutes(5))
      let pulled = try PulledRows(
        [order(sql, .value)], database.access(as: "room_victim", limits: limits))
      isDone.withLock { $0 = true }
      #expect(pulled.failures == [])
      #expect(kills.withLock { $0 } == 2)
      #expect(pulled.waits.count == 2)
      #expect(pulled.batches.map(\.read) == [20000])
      #expect(pulled.series.flatMap(\.cells).reduce(0) { $0 + $1.count } == 20000)
      #expect(pulled.health == SourceHealth())
    }
  }

  @Test("a cut line is tried again, wherever it is cut")
  func cut() async throws {
    try await onThread {
      let sql = "SELECT :from + n * interval '1 s' AS at FROM generate_series(1, 3000) n"
      for length in [0, 1, 100, 330, 700, 1500, 3000, 9000, 40_000] {
        let proxy = try LoopbackProxy(to: .port(database.server.port)) {
          $0 == 0 ? .reset(after: length) : .pass
        }
        let pulled = try PulledRows(
          [order(sql, .moments)], database.access(host: "127.0.0.1", port: proxy.port))
        #expect(pulled.failures == [], "\(length)")
        #expect(pulled.waits.count == 1, "\(length)")
        #expect(pulled.batches.map(\.read) == [3000], "\(length)")
        proxy.stop()
      }
    }
  }

  @Test("a locked table gives up after a second, without counting against the server")
  func locked() async throws {
    try await onThread {
      try database.sql("CREATE TABLE locked (a int); GRANT SELECT ON locked TO room_reader")
      let holder = try database.server.session(database: "room")
      try holder.run("BEGIN; LOCK TABLE locked;")
      let pulled = try PulledRows(
        [order("SELECT :from AS at FROM locked", .moments), moment], database.access())
      #expect(pulled.fault?.reason == .locked)
      #expect(pulled.fault?.tries == 5)
      #expect(pulled.failures.first?.path == "q.sql")
      #expect(pulled.batches.count == 1)
      #expect(pulled.health == SourceHealth())
      try holder.close()
    }
  }

  // MARK: Deadlines

  @Test("a server that accepts and never speaks ends at the connection's deadline")
  func silentServer() async throws {
    try await onThread {
      let proxy = try LoopbackProxy(to: .port(database.server.port)) { _ in .silence }
      let pulled = try PulledRows(
        [moment],
        database.access(
          host: "127.0.0.1", port: proxy.port, limits: .short(connect: .milliseconds(700))))
      #expect(pulled.fault?.reason == .hung(.greeting, limit: .milliseconds(700)))
      proxy.stop()
    }
  }

  @Test("a login that stalls is told as one")
  func stalledLogin() async throws {
    try await onThread {
      let proxy = try LoopbackProxy(to: .port(database.server.port)) { _ in .stall(after: 20) }
      let pulled = try PulledRows(
        [moment],
        database.access(
          host: "127.0.0.1", port: proxy.port, extra: "sslmode=disable",
          limits: .short(connect: .seconds(3))))
      #expect(pulled.fault?.reason == .hung(.login, limit: .seconds(3)))
      proxy.stop()
    }
  }

  @Test("a frozen backend is noticed by its silence, and the next try gets another one")
  func frozen() async throws {
    try await onThread {
      try database.addRole("room_frozen")
      try database.sql(
        "CREATE TABLE icy AS SELECT true AS yes; GRANT SELECT ON icy TO room_frozen")
      let database = database
      let isDone = Mutex(false)
      let freezer = Thread {
        while !isDone.withLock({ $0 }) {
          guard
            let pid = try? database.server.backends(of: "room_frozen", activeOnly: true).first
          else { continue }
          kill(pid, SIGSTOP)
          _ = try? database.sql("UPDATE icy SET yes = false")
          return
        }
      }
      freezer.start()
      // Sleeps until it is frozen.
      let sql =
        "SELECT :from AS at, CASE WHEN yes THEN pg_sleep(100)::text ELSE '' END AS s FROM icy"
      let limits = DatabaseAccess.Limits(
        connect: .seconds(20), read: .seconds(5), total: .seconds(30), source: .minutes(5))
      let pulled = try PulledRows(
        [order(sql, .moments)], database.access(as: "room_frozen", limits: limits))
      isDone.withLock { $0 = true }
      #expect(pulled.failures == [])
      #expect(pulled.waits.count == 1)
      #expect(pulled.batches.compactMap(\.span?.length).reduce(.zero, +) == .hours(24))
      for pid in try database.server.backends(of: "room_frozen") { kill(pid, SIGCONT) }
    }
  }

  @Test("a frozen backend and a cancel request that hangs end by the limits all the same")
  func frozenForGood() async throws {
    try await onThread {
      let proxy = try LoopbackProxy(to: .port(database.server.port)) {
        $0 == 0 ? .stall(after: 4000) : .silence
      }
      let sql = "SELECT :from + n * interval '1 s' AS at FROM generate_series(1, 30000) n"
      let pulled = try PulledRows(
        [order(sql, .moments)],
        database.access(
          host: "127.0.0.1", port: proxy.port,
          limits: .short(connect: .seconds(2), source: .seconds(6))))
      #expect(pulled.failures.first?.kind == .unreachable)
      #expect(pulled.batches.isEmpty)
      proxy.stop()
    }
  }

  @Test("a trickle ends at the deadline of the try, which no byte resets")
  func trickle() async throws {
    try await onThread {
      let proxy = try LoopbackProxy(to: .port(database.server.port)) { _ in
        .trickle(after: 3000, every: 100_000)
      }
      let sql = "SELECT :from + n * interval '1 s' AS at FROM generate_series(1, 30000) n"
      let pulled = try PulledRows(
        [order(sql, .moments)],
        database.access(
          host: "127.0.0.1", port: proxy.port,
          limits: .short(total: .seconds(2), source: .seconds(3))))
      #expect(pulled.batches.isEmpty)
      #expect(
        pulled.fault?.reason == .outOfTime(limit: .seconds(3))
          || pulled.fault?.reason == .late(limit: .seconds(2)))
      proxy.stop()
    }
  }
}
