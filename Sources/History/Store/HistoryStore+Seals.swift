import HistoryQueries
import Model

extension HistoryStore {
  /// Brings the sums of layout 2, over checksums alone, to those of layout 3, over keys as well.
  ///
  /// What does not fit its old sum keeps it, and so stays damaged: damage is not hidden.
  func sealKeys() throws(HistoryError) {
    let series: [SeriesRow] = try sound(SeriesRow.all)
    for row in series {
      let chunks: [ChunkRow] = try sound(
        HistoryQueries.chunksInDays, [.integer(row.number), .integer(.min), .integer(.max)])
      guard Int64(chunks.count) == row.chunks.tally,
        chunks.reduce(0, { $0 + $1.checksum }) == row.chunks.digest
      else { continue }
      var sealed = row
      sealed.chunks.digest = chunks.reduce(0) { $0 + $1.seal }
      try put([sealed], inPlaceOf: [row])
    }
    let periods: [PeriodRow] = try sound(PeriodRow.all)
    for period in periods {
      try note(
        RowGroup(.period, period.kind), RowSums(tally: 0, digest: period.seal - period.checksum))
    }
    let health: [HealthRow] = try sound(HealthRow.all)
    try put(health)
  }

  /// Makes records of the marks that queries had among the files in layout 6, with their end in the place of the file's time.
  ///
  /// Of a feed that had several queries the one answered furthest counts. What does not fit its checksum stays damaged.
  func takeOverProgress() throws(HistoryError) {
    let files: [FileRow] = try sound(FileRow.all)
    let marks = files.filter { $0.isOfQuery }.sorted { $0.mark.modified < $1.mark.modified }
    for row in marks {
      let end = Instant(nanoseconds: row.mark.modified)
      try note(
        QueryMark(
          path: row.mark.path, checksum: row.mark.checksum,
          progress: row.mark.wanted == 0 ? .whole : .until(end)), of: row.source)
      try drop([row])
    }
  }

  /// Packs the facts of closed periods, which lay in layout 7 as they are.
  ///
  /// What does not fit its checksum stays as it is, and so stays damaged.
  func packFacts() throws(HistoryError) {
    var keys: [[Statement.Value]] = []
    try connection.rows(PeriodRow.all) { (line) throws(HistoryError) in
      keys.append([
        .text(try line.text(0)), .text(try line.text(1)), .integer(try line.integer(2)),
      ])
    }
    // One at a time: those of years need not be in memory together.
    for key in keys {
      let rows: [PeriodRow] = try sound(HistoryQueries.periodOne, key)
      for old in rows {
        guard let row = PeriodRow(old.periodBeforePacking) else { continue }
        try connection.run(
          HistoryQueries.periodPack, key + [.blob(row.stored), .integer(row.checksum)])
        try note(RowGroup(.period, row.kind), RowSums(tally: 0, digest: row.seal - old.seal))
      }
    }
  }

  /// The rows that fit their checksums.
  private func sound<Line: Row>(
    _ sql: String, _ values: [Statement.Value] = []
  ) throws(HistoryError) -> [Line] {
    var rows: [Line] = []
    try connection.rows(sql, values) { (line) throws(HistoryError) in
      do throws(HistoryError) {
        rows.append(try Line.read(line))
      } catch {
        guard case .damaged = error else { throw error }
      }
    }
    return rows
  }
}

extension FileRow {
  /// Whether layout 6 noted a query here: a feed of incidents has files as well, each with the time of its last change.
  fileprivate var isOfQuery: Bool {
    Feed.isQuery(source)
      || Feed.service(of: source) != nil && mark.changed == 0 && mark.wanted <= 1
  }
}
