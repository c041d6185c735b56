import HistoryQueries
import Model

/// A span of time that the pulls of a source covered.
struct SpanRow: RemovableRow {
  static let table = HistoryTable.span
  static let keyLength = 2
  static let all = HistoryQueries.spansAll
  static let put = HistoryQueries.spanAdd
  static let drop = HistoryQueries.spanDrop

  let source: String
  let window: Window

  var group: String? { source }

  init(source: String, window: Window) {
    self.source = source
    self.window = window
  }

  init?(_ columns: inout ColumnReader) throws(HistoryError) {
    source = try columns.text()
    let (start, end) = (try columns.instant(), try columns.instant())
    guard start < end else { return nil }
    window = Window(start: start, end: end)
  }

  func columns(_ columns: inout some Columns) {
    columns.add(source)
    columns.add(window.start.nanoseconds)
    columns.add(window.end.nanoseconds)
  }
}
