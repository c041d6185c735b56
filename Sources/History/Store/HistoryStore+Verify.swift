import HistoryQueries
import Model

extension HistoryStore {
  /// Reads everything back and names what is not as it was written; empty when all is well.
  ///
  /// - Throws: where the file cannot be read at all; damage is returned, not thrown.
  public func verify() throws(HistoryError) -> [Damage] {
    var found: [Damage] = []
    var sums: [HistoryTable: [String: Totals]] = [:]
    var chunks: [Int64: Totals] = [:]
    try each(HistoryQueries.integrity, &found) { (row) throws(HistoryError) in
      let text = try row.text(0)
      if text != "ok" { throw .damaged(.structure(text)) }
    }
    var series: [SeriesRow] = []
    try each(HistoryQueries.seriesAll, &found) { (row) throws(HistoryError) in
      let line = try SeriesRow(row)
      series.append(line)
      sums[.series, default: [:]][line.id.source, default: Totals()].add(line.checksum)
    }
    try each(HistoryQueries.chunksAll, &found) { (row) throws(HistoryError) in
      let chunk = try Chunk(row)
      chunks[chunk.series, default: Totals()].add(chunk.seal)
    }
    try each(HistoryQueries.filesAll, &found) { (row) throws(HistoryError) in
      let line = try FileRow(row)
      sums[.file, default: [:]][line.source, default: Totals()].add(line.checksum)
    }
    try each(HistoryQueries.spansAll, &found) { (row) throws(HistoryError) in
      let line = try SpanRow(row)
      sums[.span, default: [:]][line.source, default: Totals()].add(line.checksum)
    }
    try each(HistoryQueries.periodsAll, &found) { (row) throws(HistoryError) in
      let line = try ClosedPeriod(row)
      sums[.period, default: [:]][line.kind, default: Totals()].add(line.seal)
    }
    try each(HistoryQueries.incidentsAll, &found) { (row) throws(HistoryError) in
      let line = try IncidentRow(row)
      sums[.incident, default: [:]][line.feed, default: Totals()].add(line.checksum)
    }
    try each(HistoryQueries.recordsAll, &found) { (row) throws(HistoryError) in
      let line = try RecordRow(row)
      sums[line.table, default: [:]][line.member, default: Totals()].add(line.checksum)
    }
    try each(HistoryQueries.healthAll, &found) { (row) throws(HistoryError) in
      sums[.health, default: [:]]["", default: Totals()].add(try HealthRow(row).checksum)
    }
    try each(HistoryQueries.ledgerAll, &found) { (row) throws(HistoryError) in
      let line = try LedgerRow(row)
      guard let table = HistoryTable(rawValue: line.table) else { return }
      let actual = sums[table]?.removeValue(forKey: line.member) ?? Totals()
      if actual != Totals(tally: line.tally, digest: line.digest) {
        throw .damaged(.rows(table, of: line.member))
      }
    }
    for row in series {
      let actual = chunks.removeValue(forKey: row.number) ?? Totals()
      if actual != Totals(tally: row.chunks, digest: row.digest) {
        found.append(.rows(.chunk, of: "(\(row.number))"))
      }
    }
    // What is left belongs to nobody.
    found += chunks.keys.sorted().map { .rows(.chunk, of: "(\($0))") }
    for table in HistoryTable.allCases {
      found += (sums[table]?.keys.sorted() ?? []).map { .rows(table, of: $0) }
    }
    return found
  }

  private struct Totals: Equatable {
    var tally: Int64 = 0
    var digest: Int64 = 0

    mutating func add(_ checksum: Int64) {
      tally += 1
      digest += checksum
    }
  }

  /// Shows each row to `body` and takes damage down instead of throwing it.
  private func each(
    _ sql: String, _ found: inout [Damage], _ body: (Statement) throws(HistoryError) -> Void
  ) throws(HistoryError) {
    var damages: [Damage] = []
    do throws(HistoryError) {
      try connection.rows(sql) { (row) throws(HistoryError) in
        do throws(HistoryError) {
          try body(row)
        } catch {
          guard case .damaged(let damage) = error else { throw error }
          damages.append(damage)  // the rows behind it are still of interest
        }
      }
    } catch {
      guard case .damaged(let damage) = error else { throw error }
      damages.append(damage)
    }
    found += damages
  }
}
