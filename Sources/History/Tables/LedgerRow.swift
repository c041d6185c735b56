import HistoryQueries

/// How many rows a table holds of a group, and the sum of their seals.
struct LedgerRow: Row {
  static let table = HistoryTable.ledger
  static let keyLength = 2
  static let all = HistoryQueries.ledgerAll
  static let put = HistoryQueries.ledgerPut

  private let number: Int64
  private let member: String
  var sums = RowSums()

  var group: String? { nil }
  /// Nothing of a table that is not known.
  var expected: (group: RowGroup, sums: RowSums)? {
    HistoryTable(rawValue: number).map { (RowGroup($0, member), sums) }
  }

  init(_ group: RowGroup) {
    number = group.table.rawValue
    member = group.name
  }

  init(_ columns: inout ColumnReader) throws(HistoryError) {
    number = try columns.integer()
    member = try columns.text()
    sums = RowSums(tally: try columns.integer(), digest: try columns.integer())
  }

  func columns(_ columns: inout some Columns) {
    columns.add(number)
    columns.add(member)
    columns.add(sums.tally)
    columns.add(sums.digest)
  }
}
