import HistoryQueries
public import Model

extension HistoryStore {
  /// The flaws of each series of a source that has samples in the UTC days of a window, one after the other.
  ///
  /// Without restarts and missing samples, for which every sample has to be read.
  ///
  /// - Throws: ``HistoryError/damaged(_:)`` where a row read does not fit its checksum.
  public func flaws(
    of source: String, in window: Window, _ body: (SeriesID, Flaws) -> Void
  ) throws(HistoryError) {
    let last = max(window.start, window.end)
    let days = Chunk.day(of: window.start.minute)...Chunk.day(of: last.minute)
    for series in try series(of: source) {
      try checkChunks(of: series)
      var flaws = Flaws()
      try connection.rows(
        HistoryQueries.chunksInDays,
        [.integer(series.number), .integer(days.lowerBound), .integer(days.upperBound)]
      ) { (row) throws(HistoryError) in
        let chunk = try ChunkRow.read(row)
        do {
          flaws.add(try ChunkCodec.flaws(chunk.bytes))
        } catch {
          throw ChunkRow.damage(row)
        }
      }
      if flaws != Flaws() { body(series.id, flaws) }
    }
  }

  /// The series of a source, one after the other, as ``load(_:in:)`` gives those of a selector.
  ///
  /// - Throws: as there.
  public func each(
    of source: String, in window: Window, _ body: (Series) -> Void
  ) throws(HistoryError) {
    for row in try series(of: source) { body(try load(row, in: window)) }
  }
}
