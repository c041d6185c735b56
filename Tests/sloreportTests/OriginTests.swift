import Foundation
import TestSupport
import Testing

@Suite("Where data come from, end to end")
struct OriginTests {
  private static func configuration(_ source: String) -> String {
    """
    sources: { m: { \(source) } }
    services:
      h:
        slos:
          x: { objective: 99%, window: 1d, ratio: { source: m, good: 'http_requests_total{code="200"}', total: http_requests_total } }
    """
  }

  static let plain = #"files: "m/*.prom""#
  static let named = #"files: "m/{instance}-*.prom""#
  static let asOf = "2026-10-13T00:00:00Z"

  /// The scrapes of two instances, saved every ten minutes of 2026-10-12, those of web2 five minutes later.
  ///
  /// Web1 answers 98 requests and fails 2 between two scrapes, web2 answers 50, and has answered 700,000 before. So there
  /// are 144 * 100 + 143 * 50 = 21,550 requests, of which 288 fail: 98.66 % are good.
  private func workspace(_ source: String) throws -> Workspace {
    let workspace = try Workspace(configuration: OriginTests.configuration(source))
    func write(_ name: String, _ minute: Int, good: Int, bad: Int) throws {
      let (day, clock) = (12 + minute / 1440, minute % 1440)
      let digits = { (number: Int) in (number < 10 ? "0" : "") + "\(number)" }
      try workspace.write(
        """
        # TYPE http_requests_total counter
        http_requests_total{code="200"} \(good)
        http_requests_total{code="500"} \(bad)

        """,
        to: "m/\(name)-202610\(day)T\(digits(clock / 60))\(digits(clock % 60))00Z.prom")
    }
    for scrape in 0...144 {
      try write("web1", scrape * 10, good: 98 * scrape, bad: 2 * scrape)
      if scrape < 144 { try write("web2", scrape * 10 + 5, good: 700_000 + 50 * scrape, bad: 0) }
    }
    return workspace
  }

  @Test("two instances side by side, named by the pattern, are each counted on their own")
  func declared() throws {
    let workspace = try workspace(OriginTests.named)
    let outcome = try workspace.run("check", "--as-of", OriginTests.asOf)
    #expect(outcome.status == 1, "\(outcome)")
    #expect(outcome.output.contains("98.66"), "\(outcome)")
    let json = try workspace.run("check", "--as-of", OriginTests.asOf, "--format", "json").output
    #expect(json.contains("21550"), "\(json)")
  }

  @Test("read as one they are not judged, and the line to write is named, until it is written")
  func undeclared() throws {
    let workspace = try workspace(OriginTests.plain)
    let line = #"write files: "m/{instance}-*.prom""#
    for arguments in [
      ["check", "--as-of", OriginTests.asOf],
      ["check", "--no-collect", "--as-of", OriginTests.asOf],
    ] {
      let outcome = try workspace.program.run(arguments, in: workspace.folder)
      #expect(outcome.status == 3, "\(outcome)")
      #expect(outcome.output.contains(line), "\(outcome)")
    }
    try workspace.write(OriginTests.configuration(OriginTests.named), to: "sloreport.yaml")
    let unread = try workspace.run("check", "--no-collect", "--as-of", OriginTests.asOf)
    #expect(unread.status == 3, "\(unread)")
    let outcome = try workspace.run("check", "--as-of", OriginTests.asOf)
    #expect(outcome.status == 1 && outcome.output.contains("98.66"), "\(outcome)")
    // And back again: what was kept of the first declaration is known still.
    try workspace.write(OriginTests.configuration(OriginTests.plain), to: "sloreport.yaml")
    let back = try workspace.run("check", "--no-collect", "--as-of", OriginTests.asOf)
    #expect(back.status == 3 && back.output.contains(line), "\(back)")
  }

  @Test(
    "what was read under other labels, and is gone, is not judged together with the rest",
    arguments: [
      (OriginTests.named, OriginTests.named + ", labels: { env: prod }"),
      (OriginTests.named + ", labels: { env: prod }", OriginTests.named),
    ])
  func otherLabels(first: String, second: String) throws {
    let workspace = try workspace(first)
    #expect(try workspace.run("check", "--as-of", OriginTests.asOf).status == 1)
    try workspace.write(OriginTests.configuration(second), to: "sloreport.yaml")
    for hour in 0..<12 {
      for name in try FileManager.default.contentsOfDirectory(
        atPath: workspace.folder.path + "/m")
      where name.contains("-20261012T" + (hour < 10 ? "0" : "") + "\(hour)") {
        try FileManager.default.removeItem(atPath: workspace.folder.path + "/m/" + name)
      }
    }
    let outcome = try workspace.run("check", "--as-of", OriginTests.asOf)
    #expect(outcome.status == 3, "\(outcome)")
    #expect(
      outcome.output.contains(
        "deleted files of m were read with other labels or csv: keys, up to Mon 12 Oct 2026 11:59"
      ),
      "\(outcome)")
    // A day later they lie outside of the window.
    let later = try workspace.run(
      "check", "--no-collect", "--as-of", "2026-10-13T12:00:00Z", "--format", "json")
    #expect(!later.output.contains("otherLabels"), "\(later)")
  }
}
