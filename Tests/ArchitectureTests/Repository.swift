import Foundation

/// The files of the project, as text.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func text(of path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// The rooms and where they lie.
  static func rooms() throws -> [(name: String, folder: String)] {
    let sources = try FileManager.default.contentsOfDirectory(
      atPath: root.appendingPathComponent("Sources").path)
    return sources.sorted().map { ($0, "Sources/\($0)") } + [
      ("HistoryQueries", "queries/history"), ("ReportTemplates", "reports/templates"),
      ("PackFiles", "packs"), ("PriceJobsQueries", "queries/price-jobs"),
    ]
  }

  /// The Swift files under a folder, by path.
  static func swiftFiles(under folder: String) throws -> [SourceFile] {
    let paths = FileManager.default.enumerator(atPath: root.appendingPathComponent(folder).path)?
      .compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted()
    return try (paths ?? []).map { path in
      SourceFile(path: "\(folder)/\(path)", text: try text(of: "\(folder)/\(path)"))
    }
  }

  /// The cells of every row of the first Markdown table whose heading begins with a word; no heading, no rule.
  static func table(headed heading: String, in path: String) throws -> [[String]] {
    var rows: [[String]] = []
    var isInside = false
    for line in try text(of: path).split(separator: "\n", omittingEmptySubsequences: false) {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      if !isInside {
        isInside = line.hasPrefix("|") && cells.first == heading
      } else if !line.hasPrefix("|") {
        break
      } else if cells.first?.hasPrefix("-") == false {
        rows.append(cells.map { $0.replacingOccurrences(of: "`", with: "") })
      }
    }
    return rows
  }

  /// The words of a table's cell, which commas part; a dash stands for none.
  static func words(_ cell: String) -> Set<String> {
    Set(cell.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
      .subtracting(["–", ""])
  }
}

struct SourceFile {
  let path: String
  let text: String

  var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

  /// The modules the file imports: `import A`, `public import A`, `@testable import A`, `import struct A.B`.
  var imports: [String] {
    let pattern =
      /^\s*(?:(?:@\w+(?:\([^)]*\))?|public|package|internal|fileprivate|private)\s+)*import\s+(?:(?:struct|class|enum|protocol|typealias|func|let|var|actor)\s+)?(\w+)/
    return lines.compactMap { line in line.firstMatch(of: pattern).map { String($0.output.1) } }
  }

  /// Lines that hold a word, as `path:line: text`; comments do not count.
  func lines(matching pattern: Regex<Substring>) -> [String] {
    lines.enumerated().compactMap { number, line in
      let code = line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line
      guard code.firstMatch(of: pattern) != nil else { return nil }
      return "\(path):\(number + 1): \(code.trimmingCharacters(in: .whitespaces))"
    }
  }
}
