import Foundation
import TestSupport
import Testing

@Suite("One instant, one gate")
struct OneVerdictTests {
  /// The exit code of `check` that fits what `weekly` says; `nil` where it wrote no report.
  private func gate(_ weekly: Program.Outcome) -> Int32? {
    let words: [(String, Int32)] = [
      ("open", 0), ("closed", 1), ("closed, because it cannot be decided", 3),
    ]
    return words.first {
      weekly.output.contains("Release gate at the end of the week: \($0.0).")
    }?.1
  }

  private func expectOne(_ workspace: Workspace, asOf: String = Workspace.asOf) throws -> Int32 {
    let weekly = try workspace.program.run(["weekly", "--as-of", asOf], in: workspace.folder)
    let weeklyAlone = try workspace.program.run(
      ["weekly", "--no-collect", "--as-of", asOf], in: workspace.folder)
    let check = try workspace.program.run(
      ["check", "--as-of", Workspace.asOf], in: workspace.folder)
    let checkAlone = try workspace.program.run(
      ["check", "--no-collect", "--as-of", Workspace.asOf], in: workspace.folder)
    guard let gate = gate(weekly) else {
      #expect(weekly.status >= 64 && check.status != 0, "\(weekly) \(check)")
      return check.status
    }
    #expect(check.status == gate, "\(weekly) \(check)")
    #expect(checkAlone.status == gate, "\(checkAlone)")
    #expect(self.gate(weeklyAlone) == gate, "\(weeklyAlone)")
    return gate
  }

  @Test("`weekly` and `check` say the same of every fault", arguments: Fault.all)
  func faults(fault: Fault) throws {
    let workspace = try Workspace()
    try fault.prepare(workspace)
    #expect(try expectOne(workspace) != 0)
  }

  @Test("and of what is well, or overspent")
  func others() throws {
    #expect(try expectOne(Workspace(snapshot: Workspace.orders(badEvery: 200))) == 0)
    #expect(try expectOne(Workspace(snapshot: Workspace.orders(badEvery: 2))) == 1)
  }

  /// A good file of a week, and one of 0 bytes: a download that failed.
  private func oneBad() throws -> Workspace {
    let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Fixtures/field/F31-one-bad")
    let workspace = try Workspace(configuration: nil)
    for path in ["sloreport.yaml", "d/a.prom", "d/b.prom"] {
      try workspace.write(
        try Data(contentsOf: fixture.appendingPathComponent(path)), to: path)
    }
    return workspace
  }

  @Test(
    "an empty file beside a good one is 3 for both, until it is read, gone or out of the window")
  func emptyFile() throws {
    let asOf = "2026-10-19T00:05:00Z"
    let workspace = try oneBad()
    func bad(_ name: String) -> URL { workspace.folder.appendingPathComponent("d/\(name)") }
    #expect(try expectOne(workspace, asOf: asOf) == 3)
    #expect(try expectOne(workspace, asOf: asOf) == 3)
    try FileManager.default.moveItem(at: bad("b.prom"), to: bad("b-20251018T060000Z.prom"))
    #expect(try expectOne(workspace, asOf: asOf) == 0, "a file of a year ago concerns neither")
    // The week is closed by now: what fails goes to standard error, and the report keeps its bytes.
    let page = try workspace.read("reports/2026-W42/weekly.html")
    let json = try workspace.read("reports/2026-W42/weekly.json")
    try workspace.write("", to: "d/c.prom")
    let later = try workspace.run("weekly", "--as-of", asOf)
    #expect(later.status == 4 && later.errors.contains("d/c.prom: empty"), "\(later)")
    #expect(try workspace.read("reports/2026-W42/weekly.html") == page)
    #expect(try workspace.read("reports/2026-W42/weekly.json") == json)
    #expect(try workspace.run("check", "--as-of", asOf).status == 3)
    try workspace.write(try workspace.read("d/a.prom"), to: "d/c.prom")
    #expect(try workspace.run("check", "--as-of", asOf).status == 0)
    let after = try workspace.run("weekly", "--as-of", asOf)
    #expect(
      after.status == 4 && !after.errors.contains("c.prom"), "the old one is empty yet: \(after)")
    try FileManager.default.removeItem(at: bad("b-20251018T060000Z.prom"))
    #expect(try workspace.run("weekly", "--as-of", asOf).status == 0)
    #expect(try workspace.read("reports/2026-W42/weekly.html") == page)
  }

  @Test("a week that an unread file may belong to is not closed")
  func notClosed() throws {
    let workspace = try oneBad()
    let asOf = "2026-10-19T00:05:00Z"
    #expect(try workspace.run("weekly", "--as-of", asOf).status == 4)
    let first = try workspace.read("reports/2026-W42/weekly.html")
    try FileManager.default.removeItem(at: workspace.folder.appendingPathComponent("d/b.prom"))
    #expect(try workspace.run("weekly", "--as-of", asOf).status == 0)
    let second = String(decoding: try workspace.read("reports/2026-W42/weekly.html"), as: UTF8.self)
    #expect(Data(second.utf8) != first)
    #expect(!second.contains("revised"), "\(second.prefix(2000))")
  }

  @Test("a closed week says on standard error what is defined otherwise now, and keeps its bytes")
  func redefined() throws {
    let workspace = try Workspace(snapshot: Workspace.orders(badEvery: 200))
    #expect(try workspace.weekly().status == 0)
    let page = try workspace.read("reports/2026-W42/weekly.html")
    try workspace.write(
      Workspace.configuration.replacingOccurrences(of: "99%", with: "99.9%"), to: "sloreport.yaml")
    let weekly = try workspace.weekly()
    #expect(weekly.status == 0, "\(weekly)")
    #expect(weekly.errors.contains("shop/orders stays as it was defined then"), "\(weekly)")
    #expect(try workspace.read("reports/2026-W42/weekly.html") == page)
  }
}
