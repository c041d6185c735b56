import Charts
import ReportTemplates

/// The paper that a page asks for when it is printed.
public enum Paper: String, Sendable {
  case a4, letter
}

extension Report {
  /// One HTML page: no script, no request, colours for light, dark and print.
  public func page(paper: Paper = .a4) throws(FrameError) -> String {
    let style = Palette.stylesheet + ReportTemplates.style + running(on: paper)
    let name = "\(facts.title) reliability report, \(facts.period.name)"
    return try Frame(template: ReportTemplates.frame).filled(with: [
      "kind": facts.kind.rawValue, "title": Escape.html(name), "style": style,
      "style-hash": StyleHash.base64(style),
      "sections": sections.map { PageWriter().section($0).html }.joined(separator: "\n"),
    ])
  }

  /// Header and footer of printed pages.
  private func running(on paper: Paper) -> String {
    let font = "font:8pt \"Noto Sans\",\"DejaVu Sans\",sans-serif;color:#4A5663"
    let head = Escape.css("\(facts.title)  ·  Reliability report, \(facts.period.name)")
    let foot = Escape.css("\(facts.program)  ·  \(story.dataEnd)")
    return """
      @page{size:\(paper.rawValue);@top-left{content:"\(head)";\(font)}@bottom-left{content:"\(foot)";\(font)}\
      @bottom-right{content:"Page " counter(page) " of " counter(pages);\(font)}}\
      @page:first{@top-left{content:none}}
      """
  }
}

/// Sections as HTML.
struct PageWriter {
  /// A section in an element of its own, which the style sheet knows by its name.
  func section(_ section: Section) -> Markup {
    .tag("div", ["class": "part-\(section.name.rawValue)"], markup(section))
  }

  private func markup(_ section: Section) -> Markup {
    let heading = section.heading.map { Markup.tag("h2", [:], .text($0)) } ?? .empty
    return heading + section.blocks.map(markup).joined()
  }

  private func markup(_ block: Section.Block) -> Markup {
    switch block {
    case .title(let kicker, let title, let made, let revised):
      .tag(
        "header", [:], .tag("p", ["class": "kicker"], .text(kicker)),
        .tag("h1", [:], .text(title)),
        .tag("p", ["class": "meta"], .text(made.joined(separator: " "))),
        revised.map { .tag("p", ["class": "notice"], .text($0)) } ?? .empty)
    case .warning(let text, let reasons):
      .tag(
        "div", ["class": "notice", "role": "note"],
        [.tag("p", [:], .tag("b", [:], .text(text)))]
          + reasons.map { .tag("p", [:], .text($0)) })
    case .verdict(let tone, let text, let detail):
      .tag(
        "div", ["class": "verdict \(tone.rawValue)"], icon(tone, id: "verdict"),
        .tag("div", [:], .tag("p", ["class": "big"], .text(text)), .tag("p", [:], .text(detail))))
    case .tiles(let tiles): .tag("div", ["class": "tiles"], tiles.map(markup))
    case .aside(let text), .note(let text): .tag("p", ["class": "sub"], .text(text))
    case .text(let text): .tag("p", [:], .text(text))
    case .list(let lines, _): .tag("ul", [:], lines.map { .tag("li", [:], .text($0)) })
    case .table(let table): markup(table)
    case .figure(let figure): markup(figure)
    case .columns(let sections):
      .tag("div", ["class": "weeks"], sections.map { .tag("section", [:], markup($0)) })
    case .terms(let terms, _):
      .tag(
        "dl", [:],
        terms.map { .tag("dt", [:], .text($0.term)) + .tag("dd", [:], .text($0.text)) })
    case .asks(let asks):
      .tag(
        "ol", [:],
        asks.map { .tag("li", [:], .tag("b", [:], .text($0.who + ":")), .text(" " + $0.what)) })
    case .foot(let text): .tag("footer", [:], .text(text))
    }
  }

  func icon(_ tone: Tone, id: String) -> Markup {
    .drawing(SVGWriter.inline(tone.icon.scene(), id: id))
  }

