import Foundation
import TestSupport
import Testing

/// Files of one source that hold the same series.
@Suite("Files that hold the same series")
struct ContradictionTests {
  /// Monday 2026-10-12 00:00 UTC.
  private static let start = Workspace.end - 7 * 86_400

  private static func configuration(_ files: String, _ indicator: String) -> String {
    """
    timezone: UTC
    sources: { m: { files: "\(files)" } }
    services: { shop: { slos: { slo: { objective: 99%, window: 7d, minimum_history: 1d, \(indicator) } } } }
    """
  }

  private static let states = "availability: { source: m, where: {}, hold_at_most: 1m }"
  private static let ratio = "ratio: { source: m, where: {} }"

  /// A row at every `interval` seconds of a week.
  private static func rows(
    _ header: String, every interval: Int64, from first: Int64 = 0, until end: Int64 = 7 * 86_400,
    _ row: (Int64) -> String
  ) -> String {
    var text = header + "\n"
    for second in stride(from: first, to: end, by: Int64.Stride(interval)) {
      text += "\(start + second),\(row(second))\n"
    }
    return text
  }

  // 40,320 checks of 15 s in a week, the even ones in one file and the odd ones in another; those of 252 minutes of
  // Thursday are down: 2.5 % of 10,080 minutes.
  @Test("and take turns within a minute are joined: all of their checks count")
  func takesTurns() throws {
    let workspace = try Workspace(configuration: Self.configuration("*.csv", Self.states))
    let thursday = 3 * 86_400 as Int64
    for (name, first) in [("even", 0 as Int64), ("odd", 15)] {
      let text = Self.rows("at,up", every: 30, from: first) { second in
        (thursday..<thursday + 252 * 60).contains(second) && name == "odd" ? "0" : "1"
      }
      try workspace.write(text, to: "\(name).csv")
    }
    let collected = try workspace.run("collect", "--as-of", Workspace.asOf)
    #expect(collected.output == "2 files read, 40 320 readings, 20 160 minutes kept.\n")
    let check = try workspace.check()
    #expect(check.status == 1, "\(check)")
    #expect(check.output.contains("97.50 %"), "\(check)")
  }

  @Test("of staging and of production are not judged, and named apart they are")
  func instances() throws {
    let workspace = try Workspace(configuration: Self.configuration("*.csv", Self.ratio))
    func write(until end: Int64) throws {
      for (name, good) in [("production", 100), ("staging", 90)] {
        let text = Self.rows("bucket,good,total", every: 3600, until: end) { _ in "\(good),100" }
        try workspace.write(text, to: "\(name).csv")
      }
    }
    try write(until: 4 * 86_400)
    let first = try workspace.run("check", "--as-of", "2026-10-16T00:00:00Z")
    #expect(first.status == 3, "\(first)")
    // Both have grown, and what is new contradicts as well.
    try write(until: 7 * 86_400)
    let check = try workspace.check()
    #expect(check.status == 3, "\(check)")
    #expect(check.output.contains("files hold different values"), "\(check)")
    #expect(check.output.contains("for 165 minutes"), "\(check)")
    #expect(check.output.contains("write files: \"{instance}.csv\""), "\(check)")
    #expect(try workspace.check("--no-collect").status == 3)
    try workspace.write(Self.configuration("{instance}.csv", Self.ratio), to: "sloreport.yaml")
    let named = try workspace.check()
    // 19,000 good of 20,000.
    #expect(named.status == 1, "\(named)")
    #expect(named.output.contains("95.00 %"), "\(named)")
  }

  @Test("of which one is exported again, whole or corrected, contradict nothing")
  func exports() throws {
    let workspace = try Workspace(configuration: Self.configuration("*.csv", Self.ratio))
    func write(_ name: String, _ until: Int64, total: @escaping (Int64) -> Int) throws {
      try workspace.write(
        Self.rows("bucket,good,total", every: 3600, until: until) { hour in
          "\(total(hour)),\(total(hour))"
        }, to: name)
    }
    // The last hour of the first export was not over yet.
    let cut = 3 * 86_400 as Int64
    try write("1.csv", cut) { $0 == cut - 3600 ? 40 : 100 }
    try write("2.csv", 7 * 86_400) { _ in 100 }
    let check = try workspace.check()
    #expect(check.status == 0, "\(check)")
    #expect(!check.output.contains("different values"), "\(check)")
    // Late events were taken out of one hour of the newer one.
    try write("2.csv", 7 * 86_400) { $0 == 86_400 ? 60 : 100 }
    let corrected = try workspace.check()
    #expect(corrected.status == 0, "\(corrected)")
    #expect(!corrected.output.contains("different values"), "\(corrected)")
  }

