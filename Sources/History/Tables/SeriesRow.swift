import HistoryQueries
import Model

struct SeriesRow: Row {
  static let table = HistoryTable.series
  static let keyLength = 1
  static let all = HistoryQueries.seriesAll
  static let put = HistoryQueries.seriesPut

  let number: Int64
  let id: SeriesID
  let kind: SeriesKind
  /// Minutes since the epoch that enclose all cells; both 0 while there are none.
  var starts: Int64 = 0
  var ends: Int64 = 0
  var chunks = RowSums()

  var group: String? { id.source }
  var expected: (group: RowGroup, sums: RowSums)? {
    (ChunkRow.group(ofSeries: number), chunks)
  }

  init(number: Int64, id: SeriesID, kind: SeriesKind) {
    self.number = number
    self.id = id
    self.kind = kind
  }

  init?(_ columns: inout ColumnReader) throws(HistoryError) {
    let (number, key) = (try columns.integer(), try columns.blob())
    guard let kind = SeriesKind(rawValue: try columns.integer()) else { return nil }
    self.init(number: number, id: SeriesID(key: key), kind: kind)
    starts = try columns.integer()
    ends = try columns.integer()
    chunks = RowSums(tally: try columns.integer(), digest: try columns.integer())
  }

  func columns(_ columns: inout some Columns) {
    columns.add(number)
    columns.add(id.key)
    columns.add(kind.rawValue)
    columns.add(starts)
    columns.add(ends)
    columns.add(chunks.tally)
    columns.add(chunks.digest)
  }
}
