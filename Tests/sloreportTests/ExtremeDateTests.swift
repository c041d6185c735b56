import Foundation
import TestSupport
import Testing

/// Dates of the years 0001 to 9999, wherever one can be written.
@Suite("Extreme dates")
struct ExtremeDateTests {
  /// Beyond what is read, with the ends of 64 bits of nanoseconds: 1677-09-21 00:12:43 and 2262-04-11 23:47:16.
  static let unread = some([
    "0001-01-01", "1582-10-15", "1677-01-01", "1677-09-21", "1677-09-22", "1678-01-01",
    "1699-12-31", "2200-01-02", "2261-12-31", "2262-04-11", "2262-04-12", "9999-12-31",
  ])
  static let read = some([
    "1700-01-01", "1900-01-01", "1969-12-31", "1970-01-01", "2038-01-19", "2199-12-31",
  ])

  /// Every third one, and the last.
  private static func some(_ dates: [String]) -> [String] {
    let some = stride(from: 0, to: dates.count - 1, by: tries(3, long: 1)).map { dates[$0] }
    return some + dates.suffix(1)
  }

  static let configuration = """
    timezone: Pacific/Apia
    sources:
      metrics: { files: "snapshots/*" }
      records: { files: "records/*.csv" }
    services:
      shop:
        incidents: { source: records }
        slos:
          orders:
            objective: 99%
            window: 7d
            ratio: { source: metrics, good: 'orders_total{code="ok"}', total: orders_total }
          month: { objective: 99%, window: month, availability: { source: metrics, up: up }, missing: bad }
          fresh: { objective: 99%, window: 3650d, freshness: { source: metrics, newest: last_success, at_most: 3650d } }
          available: { objective: 99%, window: week, availability: { incidents: all } }
    retention: { minute: 3650d, five_minutes: 3650d }
    """

  private static let incidents =
    "id,started_at,resolved_at\nA,2026-10-14T10:00:00Z,2026-10-14T12:00:00Z\n"

  private func workspace(_ configuration: String = configuration) throws -> Workspace {
    let workspace = try Workspace(configuration: configuration)
    try workspace.write(Workspace.orders(days: 1), to: "snapshots/orders.om")
    try workspace.write(ExtremeDateTests.incidents, to: "records/all.csv")
    return workspace
  }

  /// No trap and no signal: 132, 133, 134 and 139 stand for those in a shell, a negative status here.
  private func isOrderly(_ outcome: Program.Outcome) -> Bool {
    [0, 1, 3, 4, 64, 65, 66, 73, 74, 78].contains(outcome.status)
  }

  private func lines(_ date: String) -> [(line: [String], shown: String)] {
    let (year, month) = (date.prefix(4), date.prefix(7))
    return [
      (["check", "--as-of", "\(date)T00:00:00Z"], "\(date)T00:00:00Z"),
      (["check", "--as-of", "\(date)T23:59:59-23:59"], "\(date)T23:59:59-23:59"),
      (["weekly", "--as-of", "\(date)T12:00:00+13:00"], "\(date)T12:00:00+13:00"),
      (["weekly", "--week", "\(year)-W02"], "\(year)-W02"),
      (["collect", "--as-of", "\(date)T00:00:00Z"], "\(date)T00:00:00Z"),
      (["collect", "--from", date], date),
      (["collect", "--from", "\(date)T00:00:00Z"], "\(date)T00:00:00Z"),
      (["incidents", "--as-of", "\(date)T00:00:00Z"], "\(date)T00:00:00Z"),
      (["incidents", "--week", "\(year)-W02"], "\(year)-W02"),
      (["incidents", "--month", "\(month)"], "\(month)"),
      (["incidents", "--from", date], date),
      (["incidents", "--to", date], date),
      (["chart", "days", "--as-of", "\(date)T00:00:00Z", "--out", "x.svg"], "\(date)T00:00:00Z"),
      (["chart", "hours", "--week", "\(year)-W02", "--out", "x.svg"], "\(year)-W02"),
    ]
  }

  @Test("in an option are read or are wrong usage, named as they were written", arguments: unread)
  func optionsBeyond(date: String) throws {
    let workspace = try workspace()
    for (line, shown) in lines(date) {
      let outcome = try workspace.program.run(line, in: workspace.folder)
      #expect(outcome.status == 64, "\(line): \(outcome)")
      #expect(outcome.errors.contains(shown), "\(line): \(outcome)")
      #expect(outcome.errors.contains("of the years 1700 to 2199"), "\(line): \(outcome)")
    }
  }

