import Charts

/// A table of a report.
struct ReportTable {
  struct Column {
    let title: String
    /// The second line of its heading on a page.
    var more: String?
    var kind = Kind.text
    /// The heading of what is below a cell's text: a column of its own where cells have one line.
    var detail: String?
  }

  enum Kind {
    case text
    /// Not broken over two lines.
    case short
    case number, mainNumber
    /// A drawing alone, or beside its number; only a page has those alone.
    case drawing, level
    case state
  }

  enum Cell {
    case text(String)
    case detailed(String, below: String)
    case drawing(Scene)
    case level(String, Scene)
    case state(StandingWords)
  }

  let columns: [Column]
  let rows: [[Cell]]
  /// What is said below it of rows that are left out.
  var rest: String?
  /// Its rows as sentences, where a list reads better than a table of text.
  var lines: [String]?
}
