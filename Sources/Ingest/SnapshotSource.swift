public import Model

/// Files written by something else: Prometheus text, OpenMetrics and tables, plain or compressed
/// with gzip.
public struct SnapshotSource: Sendable {
  public let name: String
  private let files: FilePattern
  private let timeFromModification: Bool

  /// Names the files; nothing is opened yet.
  ///
  /// - Parameters:
  ///   - name: what objectives call the source.
  ///   - pattern: a path, or a pattern with `*`, `?` and `[…]` in any component; absolute or
  ///     relative to `root`.
  ///   - root: the folder of the configuration.
  ///   - timeFromModification: whether a sample without a time, in a file whose name has none
  ///     either (`…-20261018T060000Z.prom`), was taken when the file was last changed.
  public init(name: String, pattern: String, root: String, timeFromModification: Bool) {
    self.name = name
    self.timeFromModification = timeFromModification
    files = FilePattern(pattern: pattern, root: root)
  }

  /// The paths that a pattern matches now, in order.
  public static func files(_ pattern: String, root: String) -> [String] {
    FilePattern(pattern: pattern, root: root).paths()
  }

  /// The mark of what a file was read for, as in ``FileMark/wanted``.
  public static func mark(of wanted: [Selector]) -> UInt32 { Checksum.of(wanted) }

  /// Keeps one batch for each new or changed file, in order of name, before it reads the next.
  ///
  /// A damaged file does not hide the others: it is left out as a whole, and its failure is returned. A file that is in `known` by path, size and time, read for the same selectors, is skipped unread; one whose time alone is
  /// new gives a batch of its mark without series. A file that changes while it is read is read
  /// once more. Names that start with a dot or end in `.tmp` are not there.
  ///
  /// - Parameters:
  ///   - wanted: the series to keep; the others are only counted.
  ///   - known: the files read before.
  ///   - keep: takes a file; what it throws ends the pull.
  /// - Returns: what could not be read, in order of name.
  /// - Throws: ``IngestError`` when there is no file, and whatever `keep` throws.
  public func pull(
    wanted: [Selector], known: [FileMark], keep: (Batch) throws -> Void
  ) throws -> [IngestError] {
    try pull(as: name, mark: Checksum.of(wanted), known: known, keep: keep) {
      (file, path, place) throws(Fault) in
      try read(file, named: path, at: place, wanted: wanted)
    }
  }

  /// The mark of what a file of incidents was read for, as in ``FileMark/wanted``.
  public static func mark(of mapping: IncidentMapping, timeFromModification: Bool) -> UInt32 {
    Checksum.of(mapping) ^ (timeFromModification ? 1 : 0)
  }

  /// Keeps the incidents of each new or changed table; otherwise as ``pull(wanted:known:keep:)``.
  ///
  /// A table speaks for the time from its first incident to the last time in it; where its name tells when it was
  /// written, or files are taken to be written when they were last changed, to that one.
  ///
  /// - Parameters:
  ///   - mapping: how rows become incidents.
  ///   - feed: what the history calls them; see ``Feed/incidents(of:)``.
  ///   - known: the files read before for this feed.
  ///   - keep: takes the incidents of a file, with a series of the rows that could not be used.
  /// - Returns: what could not be read, in order of name.
  /// - Throws: ``IngestError`` when there is no file, and whatever `keep` throws.
  public func pullIncidents(
    mapping: IncidentMapping, feed: String, known: [FileMark], keep: (Batch) throws -> Void
  ) throws -> [IngestError] {
    let mark = SnapshotSource.mark(of: mapping, timeFromModification: timeFromModification)
    return try pull(as: feed, mark: mark, known: known, keep: keep) {
      (file, path, _) throws(Fault) in
      guard FormatName(ofFile: path) ?? .csv == .csv else { throw Fault(.unknownFormat) }
      var table = IncidentTable(mapping: mapping)
      try table.read(inflated(file))
      let (incidents, rejects) = table.rows.finish(feed: feed)
      let written = Timestamp.ofFile(path) ?? (timeFromModification ? file.state.modified : nil)
      return Content(
        series: rejects, incidents: incidents,
        span: IncidentTable.span(
          of: incidents, written: written.map(Instant.init(nanoseconds:)),
          changed: Instant(nanoseconds: file.state.modified)),
        read: table.rows.read, rejected: table.rows.rejected)
    }
  }

