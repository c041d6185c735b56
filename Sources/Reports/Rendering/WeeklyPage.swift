import Charts
public import Model
import ReportTemplates

/// The weekly report as one HTML page: no script, no request, colours for light, dark and print.
public struct WeeklyPage {
  private let story: WeeklyStory

  private let paper: Paper

  /// The paper that the page asks for when it is printed.
  public enum Paper: String, Sendable {
    case a4, letter
  }

  public init(_ facts: ReportFacts, zone: ZoneOffsets, paper: Paper = .a4) {
    story = WeeklyStory(facts: facts, zone: zone)
    self.paper = paper
  }

  public func html() throws(FrameError) -> String {
    let style = Palette.stylesheet + ReportTemplates.style + running
    return try Frame(template: ReportTemplates.weekly).filled(with: [
      "title": Escape.html("\(story.facts.title) reliability report, \(story.facts.period.name)"),
      "style": style,
      "style-hash": StyleHash.base64(style),
      "header": header.html,
      "incomplete": incomplete.html,
      "verdict": verdict.html,
      "tiles": tiles.html,
      "scoreboard": scoreboard.html,
      "burndown": story.opening.map(drawn)?.html ?? "",
      "weeks": weeks.html,
      "detail": detail.html,
      "incidents": incidents.html,
      "gaps": gaps.html,
      "method": method.html,
    ])
  }

  /// Header and footer of printed pages.
  private var running: String {
    let font = "font:8pt \"Noto Sans\",\"DejaVu Sans\",sans-serif;color:#4A5663"
    let head = Escape.css("\(story.facts.title)  ·  Reliability report, \(story.facts.period.name)")
    let foot = Escape.css("\(story.facts.program)  ·  \(dataEnd)")
    return """
      @page{size:\(paper.rawValue);@top-left{content:"\(head)";\(font)}@bottom-left{content:"\(foot)";\(font)}\
      @bottom-right{content:"Page " counter(page) " of " counter(pages);\(font)}}\
      @page:first{@top-left{content:none}}
      """
  }

  private var dataEnd: String {
    story.facts.dataEnd.map { "data to \(Wording.moment($0, in: story.zone))" } ?? "no data"
  }

  private func icon(_ tone: WeeklyStory.Tone, id: String) -> Markup {
    let status: StatusIcon =
      switch tone {
      case .ok: .ok
      case .warn: .warn
      case .bad: .bad
      case .unknown: .none
      }
    return .drawing(SVGWriter.inline(status.scene(), id: id))
  }

  // MARK: Sections

  private var header: Markup {
    let revised =
      story.revised.map { Markup.tag("p", ["class": "notice"], .text($0)) } ?? .empty
    return .tag(
      "header", [:], .tag("p", ["class": "kicker"], "Reliability report, weekly"),
      .tag("h1", [:], .text(story.heading)),
      .tag("p", ["class": "meta"], .text(story.meta.joined(separator: " "))), revised)
  }

  private var incomplete: Markup {
    guard !story.incomplete.isEmpty else { return .empty }
    return .tag(
      "div", ["class": "notice", "role": "note"],
      [.tag("p", [:], .tag("b", [:], "This report is incomplete."))]
        + story.incomplete.map { .tag("p", [:], .text($0)) })
  }

  private var verdict: Markup {
    .tag(
      "div", ["class": "verdict \(story.tone.rawValue)"],
      icon(story.tone, id: "verdict"),
      .tag(
        "div", [:], .tag("p", ["class": "big"], .text(story.verdict)),
        .tag("p", [:], .text(story.verdictDetail))))
  }

  private var tiles: Markup {
    .tag(
      "div", ["class": "tiles"],
      story.tiles.map { tile in
        .tag(
          "div", ["class": "tile \(tile.tone?.rawValue ?? "")"],
          .tag("p", ["class": "label"], .text(tile.label)),
          .tag(
            "p", ["class": "value"], .text(tile.value),
            tile.unit.isEmpty ? .empty : " " + .tag("span", [:], .text(tile.unit))),
          .tag("p", ["class": "detail"], .text(tile.detail)))
      })
  }

  private var scoreboard: Markup {
    let heads: [(text: Markup, style: String)] = [
      ("Objective", ""), ("This week", "number"), ("Budget left", ""), ("8 weeks", ""),
      (
        story.aheadHeading.map { "Usual pace," + .lineBreak + .text($0) } ?? "Usual pace", "number"
      ), ("State", ""),
    ]
    let head = Markup.tag(
      "thead", [:],
      .tag("tr", [:], heads.map { .tag("th", ["scope": "col", "class": $0.style], $0.text) }))
    var rows = story.board.enumerated().map { index, objective in
      row(objective, index: index)
    }
    if let rest = story.boardRest {
      rows.append(.tag("tr", [:], .tag("td", ["colspan": "6", "class": "rest"], .text(rest))))
    }
    return .tag("h2", [:], "Scoreboard")
      + .tag("p", ["class": "sub"], .text(story.scoreboardNote))
      + .tag("table", [:], head, .tag("tbody", [:], rows))
  }

