extension GateScene {
  private static let rowRatio = "ratio: { source: m, where: {} }"

  private static func table(_ row: @escaping @Sendable (Int) -> String?)
    -> @Sendable (Workspace)
    throws -> Void
  {
    { try $0.rows("bucket,good,total", rowRatio, row) }
  }

  private static func latency(_ bounds: [String], _ rows: Bool = false)
    -> @Sendable (Workspace)
    throws -> Void
  {
    { workspace in
      guard !rows else {
        return try workspace.rows(
          "bucket,le,count", "latency: { source: m, where: {}, at_most: 500ms }"
        ) { "\(bounds[$0 % bounds.count]),10" }
      }
      try workspace.configure("latency: { source: m, histogram: d, at_most: 500ms }")
      try workspace.write(
        Workspace.text(bounds.map { ("d_bucket{le=\"\($0)\"}", { 10 * $0 }) }), to: "m/a.prom")
    }
  }

  private static func incidents(
    _ file: String, _ text: String, more: String = "", where condition: String = ""
  ) -> @Sendable (Workspace) throws -> Void {
    {
      try $0.configure(
        "availability: { incidents: all\(condition) }", service: "incidents: { source: m\(more) }")
      try $0.write(text, to: "m/\(file)")
    }
  }

  /// Rows of ten minutes of two shards, each in files of its own.
  private static func shards(_ second: @escaping @Sendable (Int) -> Bool)
    -> @Sendable (Workspace) throws -> Void
  {
    { workspace in
      try workspace.configure(rowRatio, source: "files: \"m/{shard}.csv\"")
      try workspace.write(export({ _ in "10,10" }), to: "m/a.csv")
      try workspace.write(export({ second($0) ? "10,10" : nil }), to: "m/b.csv")
    }
  }

  private static func export(_ row: (Int) -> String?, _ range: Range<Int> = 0..<8 * 144) -> String {
    let lines = range.compactMap { index in
      row(index).map { "\(Workspace.end - 8 * 86_400 + Int64(index) * 600),\($0)\n" }
    }
    return "bucket,good,total\n" + lines.joined()
  }

  private static let known = "i-20261019T000000Z.csv"
  private static let first =
    "id,severity,started_at,resolved_at\n1,major,2026-09-01T00:00:00Z,2026-09-01T00:10:00Z\n"