  private typealias Reader = (
    _ file: SnapshotFile, _ path: String, _ place: String
  ) throws(Fault) -> Content

  private func pull(
    as source: String, mark: UInt32, known: [FileMark], keep: (Batch) throws -> Void,
    reader: Reader
  ) throws -> [IngestError] {
    let paths = files.paths()
    guard !paths.isEmpty else {
      throw IngestError(source: name, path: files.pattern, reason: .noFiles)
    }
    let marks = Dictionary(known.map { ($0.path, $0) }, uniquingKeysWith: { $1 })
    var failures: [IngestError] = []
    for path in paths {
      let batch: Batch?
      do throws(Fault) {
        batch = try read(path, as: source, mark: mark, known: marks[path], reader: reader)
      } catch {
        failures.append(
          IngestError(source: name, path: path, position: error.position, reason: error.reason))
        continue
      }
      if let batch { try keep(batch) }
    }
    return failures
  }

  private func read(
    _ path: String, as source: String, mark: UInt32, known: FileMark?, reader: Reader
  ) throws(Fault) -> Batch? {
    let place = files.systemPath(of: path)
    func once() throws(Fault) -> Batch? {
      try readOnce(path, at: place, as: source, mark: mark, known: known, reader: reader)
    }
    do throws(Fault) {
      return try once()
    } catch {
      // Whoever writes may be done by now.
      guard error.reason == .changedWhileReading else { throw error }
      return try once()
    }
  }

  private func readOnce(
    _ path: String, at place: String, as source: String, mark asked: UInt32, known: FileMark?,
    reader: Reader
  ) throws(Fault) -> Batch? {
    let state = try SnapshotFile.State.of(place)
    let known = known?.wanted == asked ? known : nil
    if let known, known.bytes == state.bytes, known.modified == state.modified { return nil }
    let file = try SnapshotFile(place)
    let found: Content
    do throws(Fault) {
      found = try reader(file, path, place)
    } catch {
      // A fault in a file that is being written is the writer's haste.
      if try SnapshotFile.State.of(place) != file.state { throw Fault(.changedWhileReading) }
      throw error
    }
    try file.finish()
    guard try SnapshotFile.State.of(place) == file.state else { throw Fault(.changedWhileReading) }
    let mark = FileMark(
      path: path, bytes: file.state.bytes, modified: file.state.modified,
      checksum: file.checksum.value, wanted: asked)
    if let known, known.bytes == mark.bytes, known.checksum == mark.checksum {
      // What is new is that nothing is new.
      return Batch(source: source, series: [], span: found.span, file: mark, read: 0)
    }
    return Batch(
      source: source, series: found.series, incidents: found.incidents, span: found.span,
      file: mark, read: found.read, rejected: found.rejected)
  }

  private func inflated(_ file: SnapshotFile) throws(Fault) -> any ByteStream {
    try file.peek(2) == [0x1F, 0x8B] ? GzipReader(file) : file
  }

  private func read(
    _ file: SnapshotFile, named path: String, at place: String, wanted: [Selector]
  ) throws(Fault) -> Content {
    let format: FormatName
    if let named = FormatName(ofFile: path) {
      format = named
    } else {
      format = try FormatName(of: inflated(SnapshotFile(place)))
    }
    func samples() -> SampleCollector {
      let otherwise = Timestamp.ofFile(path) ?? (timeFromModification ? file.state.modified : nil)
      return SampleCollector(source: name, wanted: wanted, otherwise: otherwise)
    }
    switch format {
    case .prometheusText:
      var text = PrometheusText(samples())
      return try text.content(of: inflated(file))
    case .openMetrics:
      var text = OpenMetrics(samples())
      return try text.content(of: inflated(file))
    case .csv:
      var table = CSVTable(source: name, wanted: wanted)
      return try table.content(of: inflated(file))
    }
  }
}
