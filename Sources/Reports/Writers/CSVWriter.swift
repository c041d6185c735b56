public import Model

extension Report {
  /// Its tables, each as CSV in a file of its own, named after its section.
  public var tableFiles: [Artifact] {
    var counts: [Section.Name: Int] = [:]
    func files(_ section: Section) -> [Artifact] {
      section.blocks.flatMap { block -> [Artifact] in
        switch block {
        case .table(let table):
          counts[section.name, default: 0] += 1
          let number = counts[section.name].flatMap { $0 > 1 ? "-\($0)" : nil } ?? ""
          return [
            Artifact(
              path: "tables/\(section.name.rawValue)\(number).csv",
              bytes: Array(CSVWriter.text(table).utf8))
          ]
        case .columns(let sections): return sections.flatMap(files)
        case .title, .warning, .verdict, .tiles, .aside, .note, .text, .list, .figure, .terms,
          .asks, .foot:
          return []
        }
      }
    }
    return sections.flatMap(files)
  }
}

/// A table as CSV (RFC 4180), with the words of Markdown.
enum CSVWriter {
  static func text(_ table: ReportTable) -> String {
    ([table.heads] + table.rows.map(table.texts)).map { record in
      record.map { Escape.csv(Wording.plain($0)) }.joined(separator: ",") + "\r\n"
    }.joined()
  }
}

extension ReportTable {
  /// The headings of its columns of text; what is below the text of a cell has a column of its own.
  var heads: [String] {
    columns.filter { $0.kind != .drawing }.flatMap { column in
      [column.more.map { "\(column.title), \($0)" } ?? column.title]
        + [column.detail].compactMap(\.self)
    }
  }

  /// The texts of a row, as many as there are headings.
  func texts(_ row: [Cell]) -> [String] {
    row.flatMap { cell -> [String] in
      switch cell {
      case .text(let text), .level(let text, _): [text]
      case .detailed(let text, let below): [text, below]
      case .drawing: []
      case .state(let words): ["\(words.sign) \(words.text)"]
      }
    }
  }
}