  private func row(_ objective: ObjectiveFacts, index: Int) -> Markup {
    let state = WeeklyStory.word(objective.state)
    let judged = objective.state != .notJudged
    let left = judged ? objective.budget.map { $0.left ?? -1 } : nil
    let bar = BulletBar(left: left, paint: state.tone.paint).scene(
      title: "\(objective.title): budget left",
      description: judged ? "\(Wording.left(left)) of the budget left" : "Not judged")
    let line = Sparkline(values: objective.trail, scale: -0.3...1, paint: state.tone.paint).scene(
      title: "\(objective.title): budget left, last eight weeks",
      description: objective.trail.map { Wording.left($0) }.joined(separator: ", "))
    return .tag(
      "tr", [:],
      .tag(
        "th", ["scope": "row"], .text(objective.title),
        .tag("small", [:], .text(story.promise(objective)))),
      .tag(
        "td", ["class": "number strong", "data-label": "This week"], .text(story.level(objective))),
      .tag(
        "td", ["data-label": "Budget left"],
        .tag(
          "span", ["class": "left"],
          .tag("b", [:], .text(story.left(objective))),
          .drawing(SVGWriter.inline(bar, id: "bar\(index)")))),
      .tag(
        "td", ["class": "trail", "data-label": "8 weeks"],
        .drawing(SVGWriter.inline(line, id: "line\(index)"))),
      .tag(
        "td", ["class": "number", "data-label": story.aheadTitle], .text(story.ahead(objective))),
      .tag(
        "td", ["data-label": "State"],
        .tag(
          "span", ["class": "state \(state.tone.rawValue)"],
          icon(state.tone, id: "state\(index)"), .text(state.text))))
  }

  /// A figure with both of its drawings; the style sheet shows one of them.
  private func drawn(_ figure: Figure) -> Markup {
    .tag(
      "figure", ["id": figure.name], .tag("h3", [:], .text(figure.heading)),
      .tag("p", ["class": "sub"], .text(figure.subheading)),
      .tag(
        "div", ["class": "w"],
        .drawing(SVGWriter.inline(figure.scene(.wide), id: "\(figure.name)-w"))),
      .tag(
        "div", ["class": "n", "hidden": ""],
        .drawing(SVGWriter.inline(figure.scene(.narrow), id: "\(figure.name)-n"))))
  }

  private func list(_ lines: [String]) -> Markup {
    .tag("ul", [:], lines.map { .tag("li", [:], .text($0)) })
  }

  private var weeks: Markup {
    .tag(
      "div", ["class": "weeks"],
      .tag("section", [:], .tag("h2", [:], "This week"), list(story.thisWeek)),
      .tag("section", [:], .tag("h2", [:], "Next week"), list(story.nextWeek)))
  }

  private var detail: Markup {
    let figures = story.details
    guard !figures.isEmpty else { return .empty }
    return .tag("h2", [:], "Detail")
      + .tag("p", ["class": "sub"], "For those who want to look closer.")
      + figures.map(drawn).joined()
  }

  private var incidents: Markup {
    guard story.facts.incidents != nil else { return .empty }
    let head = WeeklyStory.incidentHead
    var parts: [Markup] = [
      .tag("h2", [:], "Incidents"),
      .tag("p", ["class": "sub"], .text(story.incidentsNote)),
    ]
    if let timeline = story.timeline { parts.append(drawn(timeline)) }
    if !story.incidents.isEmpty {
      parts.append(
        table(head, story.incidents.prefix(20).map { story.incidentRow($0) }, short: [1, 2, 3]))
      if let rest = story.incidentRest {
        parts.append(.tag("p", ["class": "sub"], .text(rest)))
      }
    }
    return parts.joined()
  }

  /// A table of texts; on a narrow screen each cell carries its column's name.
  ///
  /// The columns `short` are not broken.
  private func table(_ head: [String], _ rows: [[String]], short: Set<Int>) -> Markup {
    .tag(
      "table", [:],
      .tag(
        "thead", [:],
        .tag("tr", [:], head.map { .tag("th", ["scope": "col"], .text($0)) })),
      .tag(
        "tbody", [:],
        rows.map { cells in
          .tag(
            "tr", [:],
            cells.indices.map { column in
              .tag(
                "td", ["class": short.contains(column) ? "short" : "", "data-label": head[column]],
                .text(cells[column]))
            })
        }))
  }

  private var gaps: Markup {
    var parts: [Markup] = [.tag("h2", [:], "Data")]
    let gaps = story.gaps
    if gaps.isEmpty {
      parts.append(.tag("p", [:], .text(story.noGaps)))
    } else {
      let head = ["Missing from", "to", "Length", "Touches"]
      parts.append(
        .tag("p", ["class": "sub"], .text(story.missingRule)))
      let rows = gaps.prefix(12).map { gap in
        [
          Wording.moment(gap.window.start, in: story.zone),
          Wording.moment(gap.window.end, in: story.zone), Wording.duration(gap.window.length),
          gap.objectives.joined(separator: ", "),
        ]
      }
      parts.append(table(head, rows, short: [0, 1, 2]))
      if let rest = story.gapRest {
        parts.append(.tag("p", ["class": "sub"], .text(rest)))
      }
    }
    if !story.notes.isEmpty { parts.append(list(story.notes)) }
    return parts.joined()
  }

  private var method: Markup {
    let terms = story.method.map { entry in
      Markup.tag("dt", [:], .text(entry.term)) + .tag("dd", [:], .text(entry.text))
    }
    return .tag("h2", [:], "Method")
      + .tag("dl", [:], terms)
      + .tag(
        "footer", [:],
        .text(
          "\(story.facts.program) · \(dataEnd) · \(story.zoneNote) · numbers of this page: weekly.json"
        ))
  }
}

extension WeeklyStory.Tone {
  var paint: Paint {
    switch self {
    case .ok: .ok
    case .warn: .warn
    case .bad: .bad
    case .unknown: .none
    }
  }
}
