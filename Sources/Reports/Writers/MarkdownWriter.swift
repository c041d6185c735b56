import Model

extension Report {
  /// Markdown that also reads well as plain text, with the figures as pictures in the folder `charts` beside it where they
  /// were drawn.
  public func markdown(withCharts: Bool) -> String {
    let writer = MarkdownWriter(withCharts: withCharts)
    var lines = sections.flatMap { writer.lines($0) }
    while lines.first?.isEmpty == true { lines.removeFirst() }
    return lines.joined(separator: "\n") + "\n"
  }
}

/// Sections as Markdown; each block begins with an empty line.
struct MarkdownWriter {
  let withCharts: Bool

  func lines(_ section: Section) -> [String] {
    // Figures alone are sections of their own.
    let isText = section.blocks.contains { block in
      switch block {
      case .aside, .figure: false
      case .title, .warning, .verdict, .tiles, .note, .text, .list, .table, .columns, .terms, .asks,
        .foot:
        true
      }
    }
    let heading = isText ? section.heading : nil
    return (heading.map { ["", "## \(escaped($0))"] } ?? [])
      + section.blocks.flatMap { lines($0, level: heading == nil ? "##" : "###") }
  }

  private func lines(_ block: Section.Block, level: String) -> [String] {
    switch block {
    case .title(_, let title, let made, let revised):
      return ["", "# \(escaped(title))", ""] + wrapped(made.joined(separator: " "))
        + (revised.map { [""] + wrapped($0) } ?? [])
    case .warning(let text, let reasons):
      return ["", "**\(escaped(text))**"] + reasons.flatMap { wrapped($0, "- ") }
    case .verdict(_, let text, let detail):
      let verdict = escaped(text).split(separator: " ").joined(separator: " ")
      return ["", "**\(verdict)**", ""] + wrapped(detail)
    case .tiles(let tiles):
      return [""]
        + tiles.flatMap { tile in
          wrapped(
            "\(tile.label): \(tile.value)\(tile.unit.isEmpty ? "" : " " + tile.unit) (\(tile.detail))",
            "- ")
        }
    case .aside, .foot: return []
    case .note(let text), .text(let text): return [""] + wrapped(text)
    case .list(let lines, _): return [""] + lines.flatMap { wrapped($0, "- ") }
    case .table(let table): return [""] + lines(table)
    case .figure(let figure): return lines(figure, level)
    case .columns(let sections): return sections.flatMap { lines($0) }
    case .terms(let terms, _):
      return [""] + terms.flatMap { wrapped("\($0.term): \($0.text)", "- ") }
    case .asks(let asks):
      return [""]
        + asks.enumerated().flatMap { wrapped("\($1.who): \($1.what)", "\($0 + 1). ") }
    }
  }

  /// A table whose numbers are set right, or its lines as a list.
  private func lines(_ table: ReportTable) -> [String] {
    if let lines = table.lines {
      return lines.flatMap { wrapped($0, "- ") } + (table.rest.map { ["- \($0)"] } ?? [])
    }
    var right: Set<Int> = []
    var place = 0
    for column in table.columns where column.kind != .drawing {
      switch column.kind {
      case .number, .mainNumber, .level: right.insert(place)
      case .text, .short, .drawing, .state: break
      }
      place += column.detail == nil ? 1 : 2
    }
    let rows = table.rows.map { table.texts($0).map(escaped) }
    return Table.markdown(head: table.heads.map(escaped), rows: rows, right: right)
      + (table.rest.map { [""] + wrapped($0) } ?? [])
  }

  /// A figure as a picture, with its finding in words for readers who see none.
  private func lines(_ figure: Figure, _ level: String) -> [String] {
    var lines = ["", "\(level) \(escaped(figure.heading))", ""]
    if withCharts {
      lines += [
        "![\(escaped(Wording.cut(figure.description, at: 230)))](charts/\(figure.name).png)", "",
      ]
    }
    return lines + wrapped(figure.description)
  }

  private func escaped(_ text: String) -> String { Wording.plain(Escape.markdown(text)) }

  /// Escaped lines of at most 100 characters, the first after a prefix, the others indented to it.
  private func wrapped(_ text: String, _ prefix: String = "") -> [String] {
    var lines: [String] = []
    var line = prefix
    var isEmpty = true
    let indent = String(repeating: " ", count: prefix.count)
    // A number stays with its unit: their no-break space becomes a plain one only afterwards.
    for word in Escape.markdown(text).split(separator: " ").map({ Wording.plain(String($0)) }) {
      if line.count + word.count + 1 > 100, !isEmpty {
        lines.append(line)
        (line, isEmpty) = (indent, true)
      }
      line += isEmpty ? Escape.lineStart(word) : " " + word
      isEmpty = false
    }
    return lines + [line]
  }
}
