import Glibc
public import Model

/// Files written by something else: Prometheus text, OpenMetrics and tables, plain or compressed
/// with gzip.
public struct SnapshotSource: Sendable {
  public let name: String
  let files: FilePattern
  /// Declared for the series of all files.
  private let labels: [Label]
  /// What the history calls the source; its series begin with it.
  let feed: String
  private let timeFromModification: Bool
  private let table: TableForm
  private let acceptsPartial: Bool

  /// Names the files; nothing is opened yet.
  ///
  /// - Parameters:
  ///   - name: what objectives call the source.
  ///   - feed: what the history calls it; by itself that which the pattern and the labels make.
  ///   - pattern: a path, or a pattern with `*`, `?`, `[…]` and named parts (``PathPattern``) in any
  ///     component; absolute or relative to `root`.
  ///   - root: the folder of the configuration.
  ///   - timeFromModification: whether a sample without a time, in a file whose name has none
  ///     either (`…-20261018T060000Z.prom`), was taken when the file was last changed.
  ///   - table: how tables are written, where it is not to be recognised.
  ///   - labels: what every series gets beside the labels that the pattern names.
  ///   - acceptsPartial: whether an answer is read that its server calls incomplete.
  public init(
    name: String, feed: String? = nil, pattern: String, root: String, timeFromModification: Bool,
    table: TableForm = TableForm(), labels: [Label] = [], acceptsPartial: Bool = false
  ) {
    self.labels = labels
    self.feed = feed ?? Feed.files(of: name, Origin(pattern: pattern, labels: labels))
    self.name = name
    self.acceptsPartial = acceptsPartial
    self.table = table
    self.timeFromModification = timeFromModification
    files = FilePattern(pattern: pattern, root: root)
  }

  /// The files that there are now, in order, of a folder with blocks of Prometheus the blocks; and what could not be
  /// looked into.
  public func paths() -> (found: [String], failures: [IngestError]) {
    let search = files.search()
    let paths = search.paths.flatMap { path in
      // What cannot be looked through is reported when it is read.
      (try? files.blocks(of: path))?.units.map(\.path) ?? [path]
    }
    return (paths, search.faults.map(failure))
  }

  func failure(_ fault: BlockFault) -> IngestError {
    IngestError(
      source: name, path: fault.path, position: fault.byte.map { .init(byte: $0) },
      reason: fault.reason)
  }

  /// The newest time that a file may hold: the stamp in its name, else when it was last changed; `nil` for a folder and
  /// for what is not there.
  public func end(of path: String) -> Instant? {
    if let stamp = Timestamp.ofFile(path) { return Instant(nanoseconds: stamp) }
    return (try? SnapshotFile.State.of(files.systemPath(of: path)))
      .map { Instant(nanoseconds: $0.modified) }
  }

  /// Whether a file of an earlier pattern is where no pull of this one looks.
  public func isLeftAside(_ path: String) -> Bool {
    access(files.systemPath(of: path), F_OK) == 0
      && !files.search().paths.contains { path == $0 || path.hasPrefix($0 + "/") }
  }

  /// What a file is read for, as a checksum: ``FileMark/wanted``.
  public static func mark(
    of wanted: [Selector], table: TableForm = TableForm(), acceptsPartial: Bool = false
  ) -> UInt32 {
    Checksum.of(wanted) ^ Checksum.of(table) ^ (acceptsPartial ? .max : 0)
  }

  /// Passes on what one file holds, batch by batch; the last carries the file's mark.
  ///
  /// All of them are to be kept, or none.
  public typealias Production = (_ part: (Batch) throws -> Void) throws -> Void

  /// Gives each new or changed file to be kept, in order of name, before it reads the next.
  ///
  /// A damaged file does not hide the others: it is left out as a whole, and its failure is
  /// returned. A file that is in `marks` by path, size, time and change, read for the same selectors, is
  /// skipped unread; one whose times alone are new gives a batch of its mark without series. A file
  /// that changes while it is read is read once more. Names that start with a dot or end in `.tmp`
  /// are not there.
  ///
  /// - Parameters:
  ///   - wanted: the series to keep; the others are only counted.
  ///   - marks: the files read before.
  ///   - minutes: the length of the cells.
  ///   - keep: takes the path of a file, and calls the production once for its batches. What that throws must come
  ///     through; anything else that is thrown ends the pull.
  /// - Returns: what could not be read, in order of name.
  /// - Throws: ``IngestError`` when there is no file, and whatever `keep` throws.
  public func pull(
    wanted: [Selector], marks: [FileMark], minutes: Int64 = 1,
    keep: (String, Production) throws -> Void
  ) throws -> [IngestError] {
    let purpose = SnapshotSource.mark(
      of: wanted, table: table, acceptsPartial: acceptsPartial)
    let pull = BlockPull(source: feed, wanted: wanted, minutes: minutes)
    return try self.pull(
      as: feed, purpose: purpose, marks: marks, keep: keep,
      blocks: { path, marks in
        try readBlocks(path, with: pull, purpose: purpose, marks: marks, keep: keep)
      }
    ) { (file, path, isSame, isOrdered, keep) throws in
      if isSame { return Content() }
      return try read(
        inflated(file), named: path,
        otherwise: Timestamp.ofFile(path) ?? (timeFromModification ? file.state.modified : nil),
        labels: labels(of: path), wanted: wanted, minutes: minutes, isOrdered: isOrdered,
        keep: keep)
    }
  }

