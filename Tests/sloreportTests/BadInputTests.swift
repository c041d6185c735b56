import Foundation
import TestSupport
import Testing

/// One thing that goes wrong before or during a run, and what the user must see.
struct Fault: Sendable, CustomTestStringConvertible {
  /// The row of the fault table it stands for.
  let row: String
  let name: String
  let prepare: @Sendable (Workspace) throws -> Void
  /// The exit code of `check`; never 0.
  let check: Int32
  /// What `check` says, on either stream.
  let says: [String]

  var testDescription: String { "\(row) \(name)" }

  static func snapshot(_ text: @autoclosure @escaping @Sendable () -> String)
    -> @Sendable (Workspace) throws -> Void
  {
    { try $0.write(text(), to: "snapshots/orders.om") }
  }

  static func configuration(_ text: String) -> @Sendable (Workspace) throws -> Void {
    {
      try $0.write(Workspace.orders(), to: "snapshots/orders.om")
      try $0.write(text, to: "sloreport.yaml")
    }
  }

  /// The good configuration with one text replaced by another.
  static func configuration(_ old: String, _ new: String) -> @Sendable (Workspace) throws -> Void {
    configuration(Workspace.configuration.replacingOccurrences(of: old, with: new))
  }

  /// A table of fifteen days in rows of five minutes; `nil` for no row.
  static func rows(_ row: @escaping @Sendable (Int) -> (good: Int, total: Int)?)
    -> @Sendable (Workspace) throws -> Void
  {
    { workspace in
      try workspace.write(
        """
        timezone: UTC
        sources: { rows: { files: rows.csv } }
        services: { shop: { slos: { orders: { objective: 99%, window: 7d, ratio: { source: rows, where: {} } } } } }
        """, to: "sloreport.yaml")
      let lines = (0..<15 * 288).compactMap { index in
        row(index).map {
          "\(Workspace.end - 15 * 86_400 + Int64(index) * 300),\($0.good),\($0.total)"
        }
      }
      try workspace.write(
        "bucket,good,total\n" + lines.joined(separator: "\n") + "\n", to: "rows.csv")
    }
  }

