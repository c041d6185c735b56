import Model

/// Gathers series into batches that are neither tiny nor large.
final class Parts {
  /// A batch is handed on when it has so many cells.
  private static let limit = 1 << 15

  private let source: String
  private let keep: (Batch) throws -> Void
  private var series: [Series] = []
  private var cells = 0

  init(source: String, keep: @escaping (Batch) throws -> Void) {
    self.source = source
    self.keep = keep
  }

  func add(_ more: Series) throws {
    series.append(more)
    cells += more.cells.count
    guard cells >= Parts.limit else { return }
    try keep(Batch(source: source, series: series, span: nil, file: nil, read: 0))
    series.removeAll(keepingCapacity: true)
    cells = 0
  }

  func finish(_ content: Content, mark: FileMark?) throws {
    for series in content.series { try add(series) }
    try keep(
      Batch(
        source: source, series: series, incidents: content.incidents, written: content.written,
        span: content.span, file: mark, read: content.read, rejected: content.rejected,
        parted: content.parted, isPartial: content.isPartial))
  }
}
