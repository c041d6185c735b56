import Foundation
import TestSupport
import Testing

@Suite("The quality of data")
struct QualityTests {
  private static let configuration = Workspace.configuration.replacing("*.om", with: "*.prom")

  /// Orders of two weeks, read every five minutes.
  ///
  /// Of the bad ones one reading comes twice, one 30 s late, one is not a number, and the series is marked as ended. The
  /// good ones restart once, and 19 of their readings are missing.
  private static func snapshot() -> String {
    var lines: [String] = ["# TYPE orders_total counter"]
    let count = 14 * 288
    var ok = 0
    for index in 0...count {
      let time = (Workspace.end - Int64(count - index) * 300) * 1000
      ok = index == 3900 ? 3 : ok + 10
      if !(3601...3619).contains(index) { lines.append("orders_total{code=\"ok\"} \(ok) \(time)") }
      let failed =
        switch index {
        case 3000: "NaN"
        default: "0"
        }
      lines.append("orders_total{code=\"failed\"} \(failed) \(time)")
      if index == 3500 {
        lines.append("orders_total{code=\"failed\"} 0 \(time)")
        lines.append("orders_total{code=\"failed\"} 0 \(time - 30_000)")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func workspace() throws -> Workspace {
    let workspace = try Workspace(configuration: QualityTests.configuration)
    try workspace.write(QualityTests.snapshot(), to: "snapshots/orders.prom")
    return workspace
  }

  // 4033 readings of each; 19 are missing, 2 came besides. Of two for one instant one is kept, and not a number is none.
  @Test("is told by `collect --verbose`, file by file and series by series, worst first")
  func collect() throws {
    let workspace = try workspace()
    let outcome = try workspace.run("collect", "-v", "--as-of", Workspace.asOf)
    #expect(outcome.status == 0, "\(outcome)")
    #expect(
      outcome.output.split(separator: "\n").dropFirst() == [
        "snapshots/orders.prom: 8049 read, 8047 kept",
        "rejected  duplicated  out of order  reset  missing  series",
        "       0           0             0      1       19  metrics: orders_total{code=\"ok\"}",
        "       1           1             1      0        0  metrics: orders_total{code=\"failed\"}",
      ])
    #expect(
      try workspace.run("collect", "-v", "--as-of", Workspace.asOf).output == "Nothing new.\n")
    let quiet = try self.workspace().run("collect", "-v", "--quiet", "--as-of", Workspace.asOf)
    #expect(quiet.output.isEmpty)
  }

  @Test("is not told where nobody asks, nor where nothing is wrong")
  func silence() throws {
    let plain = try workspace().run("collect", "--as-of", Workspace.asOf)
    #expect(plain.output.split(separator: "\n").count == 1)
    let sound = try Workspace(snapshot: Workspace.orders(days: 1))
    let outcome = try sound.run("collect", "--verbose", "--as-of", Workspace.asOf)
    #expect(
      outcome.output.split(separator: "\n").dropFirst() == [
        "snapshots/orders.om: 578 read, 578 kept"
      ])
    #expect(
      try sound.run("doctor").output.contains(
        "data metrics    2 series, 578 readings in 28 days: none rejected, duplicated, out of order or stale\n"
      ))
  }

  @Test("is not told of series that no objective asks for; that nobody does is told itself")
  func unasked() throws {
    let workspace = try Workspace(configuration: QualityTests.configuration)
    try workspace.write("other NaN \((Workspace.end - 60) * 1000)\n", to: "snapshots/a.prom")
    #expect(
      try workspace.run("collect", "-v", "--as-of", Workspace.asOf).output
        .hasPrefix(
          "1 file read, 1 reading, 0 minutes kept: no objective asks for any of these series.\n"))
  }

  @Test("is told by series that fall apart over many files: the step between two files counts, too")
  func files() throws {
    let workspace = try Workspace(configuration: QualityTests.configuration)
    for (day, values) in ["100", "40", "7"].enumerated() {
      let time = (Workspace.end - Int64(3 - day) * 60) * 1000
      try workspace.write("orders_total \(values) \(time)\n", to: "snapshots/\(day).prom")
    }
    let outcome = try workspace.run("collect", "-v", "--as-of", Workspace.asOf)
    #expect(outcome.output.hasSuffix("reset  series\n    2  metrics: orders_total\n"), "\(outcome)")
  }

  @Test("is told of a file without what queries gave before it")
  func queriesBefore() async throws {
    try await onThread {
      var scene = try PostgresScene()
      scene.slos["reads"] =
        "ratio: { source: metrics, good: 'orders_total{code=\"ok\"}', total: orders_total }"
      try scene.prepare()
      let sources = "  metrics: { files: snapshots/*.om }\nservices:"
      try scene.write(
        scene.configuration.replacing("services:", with: sources), to: "sloreport.yaml")
      try scene.write(Workspace.orders(days: 1), to: "snapshots/orders.om")
      let outcome = try Program("sloreport").run(
        ["collect", "-v", "--as-of", Workspace.asOf], in: scene.folder,
        environment: scene.variables)
      let lines = outcome.output.split(separator: "\n").filter { $0.contains(" read, ") }
      #expect(lines.dropFirst() == ["snapshots/orders.om: 578 read, 578 kept"], "\(outcome)")
    }
  }

  @Test("names twenty series and counts the others")
  func many() throws {
    let workspace = try Workspace(configuration: QualityTests.configuration)
    let lines = (0..<25).map { index in
      "orders_total{n=\"\(index)\"} NaN \((Workspace.end - 60) * 1000)"
    }
    try workspace.write(
      (lines + ["orders_total{n=\"7\"} NaN \((Workspace.end - 90) * 1000)", ""]).joined(
        separator: "\n"), to: "snapshots/a.prom")
    let outcome = try workspace.run("collect", "-v", "--as-of", Workspace.asOf)
    let told = outcome.output.split(separator: "\n")
    #expect(told.count == 24, "\(outcome)")
    #expect(told[2] == "rejected  out of order  series")
    #expect(told[3] == "       2             1  metrics: orders_total{n=\"7\"}")
    #expect(told.last == "and 5 more series")
  }

  @Test("of buckets to which the same happened is one line")
  func buckets() throws {
    let workspace = try Workspace(configuration: QualityTests.configuration)
    let bounds = ["0.1", "1", "+Inf"].map { "orders_total{a=\"b\",le=\"\($0)\"}" }
    let lines = (bounds + ["orders_total{a=\"c\",le=\"1\"}"]).map {
      "\($0) NaN \((Workspace.end - 60) * 1000)\n"
    }
    try workspace.write(lines.joined(), to: "snapshots/a.prom")
    let outcome = try workspace.run("collect", "-v", "--as-of", Workspace.asOf)
    #expect(
      outcome.output.hasSuffix(
        """
        rejected  series
               1  metrics: orders_total{a="b"}, 3 buckets
               1  metrics: orders_total{a="c",le="1"}

        """), "\(outcome)")
  }

  @Test("is told by `doctor`; restarts and missing samples where all is read")
  func doctor() throws {
    let workspace = try workspace()
    #expect(try workspace.run("collect", "--as-of", Workspace.asOf).status == 0)
    let flaws =
      "data metrics    2 series, 8047 readings in 28 days: 1 rejected, 1 duplicated, 1 out of order, "
    #expect(
      try workspace.run("doctor").output.contains(
        flaws + "most in orders_total{code=\"failed\"}\n"))
    #expect(
      try workspace.run("doctor", "--verify").output.contains(
        flaws + "1 reset, 19 missing, most in orders_total{code=\"ok\"}\n"))
  }

  // Of the 19 and more readings the week holds the reading that came twice and the late one; the other series covers the
  // time of the missing ones.
  @Test("is told by the report, of its week")
  func weekly() throws {
    let workspace = try workspace()
    let outcome = try workspace.weekly()
    #expect([0, 4].contains(outcome.status), "\(outcome)")
    let text = String(decoding: try workspace.read("reports/2026-W42/weekly.json"), as: UTF8.self)
    #expect(
      text.contains(
        """
              "quality" : {
                "duplicated" : 1,
                "missingSeconds" : 0,
                "outOfOrder" : 1,
                "rejected" : 1,
                "restarts" : 1,
                "staleMarks" : 0,
                "worstSeries" : "orders_total{code=\\"failed\\"}"
              },
        """))
    let page = String(decoding: try workspace.read("reports/2026-W42/weekly.md"), as: UTF8.self)
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      page.contains(
        "in the week 1 reading could not be used, 1 reading came twice, "
          + "1 reading came out of order (most in orders\\_total{code=\"failed\"}) and counters restarted once"
      ), "\(page)")
  }
}
