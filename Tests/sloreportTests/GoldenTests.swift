import Foundation
import TestSupport
import Testing

/// What the program says of whole scenes: page, Markdown, JSON and terminal text, kept as files.
///
/// A change that means to leave the words alone changes none of them; one that changes words shows its difference here.
@Suite("What is said of whole scenes")
struct GoldenTests {
  @Test("is what it was", arguments: GoldenScene.all)
  func says(scene: GoldenScene) throws {
    let workspace = try Workspace(configuration: nil)
    try scene.prepare(workspace)
    try GoldenTests.compare(scene.name, workspace, asOf: scene.asOf)
  }

  @Test("of the bundled demo")
  func demo() throws {
    let demo = try Demo.shared.get()
    let workspace = try demo.copy()
    for snapshot in try demo.snapshots { try workspace.add(snapshot) }
    try GoldenTests.compare("pricing-sync", workspace, asOf: Demo.asOf)
  }

  @Test("of the pack that asks a database")
  func database() throws {
    let jobs = try PriceJobs.shared.get()
    let said = try ["weekly.html", "weekly.md", "weekly.json"].map { name in
      let bytes = try Data(contentsOf: jobs.folder.appendingPathComponent(name))
      return (name: name, text: String(decoding: bytes, as: UTF8.self))
    }
    try GoldenTests.check(said, of: "price-jobs")
  }

  /// Runs every command that reports and compares what it says, all of it before the first difference ends the test.
  private static func compare(_ scene: String, _ workspace: Workspace, asOf: String) throws {
    var said: [(name: String, text: String)] = []
    func run(_ name: String, _ arguments: [String]) throws {
      let outcome = try workspace.program.run(arguments, in: workspace.folder)
      said.append((name, "\(outcome.output)\(outcome.errors)exit \(outcome.status)\n"))
    }
    try run("weekly.txt", ["weekly", "--as-of", asOf])
    let reports = try FileManager.default.contentsOfDirectory(
      atPath: workspace.folder.appendingPathComponent("reports").path)
    for report in reports.sorted() where report.hasPrefix("20") {
      for name in ["weekly.html", "weekly.md", "weekly.json"] {
        said.append(
          (name, String(decoding: try workspace.read("reports/\(report)/\(name)"), as: UTF8.self)))
      }
    }
    try run("check.txt", ["check", "--no-collect", "--as-of", asOf])
    try run("check.json", ["check", "--no-collect", "--as-of", asOf, "--format", "json"])
    if String(decoding: try workspace.read("sloreport.yaml"), as: UTF8.self).contains("incidents:")
    {
      try run("incidents.txt", ["incidents", "--no-collect", "--as-of", asOf])
      try run("incidents.json", ["incidents", "--no-collect", "--as-of", asOf, "--format", "json"])
    }
    try run("doctor.txt", ["doctor"])
    try check(said, of: scene)
  }

  private static func check(_ said: [(name: String, text: String)], of scene: String) throws {
    for (name, text) in said {
      #expect(throws: Never.self, "\(scene).\(name)") { try check(text, "\(scene).\(name)") }
    }
  }

  private static func check(_ text: String, _ name: String) throws {
    var text = text.replacing(#/\/[^ ]+\/sloreport /#, with: "sloreport ").replacing(
      /\/tmp\/[^\/"'< ]+/, with: "FOLDER")
    if name.hasSuffix(".json"), let short = shortened(text) { text = short }
    if name.hasSuffix(".html") { text = withoutDrawings(text) }
    if name.hasSuffix("doctor.txt") {
      text = text.replacing(/(?m)^ok    (disk|fonts).*\n/, with: "")
        .replacing(/SQLite [0-9.]+/, with: "SQLite").replacing(/zone data \w+/, with: "zone data")
    }
    text = text.replacing(/zone data 20\w+/, with: "zone data")
      .replacing(/("zoneRelease" : )"\w+"/) { "\($0.output.1)\"\"" }
    try Golden.check(text, name)
  }

  /// Of each drawing its texts, and a checksum of the rest; of the style its checksum.
  private static func withoutDrawings(_ page: String) -> String {
    page.replacing(/(?s)<svg.*?<\/svg>/) { drawing in
      let texts = drawing.output.matches(
        of: /(?s)<(title|desc|text)[^>]*>(.*?)<\/(?:title|desc|text)>/
      )
      .map { "\($0.output.1): \($0.output.2)" }
      return "<svg \(sum(drawing.output))\n\(texts.joined(separator: "\n"))\n/>"
    }
    .replacing(/(?s)<style>.*?<\/style>/) { "<style>\(sum($0.output))</style>" }
    .replacing(/sha256-[A-Za-z0-9+\/=]+/, with: "sha256")
    .replacing("><", with: ">\n<")
  }

  private static func sum(_ text: Substring) -> String {
    String(
      text.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 },
      radix: 16)
  }

  /// JSON in order of its keys; of a list of more than eight entries the first, the last and a checksum.
  private static func shortened(_ text: String) -> String? {
    guard let end = text.lastIndex(of: "}") else { return nil }
    let (document, rest) = (text[...end], text[text.index(after: end)...])
    func short(_ value: Any) -> Any {
      if let object = value as? [String: Any] { return object.mapValues(short) }
      guard let list = value as? [Any] else { return value }
      guard list.count > 8, let first = list.first, let last = list.last else {
        return list.map(short)
      }
      let all = (try? JSONSerialization.data(withJSONObject: list, options: .sortedKeys)) ?? Data()
      return [
        short(first), "\(list.count) in all, \(sum(Substring(decoding: all, as: UTF8.self)))",
        short(last),
      ]
    }
    guard let value = try? JSONSerialization.jsonObject(with: Data(document.utf8)),
      let data = try? JSONSerialization.data(
        withJSONObject: short(value),
        options: [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes])
    else { return nil }
    return String(decoding: data, as: UTF8.self) + rest
  }
}