  static let rows: [GateScene] = [
    GateScene("a row with more good than there was", 3, table { $0 == 900 ? "11,10" : "10,10" }),
    GateScene("a row with a negative count", 3, table { $0 == 900 ? "-1,10" : "10,10" }),
    GateScene("a row that is no number", 3, table { $0 == 900 ? "nan,10" : "10,10" }),
    GateScene("a row of infinitely many", 3, table { $0 == 900 ? "10,inf" : "10,10" }),
    GateScene("a row without a number", 3, table { $0 == 900 ? "10," : "10,10" }),
    GateScene("a row with a field too few", 3, table { $0 == 900 ? "10" : "10,10" }),
    GateScene("decimal commas", 3, table { _ in "\"9,5\",\"10,0\"" }),
    GateScene("rows of nothing", 3, table { _ in "0,0" }),
    GateScene("a header alone", 3, table { _ in nil }),
    GateScene("a single row", 3, table { $0 == 900 ? "10,10" : nil }),
    GateScene("a table that stopped two days ago", 3, table { $0 < 860 ? "10,10" : nil }),
    GateScene(
      "a table with a hole of two days", 3, table { (500..<790).contains($0) ? nil : "10,10" }),
    GateScene("an outage in rows", 1, table { (900..<972).contains($0) ? "0,10" : "10,10" }),
    GateScene("a header that lacks a column", 3) {
      try $0.rows("bucket,good", rowRatio) { _ in "10" }
    },
    GateScene("local times without a zone", 3) {
      try $0.rows("bucket,good,total", rowRatio) { _ in nil }
      try $0.write("bucket,good,total\n2026-10-18 10:00:00,10,10\n", to: "m/t.csv")
    },
    GateScene("a histogram of which only all events are counted", 3, latency(["+Inf"])),
    GateScene(
      "a histogram without a bound at or under the objective's", 3, latency(["1", "+Inf"])),
    GateScene("a histogram without a count of all events", 3, latency(["0.5", "1"])),
    GateScene("rows of a histogram without a bound that helps", 3, latency(["Inf"], true)),
    GateScene("a state that is no word we know", 3) {
      try $0.rows("at,up", "availability: { source: m, where: {}, hold_at_most: 15m }") {
        $0 == 900 ? "degraded?" : "up"
      }
    },
    GateScene("states that stopped two days ago", 3) {
      try $0.rows("at,up", "availability: { source: m, where: {}, hold_at_most: 15m }") {
        $0 < 860 ? "up" : nil
      }
    },
    GateScene("states that are down for a day", 1) {
      try $0.rows("at,up", "availability: { source: m, where: {}, hold_at_most: 15m }") {
        (900..<1044).contains($0) ? "down" : "up"
      }
    },
    GateScene("a heartbeat that is silent for a day", 1) {
      try $0.rows("at", "availability: { source: m, where: {}, within: 1h }") {
        (900..<1044).contains($0) ? nil : ""
      }
      try $0.shell("sed -i 's/,$//' m/t.csv")
    },
    GateScene("a newest success that there never was", 1) {
      try $0.configure("freshness: { source: m, newest: last_success, at_most: 8h }")
      try $0.write(Workspace.text([("last_success", { _ in 0 })]), to: "m/a.prom")
    },
    GateScene("a newest success that does not move", 1) {
      try $0.configure("freshness: { source: m, newest: last_success, at_most: 8h }")
      try $0.write(
        Workspace.text([("last_success", { _ in Int(Workspace.end) - 6 * 86_400 })]), to: "m/a.prom"
      )
    },
    // Incidents.
    GateScene(
      "an incident of a severity that nobody knows", 3,
      incidents(known, first + "2,hot,2026-10-15T00:00:00Z,2026-10-15T01:00:00Z\n")),
    GateScene(
      "an incident that ends before it begins", 3,
      incidents(known, first + "2,major,2026-10-15T00:00:00Z,2026-10-14T01:00:00Z\n")),
    GateScene(
      "an incident without a start", 3,
      incidents(known, first + "2,major,,2026-10-14T01:00:00Z\n")),
    GateScene(
      "an open incident that starts in some months", 3,
      incidents(known, first + "2,major,2199-10-16T00:00:00Z,\n")),
    GateScene("an open incident", 1, incidents(known, first + "2,major,2026-10-16T00:00:00Z,\n")),
    GateScene(
      "incidents known to two days ago", 3, incidents("i-20261016T120000Z.csv", first)),
    GateScene("incidents known to nobody knows when", 3, incidents("i.csv", first)),
    GateScene("an export of incidents that is cut", 3, incidents(known, first + "2,\"maj")),
    GateScene("an export of incidents that is empty", 3, incidents(known, "")),
    GateScene("rows of a shard that stop", 3, shards { $0 < 700 }),
    GateScene("a day without rows of a shard", 3, shards { !(700..<844).contains($0) }),
    GateScene("a later export that leaves the failed orders out", 3) {
      try $0.configure(rowRatio)
      try $0.write(export({ _ in "98,100" }, 0..<1000), to: "m/1.csv")
      try $0.write(export({ _ in "98,98" }, 144..<1152), to: "m/2.csv")
    },
    GateScene("an export that has half of its rows twice", 3) { workspace in
      try workspace.configure(rowRatio)
      let rows: (Int) -> String? = { (900..<920).contains($0) ? "0,10" : "10,10" }
      try workspace.write(
        export(rows)
          + export(rows, 0..<800).split(separator: "\n").dropFirst().joined(separator: "\n"),
        to: "m/a.csv")
    },
    GateScene(
      "a condition that no incident ever met", 3,
      incidents(
        known,
        first.replacing("severity,", with: "severity,service,").replacing(
          "major,", with: "major,web,"),
        where: ", where: { service: wbe }")),
    // Healthy.
    GateScene("rows of ten minutes", 0, table { $0 % 50 == 0 ? "9,10" : "10,10" }),
    GateScene("rows of a shard that sleeps at night", 0, shards { $0 % 144 < 100 }),
    GateScene("rows of a shard that was switched off before the window", 0, shards { $0 < 100 }),
    GateScene("rows of a shard that come an hour later", 0, shards { $0 < 1152 - 6 }),
    GateScene("an export of seven days, in which a tenth was corrected by refunds", 0) {
      try $0.configure(rowRatio)
      try $0.write(export({ _ in "100,100" }, 0..<1000), to: "m/1.csv")
      try $0.write(
        export({ $0 % 10 == 0 ? "99,100" : "100,100" }, 144..<1152), to: "m/2.csv")
    },
    GateScene(
      "an incident in a row for each service", 0,
      incidents(
        known,
        first.replacing("severity,", with: "severity,service,").replacing(
          "major,", with: "major,web,") + "1,major,shop,2026-09-01T00:00:00Z,2026-09-01T00:10:00Z\n"
      )
    ),
    GateScene("a quiet service", 0, incidents(known, first)),
    GateScene("a histogram with its bound", 0, latency(["0.5", "1", "+Inf"])),
    GateScene("one row a day, each in a file of its own", 0) { workspace in
      try workspace.configure(rowRatio)
      for day in 9...18 {
        let name = day < 10 ? "0\(day)" : "\(day)"
        try workspace.write(
          "bucket,good,total\n2026-10-\(name)T00:00:00Z,9990,10000\n", to: "m/\(name).csv")
      }
    },
  ]
}