  /// What is declared for the series of a file.
  func labels(of path: String) -> [Label] { files.labels(of: path) + labels }
  /// How standard input is called in place of a path.
  public static let standardInput = "standard input"

  /// Gives what comes through standard input to be kept, as one file that is not remembered.
  ///
  /// - Parameters:
  ///   - wanted: the series to keep; the others are only counted.
  ///   - now: the time of samples without one, where the source takes the time of modification.
  ///   - keep: as in ``pull(wanted:marks:minutes:keep:)``.
  /// - Returns: what could not be read.
  /// - Throws: whatever `keep` throws.
  public func pullStandardInput(
    wanted: [Selector], now: Instant, keep: (String, Production) throws -> Void
  ) throws -> IngestError? {
    let path = SnapshotSource.standardInput
    do {
      try keep(path) { part in
        try withoutActuallyEscaping(part) { part in
          let batches = BatchBuilder(source: feed, earlier: nil, purpose: 0, keep: part)
          let found = try read(
            inflated(PipeStream(STDIN_FILENO)), named: "",
            otherwise: timeFromModification ? now.nanoseconds : nil, labels: labels,
            wanted: wanted, minutes: 1, isOrdered: true, keep: batches.add)
          try batches.finish(found) { _ in nil }
        }
      }
      return nil
    } catch let fault as Fault {
      return IngestError(source: name, path: path, position: fault.position, reason: fault.reason)
    }
  }

  /// What a file of incidents is read for, as a checksum: ``FileMark/wanted``.
  public static func mark(
    of mapping: IncidentMapping, timeFromModification: Bool, table: TableForm = TableForm()
  ) -> UInt32 {
    Checksum.of(mapping) ^ Checksum.of(table) ^ (timeFromModification ? 1 : 0)
  }

  /// Keeps the incidents of each new or changed table; otherwise as ``pull(wanted:marks:minutes:keep:)``.
  ///
  /// A table covers the time from its first incident to the last time in it; where its name says when it was
  /// written, or files are taken to be written when they were last changed, to that one; never beyond now.
  ///
  /// - Parameters:
  ///   - mapping: how rows become incidents.
  ///   - feed: what the history calls them; see ``Feed/incidents(of:)``.
  ///   - marks: the files read before for this feed.
  ///   - now: what is announced for later is not known yet.
  ///   - keep: as there; one batch a file.
  /// - Returns: what could not be read, in order of name.
  /// - Throws: ``IngestError`` when there is no file, and whatever `keep` throws.
  public func pullIncidents(
    mapping: IncidentMapping, feed: String, marks: [FileMark], now: Instant,
    keep: (String, Production) throws -> Void
  ) throws -> [IngestError] {
    let purpose = SnapshotSource.mark(
      of: mapping, timeFromModification: timeFromModification, table: table)
    return try pull(as: feed, purpose: purpose, marks: marks, keep: keep) {
      (file, path, isSame, _, _) throws in
      let named = SnapshotFormats.named(path)
      guard named.isEmpty || named.contains(where: \.holdsIncidents) else {
        throw Fault(.unknownFormat)
      }
      var table = IncidentTable(mapping: mapping, form: self.table)
      try table.read(inflated(file))
      let changed = Instant(nanoseconds: file.state.modified)
      let written =
        Timestamp.ofFile(path).map(Instant.init(nanoseconds:))
        ?? (timeFromModification ? changed : nil)
      let entries = table.rows.finish(written: written)
      return Content(
        incidents: isSame ? [] : entries, written: written ?? changed,
        span: table.span(of: entries, written: written, changed: changed, now: now),
        read: table.rows.read, rejected: table.rows.rejected)
    }
  }

  /// The series of the file that was changed last, whether or not somebody asks for them.
  ///
  /// None where it is a folder with blocks, has more than 64 MiB, or cannot be read.
  public func newestSeries() -> [SeriesID] {
    let found = files.search().paths.compactMap { path in
      (try? SnapshotFile.State.of(files.systemPath(of: path))).map { (path: path, state: $0) }
    }
    guard let newest = found.max(by: { $0.state.modified < $1.state.modified }),
      newest.state.bytes <= 64 << 20
    else { return [] }
    var series: Set<SeriesID> = []
    do {
      let content = try read(
        inflated(try SnapshotFile(files.systemPath(of: newest.path))), named: newest.path,
        otherwise: newest.state.modified, labels: labels(of: newest.path), wanted: nil,
        minutes: 1, isOrdered: false, keep: { series.insert($0.id) })
      series.formUnion(content.series.map(\.id))
    } catch {
      // A pull reports what is wrong with the file.
      return []
    }
    return series.sorted()
  }

