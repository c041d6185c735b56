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
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
    let folder = try TemporaryFolder()
    let list = try folder.write(Array(JSONEncoder().encode(jobs)), to: "jobs.json")
    let outcome = try Program("sloreport").shell(
      "timeout -s KILL 300 '\(root)/.build-tools/bin/python' '\(root)/Tests/tools/check_pages.py' '\(list)'",
      in: URL(fileURLWithPath: folder.path))
    try #require(
      outcome.status == 0, "`make test` installs what is missing. \(outcome.errors)")
    return try JSONDecoder().decode([Finding].self, from: Data(outcome.output.utf8))
  }
}
