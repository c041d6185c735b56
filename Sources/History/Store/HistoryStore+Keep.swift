import HistoryQueries
public import Model

/// What became of a batch.
public struct Kept: Hashable, Sendable {
  /// Incidents added, changed or removed.
  public let incidents: Int
  /// Cells of the batch that were kept, whether they changed anything or not.
  public let cells: Int
  /// Minutes for which the history held something that the batch contradicts.
  public let conflicts: Int
  /// Rows that came too late: they fall into a longer cell, of which the batch holds only a part.
  public let late: Int

  public init(cells: Int, conflicts: Int, late: Int, incidents: Int = 0) {
    self.incidents = incidents
    self.cells = cells
    self.conflicts = conflicts
    self.late = late
  }
}

extension HistoryStore {
  /// Keeps a batch as a whole or not at all; the same batch again changes nothing.
  ///
  /// Cells that meet others are merged by `Cell.merged(_:with:kind:readBefore:settled:)`. Where the history holds a longer cell already,
  /// those of the batch are first joined to one of its length; rows replace it only where the batch's span
  /// covers it wholly, as a part of a day must not replace the day. A batch that replaces also empties the cells of
  /// its span that it has nothing for, in all series of its source, and removes incidents (see ``Batch/replaces``).
  ///
  /// - Throws: ``HistoryError/unfit(_:)`` for cells that cannot be kept, and any error of the file.
  public func keep(_ batch: Batch) throws(HistoryError) -> Kept {
    try keep([batch]).first ?? Kept(cells: 0, conflicts: 0, late: 0)
  }

  /// Keeps batches, one after the other, all or none of them: for the disk that is one change.
  ///
  /// - Throws: as for one.
  public func keep(_ batches: [Batch]) throws(HistoryError) -> [Kept] {
    for batch in batches {
      for series in batch.series { try check(series, from: batch.source) }
    }
    return try connection.transaction { () throws(HistoryError) in
      var result: [Kept] = []
      for batch in batches { result.append(try keepOne(batch)) }
      return result
    }
  }

  /// All that `body` keeps, or nothing of it when it throws.
  ///
  /// It reaches the disk with ``settle()`` or the next call of this, as one change with what is noted until then.
  public func whole(_ body: () throws -> Void) throws {
    try settle()
    try connection.begin()
    do {
      try body()
    } catch {
      // What was read since may be of the part that is undone.
      seriesRead = [:]
      try connection.rollBack()
      throw error
    }
  }

  /// Whether something is kept that is not on the disk yet.
  public var isUnsettled: Bool { connection.isInTransaction }

  /// Brings to the disk what ``whole(_:)`` kept.
  public func settle() throws(HistoryError) {
    guard isUnsettled else { return }
    do throws(HistoryError) {
      try connection.commit()
    } catch {
      seriesRead = [:]
      try connection.rollBack()
      throw error
    }
  }

  private func keepOne(_ batch: Batch) throws(HistoryError) -> Kept {
    seriesRead[batch.source] = nil
    defer { seriesRead[batch.source] = nil }
    var (count, conflicts, late) = (0, 0, 0)
    var added = RowSums()
    for series in try outdated(by: batch) + batch.series {
      if series.cells.isEmpty, !batch.replaces { continue }
      let (old, row) = try row(for: series)
      var merger = SeriesMerger(
        row: row, covered: batch.span,
        // A query returns again what it returned before.
        readBefore: Feed.isQuery(batch.source) ? .max : batch.readBefore,
        existing: try chunks(of: row.number, SeriesMerger.days(of: series.cells, in: batch)))
      if batch.replaces, let span = batch.span { merger.clear(span) }
      let isRelabelled = old == nil && series.kind == .rows && batch.isRewritten
      let cells = isRelabelled ? series.cells.contradicting(before: batch.readBefore) : series.cells
      merger.merge(cells)
      let changed = try write(merger.changes, of: row)
      try write(changed)
      if let old { added.remove(old) }
      added.add(changed)
      count += series.cells.count - merger.late
      conflicts += merger.conflicts
      late += merger.late
    }
    let incidents = try keepIncidents(of: batch)
    try note(RowGroup(.series, batch.source), added)
    if let span = batch.span, !span.isEmpty {
      try keep(span, of: batch.source)
      if batch.isPartial { try keep(span, of: Feed.partial(of: batch.source)) }
    }
    if let mark = batch.file {
      try keep(FileRow(source: batch.source, mark: mark))
      if Feed.service(of: batch.source) != nil { try forgetQuery(of: batch.source) }
    }
    if let mark = batch.query { try note(mark, of: batch.source) }
    return Kept(cells: count, conflicts: conflicts, late: late, incidents: incidents)
  }

