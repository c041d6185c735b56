import Foundation
import Testing

/// Recorded data beside the project, where the environment names a folder of it.
enum ReferenceData {
  private static let root = ProcessInfo.processInfo.environment["SLOREPORT_REFERENCE_DATA"]

  /// A folder of it; `nil`, and said so, where there is none.
  static func folder(_ name: String) -> String? {
    guard let root else {
      print("skipped: SLOREPORT_REFERENCE_DATA names no folder with \(name)/")
      return nil
    }
    return "\(root)/\(name)"
  }

  static func json(_ path: String) throws -> [String: Any] {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    return try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  /// The rows of a table of numbers, without its heading.
  static func rows(_ path: String) throws -> [[Substring]] {
    try String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline).dropFirst()
      .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
  }

  /// The columns of a table of numbers.
  static func columns(_ path: String) throws -> [[Double]] {
    let rows = try rows(path)
    let width = try #require(rows.first).count
    return try (0..<width).map { column in
      try rows.map { row in
        let text = String(row[column].filter { $0 != "\r" && $0 != " " })
        return try #require(Double(text), "\(text)")
      }
    }
  }
}
