import Model

/// A line of the table `series`.
struct SeriesRow {
  let number: Int64
  let id: SeriesID
  let kind: SeriesKind
  /// Minutes since the epoch that enclose all cells; both 0 while there are none.
  var starts: Int64 = 0
  var ends: Int64 = 0
  /// How many chunks there are, and the sum of their seals.
  var chunks: Int64 = 0
  var digest: Int64 = 0

  var checksum: Int64 {
    var row = RowDigest(.series)
    row.add(number)
    row.add(id.key)
    for column in [kind.rawValue, starts, ends, chunks, digest] { row.add(column) }
    return row.value
  }

  init(number: Int64, id: SeriesID, kind: SeriesKind) {
    self.number = number
    self.id = id
    self.kind = kind
  }

  init(_ row: Statement) throws(HistoryError) {
    let number = try row.integer(0)
    let damage = HistoryError.damaged(.row(.series, key: "(\(number))"))
    guard let kind = SeriesKind(rawValue: try row.integer(2)) else { throw damage }
    self.init(number: number, id: SeriesID(key: try row.blob(1)), kind: kind)
    starts = try row.integer(3)
    ends = try row.integer(4)
    chunks = try row.integer(5)
    digest = try row.integer(6)
    guard try row.integer(7) == checksum else { throw damage }
  }
}

/// A line of the table `chunk`, decoded.
struct Chunk {
  let series: Int64
  /// The UTC day in which the cells start, in days since the epoch.
  let day: Int64
  /// The length of the cells in minutes; local days (1440) and cells before a change of the clocks can differ.
  let step: Int64
  /// The minute in which the last cell ends.
  let ends: Int64
  let cells: [Cell]
  /// As stored.
  let bytes: [UInt8]
  let checksum: Int64

  static let steps: [Int64] = [1, 5, 60, 1440]

  var seal: Int64 { Chunk.seal(day: day, step: step, checksum: checksum) }

  /// Binds a chunk's place to its checksum, so that one that moves to another day is missed there.
  ///
  /// `chunk_totals.sql` computes the same. Each place has a number of its own below 2^29; times a checksum that stays below
  /// 2^61, and modulo a prime it is another one for every other place.
  static func seal(day: Int64, step: Int64, checksum: Int64) -> Int64 {
    (checksum + 1) * ((day + 200_000) * 1441 + step) % 2_147_483_647
  }

  init(series: Int64, day: Int64, step: Int64, ends: Int64, cells: [Cell]) {
    self.series = series
    self.day = day
    self.step = step
    self.ends = ends
    self.cells = cells
    bytes = ChunkCodec.encode(cells, step: step)
    checksum = Chunk.checksum(series, day, step, ends, bytes)
  }

  init(_ row: Statement) throws(HistoryError) {
    let stored = try StoredChunk(row)
    (series, day, step, ends) = (stored.series, stored.day, stored.step, stored.ends)
    (bytes, checksum) = (stored.bytes, stored.checksum)
    do {
      cells = try ChunkCodec.decode(bytes, step: step)
    } catch {
      throw stored.damage
    }
    guard let first = cells.first, let last = cells.last, Chunk.day(of: first.minute) == day,
      Chunk.day(of: last.minute) == day, ends > last.minute
    else { throw stored.damage }
  }

  static func day(of minute: Int64) -> Int64 { minute.dividedDown(by: 1440) }

  fileprivate static func checksum(
    _ series: Int64, _ day: Int64, _ step: Int64, _ ends: Int64, _ bytes: [UInt8]
  ) -> Int64 {
    var row = RowDigest(.chunk)
    for column in [series, day, step, ends] { row.add(column) }
    row.add(bytes)
    return row.value
  }

  /// The minute in which the cell at `index` ends.
  func end(at index: Int) -> Int64 {
    if index + 1 == cells.count { return ends }
    return min(cells[index].minute + step, cells[index + 1].minute)
  }
}

/// A line of the table `chunk` whose checksum fits, as stored.
struct StoredChunk {
  let series: Int64
  let day: Int64
  let step: Int64
  let ends: Int64
  let bytes: [UInt8]
  let checksum: Int64

  var seal: Int64 { Chunk.seal(day: day, step: step, checksum: checksum) }

  var damage: HistoryError { .damaged(.row(.chunk, key: "(\(series), \(day), \(step))")) }

  init(_ row: Statement) throws(HistoryError) {
    series = try row.integer(0)
    day = try row.integer(1)
    step = try row.integer(2)
    ends = try row.integer(3)
    checksum = try row.integer(4)
    bytes = try row.blob(5)
    guard checksum == Chunk.checksum(series, day, step, ends, bytes) else { throw damage }
  }
}

