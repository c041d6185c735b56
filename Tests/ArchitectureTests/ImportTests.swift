import Foundation
import Testing

@Suite("Imports")
struct ImportTests {
  private let page = "docs/ARCHITECTURE.md"

  @Test("each room imports what its row of the import table allows, and nothing else")
  func roomsImportWhatTheTableAllows() throws {
    let rows = try Repository.table(headed: "room", in: page)
    try #require(!rows.isEmpty)
    let allowed = Dictionary(
      uniqueKeysWithValues: rows.map { ($0[0], Repository.words($0[2])) })
    var strangers: [String] = []
    for room in try Repository.rooms() {
      for file in try Repository.swiftFiles(under: room.folder) {
        guard let allowed = allowed[room.name] else {
          strangers.append("\(file.path): its room has no row")
          continue
        }
        strangers += file.imports.filter { !allowed.contains($0) }.map { "\(file.path): \($0)" }
      }
    }
    #expect(strangers == [])
  }

  @Test("the import table and the package declare the same arrows between rooms")
  func tableAndPackageAgree() throws {
    let rooms = Set(try Repository.rooms().map(\.name))
    let written = Dictionary(
      uniqueKeysWithValues: try Repository.table(headed: "room", in: page)
        .map { ($0[0], Repository.words($0[2]).intersection(rooms)) })
    // A declaration names its target first, then what that depends on; tests are no rooms.
    let calls = /(?:room|tests|\.target|\.systemLibrary|\.executableTarget)\(\s*(?=name: "|")/
    var declared: [String: Set<String>] = [:]
    for declaration in try Repository.text(of: "Package.swift").split(separator: calls) {
      let names = declaration.matches(of: /"(\w+)"/).map { String($0.output.1) }
      guard let name = names.first, rooms.contains(name) else { continue }
      declared[name] = rooms.intersection(names.dropFirst())
    }
    #expect(declared == written)
  }

  @Test("each C module is imported only where the table of C modules says")
  func cModulesStayInTheirPlaces() throws {
    let rows = try Repository.table(headed: "C module", in: page)
    try #require(!rows.isEmpty)
    let places = Dictionary(uniqueKeysWithValues: rows.map { ($0[0], Repository.words($0[1])) })
    var strays: [String] = []
    for file in try Repository.swiftFiles(under: "Sources") {
      for module in file.imports {
        guard let places = places[module] else { continue }
        if !places.contains(where: { file.path.hasPrefix("Sources/\($0)") }) {
          strays.append("\(file.path): \(module)")
        }
      }
    }
    #expect(strays == [])
  }

  @Test(
    "an import is found however it is written",
    arguments: [
      ("import Model", ["Model"]),
      ("public import Model", ["Model"]),
      ("@testable import Model", ["Model"]),
      ("private import struct Model.Cell", ["Model"]),
      ("  internal import Model // why", ["Model"]),
      ("// import Model", []),
      ("let important = 1", []),
    ])
  func findsImports(line: String, modules: [String]) {
    #expect(SourceFile(path: "x.swift", text: line).imports == modules)
  }
}
