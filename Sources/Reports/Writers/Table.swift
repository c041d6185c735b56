/// Text columns that line up.
enum Table {
  /// A table whose columns `right` are set right.
  static func markdown(head: [String], rows: [[String]], right: Set<Int>) -> [String] {
    let widths = head.indices.map { column in
      max(3, ([head] + rows).map { $0[column].count }.max() ?? 0)
    }
    func line(_ cells: [String]) -> String {
      "| "
        + cells.indices.map { padded(cells[$0], to: widths[$0], right: right.contains($0)) }
        .joined(separator: " | ") + " |"
    }
    let rule = widths.indices.map { column in
      right.contains(column)
        ? String(repeating: "-", count: widths[column] - 1) + ":"
        : String(repeating: "-", count: widths[column])
    }
    return [line(head), line(rule)] + rows.map(line)
  }

  /// A table without lines, two blanks between columns, the last as long as it is.
  static func plain(head: [String], rows: [[String]], right: Set<Int>) -> [String] {
    let widths = head.indices.map { column in
      ([head] + rows).map { $0[column].count }.max() ?? 0
    }
    return ([head] + rows).map { cells in
      let padded = cells.indices.map { column in
        column == cells.count - 1 && !right.contains(column)
          ? cells[column]
          : self.padded(cells[column], to: widths[column], right: right.contains(column))
      }
      return padded.joined(separator: "  ")
    }
  }

  static func padded(_ text: String, to width: Int, right: Bool = false) -> String {
    let space = String(repeating: " ", count: max(0, width - text.count))
    return right ? space + text : text + space
  }
}