/// A line of the table `file`.
struct FileRow {
  let source: String
  let mark: FileMark

  var checksum: Int64 {
    var row = RowDigest(.file)
    row.add(source)
    row.add(mark.path)
    for column in [mark.bytes, mark.modified, Int64(mark.checksum), Int64(mark.wanted)] {
      row.add(column)
    }
    // Marks of earlier layouts have none.
    // Rows of older layouts have neither.
    if mark.changed != 0 || mark.ends != .max { row.add(mark.changed) }
    if mark.ends != .max { row.add(mark.ends) }
    return row.value
  }

  init(source: String, mark: FileMark) {
    self.source = source
    self.mark = mark
  }

  init(_ row: Statement) throws(HistoryError) {
    source = try row.text(0)
    let path = try row.text(1)
    let damage = HistoryError.damaged(.row(.file, key: "(\(source), \(path))"))
    guard let crc = UInt32(exactly: try row.integer(4)),
      let wanted = UInt32(exactly: try row.integer(5))
    else { throw damage }
    mark = FileMark(
      path: path, bytes: try row.integer(2), modified: try row.integer(3),
      changed: try row.integer(7), checksum: crc, wanted: wanted, ends: try row.integer(8))
    guard try row.integer(6) == checksum else { throw damage }
  }
}

/// A line of the table `span`.
struct SpanRow {
  let source: String
  let window: Window

  var checksum: Int64 {
    var row = RowDigest(.span)
    row.add(source)
    row.add(window.start.nanoseconds)
    row.add(window.end.nanoseconds)
    return row.value
  }

  init(source: String, window: Window) {
    self.source = source
    self.window = window
  }

  init(_ row: Statement) throws(HistoryError) {
    source = try row.text(0)
    let (start, end) = (try row.integer(1), try row.integer(2))
    let damage = HistoryError.damaged(.row(.span, key: "(\(source), \(start))"))
    guard start < end else { throw damage }
    window = Window(start: Instant(nanoseconds: start), end: Instant(nanoseconds: end))
    guard try row.integer(3) == checksum else { throw damage }
  }
}

extension ClosedPeriod {
  var checksum: Int64 {
    var row = RowDigest(.period)
    row.add(kind)
    row.add(name)
    row.add(Int64(revision))
    for instant in [window.start, window.end, madeAt] { row.add(instant.nanoseconds) }
    row.add(facts)
    return row.value
  }

  var seal: Int64 { ClosedPeriod.seal(name: name, revision: Int64(revision), checksum: checksum) }

  /// Binds the key of a period to its checksum: those of a kind are looked for by it.
  static func seal(name: String, revision: Int64, checksum: Int64) -> Int64 {
    var row = RowDigest(.period)
    row.add(name)
    row.add(revision)
    row.add(checksum)
    return row.value
  }

  init(_ row: Statement) throws(HistoryError) {
    let (kind, name, revision) = (try row.text(0), try row.text(1), try row.integer(2))
    let (start, end) = (try row.integer(3), try row.integer(4))
    let damage = HistoryError.damaged(.row(.period, key: "(\(kind), \(name), \(revision))"))
    guard start <= end else { throw damage }
    self.init(
      kind: kind, name: name,
      window: Window(start: Instant(nanoseconds: start), end: Instant(nanoseconds: end)),
      madeAt: Instant(nanoseconds: try row.integer(5)), revision: Int(revision),
      facts: try row.blob(6))
    guard try row.integer(7) == checksum else { throw damage }
  }
}

/// A line of the table `ledger`: how many rows a table holds of a group, and the sum of their checksums, of
/// periods of their seals.
struct LedgerRow {
  let table: Int64
  let member: String
  var tally: Int64 = 0
  var digest: Int64 = 0

  var checksum: Int64 {
    var row = RowDigest(.ledger)
    row.add(table)
    row.add(member)
    row.add(tally)
    row.add(digest)
    return row.value
  }

  init(_ table: HistoryTable, of member: String) {
    self.table = table.rawValue
    self.member = member
  }

  init(_ row: Statement) throws(HistoryError) {
    table = try row.integer(0)
    member = try row.text(1)
    tally = try row.integer(2)
    digest = try row.integer(3)
    guard try row.integer(4) == checksum else {
      throw .damaged(.row(.ledger, key: "(\(table), \(member))"))
    }
  }
}
