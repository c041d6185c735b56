import Foundation
import TestSupport
import Testing

@Suite("Rows that arrive late, and change")
struct PostgresLateRowTests {
  /// Good and total orders of the week that ends on 2026-10-19, as `check` tells them.
  private func counts(_ scene: PostgresScene, _ arguments: String..., asOf: String) throws -> String
  {
    let outcome = try scene.run(["check", "--format", "json"] + arguments, asOf: asOf)
    let good = outcome.output.firstMatch(of: /"good" : "?([0-9]+)/)?.output.1 ?? "none"
    let total = outcome.output.firstMatch(of: /"total" : "?([0-9]+)/)?.output.1 ?? "none"
    return "\(outcome.status) \(good) of \(total)"
  }

  private func arrange() throws -> PostgresScene {
    let scene = try PostgresScene(ownDatabase: true)
    // Twelve rows an hour, none after noon of the 18th yet.
    try scene.sql("DELETE FROM orders WHERE at >= '2026-10-18 12:00+00'")
    return scene
  }

  private func add(_ scene: PostgresScene, at: String, ok: Bool = true) throws {
    try scene.sql("INSERT INTO orders (at, ok, seconds) VALUES ('\(at)', \(ok), 0)")
  }

  // The pull at 12:00 reads the rows up to then; the next one starts 2 h before, at 10:00, and at midnight of that day.
  @Test(
    "inside of the overlap are taken over by the next pull, older ones by `collect --from` only")
  func lateRowsArrive() async throws {
    try await onThread {
      let scene = try arrange()
      let noon = "2026-10-18T12:00:00Z"
      let one = "2026-10-18T13:00:00Z"
      let week = try counts(scene, asOf: noon)
      func total(of text: String) -> Int? { Int(text.split(separator: " ").last ?? "") }
      #expect(total(of: week) == 2016, "seven days of 288: \(week)")

      try add(scene, at: "2026-10-18 11:31+00")
      try add(scene, at: "2026-10-18 12:30+00")
      try add(scene, at: "2026-10-18 01:01+00")
      // As of 13:00 the window has lost the twelve rows between 12:00 and 13:00 of the 11th.
      #expect(total(of: try counts(scene, asOf: one)) == 2016 - 12 + 3)

      try add(scene, at: "2026-10-17 12:01+00")
      try add(scene, at: "2026-10-14 12:01+00")
      #expect(total(of: try counts(scene, asOf: one)) == 2016 - 12 + 3)
      #expect(try scene.run(["collect", "--from", "2026-10-17T00:00:00Z"], asOf: one).status == 0)
      #expect(total(of: try counts(scene, "--no-collect", asOf: one)) == 2016 - 12 + 4)
      #expect(try scene.run(["collect", "--from", "2026-10-13"], asOf: one).status == 0)
      #expect(total(of: try counts(scene, "--no-collect", asOf: one)) == 2016 - 12 + 5)
    }
  }

  @Test(
    "a status that changes counts once, a row that is deleted no more, and again changes nothing")
  func changedRowsCountOnce() async throws {
    try await onThread {
      let scene = try arrange()
      let noon = "2026-10-18T12:00:00Z"
      try scene.sql("UPDATE orders SET ok = true")
      #expect(try counts(scene, asOf: noon) == "0 2016 of 2016")
      try scene.sql("UPDATE orders SET ok = false WHERE at = '2026-10-18 11:00+00'")
      #expect(try counts(scene, asOf: noon) == "0 2015 of 2016")
      try scene.sql("DELETE FROM orders WHERE at = '2026-10-18 11:05+00'")
      #expect(try counts(scene, asOf: noon) == "0 2014 of 2015")
      for _ in 0..<3 { #expect(try counts(scene, asOf: noon) == "0 2014 of 2015") }
      // Older than the overlap: only when asked for.
      try scene.sql("UPDATE orders SET ok = false WHERE at = '2026-10-15 11:00+00'")
      #expect(try counts(scene, asOf: noon) == "0 2014 of 2015")
      #expect(try scene.run(["collect", "--from", "2026-10-15T00:00:00Z"], asOf: noon).status == 0)
      #expect(try counts(scene, "--no-collect", asOf: noon) == "0 2013 of 2015")
    }
  }

  @Test("a label that is gone from what is read again is gone from the figures")
  func replacedSeriesGo() async throws {
    try await onThread {
      var scene = try arrange()
      let noon = "2026-10-18T12:00:00Z"
      scene.queries["orders"] = """
        SELECT date_bin(:step, at, timestamptz '2000-01-01 00:00+00') AS bucket, count(*) FILTER (WHERE ok) AS good,
          count(*) AS total, CASE WHEN ok THEN 'done' ELSE 'failed' END AS status
        FROM orders WHERE at >= :from AND at < :to GROUP BY 1, 4
        """
      try scene.sql(
        "UPDATE orders SET ok = true; UPDATE orders SET ok = false WHERE at = '2026-10-18 11:00+00'"
      )
      #expect(try counts(scene, asOf: noon) == "0 2015 of 2016")
      try scene.sql("UPDATE orders SET ok = true")
      #expect(try counts(scene, asOf: noon) == "0 2016 of 2016")
    }
  }

  @Test("a run every hour, every day and at once all end with the same figures")
  func schedulesAgree() async throws {
    try await onThread {
      let base = try PostgresScene()
      let schedules = [[], [4], [1, 2, 3, 4, 5], [5, 4, 5, 3], [2, 2, 2, 5]]
      let facts = try concurrently(schedules) { days -> String in
        let scene = try base.copy()
        for day in days { try scene.run(["collect"], asOf: "2026-10-\(13 + day)T07:30:00Z") }
        let outcome = try scene.run("weekly")
        guard outcome.status == 0 else { return "\(outcome)" }
        return try scene.read("reports/2026-W42/weekly.json")
      }
      #expect(Set(facts).count == 1 && facts[0].contains("\"good\""), "\(facts)")
    }
  }
}
