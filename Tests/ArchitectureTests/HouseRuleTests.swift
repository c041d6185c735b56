import Foundation
import Testing

@Suite("House rules")
struct HouseRuleTests {
  private func findings(in folders: [String], _ pattern: Regex<Substring>) throws -> [String] {
    try folders.flatMap { try Repository.swiftFiles(under: $0) }
      .flatMap { $0.lines(matching: pattern) }
  }

  @Test("pure rooms know no clock, no locale and no chance")
  func pureRoomsArePure() throws {
    let pure = ["Model", "Analytics", "Charts", "Reports"].map { "Sources/\($0)" }
    #expect(try findings(in: pure, /\bDate\(|\bLocale\b|\brandom|Clock\b|\btime\(nil/) == [])
  }

  @Test("charts know nothing of objectives, budgets and incidents")
  func chartsKnowNoObjectives() throws {
    let found = try findings(
      in: ["Sources/Charts"], /Objective|ErrorBudget|BurnRate|Incident/)
    #expect(found == [])
  }

  @Test("nothing silences the compiler or crashes on purpose")
  func nothingIsForced() throws {
    let found = try findings(
      in: ["Sources", "queries", "reports", "packs"],
      /\btry!|\bas!|@unchecked\s+Sendable|nonisolated\(unsafe\)/)
    #expect(found == [])
  }

  @Test("arguments come from C, for Swift's are empty where /proc/self/maps cannot be read")
  func argumentsComeFromC() throws {
    #expect(try findings(in: ["Sources"], /\bCommandLine\b/) == [])
  }

  @Test("a file has at most 500 lines")
  func filesAreShort() throws {
    let long = try Repository.swiftFiles(under: "Sources")
      .filter { $0.lines.count > 501 }  // the last line end opens one more
      .map { "\($0.path): \($0.lines.count - 1)" }
    #expect(long == [])
  }

  @Test("every file of Analytics has a test file of its name")
  func analyticsIsTested() throws {
    func names(_ folder: String) throws -> [String] {
      try Repository.swiftFiles(under: folder).map {
        URL(fileURLWithPath: $0.path).deletingPathExtension().lastPathComponent
      }
    }
    let tests = Set(try names("Tests/AnalyticsTests"))
    let untested = try names("Sources/Analytics").filter {
      !tests.contains($0.replacing("+", with: "") + "Tests")
    }
    #expect(untested == [])
  }

  @Test("the package depends on what docs/DEPENDENCIES.md lists, at those versions")
  func dependenciesAreListed() throws {
    let package = try Repository.text(of: "Package.swift")
    let declared = package.matches(of: /\.package\(url: "[^"]*\/([^"\/]+)", exact: "([^"]+)"\)/)
      .map { "\($0.output.1) \($0.output.2)" }
    let all = package.matches(of: /\.package\(/).count
    #expect(declared.count == all, "every package is asked for at an exact version")
    let rows = try Repository.table(headed: "package", in: "docs/DEPENDENCIES.md")
    #expect(rows.map { "\($0[0]) \($0[1])" }.sorted() == declared.sorted())
  }

  @Test("the word search sees code and skips comments")
  func searchSeesCode() {
    let file = SourceFile(path: "x.swift", text: "let a = 1\nlet b = try! f()  // try! why\n// as!")
    #expect(file.lines(matching: /\btry!|\bas!/) == ["x.swift:2: let b = try! f()"])
  }
}
