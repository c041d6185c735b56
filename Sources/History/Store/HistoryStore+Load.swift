import HistoryQueries
public import Model

extension HistoryStore {
  /// The series that `selector` names, in order of their identity, with their cells in `window`.
  ///
  /// A cell belongs to the window when it starts in it: `window.start <= start < window.end`. So the
  /// cell that ends exactly at the window's end is among them, with the sample taken at that very
  /// moment. The first of them is the last cell before the window, however old, from which the step
  /// into the window starts. Older cells are longer (see ``Tiers``); a day's cell is found where the
  /// local day starts in the window. A series without cells in the window is among them too, empty.
  ///
  /// - Throws: ``HistoryError/damaged(_:)`` where a row read does not fit its checksum, or one is missing.
  public func load(
    _ selector: Selector, in window: Window
  ) throws(HistoryError) -> [Series] {
    var result: [Series] = []
    for row in try series(of: selector.source) where selector.matches(row.id) {
      result.append(try load(row, in: window))
    }
    return result
  }

  func load(_ row: SeriesRow, in window: Window) throws(HistoryError) -> Series {
    Series(
      id: row.id, kind: row.kind,
      cells: try cells(
        of: row, window.start.minuteUp, window.end.minuteUp))
  }

  /// The first minute and the end of the last one with data of `source`, or of all sources; `nil` without any.
  ///
  /// - Throws: ``HistoryError/damaged(_:)``.
  public func bounds(of source: String?) throws(HistoryError) -> Window? {
    var (start, end): (Int64?, Int64?) = (nil, nil)
    func add(_ row: SeriesRow) {
      guard row.chunks.tally > 0 else { return }
      start = min(start ?? .max, row.starts)
      end = max(end ?? .min, row.ends)
    }
    if let source {
      try series(of: source).forEach(add)
    } else {
      try connection.rows(HistoryQueries.seriesAll) { (row) throws(HistoryError) in
        add(try SeriesRow.read(row))
      }
    }
    guard let start, let end else { return nil }
    return Window(start: Instant(minute: start), end: Instant(minute: end))
  }

  /// The first minute with data of the series that `selector` names; `nil` without any.
  ///
  /// - Throws: ``HistoryError/damaged(_:)``.
  public func firstData(of selector: Selector) throws(HistoryError) -> Instant? {
    try series(of: selector.source)
      .filter { $0.chunks.tally > 0 && selector.matches($0.id) }
      .map(\.starts).min().map(Instant.init(minute:))
  }

  /// The series that `selector` names and that have data before an instant.
  ///
  /// - Throws: ``HistoryError/damaged(_:)``.
  public func series(
    of selector: Selector, startedBefore instant: Instant
  ) throws(HistoryError) -> [SeriesID] {
    let minute = instant.minuteUp
    return try series(of: selector.source)
      .filter { $0.chunks.tally > 0 && $0.starts < minute && selector.matches($0.id) }.map(\.id)
  }

  /// The series of a source that have data, in order of their identity.
  ///
  /// - Throws: ``HistoryError/damaged(_:)``.
  public func seriesIDs(of source: String) throws(HistoryError) -> [SeriesID] {
    try series(of: source).filter { $0.chunks.tally > 0 }.map(\.id)
  }

  /// The newest reading later than an instant of the series that `selector` names; `nil` without any.
  ///
  /// - Throws: ``HistoryError/damaged(_:)``.
  public func newestData(
    of selector: Selector, after instant: Instant
  ) throws(HistoryError) -> Instant? {
    var newest: Int64?
    for row in try series(of: selector.source)
    where row.chunks.tally > 0 && Instant(minute: row.ends) > instant && selector.matches(row.id) {
      let days = Chunk.day(of: instant.minuteUp - 1440)...Chunk.day(of: row.ends)
      for cell in try chunks(of: row.number, days).flatMap(\.cells) where cell.count > 0 {
        newest = max(newest ?? .min, cell.lastTime)
      }
    }
    return newest.map(Instant.init(nanoseconds:)).flatMap { $0 > instant ? $0 : nil }
  }

  /// The spans of time that the batches of a source covered, joined.
  ///
  /// - Throws: ``HistoryError/damaged(_:)``.
  public func spans(of source: String) throws(HistoryError) -> WindowSet {
    WindowSet(try spanRows(of: source).map(\.window))
  }

  /// The files read of a source, in order of the path.
  ///
  /// - Throws: ``HistoryError/damaged(_:)``.
  public func files(of source: String) throws(HistoryError) -> [FileMark] {
    let rows: [FileRow] = try rows(
      HistoryQueries.filesOfSource, [.text(source)], of: RowGroup(.file, source))
    return rows.map(\.mark)
  }

