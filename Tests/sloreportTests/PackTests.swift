import Foundation
import TestSupport
import Testing

private let root = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

@Suite("Packs as init writes them")
struct PackTests {
  private func run(_ workspace: Workspace, _ arguments: String...) throws -> Program.Outcome {
    try workspace.program.run(["init"] + arguments, in: workspace.folder)
  }

  private var queries: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(
        atPath: root.appendingPathComponent("queries/price-jobs").path
      ).filter { $0.hasSuffix(".sql") }.sorted()
    }
  }

  @Test("price-jobs is a configuration and every query of its folder, byte for byte")
  func writesQueries() throws {
    let workspace = try Workspace(configuration: nil)
    let outcome = try run(workspace, "--pack", "price-jobs")
    #expect(outcome.status == 0, "\(outcome)")
    #expect(
      outcome.output == "Wrote sloreport.yaml and 11 queries beside it. Next: sloreport validate\n")
    try #expect(
      workspace.read("sloreport.yaml")
        == Data(contentsOf: root.appendingPathComponent("packs/price-jobs/price_jobs.yaml")))
    let written = try FileManager.default.contentsOfDirectory(
      atPath: workspace.folder.appendingPathComponent("queries/price-jobs").path)
    #expect(try written.sorted() == queries)
    for name in try queries {
      let path = "queries/price-jobs/\(name)"
      try #expect(
        workspace.read(path) == Data(contentsOf: root.appendingPathComponent(path)), "\(name)")
    }
  }

  @Test("queries go beside a configuration in another folder")
  func followsConfiguration() throws {
    let workspace = try Workspace(configuration: nil)
    try workspace.write("", to: "team/notes.txt")
    let outcome = try run(workspace, "--pack", "price-jobs", "-c", "team/jobs.yaml")
    #expect(outcome.status == 0, "\(outcome)")
    #expect(workspace.exists("team/jobs.yaml"))
    #expect(workspace.exists("team/queries/price-jobs/success.sql"))
    #expect(!workspace.exists("queries"))
  }

  @Test(
    "where one file is there already nothing is written, and that one stays",
    arguments: ["sloreport.yaml", "queries/price-jobs/volume.sql"])
  func overwritesNothing(path: String) throws {
    let workspace = try Workspace(configuration: nil)
    try workspace.write("mine", to: path)
    let outcome = try run(workspace, "--pack", "price-jobs")
    #expect(outcome.status == 73)
    #expect(
      outcome.errors == "sloreport: \(path) already exists; not overwritten\n")
    #expect(try workspace.read(path) == Data("mine".utf8))
    #expect(workspace.exists("sloreport.yaml") == (path == "sloreport.yaml"))
    #expect(!workspace.exists("queries/price-jobs/success.sql"))
  }

  @Test("all that are there already are named")
  func namesWhatIsThere() throws {
    let workspace = try Workspace(configuration: nil)
    for path in ["sloreport.yaml", "queries/price-jobs/success.sql"] {
      try workspace.write("mine", to: path)
    }
    let outcome = try run(workspace, "--pack", "price-jobs")
    #expect(outcome.status == 73)
    #expect(
      outcome.errors == """
        sloreport: nothing was written: these files already exist
        sloreport: sloreport.yaml
        sloreport: queries/price-jobs/success.sql

        """)
  }

  @Test("where a folder cannot be made the configuration goes again")
  func leavesNothingHalf() throws {
    let workspace = try Workspace(configuration: nil)
    try workspace.write("a file", to: "queries")
    let outcome = try run(workspace, "--pack", "price-jobs")
    #expect(outcome.status == 73, "\(outcome)")
    #expect(!workspace.exists("sloreport.yaml"))
    #expect(try workspace.read("queries") == Data("a file".utf8))
  }
}
