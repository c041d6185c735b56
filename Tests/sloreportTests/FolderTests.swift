import Foundation
import TestSupport
import Testing

@Suite("A folder as a source")
struct FolderTests {
  private static let configuration = Workspace.configuration.replacing(
    "snapshots/*.om", with: "data")

  /// Blocks of two hours, as promtool makes them of the last day of the week.
  private func blocks() throws -> (workspace: Workspace, blocks: [String]) {
    let workspace = try Workspace(configuration: FolderTests.configuration)
    try workspace.write(Workspace.orders(days: 1, badEvery: 10), to: "orders.om")
    _ = try workspace.program.shell(
      "promtool tsdb create-blocks-from openmetrics orders.om data", in: workspace.folder)
    let names = try FileManager.default.contentsOfDirectory(
      atPath: workspace.folder.appendingPathComponent("data").path)
    return (workspace, names.filter { $0.utf8.count == 26 }.sorted())
  }

  @Test("of files of any format reads each, those in its folders too")
  func files() throws {
    let workspace = try Workspace(configuration: FolderTests.configuration)
    let lines = Workspace.orders(days: 1).split(separator: "\n")
    let ok = lines.filter { $0.contains("\"ok\"") }.joined(separator: "\n")
    try workspace.write("# TYPE orders counter\n\(ok)\n# EOF\n", to: "data/a.om")
    let table = lines.filter { $0.contains("\"failed\"") }.map { line in
      let fields = line.split(separator: " ")
      return "\(fields[2]),orders_total,\(fields[1]),failed"
    }
    try workspace.write(
      "time,metric,value,code\n" + table.joined(separator: "\n") + "\n", to: "data/more/b.csv")
    try workspace.write("not yet", to: "data/c.om.tmp")
    try workspace.write("not ours", to: "data/.hidden")
    let outcome = try workspace.run("collect", "-v", "--as-of", Workspace.asOf)
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome)")
    #expect(
      outcome.output.split(separator: "\n") == [
        "2 files read, 578 readings, 578 minutes kept.", "data/a.om: 289 read, 289 kept",
        "data/more/b.csv: 289 read, 289 kept",
      ])
    #expect(try workspace.run("doctor").output.contains("2 files match data\n"))
  }

  @Test("that is empty or not there is no input")
  func nothing() throws {
    let workspace = try Workspace(configuration: FolderTests.configuration)
    for _ in 0..<2 {
      let outcome = try workspace.run("collect")
      #expect(outcome.status == 66)
      #expect(
        outcome.errors
          == "sloreport: source metrics: data: no file matches; relative paths start at the folder of the configuration\n"
      )
      try FileManager.default.createDirectory(
        at: workspace.folder.appendingPathComponent("data"), withIntermediateDirectories: true)
    }
  }

  @Test("with a block that lost its meta.json names it, and the gate stays closed")
  func withoutMeta() throws {
    let (workspace, blocks) = try blocks()
    let file = "data/\(blocks[4])/meta.json"
    try FileManager.default.removeItem(at: workspace.folder.appendingPathComponent(file))
    let outcome = try workspace.run("collect", "--as-of", Workspace.asOf)
    #expect(outcome.status == 66, "\(outcome)")
    #expect(
      outcome.errors
        == "sloreport: source metrics: \(file): cannot be read: No such file or directory\n")
    #expect(try workspace.check().status == 3)
  }

  @Test("with a damaged block keeps the others, names the place in it, and ends with 65")
  func damaged() throws {
    let (workspace, blocks) = try blocks()
    #expect(blocks.count > 10)
    let file = "data/\(blocks[4])/chunks/000001"
    let sound = try workspace.read(file)
    var bytes = sound
    bytes[bytes.count - 5] ^= 1
    try workspace.write(bytes, to: file)
    let count = blocks.count - 1
    let outcome = try workspace.run("collect", "-v", "--as-of", Workspace.asOf)
    #expect(outcome.status == 65, "\(outcome)")
    #expect(outcome.output.hasPrefix("\(count) files read, "), "\(outcome)")
    #expect(!outcome.output.contains(blocks[4]))
    #expect(
      outcome.errors.hasPrefix(
        "sloreport: source metrics: \(file): byte "),
      "\(outcome)")
    #expect(outcome.errors.split(separator: "\n").count == 1)
    #expect(try workspace.run("doctor").output.contains("\(blocks.count) files match data\n"))

    // The gate does not open on what is left; the report says what is missing.
    let check = try workspace.check()
    #expect(check.status == 3 && check.output.contains(file), "\(check)")
    let weekly = try workspace.weekly()
    #expect(weekly.status == 4, "\(weekly)")

    // A sound copy of the block brings the rest.
    try workspace.write(sound, to: file)
    let mended = try workspace.run("collect", "--as-of", Workspace.asOf)
    #expect(mended.status == 0 && mended.output.hasPrefix("1 file read, "), "\(mended)")
    let whole = try Workspace(snapshot: Workspace.orders(days: 1, badEvery: 10))
    for workspace in [workspace, whole] {
      try workspace.run("collect", "--as-of", Workspace.asOf)
    }
    func counts(_ workspace: Workspace) throws -> Substring? {
      let text = try workspace.check("--no-collect", "--format", "json").output
      return text.firstRange(of: "\"counts\"").map { text[$0.lowerBound...].prefix(80) }
    }
    #expect(try counts(workspace) != nil)
    #expect(try counts(workspace) == counts(whole))
  }

  @Test("of a server that has no block yet holds nothing, which is said and is no fault")
  func head() throws {
    let workspace = try Workspace(configuration: FolderTests.configuration)
    try workspace.write("x", to: "data/wal/00000000")
    let outcome = try workspace.run("collect")
    #expect(outcome.status == 0 && outcome.output == "Nothing new.\n", "\(outcome)")
    #expect(outcome.errors.contains("it has no block yet. A snapshot made through its admin API"))
    let doctor = try workspace.run("doctor")
    #expect(doctor.status == 0 && doctor.output.contains("it has no block yet"), "\(doctor)")
  }
}