  private typealias Reader = (
    _ file: SnapshotFile, _ path: String, _ isSame: Bool, _ isOrdered: Bool,
    _ keep: @escaping (Series) throws -> Void
  ) throws -> Content

  /// Reads a folder with blocks; gives what could not be read, and `nil` if it is not one.
  private typealias BlockReading = (
    _ path: String, _ marks: [String: FileMark]
  ) throws -> [IngestError]?

  private func pull(
    as source: String, purpose: UInt32, marks: [FileMark],
    keep: (String, Production) throws -> Void, blocks: BlockReading = { _, _ in nil },
    reader: @escaping Reader
  ) throws -> [IngestError] {
    let search = files.search()
    guard !search.paths.isEmpty || !search.faults.isEmpty else {
      throw IngestError(source: name, path: files.pattern, reason: .noFiles)
    }
    Heap.keepFreed()
    let marks = Dictionary(
      marks.map { ($0.path, $0) }, uniquingKeysWith: { $1 })
    var failures = search.faults.map(failure)
    for path in search.paths {
      if let found = try blocks(path, marks) {
        failures += found
        continue
      }
      func once() throws {
        do {
          try read(
            path, as: source, purpose: purpose, earlier: marks[path], keep: keep, reader: reader,
            isOrdered: true)
        } catch let fault as Fault where fault.reason == .disordered {
          // All its rows are held then, until the last is read.
          try read(
            path, as: source, purpose: purpose, earlier: marks[path], keep: keep, reader: reader,
            isOrdered: false)
        }
      }
      do {
        do {
          try once()
        } catch let fault as Fault where fault.reason == .changedWhileReading {
          // Whoever writes may be done by now.
          try once()
        }
      } catch let fault as Fault {
        failures.append(
          IngestError(source: name, path: path, position: fault.position, reason: fault.reason))
      }
    }
    return failures
  }

  private func read(
    _ path: String, as source: String, purpose: UInt32, earlier: FileMark?,
    keep: (String, Production) throws -> Void, reader: @escaping Reader, isOrdered: Bool
  ) throws {
    let place = files.systemPath(of: path)
    let state = try SnapshotFile.State.of(place)
    if let earlier, earlier.wanted == purpose, earlier.bytes == state.bytes,
      earlier.modified == state.modified, earlier.changed == state.changed
    {
      return
    }
    let isSame =
      try earlier.map { try $0.wanted == purpose && self.isSame($0, place) } ?? false
    try keep(path) { part in
      let file = try SnapshotFile(place)
      do {
        try withoutActuallyEscaping(part) { part in
          let batches = BatchBuilder(
            source: source, earlier: earlier, purpose: purpose, keep: part)
          let found = try reader(file, path, isSame, isOrdered, batches.add)
          try file.finish()
          try batches.finish(found) { ends in
            FileMark(
              path: path, bytes: file.state.bytes, modified: file.state.modified,
              changed: file.state.changed, checksum: file.checksum.value, wanted: purpose,
              ends: ends)
          }
        }
      } catch let fault as Fault {
        // A fault in a file that is being written is the writer's haste.
        if try SnapshotFile.State.of(place) != file.state { throw Fault(.changedWhileReading) }
        throw fault
      }
      guard try SnapshotFile.State.of(place) == file.state else {
        throw Fault(.changedWhileReading)
      }
    }
  }

  /// Whether what is new of a file are its times alone.
  private func isSame(_ earlier: FileMark, _ place: String) throws(Fault) -> Bool {
    let file = try SnapshotFile(place)
    guard file.state.bytes == earlier.bytes else { return false }
    try file.finish()
    return file.checksum.value == earlier.checksum
  }

  private func inflated(_ stored: any ByteStream) throws(Fault) -> FrontedStream {
    let stream = try FrontedStream(stored)
    return stream.front.starts(with: [0x1F, 0x8B])
      ? try FrontedStream(GzipReader(stream)) : stream
  }

  /// Reads a file; without `wanted` all that it holds.
  private func read(
    _ stream: FrontedStream, named path: String, otherwise: Int64?, labels: [Label],
    wanted: [Selector]?, minutes: Int64, isOrdered: Bool, keep: @escaping (Series) throws -> Void
  ) throws -> Content {
    let format = try SnapshotFormats.format(of: path, front: stream.front, table: table)
    return try format.read(
      SnapshotText(
        stream: stream, source: feed, labels: labels, wanted: wanted, minutes: minutes,
        otherwise: otherwise, table: table, acceptsPartial: acceptsPartial, isOrdered: isOrdered,
        keep: keep))
  }
}
