import Foundation
import TestSupport
import Testing

@Suite("One chart as a file")
struct ChartTests {
  @Test(
    "the ending of the file chooses the format, and the finding is printed",
    arguments: [
      ("svg", "<?xml"), ("png", "\u{89}PNG"), ("pdf", "%PDF-"),
    ])
  func writesFormats(ending: String, start: String) throws {
    let workspace = try Workspace(snapshot: Workspace.orders(badEvery: 50))
    let outcome = try workspace.run(
      "chart", "days", "--as-of", Workspace.asOf, "--out", "chart.\(ending)")
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.output.hasPrefix("chart.\(ending): "), "\(outcome.output)")
    let bytes = try workspace.read("chart.\(ending)")
    #expect(bytes.starts(with: start.unicodeScalars.map { UInt8($0.value) }))
  }

  @Test("every chart can be written, wide and narrow, and the same again")
  func writesAll() throws {
    let workspace = try Workspace(snapshot: Workspace.orders(badEvery: 50))
    #expect(try workspace.run("collect", "--as-of", Workspace.asOf).status == 0)
    for name in ["burndown", "hours", "level", "budgets", "days", "events"] {
      for flag in [[], ["--narrow"]] {
        func draw(_ file: String) throws -> Data {
          let outcome = try workspace.program.run(
            ["chart", name, "orders", "--no-collect", "--as-of", Workspace.asOf, "--out", file]
              + flag, in: workspace.folder)
          #expect(outcome.status == 0, "\(name): \(outcome)")
          return try workspace.read(file)
        }
        #expect(try draw("one.png") == draw("two.png"), "\(name)")
      }
    }
    #expect(!workspace.exists("reports"), "a chart closes no week")
  }

  @Test(
    "what cannot be drawn is said, and no file is left",
    arguments: [
      (["chart", "dayz"], 64, "did you mean days?"),
      (["chart", "days", "--out", "days.gif"], 64, "has to end in .svg, .png or .pdf"),
      (["chart", "days", "nothing"], 64, "no objective is named nothing"),
      (["chart", "incidents"], 66, "no service reports incidents"),
      (["chart", "days", "--out", "no/such/days.svg"], 73, "no/such/days.svg"),
    ])
  func refuses(arguments: [String], status: Int32, words: String) throws {
    let workspace = try Workspace(snapshot: Workspace.orders())
    let outcome = try workspace.program.run(
      arguments + ["--as-of", Workspace.asOf], in: workspace.folder)
    #expect(outcome.status == status, "\(outcome)")
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
    #expect(!workspace.exists("days.gif") && !workspace.exists("days.svg"))
  }
}