  /// The names under which the files of a source were kept, one for each declaration of labels; see ``Feed``.
  ///
  /// - Throws: ``HistoryError``.
  public func feeds(ofFiles source: String) throws(HistoryError) -> [String] {
    var feeds: [String] = []
    try connection.rows(
      HistoryQueries.feedsOfFiles,
      [.text(source), .text(source + "\u{1F}"), .text(source + "\u{1F}\u{7F}")]
    ) { (row) throws(HistoryError) in
      feeds.append(try row.text(0))
    }
    return feeds
  }

  func spanRows(of source: String) throws(HistoryError) -> [SpanRow] {
    try rows(HistoryQueries.spansOfSource, [.text(source)], of: RowGroup(.span, source))
  }

  /// The series of a source, sorted by key, checked and counted once.
  func series(of source: String) throws(HistoryError) -> [SeriesRow] {
    if let rows = seriesRead[source] { return rows }
    let low = Array(source.utf8) + [0xFF]
    // FF is in no UTF-8 text. After the source and its FF at most one more follows at once, for an empty name.
    let rows: [SeriesRow] = try rows(
      HistoryQueries.seriesInRange, [.blob(low), .blob(low + [0xFF, 0xFF])],
      of: RowGroup(.series, source))
    seriesRead[source] = rows
    return rows
  }

  /// Up to a thousand series with cells before a minute, in order of their numbers.
  func seriesStarting(
    before minute: Int64, after number: Int64
  ) throws(HistoryError) -> [SeriesRow] {
    var rows: [SeriesRow] = []
    try connection.rows(
      HistoryQueries.seriesStartingBefore, [.integer(number), .integer(minute)]
    ) { (row) throws(HistoryError) in
      rows.append(try SeriesRow.read(row))
    }
    return rows
  }

  /// The chunks of a series whose cells start in these UTC days, longer cells first in each day.
  func chunks(
    of series: Int64, _ days: ClosedRange<Int64>
  ) throws(HistoryError) -> [Chunk] {
    var found: [Chunk] = []
    try connection.rows(
      HistoryQueries.chunksInDays,
      [.integer(series), .integer(days.lowerBound), .integer(days.upperBound)]
    ) { (row) throws(HistoryError) in
      guard let chunk = Chunk(try ChunkRow.read(row)) else { throw ChunkRow.damage(row) }
      found.append(chunk)
    }
    return found
  }

  /// Throws unless the chunks of a series are those that were written, each in its place.
  func checkChunks(of row: SeriesRow) throws(HistoryError) {
    var sums = RowSums()
    try connection.rows(HistoryQueries.chunkTotals, [.integer(row.number)]) {
      (line) throws(HistoryError) in
      sums = RowSums(tally: try line.integer(0), digest: try line.integer(1))
    }
    guard sums == row.chunks else { throw .damaged(.rows(.chunk, of: "(\(row.number))")) }
  }

  private func cells(
    of row: SeriesRow, _ from: Int64, _ to: Int64
  ) throws(HistoryError) -> [Cell] {
    try checkChunks(of: row)
    guard from < to else { return [] }
    let chunks = try chunks(of: row.number, Chunk.day(of: from)...Chunk.day(of: to - 1))
    var cells: [Cell] = []
    cells.reserveCapacity(chunks.reduce(1) { $0 + $1.cells.count })
    for chunk in chunks {
      if let first = chunk.cells.first, let last = chunk.cells.last,
        first.minute >= from, last.minute < to
      {
        cells += chunk.cells
      } else {
        cells += chunk.cells.filter { $0.minute >= from && $0.minute < to }
      }
    }
    // Only days with cells of several lengths come out of order.
    if zip(cells, cells.dropFirst()).contains(where: { $0.minute > $1.minute }) {
      cells.sort { $0.minute < $1.minute }
    }
    if row.kind == .samples, let before = try cell(of: row, before: from) {
      cells.insert(before, at: 0)
    }
    return cells
  }

  /// The last cell that starts before a minute.
  private func cell(of row: SeriesRow, before minute: Int64) throws(HistoryError) -> Cell? {
    var day: Int64? = Chunk.day(of: minute)
    while let looked = day {
      let cells = try chunks(of: row.number, looked...looked).flatMap(\.cells)
        .filter { $0.minute < minute && $0.count > 0 }
      if let last = cells.max(by: { $0.minute < $1.minute }) { return last }
      day = nil
      try connection.rows(
        HistoryQueries.chunkDayBefore, [.integer(row.number), .integer(looked)]
      ) { (line) throws(HistoryError) in
        day = try line.integer(0)
      }
    }
    return nil
  }
}

extension Instant {
  /// The start of a minute since the epoch, clamped to the range of the type.
  init(minute: Int64) {
    let (seconds, overflow) = minute.multipliedReportingOverflow(by: 60)
    self.init(seconds: overflow ? (minute < 0 ? .min : .max) : seconds)
  }
}
