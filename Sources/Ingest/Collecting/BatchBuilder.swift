import Model

/// Gathers series into batches that are neither tiny nor large.
final class BatchBuilder {
  /// A batch is complete when it has so many cells.
  private static let limit = 1 << 15

  private let source: String
  private let keep: (Batch) throws -> Void
  private var series: [Series] = []
  private var cells = 0
  private let readBefore: Int64
  private let isRewritten: Bool
  /// The minute in which the newest cell ends.
  private var ends: Int64

  /// `earlier` is the file as it was read before, for any series; `purpose` says for which it is read now.
  init(
    source: String, earlier: FileMark?, purpose: UInt32, keep: @escaping (Batch) throws -> Void
  ) {
    self.source = source
    isRewritten = earlier?.wanted == purpose
    readBefore = earlier?.ends ?? .min
    ends = readBefore
    self.keep = keep
  }

  func add(_ more: Series) throws {
    series.append(more)
    cells += more.cells.count
    if let last = more.cells.last { ends = max(ends, last.minute + 1) }
    guard cells >= BatchBuilder.limit else { return }
    try keep(
      Batch(
        source: source, series: series, span: nil, file: nil, read: 0, readBefore: readBefore,
        isRewritten: isRewritten))
    series.removeAll(keepingCapacity: true)
    cells = 0
  }

  /// `mark` makes the mark of the file, given the minute in which its cells end.
  func finish(_ content: Content, mark: (_ ends: Int64) -> FileMark?) throws {
    for series in content.series { try add(series) }
    try keep(
      Batch(
        source: source, series: series, incidents: content.incidents, written: content.written,
        span: content.span, file: mark(ends), read: content.read,
        rejected: content.rejected, parted: content.parted, isPartial: content.isPartial,
        readBefore: readBefore, isRewritten: isRewritten))
  }
}
