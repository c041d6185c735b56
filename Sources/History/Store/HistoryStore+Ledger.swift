import HistoryQueries

extension HistoryStore {
  /// Notes that a table holds `tally` more rows of a group, and that the sum of checksums rose by `digest`.
  func note(
    _ table: HistoryTable, of member: String, tally: Int64, digest: Int64
  ) throws(HistoryError) {
    if tally == 0, digest == 0 { return }
    var line = try ledger(table, of: member)
    line.tally += tally
    line.digest += digest
    try connection.run(
      HistoryQueries.ledgerPut, .integer(line.table), .text(line.member), .integer(line.tally),
      .integer(line.digest), .integer(line.checksum))
  }

  /// Throws unless the ledger knows `tally` rows with checksums that add up to `digest`.
  func check(
    _ table: HistoryTable, of member: String, tally: Int64, digest: Int64
  ) throws(HistoryError) {
    let line = try ledger(table, of: member)
    guard line.tally == tally, line.digest == digest else {
      throw .damaged(.rows(table, of: member))
    }
  }

  private func ledger(_ table: HistoryTable, of member: String) throws(HistoryError) -> LedgerRow {
    var found = LedgerRow(table, of: member)
    try connection.rows(
      HistoryQueries.ledgerOne, [.integer(table.rawValue), .text(member)]
    ) { (row) throws(HistoryError) in
      found = try LedgerRow(row)
    }
    return found
  }
}
