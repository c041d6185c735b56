import HistoryQueries

extension HistoryStore {
  /// The rows that a statement shows, which are those of one group.
  ///
  /// - Throws: ``HistoryError/damaged(_:)`` unless they are what was written.
  func rows<Line: Row>(
    _ sql: String, _ values: [Statement.Value] = [], of group: RowGroup
  ) throws(HistoryError) -> [Line] {
    var (rows, sums) = ([Line](), RowSums())
    try connection.rows(sql, values) { (statement) throws(HistoryError) in
      let row = try Line.read(statement)
      rows.append(row)
      sums.add(row)
    }
    try check(group, sums)
    return rows
  }

  /// The row that a statement shows, without a look at the others of its group.
  func row<Line: Row>(
    _ sql: String, _ values: [Statement.Value]
  ) throws(HistoryError) -> Line? {
    var row: Line?
    try connection.rows(sql, values) { (statement) throws(HistoryError) in
      row = try Line.read(statement)
    }
    return row
  }

  /// Writes rows of one group, and notes how they differ from those with the same keys.
  func put<Line: Row>(_ rows: [Line], inPlaceOf old: [Line] = []) throws(HistoryError) {
    var sums = RowSums()
    for row in old { sums.remove(row) }
    for row in rows {
      try write(row)
      sums.add(row)
    }
    if let row = rows.first, let group = row.group { try note(RowGroup(row.table, group), sums) }
  }

  /// Removes rows of one group.
  func drop<Line: RemovableRow>(_ rows: [Line]) throws(HistoryError) {
    var sums = RowSums()
    for row in rows {
      try connection.run(Line.drop, row.key)
      sums.remove(row)
    }
    if let row = rows.first, let group = row.group { try note(RowGroup(row.table, group), sums) }
  }

  /// Writes a row whose group is noted apart.
  func write<Line: Row>(_ row: Line) throws(HistoryError) {
    try connection.run(Line.put, row.values)
  }

  /// Notes what was added to the rows of a group.
  func note(_ group: RowGroup, _ added: RowSums) throws(HistoryError) {
    if added == RowSums() { return }
    var line = try ledger(group)
    line.sums.tally += added.tally
    line.sums.digest += added.digest
    try write(line)
  }

  /// Throws unless the ledger has these sums.
  func check(_ group: RowGroup, _ sums: RowSums) throws(HistoryError) {
    guard try ledger(group).sums == sums else {
      throw .damaged(.rows(group.table, of: group.name))
    }
  }

  private func ledger(_ group: RowGroup) throws(HistoryError) -> LedgerRow {
    try row(HistoryQueries.ledgerOne, [.integer(group.table.rawValue), .text(group.name)])
      ?? LedgerRow(group)
  }
}
