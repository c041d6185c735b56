/// A part of a report, whatever writes it.
struct Section {
  /// What the style of a page knows it by.
  let name: Name
  var heading: String?
  let blocks: [Block]

  enum Name: String {
    case head, incomplete, verdict, asks, tiles, scoreboard, burndown, weeks, detail, budgets,
      levels
    case credits, incidents, capacity, compared, trends, data, method
    case inShort = "in-short"
    case allResults = "all-results"
  }

  enum Block {
    /// What the report is, and how it was made.
    case title(kicker: String, title: String, made: [String], revised: String?)
    /// A box before everything else.
    case warning(String, because: [String])
    case verdict(Tone, String, detail: String)
    case tiles([Tile])
    /// Only a page says it.
    case aside(String)
    /// A grey line of a page, and a paragraph elsewhere.
    case note(String)
    case text(String)
    /// JSON has it under its name, where it has one.
    case list([String], name: String?)
    case table(ReportTable)
    case figure(Figure)
    /// Sections side by side.
    case columns([Section])
    case terms([(term: String, text: String)], name: String? = nil)
    /// What somebody should do.
    case asks([(who: String, what: String)])
    /// The last line of a page.
    case foot(String)
  }

  /// One number with what to compare it with.
  struct Tile {
    let label: String
    let value: String
    var unit = ""
    let detail: String
    let tone: Tone
  }
}
