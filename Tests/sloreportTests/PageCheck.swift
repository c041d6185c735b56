import Foundation
import TestSupport
import Testing

/// Tests/tools/check_pages.py: looks at pages with a validator, axe-core, browsers and printers.
enum PageCheck: String, Codable, CaseIterable {
  case valid, rules, axe, widths, contrast, strict, paper

  struct Job: Encodable {
    let file: String
    var checks = PageCheck.allCases
  }

  struct Finding: Decodable, CustomStringConvertible {
    let file: String
    let check: PageCheck
    let text: String

    var description: String {
      let path = file.split(separator: "/").suffix(4).joined(separator: "/")
      return "\(path), \(check): \(text)"
    }
  }

  static func findings(_ jobs: [Job]) throws -> [Finding] {
    let folder = try TemporaryFolder()
    return try run(
      "check_pages.py", folder.write(Array(JSONEncoder().encode(jobs)), to: "jobs.json"))
  }

  /// Runs a program of Tests/tools with one argument, and reads the list of findings that it prints.
  static func run<Found: Decodable>(_ tool: String, _ argument: String) throws -> [Found] {
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let outcome = try Program("sloreport").shell(
      "timeout -s KILL 1500 .build-tools/bin/python 'Tests/tools/\(tool)' '\(argument)'", in: root)
    try #require(
      outcome.status == 0, "`make test` installs what is missing. \(outcome.errors)")
    return try JSONDecoder().decode([Found].self, from: Data(outcome.output.utf8))
  }
}
