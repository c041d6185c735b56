/// CSV and its like.
struct TableFormat: SnapshotFormat {
  let endings = ["csv", "tsv"]
  let holdsIncidents = true

  /// A file of unknown format is a table if the source declares anything about tables.
  func likeness(to front: SnapshotFront) -> Likeness? {
    if let first = front.lines.first, TableLayout.isHeader(first.span, front.table) {
      return .likely
    }
    return front.table == TableForm() ? nil : .possible
  }

  func read(_ file: SnapshotText) throws -> Content {
    var table = try CSVTable(
      front: file.stream.front, form: file.table, source: file.source, labels: file.labels,
      wanted: file.wantedRows, minutes: file.minutes, keepRows: file.isOrdered ? file.keep : nil,
      samples: file.samples)
    return try table.read(file.stream)
  }
}
