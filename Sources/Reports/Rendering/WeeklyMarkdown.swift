public import Model

/// The weekly report as Markdown that also reads well as plain text.
public struct WeeklyMarkdown {
  private let story: WeeklyStory

  public init(_ facts: ReportFacts, zone: ZoneOffsets) {
    story = WeeklyStory(facts: facts, zone: zone)
  }

  /// The whole document, with the figures as pictures in the folder `charts` beside it where they were drawn.
  public func text(withCharts: Bool) -> String {
    var lines = ["# \(escaped(story.heading))", ""]
    lines += wrapped(story.meta.joined(separator: " "))
    if let revised = story.revised { lines += [""] + wrapped(revised) }
    if !story.incomplete.isEmpty {
      lines +=
        ["", "**This report is incomplete.**"] + story.incomplete.flatMap { wrapped($0, "- ") }
    }
    let verdict = escaped(story.verdict).split(separator: " ").joined(separator: " ")
    lines += ["", "**\(verdict)**", ""] + wrapped(story.verdictDetail) + [""]
    for tile in story.tiles {
      lines += wrapped(
        "\(tile.label): \(tile.value)\(tile.unit.isEmpty ? "" : " " + tile.unit) (\(tile.detail))",
        "- ")
    }
    lines += ["", "## Scoreboard", ""] + table
    if let figure = story.opening { lines += drawn(figure, withCharts) }
    lines += ["", "## This week", ""] + story.thisWeek.flatMap { wrapped($0, "- ") }
    lines += ["", "## Next week", ""] + story.nextWeek.flatMap { wrapped($0, "- ") }
    for figure in story.details { lines += drawn(figure, withCharts) }
    if story.facts.incidents != nil {
      lines += ["", "## Incidents", ""] + wrapped(story.incidentsNote)
      if let figure = story.timeline { lines += drawn(figure, withCharts) }
      if !story.incidents.isEmpty {
        lines +=
          [""]
          + Table.markdown(
            head: WeeklyStory.incidentHead,
            rows: story.incidents.prefix(20).map { story.incidentRow($0).map(escaped) }, right: [])
      }
      if let rest = story.incidentRest { lines += ["", rest] }
    }
    lines += ["", "## Data", ""]
    if story.gaps.isEmpty {
      lines += wrapped(story.noGaps)
    } else {
      lines += wrapped(story.missingRule) + [""]
      for gap in story.gaps.prefix(12) {
        lines += wrapped(
          "\(story.moments(gap.window)) (\(Wording.duration(gap.window.length))): "
            + gap.objectives.joined(separator: ", "), "- ")
      }
      if let rest = story.gapRest { lines += ["- \(rest)"] }
    }
    if !story.notes.isEmpty { lines += [""] + story.notes.flatMap { wrapped($0, "- ") } }
    lines += ["", "## Method", ""]
    lines += story.method.flatMap { wrapped("\($0.term): \($0.text)", "- ") }
    return lines.joined(separator: "\n") + "\n"
  }

  private var table: [String] {
    let head = ["Objective", "Promise", "This week", "Budget left", story.aheadTitle, "State"]
    let rows = story.board.map { objective in
      let state = WeeklyStory.word(objective.state)
      return [
        objective.title, story.promise(objective), story.level(objective), story.left(objective),
        story.ahead(objective),
        "\(state.sign) \(state.text)",
      ].map(escaped)
    }
    return Table.markdown(head: head.map(escaped), rows: rows, right: [2, 3, 4])
      + (story.boardRest.map { [""] + wrapped($0) } ?? [])
  }

  /// A figure as a picture, with its finding in words for readers who see none.
  private func drawn(_ figure: Figure, _ withCharts: Bool) -> [String] {
    let level = figure.name == "incidents" ? "###" : "##"
    var lines = ["", "\(level) \(escaped(figure.heading))", ""]
    if withCharts {
      lines += [
        "![\(escaped(Wording.cut(figure.description, at: 230)))](charts/\(figure.name).png)", "",
      ]
    }
    return lines + wrapped(figure.description)
  }

  private func escaped(_ text: String) -> String { Wording.plain(Escape.markdown(text)) }

  /// Escaped lines of at most 100 characters, the first behind a prefix, the others indented to it.
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
