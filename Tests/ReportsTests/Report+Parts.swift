@testable import Reports

/// Parts of a report, as any writer would find them.
extension Report {
  private var blocks: [Section.Block] {
    func all(_ section: Section) -> [Section.Block] {
      section.blocks.flatMap { block -> [Section.Block] in
        if case .columns(let sections) = block { sections.flatMap(all) } else { [block] }
      }
    }
    return sections.flatMap(all)
  }

  /// The list of a name; empty where there is none.
  func list(_ name: String) -> [String] {
    for case .list(let lines, name: let found) in blocks where found == name { return lines }
    return []
  }

  var tiles: [Section.Tile] {
    for case .tiles(let tiles) in blocks { return tiles }
    return []
  }

  var tables: [ReportTable] {
    blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }
  }
}