  private func markup(_ tile: Section.Tile) -> Markup {
    .tag(
      "div", ["class": "tile \(tile.tone.rawValue)"],
      .tag("p", ["class": "label"], .text(tile.label)),
      .tag(
        "p", ["class": "value"], .text(tile.value),
        tile.unit.isEmpty ? .empty : " " + .tag("span", [:], .text(tile.unit))),
      .tag("p", ["class": "detail"], .text(tile.detail)))
  }

  /// A figure with both of its drawings; the style sheet shows one of them.
  private func markup(_ figure: Figure) -> Markup {
    .tag(
      // A group has no words of its own, also in a PDF: its drawing has them.
      "figure", ["id": figure.name, "role": "group"], .tag("h3", [:], .text(figure.heading)),
      .tag("p", ["class": "sub"], .text(figure.subheading)),
      .tag(
        "div", ["class": "w"],
        .drawing(SVGWriter.inline(figure.scene(.wide), id: "\(figure.name)-w"))),
      .tag(
        "div", ["class": "n", "hidden": ""],
        .drawing(SVGWriter.inline(figure.scene(.narrow), id: "\(figure.name)-n"))))
  }

  /// A table; on a narrow screen each cell carries its column's name.
  private func markup(_ table: ReportTable) -> Markup {
    let head = table.columns.map { column in
      let text =
        column.more.map { .text(column.title + ",") + .lineBreak + .text($0) }
        ?? Markup.text(column.title)
      return column.kind.isNumber
        ? Markup.tag("th", ["scope": "col", "class": "number"], text)
        : .tag("th", ["scope": "col"], text)
    }
    var rows = table.rows.enumerated().map { index, cells in
      Markup.tag(
        "tr", [:],
        zip(table.columns, cells).enumerated().map { column, cell in
          markup(cell.1, of: cell.0, id: "\(index)-\(column)")
        })
    }
    let isFolded = table.columns.contains { $0.kind == .state }
    let rest = table.rest.map { rest in
      isFolded
        ? Markup.tag(
          "tr", [:],
          .tag("td", ["colspan": "\(table.columns.count)", "class": "rest"], .text(rest)))
        : .tag("p", ["class": "sub"], .text(rest))
    }
    if isFolded, let rest { rows.append(rest) }
    let whole = Markup.tag(
      "table", [:], .tag("thead", [:], .tag("tr", [:], head)), .tag("tbody", [:], rows))
    return isFolded ? whole : whole + (rest ?? .empty)
  }

  private func markup(_ cell: ReportTable.Cell, of column: ReportTable.Column, id: String)
    -> Markup
  {
    let label = column.more.map { "\(column.title), \($0)" } ?? column.title
    let content: Markup
    switch cell {
    case .text(let text): content = .text(text)
    case .detailed(let text, let below):
      return .tag("th", ["scope": "row"], .text(text), .tag("small", [:], .text(below)))
    case .drawing(let scene): content = .drawing(SVGWriter.inline(scene, id: "cell-\(id)"))
    case .level(let text, let scene):
      content = .tag(
        "span", ["class": "left"], .tag("b", [:], .text(text)),
        .drawing(SVGWriter.inline(scene, id: "cell-\(id)")))
    case .state(let words):
      content = .tag(
        "span", ["class": "state \(words.tone.rawValue)"], icon(words.tone, id: "cell-\(id)"),
        .text(words.text))
    }
    return column.kind.cell.map { .tag("td", ["class": $0, "data-label": label], content) }
      ?? .tag("td", ["data-label": label], content)
  }
}

extension ReportTable.Kind {
  /// The class of a cell.
  fileprivate var cell: String? {
    switch self {
    case .text, .level, .state: nil
    case .short: "short"
    case .number: "number"
    case .mainNumber: "number strong"
    case .drawing: "trail"
    }
  }

  fileprivate var isNumber: Bool {
    switch self {
    case .number, .mainNumber: true
    case .text, .short, .drawing, .level, .state: false
    }
  }
}