  /// The series of a replacing batch's source that have cells in its span, and none in the batch.
  private func outdated(by batch: Batch) throws(HistoryError) -> [Series] {
    guard batch.replaces, let span = batch.span else { return [] }
    let present = Set(batch.series.map(\.id))
    return try series(of: batch.source).filter { row in
      !present.contains(row.id) && row.chunks.tally > 0 && Instant(minute: row.starts) < span.end
        && span.start < Instant(minute: row.ends)
    }.map { Series(id: $0.id, kind: $0.kind) }
  }

  /// Writes and removes chunks of one series and returns its row as it is then, not yet written.
  func write(_ changes: [ChunkChange], of row: SeriesRow) throws(HistoryError) -> SeriesRow {
    var row = row
    for change in changes {
      if let old = change.old {
        row.chunks.remove(old.row)
      }
      if let new = change.new, let first = new.cells.first {
        try write(new.row)
        let isFirst = row.starts == 0 && row.ends == 0
        row.starts = isFirst ? first.minute : min(row.starts, first.minute)
        row.ends = isFirst ? new.ends : max(row.ends, new.ends)
        row.chunks.add(new.row)
      } else if let old = change.old {
        try connection.run(ChunkRow.drop, old.row.key)
      }
    }
    return row
  }

  private func check(_ series: Series, from source: String) throws(HistoryError) {
    guard series.id.key.starts(with: Array(source.utf8) + [0xFF]) else {
      throw .unfit(.otherSource(series.id))
    }
    // Instants reach 153,722,867 minutes either way.
    let range: ClosedRange<Int64> = -153_722_000...153_722_000
    var before = Int64.min
    for cell in series.cells {
      if cell.minute <= before { throw .unfit(.notInOrder(series.id, minute: cell.minute)) }
      before = cell.minute
      guard range.contains(cell.minute) else {
        throw .unfit(.outOfRange(series.id, minute: cell.minute))
      }
      guard cell.first.isFinite, cell.last.isFinite, cell.increase.isFinite, cell.low.isFinite,
        cell.high.isFinite, cell.sum.isFinite
      else { throw .unfit(.notFinite(series.id, minute: cell.minute)) }
    }
  }

  /// The row as stored, and the row to go on with.
  private func row(for series: Series) throws(HistoryError) -> (old: SeriesRow?, row: SeriesRow) {
    let old: SeriesRow? = try row(HistoryQueries.seriesByKey, [.blob(series.id.key)])
    if let old {
      guard old.kind == series.kind else {
        throw .unfit(.otherKind(series.id, kept: old.kind))
      }
      return (old, old)
    }
    var next: Int64 = 0
    try connection.rows(HistoryQueries.seriesNext) { (row) throws(HistoryError) in
      next = try row.integer(0)
    }
    let new = SeriesRow(number: next, id: series.id, kind: series.kind)
    try write(new)
    return (nil, new)
  }

  private func keep(_ span: Window, of source: String) throws(HistoryError) {
    let old = try spanRows(of: source)
    let new = WindowSet(old.map(\.window) + [span]).windows
    let gone = old.filter { !new.contains($0.window) }
    let fresh = new.filter { window in !old.contains { $0.window == window } }
      .map { SpanRow(source: source, window: $0) }
    try drop(gone)
    try put(fresh)
  }

  private func keep(_ row: FileRow) throws(HistoryError) {
    let old: FileRow? = try self.row(
      HistoryQueries.fileOne, [.text(row.source), .text(row.mark.path)])
    if old?.mark == row.mark { return }
    try put([row], inPlaceOf: [old].compactMap(\.self))
  }
}

extension [Cell] {
  /// Rows of a file that was read before, in a series that was not there: what was read then has other labels, and stays.
  fileprivate func contradicting(before minute: Int64) -> [Cell] {
    map { cell in
      guard cell.minute < minute else { return cell }
      var cell = cell
      cell.conflicts = 1
      return cell
    }
  }
}
