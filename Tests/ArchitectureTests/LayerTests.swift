import Foundation
import Testing

@Suite("Layers of a room")
struct LayerTests {
  @Test(
    "each folder calls what its row of the table allows, and nothing else",
    arguments: [("Ingest", "Decimal", "Text"), ("History", "RowDigest", "Tables")])
  func foldersCallDownwards(room: String, type: String, folder: String) throws {
    let rows = try Repository.table(headed: "folder of \(room)", in: "docs/ARCHITECTURE.md")
    try #require(!rows.isEmpty)
    let allowed = Dictionary(uniqueKeysWithValues: rows.map { ($0[0], Repository.words($0[2])) })
    let files = try Repository.swiftFiles(under: "Sources/\(room)").map { file in
      let folder = file.path.split(separator: "/").dropFirst(2).dropLast().joined(separator: "/")
      return (file, folder: folder)
    }
    var homes: [String: String] = [:]
    for (file, folder) in files { for type in file.types { homes[type] = folder } }
    try #require(homes[type] == folder)
    var strangers: [String] = []
    for (file, folder) in files {
      guard let allowed = allowed[folder] else {
        strangers.append("\(file.path): its folder has no row")
        continue
      }
      for word in file.calls {
        guard let home = homes[word], home != folder, !allowed.contains(home) else { continue }
        strangers.append("\(file.path): \(word) of \(home)")
      }
    }
    #expect(strangers == [])
  }

  @Test("a type is found where it is declared, a call wherever the type is not the file's own")
  func findsTypesAndCalls() {
    let text =
      "public struct A {\n  struct B {}\n}\nlet c = D(E.F.self, B())  // G\nfinal class H: I {}"
    let file = SourceFile(path: "x.swift", text: text)
    #expect(file.types == ["A", "H"])
    #expect(file.calls == ["D", "E", "I"])
  }
}

extension SourceFile {
  private var code: [Substring] {
    lines.map { line in line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line }
  }

  private func declared(nested: Bool) -> [String] {
    let pattern = /^(\s*)(?:\w+ )*(?:struct|class|enum|protocol|actor|typealias) (\w+)/
    return code.compactMap { $0.firstMatch(of: pattern)?.output }
      .filter { nested || $0.1.isEmpty }.map { String($0.2) }
  }

  /// The types that other files may name.
  var types: [String] { declared(nested: false) }

  /// The names of other files' types in the code, in order; of `A.B` that is `A`.
  var calls: [String] {
    let words = code.flatMap { $0.matches(of: /\.?\b[A-Z]\w*/) }.map { String($0.output) }
    return Set(words.filter { !$0.hasPrefix(".") }).subtracting(declared(nested: true)).sorted()
  }
}
