import HistoryQueries
import Model

extension HistoryStore {
  /// Brings the sums of layout 2, over checksums alone, to those of layout 3, over keys as well.
  ///
  /// What does not fit its old sum keeps it, and so stays damaged: nothing is made good that was not.
  func sealKeys() throws(HistoryError) {
    let series = try sound(HistoryQueries.seriesAll) { (row) throws(HistoryError) in
      try SeriesRow(row)
    }
    for row in series {
      let chunks = try sound(
        HistoryQueries.chunksInDays, [.integer(row.number), .integer(.min), .integer(.max)]
      ) { (line) throws(HistoryError) in try StoredChunk(line) }
      guard Int64(chunks.count) == row.chunks,
        chunks.reduce(0, { $0 + $1.checksum }) == row.digest
      else { continue }
      var sealed = row
      sealed.digest = chunks.reduce(0) { $0 + $1.seal }
      try put(sealed)
      try note(
        .series, of: row.id.source, tally: 0, digest: sealed.checksum - row.checksum)
    }
    let periods = try sound(HistoryQueries.periodsAll) { (row) throws(HistoryError) in
      try ClosedPeriod(row)
    }
    for period in periods {
      try note(.period, of: period.kind, tally: 0, digest: period.seal - period.checksum)
    }
    let health = try sound(HistoryQueries.healthAll) { (row) throws(HistoryError) in
      try HealthRow(row)
    }
    try note(
      .health, of: "", tally: Int64(health.count), digest: health.reduce(0) { $0 + $1.checksum })
  }

  /// The rows that fit their checksums.
  private func sound<Row>(
    _ sql: String, _ values: [Statement.Value] = [],
    _ read: (Statement) throws(HistoryError) -> Row
  ) throws(HistoryError) -> [Row] {
    var rows: [Row] = []
    try connection.rows(sql, values) { (line) throws(HistoryError) in
      do throws(HistoryError) {
        rows.append(try read(line))
      } catch {
        guard case .damaged = error else { throw error }
      }
    }
    return rows
  }
}
