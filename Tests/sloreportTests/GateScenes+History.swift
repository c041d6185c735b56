import Foundation

extension GateScene {
  private static func tampered(_ name: String, code: Int32 = 74, _ statement: String) -> GateScene {
    GateScene("history: \(name)", code) { try $0.tampered(statement) }
  }

  /// The healthy week up to now, with the last readings `ahead` seconds in the future of the machine's clock.
  private static func now(ahead: Int64) -> @Sendable (Workspace) throws -> Void {
    { workspace in
      let now = Int64(Date().timeIntervalSince1970) / 60 * 60
      try workspace.scene(["a.prom": Workspace.text(until: now + ahead, Workspace.healthy)])
    }
  }

  static let history: [GateScene] = [
    tampered(
      "the outage's days moved into the future",
      "UPDATE chunk SET day = day + 3000 WHERE day IN (SELECT DISTINCT day FROM chunk ORDER BY day DESC LIMIT 3)"
    ),
    tampered("all days moved into the past", "UPDATE chunk SET day = day - 3000"),
    tampered(
      "a bit of a day",
      "UPDATE chunk SET day = day + 4096 WHERE day = (SELECT max(day) - 1 FROM chunk)"),
    tampered("another step", "UPDATE OR IGNORE chunk SET step = 5"),
    tampered(
      "chunks given to another series",
      "UPDATE chunk SET series = -series; UPDATE chunk SET series = 3 + series"),
    tampered(
      "a chunk that is gone", "DELETE FROM chunk WHERE day = (SELECT max(day) - 1 FROM chunk)"),
    tampered("a series that is gone", "PRAGMA foreign_keys = OFF; DELETE FROM series WHERE id = 1"),
    tampered(
      "a series under another name",
      "UPDATE series SET key = CAST(replace(CAST(key AS TEXT), 'failed', 'fbiled') AS BLOB)"),
    tampered("a series that ends earlier", "UPDATE series SET ends = ends - 4000"),
    tampered(
      "bytes of a chunk",
      "UPDATE chunk SET cells = zeroblob(length(cells)) WHERE day = (SELECT max(day) - 1 FROM chunk)"
    ),
    tampered("a line of the ledger that is gone", "DELETE FROM ledger WHERE tab = 1"),
    tampered("the number of a later layout", code: 78, "PRAGMA user_version = 4000"),
    tampered("a table that is gone", code: 65, "DROP TABLE span"),
    tampered(
      "a trigger that was planted", code: 65,
      "CREATE TRIGGER t AFTER INSERT ON file BEGIN DELETE FROM span; END"),
    GateScene("history: a pipe as its lock", 77) {
      try $0.scene(["a.prom": Workspace.text(Workspace.healthy)])
      try $0.run("collect", "--as-of", Workspace.asOf)
      try $0.shell("rm -f sloreport.db.lock; mkfifo sloreport.db.lock")
    },
    GateScene("history: a folder", 77) {
      try $0.scene(["a.prom": Workspace.text(Workspace.healthy)])
      try $0.shell("mkdir sloreport.db")
    },
    GateScene("history: an empty file", 65) {
      try $0.scene(["a.prom": Workspace.text(Workspace.healthy)])
      try $0.shell(": > sloreport.db")
    },
    // Time.
    GateScene("data that end two days ago", 3) {
      try $0.scene(["a.prom": Workspace.text(until: Workspace.end - 172_800, Workspace.healthy)])
    },
    GateScene("half of the window not measured", 3) {
      try $0.scene([
        "a.prom": Workspace.text(
          Workspace.healthy.map { series, value in
            (series, { (400..<900).contains($0) ? nil : value($0) })
          })
      ])
    },
    GateScene("two days of history where seven are needed", 3) {
      try $0.scene(["a.prom": Workspace.text(days: 2, Workspace.healthy)])
    },
    GateScene("all data of the year after next", 3) {
      try $0.scene([
        "a.prom": Workspace.text(until: Workspace.end + 800 * 86_400, Workspace.healthy)
      ])
    },
    GateScene("counters that do not move", 3) {
      try $0.scene(["a.prom": Workspace.text(Workspace.healthy.map { ($0.series, { _ in 7 }) })])
    },
    // What is asked.
    GateScene("a selector with a typo in its name", 3) {
      try $0.scene(["a.prom": Workspace.text(Workspace.healthy)])
      try $0.configure(Workspace.ratio.replacing("total: orders_total", with: "total: order_total"))
    },
    GateScene("a selector with a typo in a value", 3) {
      try $0.scene(["a.prom": Workspace.text(Workspace.healthy)])
      try $0.configure(
        #"ratio: { source: m, good: 'orders_total{code="ok"}', total: 'orders_total{code=~"okay|bad"}' }"#
      )
    },
    GateScene("good that nothing matches", 1) {
      try $0.scene(["a.prom": Workspace.text(Workspace.healthy)])
      try $0.configure(Workspace.ratio.replacing("\"ok\"", with: "\"okay\""))
    },
    GateScene("good above total", 3) {
      try $0.scene(["a.prom": Workspace.text(Workspace.healthy)])
      try $0.configure(
        #"ratio: { source: m, good: orders_total, total: 'orders_total{code="ok"}' }"#)
    },
    GateScene("a selector widened after the old file is gone", 3) {
      try $0.scene(["a.prom": Workspace.text(until: Workspace.end - 43_200, Workspace.outage)])
      try $0.configure(
        #"ratio: { source: m, good: 'orders_total{code="ok"}', total: 'orders_total{code="ok"}' }"#)
      try $0.run("collect", "--as-of", Workspace.asOf)
      try $0.shell("rm m/a.prom")
      try $0.configure()
      try $0.write(Workspace.text(days: 1, Workspace.healthy), to: "m/b.prom")
    },
    GateScene("agreed time over the whole window", 3) {
      try $0.scene(["a.prom": Workspace.text(Workspace.healthy)])
      try $0.configure(
        top: "exclusions: [{ from: 2026-10-01T00:00:00Z, to: 2026-10-20T00:00:00Z, reason: x }]")
    },
    // The run.
    GateScene("a configuration that anybody may write", 77) {
      try $0.scene(["a.prom": Workspace.text(Workspace.healthy)])
      try $0.shell("chmod 666 sloreport.yaml")
    },
    // Healthy.
    GateScene("an interval that changes", 0) {
      try $0.scene([
        "a.prom": Workspace.text(
          step: 300,
          Workspace.healthy.map { series, value in
            (series, { $0 > 1400 && $0 % 5 > 0 ? nil : value($0) })
          })
      ])
    },
    GateScene("a wider file beside a narrow one", 0) {
      try $0.scene(["a.prom": Workspace.text(Workspace.healthy)])
      try $0.run("collect", "--as-of", Workspace.asOf)
      try $0.configure(
        #"ratio: { source: m, good: 'orders_total{code!="failed"}', total: orders_total }"#)
    },
  ]
}
