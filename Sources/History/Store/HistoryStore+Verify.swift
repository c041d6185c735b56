import HistoryQueries

extension HistoryStore {
  /// Reads everything back and names what is not as it was written; empty when all is well.
  ///
  /// - Throws: where the file cannot be read at all; damage is returned, not thrown.
  public func verify() throws(HistoryError) -> [Damage] {
    var inspection = Inspection()
    try inspection.each(HistoryQueries.integrity, of: connection) { (row, _) throws(HistoryError) in
      let text = try row.text(0)
      if text != "ok" { throw .damaged(.structure(text)) }
    }
    for table in Tables.rows { try inspection.read(table, of: connection) }
    return inspection.damages
  }
}

/// What was found in all rows.
private struct Inspection {
  private var found: [Damage] = []
  private var sums: [RowGroup: RowSums] = [:]
  private var expected: [(group: RowGroup, sums: RowSums)] = []

  mutating func read<Line: Row>(
    _ table: Line.Type, of connection: Connection
  ) throws(HistoryError) {
    try each(Line.all, of: connection) { (statement, inspection) throws(HistoryError) in
      let row = try Line.read(statement)
      guard row.isSound else { throw Line.damage(statement) }
      if let group = row.group {
        inspection.sums[RowGroup(row.table, group), default: RowSums()].add(row)
      }
      if let expected = row.expected { inspection.expected.append(expected) }
    }
  }

  /// Shows each row to `body` and records damage instead of throwing it.
  mutating func each(
    _ sql: String, of connection: Connection,
    _ body: (Statement, inout Inspection) throws(HistoryError) -> Void
  ) throws(HistoryError) {
    do throws(HistoryError) {
      try connection.rows(sql) { (row) throws(HistoryError) in
        do throws(HistoryError) {
          try body(row, &self)
        } catch {
          guard case .damaged(let damage) = error else { throw error }
          found.append(damage)  // the rows after it are still of interest
        }
      }
    } catch {
      guard case .damaged(let damage) = error else { throw error }
      found.append(damage)
    }
  }

  /// What was found, groups that differ from their sums, and groups without any.
  var damages: [Damage] {
    var rest = sums
    let wrong = expected.filter { (rest.removeValue(forKey: $0.group) ?? RowSums()) != $0.sums }
    let groups =
      wrong.map(\.group)
      + rest.keys.sorted { ($0.table.rawValue, $0.name) < ($1.table.rawValue, $1.name) }
    return found + groups.map { .rows($0.table, of: $0.name) }
  }
}
