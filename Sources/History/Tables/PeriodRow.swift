import HistoryQueries
import Model

extension ClosedPeriod: Row {
  static let table = HistoryTable.period
  static let keyLength = 3
  static let all = HistoryQueries.periodsAll
  static let put = HistoryQueries.periodAdd

  var group: String? { kind }
  var seal: Int64 { ClosedPeriod.seal(name: name, revision: Int64(revision), checksum: checksum) }

  /// Binds the key of a period to its checksum: those of a kind are looked for by it.
  static func seal(name: String, revision: Int64, checksum: Int64) -> Int64 {
    var row = RowDigest(.period)
    row.add(name)
    row.add(revision)
    row.add(checksum)
    return row.value
  }

  init?(_ columns: inout ColumnReader) throws(HistoryError) {
    let (kind, name, revision) = (
      try columns.text(), try columns.text(), try columns.integer()
    )
    let (start, end) = (try columns.instant(), try columns.instant())
    guard start <= end else { return nil }
    self.init(
      kind: kind, name: name, window: Window(start: start, end: end),
      madeAt: try columns.instant(), revision: Int(revision), facts: try columns.blob())
  }

  func columns(_ columns: inout some Columns) {
    columns.add(kind)
    columns.add(name)
    columns.add(Int64(revision))
    columns.add(window.start.nanoseconds)
    columns.add(window.end.nanoseconds)
    columns.add(madeAt.nanoseconds)
    columns.add(facts)
  }
}