  @Test("in an option never trap, nor does the same run over its own history", arguments: read)
  func optionsWithin(date: String) throws {
    let workspace = try workspace()
    for (line, _) in lines(date) + lines(date) {
      let outcome = try workspace.program.run(line, in: workspace.folder)
      #expect(isOrderly(outcome), "\(line): \(outcome)")
      if line[0] == "check" { #expect(outcome.status != 0, "\(line): \(outcome)") }
    }
  }

  @Test("in a configuration are an error with its place", arguments: unread)
  func keysBeyond(date: String) throws {
    let exclusions = [
      "{ from: \(date), to: 2026-10-18, reason: r }",
      "{ from: 2026-10-17, to: \(date)T00:00:00+02:00, reason: r }",
      "{ from: 2026-10-17, to: 2026-10-18, reason: r, entered: \(date) }",
      "{ days: [Mon], from: \"02:00\", to: \"03:00\", reason: r, since: \(date) }",
      "{ days: [Mon], from: \"02:00\", to: \"03:00\", reason: r, until: \(date) }",
    ]
    let workspace = try workspace()
    for exclusion in exclusions {
      try workspace.write(
        "exclusions: [ \(exclusion) ]\n" + ExtremeDateTests.configuration, to: "sloreport.yaml")
      let outcome = try workspace.run("validate")
      #expect(outcome.status == 78, "\(exclusion): \(outcome)")
      #expect(outcome.errors.contains("sloreport.yaml:1:"), "\(exclusion): \(outcome)")
      #expect(outcome.errors.contains(date), "\(exclusion): \(outcome)")
    }
  }

  @Test("in a configuration never trap", arguments: read)
  func keysWithin(date: String) throws {
    let workspace = try workspace(
      """
      exclusions:
        - { from: 1700-01-01, to: \(date)T00:00:01Z, reason: r, entered: \(date) }
        - { days: [Mon, Sun], from: "00:00", to: "24:00", reason: r, since: \(date), until: 2199-12-31 }
        - { days: [Tue], from: "23:00", to: "01:00", reason: r, until: \(date) }

      """ + ExtremeDateTests.configuration)
    for asOf in [Workspace.asOf, "1700-01-01T00:00:00Z", "2199-12-31T23:59:59Z"] {
      for command in ["check", "weekly"] {
        let outcome = try workspace.run(command, "--as-of", asOf)
        #expect(isOrderly(outcome), "\(command) \(asOf): \(outcome)")
      }
    }
  }

  /// Seconds since 1970.
  private static func seconds(_ date: String) throws -> Int64 {
    let day = try Date(date + "T00:00:00Z", strategy: .iso8601)
    return Int64(day.timeIntervalSince1970)
  }

  @Test("in a file are an error with its place, or are left out", arguments: unread)
  func files(date: String) throws {
    let stamp = "\(date.filter { $0 != "-" })T000000Z"
    let seconds = try ExtremeDateTests.seconds(date)
    let created = "orders_created{code=\"ok\"}"
    let texts: [(path: String, text: String)] = [
      ("snapshots/a-\(stamp).prom", "up 1\n"),
      ("snapshots/a.prom", "up 1 \(seconds)000\n"),
      ("snapshots/a.om", "# TYPE up gauge\nup 1 \(seconds)\n# EOF\n"),
      ("snapshots/a.csv", "time,name,value\n\(date)T00:00:00Z,up,1\n"),
      ("snapshots/b.csv", "time,name,value\n\(seconds),up,1\n"),
      (
        "snapshots/a.json",
        #"{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"up"},"values":[[\#(seconds),"1"]]}]}}"#
      ),
      ("records/b.csv", "id,started_at,resolved_at\nB,\(date)T00:00:00Z,\n"),
      ("records/c.csv", "id,started_at,resolved_at\nB,2026-10-14T10:00:00Z,\(date)\n"),
      (
        "records/d.csv",
        "id,started_at,resolved_at\nB,2026-10-14T10:00:00Z,\(date)T00:00:00Z\n"
      ),
    ]
    for (path, text) in texts {
      let workspace = try workspace()
      try workspace.write(text, to: path)
      let outcome = try workspace.run("collect", "--as-of", Workspace.asOf)
      #expect(outcome.status == 65, "\(path): \(outcome)")
      #expect(outcome.errors.contains(path), "\(path): \(outcome)")
      #expect(isOrderly(try workspace.check()), "\(path)")
    }
    // What is no time of a sample is no error, and no time of any figure.
    let values = [
      "# TYPE orders counter\norders_total{code=\"ok\"} 1 \(Workspace.end - 60)\n"
        + "\(created) \(seconds)\norders_total{code=\"ok\"} 2 \(Workspace.end)\n"
        + "\(created) \(seconds)\n# EOF\n",
      "# TYPE last_success gauge\nlast_success \(seconds) \(Workspace.end - 60)\n"
        + "last_success \(seconds) \(Workspace.end)\n# EOF\n",
    ]
    for text in values {
      let workspace = try workspace()
      try workspace.write(text, to: "snapshots/orders.om")
      for outcome in [try workspace.run("collect"), try workspace.check(), try workspace.weekly()] {
        #expect(isOrderly(outcome), "\(text): \(outcome)")
      }
    }
  }

  @Test("of a change of a file never trap", arguments: ["0001-01-01", "1677-01-01", "9999-12-31"])
  func modification(date: String) throws {
    let workspace = try workspace(
      ExtremeDateTests.configuration.replacingOccurrences(
        of: "\"snapshots/*\"", with: "\"snapshots/*\", time: mtime"))
    try workspace.write("up 1\n", to: "snapshots/a.prom")
    for path in ["snapshots/a.prom", "records/all.csv"] {
      // A file system without such times keeps another, which is as good.
      _ = try workspace.program.shell("touch -d \(date) \(path)", in: workspace.folder)
    }
    #expect(isOrderly(try workspace.run("collect", "--as-of", Workspace.asOf)))
    #expect(isOrderly(try workspace.check()))
  }
}