  @Test("with two values of a counter for one instant are not judged")
  func counters() throws {
    let workspace = try Workspace(snapshot: Workspace.orders(badEvery: 200))
    #expect(try workspace.check().status == 0)
    let other = Workspace.orders(badEvery: 200).split(
      separator: "\n", omittingEmptySubsequences: false
    ).enumerated().map { number, line in
      // One reading of October 18.
      line.hasSuffix(" \(Workspace.end - 3000)")
        ? "\(line.prefix { $0 != " " }) 7 \(Workspace.end - 3000)" : String(line)
    }.joined(separator: "\n")
    try workspace.write(other, to: "snapshots/other.om")
    let check = try workspace.check()
    #expect(check.status == 3, "\(check)")
    #expect(check.output.contains("for 1 minute of"), "\(check)")
    #expect(
      check.output.contains("23:09"), "\(check)")
  }

  @Test("or one file with two values of a counter for one instant is not judged, either")
  func oneFile() throws {
    let lines = Workspace.orders(badEvery: 200).split(separator: "\n").dropFirst().dropLast()
    let workspace = try Workspace(
      configuration: Workspace.configuration.replacingOccurrences(of: "*.om", with: "*.prom"))
    func check(_ more: [Substring]) throws -> Program.Outcome {
      // Prometheus text counts milliseconds.
      try workspace.write(
        (Array(lines) + more).map { "\($0)000\n" }.joined(), to: "snapshots/all.prom")
      return try workspace.check()
    }
    #expect(try check(Array(lines.suffix(100))).status == 0, "the same again")
    let other = lines.suffix(10).map { line in
      Substring(
        line.split(separator: " ").enumerated().map { $0 == 1 ? "7" : $1 }.joined(separator: " "))
    }
    let outcome = try check(other)
    #expect(outcome.status == 3, "\(outcome)")
    #expect(outcome.output.contains("files hold different values for 10 minutes"), "\(outcome)")
  }

  // One of two monitors is down for 14 hours of Thursday: 840 of 10,080 minutes.
  @Test(
    "of several states of one moment the worst counts, whichever comes first", arguments: [0, 1])
  func monitors(down: Int) throws {
    let workspace = try Workspace(configuration: Self.configuration("*.csv", Self.states))
    let thursday = 3 * 86_400 as Int64
    var text = "at,up,monitor\n"
    for second in stride(from: 0 as Int64, to: 7 * 86_400, by: 60) {
      for monitor in 0...1 {
        let isDown = monitor == down && (thursday..<thursday + 840 * 60).contains(second)
        text += "\(Self.start + second),\(isDown ? 0 : 1),\(monitor)\n"
      }
    }
    try workspace.write(text, to: "checks.csv")
    let outcome = try workspace.check()
    #expect(outcome.status == 1, "\(outcome)")
    #expect(outcome.output.contains("91.66 %"), "\(outcome)")
  }

  @Test("tables that are declared otherwise are read again, and only what is read so is judged")
  func redeclared() throws {
    let form = { (zone: String) in
      Self.configuration("*.csv", Self.ratio).replacingOccurrences(
        of: "\"*.csv\"", with: "\"*.csv\", csv: { timezone: \(zone) }")
    }
    let workspace = try Workspace(configuration: form("America/New_York"))
    var text = "bucket,good,total\n"
    for hour in 0..<168 {
      let (day, hour) = (12 + hour / 24, hour % 24)
      text += "2026-10-\(day) \(hour < 10 ? "0" : "")\(hour):00:00,\(day == 14 ? 90 : 100),100\n"
    }
    try workspace.write(text, to: "hours.csv")
    try workspace.run("collect", "--as-of", Workspace.asOf)
    try workspace.write(form("UTC"), to: "sloreport.yaml")
    let check = try workspace.check("--format", "json")
    // 24 hours of 10 bad events of 100 each.
    #expect(
      check.output.contains("\"good\" : 16560") && check.output.contains("\"total\" : 16800"),
      "\(check)")
  }

  @Test("a table that is written again with one more column would count twice, and is not judged")
  func relabelled() throws {
    let workspace = try Workspace(configuration: Self.configuration("*.csv", Self.ratio))
    for (header, more) in [("bucket,good,total", ""), ("bucket,good,total,region", ",eu")] {
      if !more.isEmpty { #expect(try workspace.check().status == 0) }
      try workspace.write(
        Self.rows(header, every: 3600) { _ in "100,100" + more }, to: "hours.csv")
    }
    let check = try workspace.check()
    #expect(check.status == 3, "\(check)")
    #expect(check.output.contains("files hold different values"), "\(check)")
  }
}
