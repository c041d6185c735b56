import Foundation
import TestSupport
import Testing

/// What is read again, though neither its size nor its time says that it changed.
@Suite("A corrected file")
struct CorrectedFileTests {
  /// Puts other content into a file under the same size and the same time.
  private func correct(_ path: String, with bytes: Data, in workspace: Workspace) throws {
    let url = workspace.folder.appendingPathComponent(path)
    let before = try FileManager.default.attributesOfItem(atPath: url.path)
    #expect((before[.size] as? Int) == bytes.count)
    try workspace.write("", to: "reference")
    _ = try workspace.program.shell("touch -r '\(path)' reference", in: workspace.folder)
    let handle = try FileHandle(forWritingTo: url)
    try handle.write(contentsOf: bytes)
    try handle.close()
    _ = try workspace.program.shell("touch -r reference '\(path)'", in: workspace.folder)
    let after = try FileManager.default.attributesOfItem(atPath: url.path)
    #expect((after[.modificationDate] as? Date) == (before[.modificationDate] as? Date))
  }

  // Two orders in eleven are bad at first, far more than 1 %; afterwards none: every `failed` reads 0.
  @Test("under the same size and time is read again, and its figures change")
  func isReadAgain() throws {
    let bad = Workspace.orders(badEvery: 1)
    let good = bad.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard line.contains("failed") else { return String(line) }
      let words = line.split(separator: " ")
      return "\(words[0]) \(String(repeating: "0", count: words[1].count)) \(words[2])"
    }.joined(separator: "\n")
    let workspace = try Workspace(snapshot: bad)
    #expect(try workspace.check().status == 1)
    try correct("snapshots/orders.om", with: Data(good.utf8), in: workspace)
    #expect(try workspace.check().status == 0)
    #expect(try workspace.run("collect", "--as-of", Workspace.asOf).output == "Nothing new.\n")
  }

  @Test("restored as it was is not counted again: its checksum decides")
  func isRestored() throws {
    let workspace = try Workspace(snapshot: Workspace.orders(badEvery: 200))
    let before = try workspace.check().output
    let bytes = try workspace.read("snapshots/orders.om")
    try correct("snapshots/orders.om", with: bytes, in: workspace)
    let outcome = try workspace.run("collect", "--as-of", Workspace.asOf)
    #expect(outcome.output == "1 file read, 0 readings, 0 minutes kept.\n", "\(outcome)")
    #expect(try workspace.check().output == before)
    #expect(try workspace.run("collect", "--as-of", Workspace.asOf).output == "Nothing new.\n")
  }

  @Test("of incidents is read again, too")
  func incidents() throws {
    let workspace = try Workspace(
      configuration: """
        timezone: UTC
        sources: { records: { files: records.csv } }
        services:
          shop:
            incidents: { source: records }
            slos: { available: { objective: 99%, window: 7d, minimum_history: 1d, availability: { incidents: all } } }
        """)
    let text =
      "id,started_at,resolved_at\nA,2026-10-14T10:00:00Z,2026-10-14T1%:00:00Z\nB,2026-10-01T10:00:00Z,2026-10-01T11:00:00Z\n"
    // 1 % of 168 h are 1.68 h: an hour is within it, nine are not.
    try workspace.write(text.replacing("%", with: "9"), to: "records-20261019T000000Z.csv")
    try workspace.write(
      String(decoding: try workspace.read("sloreport.yaml"), as: UTF8.self).replacing(
        "records.csv", with: "records-20261019T000000Z.csv"), to: "sloreport.yaml")
    #expect(try workspace.check().status == 1)
    try correct(
      "records-20261019T000000Z.csv", with: Data(text.replacing("%", with: "1").utf8),
      in: workspace)
    #expect(try workspace.check().status == 0)
  }

  @Test("of a block is read for its checksum alone where nothing but its links changed")
  func blocks() throws {
    let workspace = try Workspace(
      configuration: Workspace.configuration.replacing("snapshots/*.om", with: "data"))
    try workspace.write(Workspace.orders(days: 1, badEvery: 10), to: "orders.om")
    _ = try workspace.program.shell(
      "promtool tsdb create-blocks-from openmetrics orders.om data", in: workspace.folder)
    let first = try workspace.run("collect", "--as-of", Workspace.asOf)
    #expect(first.status == 0, "\(first)")
    #expect(try workspace.run("collect", "--as-of", Workspace.asOf).output == "Nothing new.\n")
    _ = try workspace.program.shell("cp -al data copy", in: workspace.folder)
    let again = try workspace.run("collect", "--as-of", Workspace.asOf)
    #expect(again.output.hasSuffix("files read, 0 readings, 0 minutes kept.\n"), "\(again)")
    #expect(try workspace.run("collect", "--as-of", Workspace.asOf).output == "Nothing new.\n")
  }
}
