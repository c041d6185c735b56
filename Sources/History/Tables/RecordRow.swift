import HistoryQueries
import Model

/// What a run leaves for the next ones to know.
struct RecordRow: RemovableRow, Equatable {
  /// Of a row whose kind is not known.
  static let table = HistoryTable.unread
  static let keyLength = 3
  static let all = HistoryQueries.recordsAll
  static let put = HistoryQueries.recordPut
  static let drop = HistoryQueries.recordDrop

  /// The kind of record, which has a checksum and a group of the ledger as a table has.
  let table: HistoryTable
  let member: String
  let name: String
  var starts: Instant?
  var ends: Instant?
  var number: Int64?
  var words: String?

  var group: String? { member }

  init(_ table: HistoryTable, of member: String, name: String) {
    self.table = table
    self.member = member
    self.name = name
  }

  init?(_ columns: inout ColumnReader) throws(HistoryError) {
    let (kind, member, name) = (
      try columns.integer(), try columns.text(), try columns.text()
    )
    guard let table = HistoryTable(rawValue: kind) else { return nil }
    self.init(table, of: member, name: name)
    starts = try columns.optionalInstant()
    ends = try columns.optionalInstant()
    number = try columns.optionalInteger()
    words = try columns.optionalText()
  }

  func columns(_ columns: inout some Columns) {
    // A checksum begins with the table.
    if !columns.isChecksum { columns.add(table.rawValue) }
    columns.add(member)
    columns.add(name)
    columns.add(starts?.nanoseconds)
    columns.add(ends?.nanoseconds)
    columns.add(number)
    columns.add(words)
  }
}