  static let all: [Fault] = [
    // Input files
    Fault(
      row: "B1", name: "a snapshot cut in the middle of a line",
      prepare: snapshot(String(Workspace.orders().dropLast(40_000))), check: 3,
      says: ["orders.om", "truncated"]),
    Fault(
      row: "B1", name: "a snapshot cut at a line's end",
      prepare: snapshot(String(Workspace.orders().dropLast("# EOF\n".count))), check: 3,
      says: ["orders.om", "truncated"]),
    Fault(
      row: "B8", name: "time stamps in milliseconds",
      prepare: snapshot(
        "# TYPE orders counter\norders_total{code=\"ok\"} 1 1792368000000\n# EOF\n"), check: 3,
      says: ["1,000 times too large", "orders.om:2"]),
    Fault(
      row: "B8", name: "time stamps of 1970",
      prepare: snapshot("# TYPE orders counter\norders_total{code=\"ok\"} 1 12\n# EOF\n"), check: 3,
      says: ["before 1990"]),
    Fault(
      row: "B15", name: "a snapshot that is not UTF-8",
      prepare: {
        var bytes = Data(Workspace.orders().utf8)
        bytes[40] = 0xFF
        try $0.write(bytes, to: "snapshots/orders.om")
      }, check: 3, says: ["not UTF-8"]),
    Fault(
      row: "B21", name: "no snapshot at all", prepare: { _ in }, check: 3,
      says: ["no file matches", "no data"]),
    // The gate
    Fault(
      row: "I1", name: "data of another week only",
      prepare: snapshot(Workspace.orders(until: Workspace.end - 40 * 86_400)), check: 3,
      says: ["no data in the window"]),
    Fault(
      row: "I1", name: "data that end two days ago",
      prepare: snapshot(Workspace.orders(until: Workspace.end - 2 * 86_400)), check: 3,
      says: ["the newest data are 2 d old"]),
    Fault(
      row: "I1", name: "half of the window missing",
      prepare: {
        try $0.write(
          Workspace.orders(days: 10, until: Workspace.end - 4 * 86_400), to: "snapshots/a.om")
        try $0.write(
          Workspace.orders(days: 1, until: Workspace.end), to: "snapshots/b.om")
      }, check: 3, says: ["of the window measured"]),
    Fault(
      row: "I1", name: "two days of history where seven are needed",
      prepare: snapshot(Workspace.orders(days: 2)), check: 3,
      says: ["2 d of history, a verdict needs 7 d"]),
    Fault(
      row: "I1", name: "one sample",
      prepare: snapshot(
        "# TYPE orders counter\norders_total{code=\"ok\"} 7 \(Workspace.end - 60)\n# EOF\n"),
      check: 3, says: ["not judged"]),
    Fault(
      row: "I2", name: "measured, but no traffic",
      prepare: snapshot(
        Workspace.orders().replacingOccurrences(
          of: #"(code="[a-z]+"\}) [0-9]+"#, with: "$1 5", options: .regularExpression)), check: 3,
      says: ["without events: nothing to judge"]),
    Fault(
      row: "I4", name: "a counter of OpenMetrics that is not a number",
      prepare: snapshot(
        Workspace.orders().replacingOccurrences(
          of: " 40020 \(Workspace.end - 95_700)\n", with: " NaN \(Workspace.end - 95_700)\n")),
      check: 3, says: ["value that the type does not allow", "orders.om:4003"]),
    Fault(
      row: "I4", name: "a sample of Prometheus text that is not a number",
      prepare: {
        let text =
          Workspace.orders(badEvery: 100).split(separator: "\n").filter { $0 != "# EOF" }
          .map { $0.hasPrefix("#") ? String($0) : $0 + "000" }.joined(separator: "\n") + "\n"
        try $0.write(
          text.replacingOccurrences(
            of: " 40020 \(Workspace.end - 95_700)000\n", with: " NaN \(Workspace.end - 95_700)000\n"
          ),
          to: "snapshots/orders.prom")
        try $0.write(
          Workspace.configuration.replacingOccurrences(of: "*.om", with: "*.prom"),
          to: "sloreport.yaml")
      }, check: 3, says: ["1 reading could not be used"]),
    Fault(
      row: "I4", name: "good above total",
      prepare: rows { $0 == 4000 ? (11, 10) : (10, 10) }, check: 3,
      says: ["1 reading could not be used"]),
    Fault(
      row: "I1", name: "a table with a hole of five days",
      prepare: rows { $0 < 2600 || $0 > 4040 ? (10, 10) : nil }, check: 3,
      says: ["of the window measured"]),
    Fault(
      row: "I1", name: "a table whose last row lies far ahead of the others",
      prepare: rows { $0 < 3600 || $0 == 4319 ? (10, 10) : nil }, check: 3,
      says: ["of the window measured"]),
    Fault(
      row: "B9", name: "counts beyond the largest number",
      prepare: rows { _ in (200_000_000_000_000_000, 300_000_000_000_000_000) }, check: 3,
      says: ["1 reading could not be used"]),
    Fault(
      row: "I1", name: "a selector that matches nothing",
      prepare: configuration("total: orders_total", "total: order_total"), check: 3,
      says: ["no series matches order_total"]),
    Fault(
      row: "I4", name: "a histogram without a bucket for all events, beside a whole one",
      prepare: { workspace in
        try workspace.write(
          """
          timezone: UTC
          sources: { metrics: { files: durations.prom } }
          services: { shop: { slos: { fast: { objective: 99%, window: 7d, latency: { source: metrics, histogram: d, at_most: 500ms } } } } }
          """, to: "sloreport.yaml")
        let lines = (0..<15 * 288).flatMap { index in
          ["a\",le=\"0.5", "a\",le=\"+Inf", "b\",le=\"0.5", "b\",le=\"1"].map {
            "d_bucket{pod=\"\($0)\"} \(index) \(Workspace.end - 15 * 86_400 + Int64(index) * 300)000"
          }
        }
        try workspace.write(lines.joined(separator: "\n") + "\n", to: "durations.prom")
      }, check: 3, says: [#"no series matches d_bucket{le="+Inf",pod="b"}"#]),
    Fault(
      row: "F2", name: "a window longer than what is kept finely",
      prepare: configuration(
        "timezone: UTC", "timezone: UTC\nretention: { minute: 1d, five_minutes: 1d }"), check: 78,
      says: ["looks back 7 d", "raise `five_minutes`"]),
    Fault(
      row: "I7", name: "an overspent budget beside an objective without data",
      prepare: {
        try $0.write(Workspace.orders(badEvery: 2), to: "snapshots/orders.om")
        try $0.write(
          Workspace.configuration
            + "\n      other: { objective: 99%, window: 7d, availability: { source: metrics, up: nothing } }\n",
          to: "sloreport.yaml")
      }, check: 1, says: ["CLOSED", "no data in the window"]),
    // The configuration
    Fault(
      row: "F1", name: "a key with a typo", prepare: configuration("objective:", "objectve:"),
      check: 78, says: ["sloreport.yaml:7:9", "unknown key `objectve`; did you mean `objective`?"]),
    Fault(
      row: "F2", name: "a percentage without its sign", prepare: configuration("99%", "99.9"),
      check: 78, says: ["sloreport.yaml:7:20", "99.9%"]),
    Fault(
      row: "F2", name: "a window without a unit", prepare: configuration("7d", "7"), check: 78,
      says: ["sloreport.yaml:8:17", "without a unit"]),
    Fault(
      row: "F2", name: "an objective above 100 %", prepare: configuration("99%", "101%"), check: 78,
      says: ["out of range"]),
    Fault(
      row: "F1", name: "a source that is not there",
      prepare: configuration("source: metrics", "source: metric"), check: 78,
      says: ["unknown source `metric`; did you mean `metrics`?"]),
    Fault(
      row: "F13", name: "an empty configuration", prepare: configuration(""), check: 78,
      says: ["no objective; add one"]),
    Fault(
      row: "F13", name: "a configuration without objectives",
      prepare: configuration("timezone: UTC\nsources: { m: { files: x.om } }\nservices: {}\n"),
      check: 78, says: ["no objective; add one"]),
    Fault(
      row: "F15", name: "no configuration",
      prepare: {
        try FileManager.default.removeItem(at: $0.folder.appendingPathComponent("sloreport.yaml"))
      },
      check: 78, says: ["there is no configuration sloreport.yaml"]),
    Fault(
      row: "H2", name: "an unknown zone",
      prepare: configuration("timezone: UTC", "timezone: Europe/Berln"), check: 78,
      says: [
        "sloreport.yaml:1:11",
        "unknown time zone `Europe/Berln`; did you mean `Europe/Berlin`?",
      ]),
    // The history
    Fault(
      row: "C7", name: "a history that is text",
      prepare: {
        try $0.write(Workspace.orders(), to: "snapshots/orders.om")
        try $0.write("this is not a database\n", to: "sloreport.db")
      }, check: 65, says: ["not a sloreport history", "was not changed"]),
    Fault(
      row: "C7", name: "a history that is another program's database",
      prepare: {
        try $0.write(Workspace.orders(), to: "snapshots/orders.om")
        _ = try $0.program.shell(
          "sqlite3 sloreport.db 'create table a(b); insert into a values (1)'", in: $0.folder)
      }, check: 65, says: ["belongs to another program"]),
    Fault(
      row: "C7", name: "a history cut to half",
      prepare: {
        try $0.write(Workspace.orders(), to: "snapshots/orders.om")
        try $0.run("collect", "--as-of", Workspace.asOf)
        let bytes = try $0.read("sloreport.db")
        try $0.write(bytes.prefix(bytes.count / 2), to: "sloreport.db")
      }, check: 65, says: ["it is cut short"]),
    Fault(
      row: "C15", name: "a history that is a symbolic link",
      prepare: {
        try $0.write(Workspace.orders(), to: "snapshots/orders.om")
        _ = try $0.program.shell("ln -s elsewhere.db sloreport.db", in: $0.folder)
      }, check: 77, says: ["symbolic link"]),
  ]
}

@Suite("Bad input through the built program")
struct BadInputTests {
  @Test("is named with its place, and never passes the gate", arguments: Fault.all)
  func isNamed(fault: Fault) throws {
    let workspace = try Workspace()
    try fault.prepare(workspace)
    let before = try? workspace.read("sloreport.db")
    let outcome = try workspace.check()
    let said = outcome.output + outcome.errors
    #expect(outcome.status == fault.check, "\(said)")
    for text in fault.says { #expect(said.contains(text), "\(text) in: \(said)") }
    if fault.row.hasPrefix("C7") {
      let after = try workspace.read("sloreport.db")
      #expect(before == after, "a file that is not a history is not changed")
    }
    for arguments in [["--format", "json"], ["--no-collect"], ["--quiet"]] {
      let again = try workspace.program.run(
        ["check", "--as-of", Workspace.asOf] + arguments, in: workspace.folder)
      #expect(again.status != 0, "\(arguments): no data never looks good")
      if arguments != ["--no-collect"] { #expect(again.status == fault.check, "\(arguments)") }
    }
  }

  @Test("leaves no report behind, or a marked one", arguments: Fault.all)
  func leavesNoHalfReport(fault: Fault) throws {
    let workspace = try Workspace()
    try fault.prepare(workspace)
    let outcome = try workspace.weekly()
    if workspace.exists("reports/2026-W42/weekly.html") {
      let page = String(
        decoding: try workspace.read("reports/2026-W42/weekly.html"), as: UTF8.self)
      #expect(page.hasSuffix("</html>\n"))
      let facts = String(
        decoding: try workspace.read("reports/2026-W42/weekly.json"), as: UTF8.self)
      let unknown = facts.contains("\"state\" : \"notJudged\"")
      #expect(unknown, "what went wrong leaves an objective unknown: \(outcome)")
      let unread = !facts.contains("\"incomplete\" : [\n\n  ]") || facts.contains("\"noData\"")
      #expect(outcome.status == (unread ? 4 : 0), "\(outcome)")
    } else {
      #expect(outcome.status >= 64, "\(outcome)")
    }
    for folder in ["", "reports"] where workspace.exists(folder) {
      let left = try FileManager.default.contentsOfDirectory(
        atPath: workspace.folder.appendingPathComponent(folder).path)
      #expect(!left.contains { $0.hasPrefix(".sloreport") })
    }
  }
}
