import HistoryQueries
import Model

/// A chunk as stored: the cells of a series that start in one day and have one length.
struct ChunkRow: RemovableRow {
  static let table = HistoryTable.chunk
  static let keyLength = 3
  static let all = HistoryQueries.chunksAll
  static let put = HistoryQueries.chunkPut
  static let drop = HistoryQueries.chunkDrop

  let series: Int64
  /// The UTC day in which the cells start, in days since the epoch.
  let day: Int64
  /// The length of the cells in minutes; local days (1440) and cells before a change of the clocks can differ.
  let step: Int64
  /// The minute in which the last cell ends.
  let ends: Int64
  let bytes: [UInt8]
  /// Kept, as the bytes are many.
  private(set) var checksum: Int64 = 0

  /// They are summed up in their series, by ``seal``.
  var group: String? { ChunkRow.group(ofSeries: series).name }
  var isSound: Bool { Chunk(self) != nil }

  static func group(ofSeries number: Int64) -> RowGroup {
    RowGroup(.chunk, "(\(number))")
  }

  /// Binds a chunk's place to its checksum, so that one that moves to another day is missed there.
  ///
  /// `chunk_totals.sql` computes the same. Each place has a number of its own below 2^29; times a checksum that stays below
  /// 2^61, and modulo a prime it is another one for every other place.
  var seal: Int64 {
    (checksum + 1) &* ((day &+ 200_000) &* 1441 &+ step) % 2_147_483_647
  }

  init(series: Int64, day: Int64, step: Int64, ends: Int64, cells: [Cell]) {
    self.series = series
    self.day = day
    self.step = step
    self.ends = ends
    bytes = ChunkCodec.encode(cells, step: step)
    checksum = digest
  }

  init(_ columns: inout ColumnReader) throws(HistoryError) {
    series = try columns.integer()
    day = try columns.integer()
    step = try columns.integer()
    ends = try columns.integer()
    bytes = try columns.blob()
    checksum = digest
  }

  func columns(_ columns: inout some Columns) {
    columns.add(series)
    columns.add(day)
    columns.add(step)
    columns.add(ends)
    columns.add(bytes)
  }
}

/// A chunk with its cells.
struct Chunk {
  /// The lengths of cells in minutes.
  static let steps: [Int64] = [1, 5, 60, 1440]

  let row: ChunkRow
  let cells: [Cell]

  var day: Int64 { row.day }
  var step: Int64 { row.step }
  var ends: Int64 { row.ends }

  init(series: Int64, day: Int64, step: Int64, ends: Int64, cells: [Cell]) {
    row = ChunkRow(series: series, day: day, step: step, ends: ends, cells: cells)
    self.cells = cells
  }

  /// Of a stored one; `nil` for what no chunk can hold.
  init?(_ row: ChunkRow) {
    self.row = row
    do {
      cells = try ChunkCodec.decode(row.bytes, step: row.step)
    } catch {
      return nil
    }
    guard let first = cells.first, let last = cells.last, Chunk.day(of: first.minute) == day,
      Chunk.day(of: last.minute) == day, ends > last.minute
    else { return nil }
  }

  static func day(of minute: Int64) -> Int64 { minute.dividedDown(by: 1440) }

  /// The minute in which the cell at `index` ends.
  func end(at index: Int) -> Int64 {
    if index + 1 == cells.count { return ends }
    return min(cells[index].minute + step, cells[index + 1].minute)
  }
}
