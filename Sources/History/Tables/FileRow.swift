import HistoryQueries
import Model

/// A file that was read.
struct FileRow: RemovableRow {
  static let table = HistoryTable.file
  static let keyLength = 2
  static let all = HistoryQueries.filesAll
  static let put = HistoryQueries.filePut
  static let drop = HistoryQueries.fileDrop

  let source: String
  let mark: FileMark

  var group: String? { source }

  init(source: String, mark: FileMark) {
    self.source = source
    self.mark = mark
  }

  init?(_ columns: inout ColumnReader) throws(HistoryError) {
    source = try columns.text()
    let (path, bytes) = (try columns.text(), try columns.integer())
    let (modified, crc, wanted) = (
      try columns.integer(), try columns.integer(), try columns.integer()
    )
    let (changed, ends) = (try columns.integer(), try columns.integer())
    guard let crc = UInt32(exactly: crc), let wanted = UInt32(exactly: wanted) else { return nil }
    mark = FileMark(
      path: path, bytes: bytes, modified: modified, changed: changed, checksum: crc,
      wanted: wanted, ends: ends)
  }

  func columns(_ columns: inout some Columns) {
    columns.add(source)
    columns.add(mark.path)
    columns.add(mark.bytes)
    columns.add(mark.modified)
    columns.add(Int64(mark.checksum))
    columns.add(Int64(mark.wanted))
    // The first layouts had neither.
    let hasEnd = mark.ends != .max
    if !columns.isChecksum || mark.changed != 0 || hasEnd { columns.add(mark.changed) }
    if !columns.isChecksum || hasEnd { columns.add(mark.ends) }
  }
}
