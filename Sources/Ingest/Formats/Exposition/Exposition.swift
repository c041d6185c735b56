import Model

/// Prometheus text or OpenMetrics: brings what the scanners found in order, holds it to the rules of OpenMetrics, and
/// collects the samples of the wanted series.
///
/// Prometheus text is read as tolerantly as Prometheus itself reads it: blanks between tokens, a last comma in the
/// labels, samples in any order. Where a series has two values for one instant, the later line wins. A file that is
/// cut between two lines looks like a whole one.
///
/// In OpenMetrics times are in seconds, families come one after the other, and there is a closing mark. A family that
/// goes on after another is read as Prometheus reads it, and named. A
/// histogram's or summary's samples are held to the rules of one point only where they have no times: exports of
/// databases write one series after the other, which the standard does not foresee. Without that no number is at
/// stake.
struct Exposition {
  /// A series as some line wrote it.
  private struct Entry {
    /// -1 when nobody wants it.
    let place: Int32
    /// The number of the family it was last part of.
    var family: Int32 = -1
    var part = MetricType.Part.plain
  }

  private struct TextHash: Hashable {
    let one: Int
    let other: Int

    /// 128 bits, keyed anew in each process: they alone identify a text.
    init(_ text: UnsafeRawBufferPointer) {
      var hasher = Hasher()
      hasher.combine(bytes: text)
      one = hasher.finalize()
      hasher = Hasher()
      hasher.combine(1)
      hasher.combine(bytes: text)
      other = hasher.finalize()
    }
  }

  private let dialect: Dialect
  private let source: String
  /// The time of a sample that has none of its own.
  private let otherwise: Int64?
  private var samples: SampleCollector
  private var families = Families()
  private var isEnded = false

  /// The first is for everything that is not wanted.
  private var entries = [Entry(place: -1)]
  private var numbers: [TextHash: Int32] = [:]
  /// The entries of the series of each scanner.
  private var scanned: [[Int32]] = [[], []]
  private var text = SeriesText()

  /// The last run's entry, whether it had a time, and its last time.
  private var last: (entry: Int, time: Int64?)?
  private var lines = 0

  init(_ dialect: Dialect, source: String, otherwise: Int64?, samples: SampleCollector) {
    self.dialect = dialect
    self.source = source
    self.otherwise = otherwise
    self.samples = samples
  }

  /// Reads a stream to its end.
  mutating func read(_ cutter: PieceCutter) throws -> Content {
    let dialect = dialect
    var bytes: Int64 = 0
    let pipeline = PiecePipeline(cutter) { ExpositionScanner(dialect) }
    do {
      try pipeline.forEach { piece, found, scanner in
        bytes = piece.start + Int64(piece.count)
        try piece.withContent { try take($0, of: piece, &found, scanner) }
        lines += found.lines
      }
    } catch let fault as Fault where fault.reason == .lineTooLong(limit: PieceCutter.limit) {
      throw Fault(
        fault.reason,
        at: .init(line: lines + 1, column: PieceCutter.limit + 1, byte: fault.position?.byte))
    }
    if dialect == .openMetrics ? !isEnded : lines == 0 {
      throw Fault(.truncated, at: .init(line: lines > 0 ? lines : nil, byte: bytes))
    }
    var content = try samples.finish()
    content.parted = families.parted.map { String(decoding: $0, as: UTF8.self) }
    return content
  }

  // MARK: A piece

  private mutating func take(
    _ content: UnsafeRawBufferPointer, of piece: Piece, _ found: inout ExpositionColumns,
    _ scanner: Int
  ) throws {
    if found.startsOver { scanned[scanner].removeAll(keepingCapacity: true) }
    for range in found.newSeries {
      scanned[scanner].append(entry(of: UnsafeRawBufferPointer(rebasing: content[range])))
    }
    var note = 0
    for run in 0..<found.runCount {
      while note < found.notes.count, found.notes[note].runs <= run {
        try take(found.notes[note], content, piece)
        note += 1
      }
      try take(run, of: &found, content, piece, scanner)
    }
    for rest in found.notes[note...] { try take(rest, content, piece) }
    if let stop = found.stop {
      throw fault(stop.fault, line: stop.line, offset: stop.offset, piece)
    }
  }

  private func fault(_ fault: LineFault, line: Int, offset: Int, _ piece: Piece) -> Fault {
    Fault(
      fault.reason,
      at: .init(
        line: lines + line + 1, column: fault.offset + 1,
        byte: piece.start + Int64(offset + fault.offset)))
  }

  private func bytes(
    _ content: UnsafeRawBufferPointer, _ range: Range<Int>
  ) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: content.assumingMemoryBound(to: UInt8.self)[range])
  }

  /// The line that begins at an offset, without its end.
  private func lineRange(_ content: UnsafeRawBufferPointer, from offset: Int) -> Range<Int> {
    offset..<(content[offset...].firstIndex(of: .lineFeed) ?? content.count)
  }

  // MARK: Lines without samples

  private mutating func take(
    _ note: ExpositionColumns.Note, _ content: UnsafeRawBufferPointer, _ piece: Piece
  ) throws {
    let line = Span(_unsafeElements: bytes(content, note.range))
    do throws(LineFault) {
      switch dialect {
      case .prometheus:
        guard note.isEnded else { throw LineFault(.truncated, at: line.count) }
        try ExpositionComment.check(line)
      case .openMetrics:
        guard !isEnded else { throw LineFault(.textAfterEnd, at: 0) }
        last = nil
        if line.holds("# EOF", 0..<line.count) {
          try families.close()
          isEnded = true
          return
        }
        guard note.isEnded else { throw LineFault(.truncated, at: line.count) }
        try families.readMetadata(line)
      }
    } catch {
      throw fault(error, line: note.line, offset: note.range.lowerBound, piece)
    }
  }

  // MARK: Samples

  private mutating func entry(of text: UnsafeRawBufferPointer) -> Int32 {
    let hash = TextHash(text)
    if let number = numbers[hash] { return number }
    let line = Span(_unsafeElements: bytes(text, 0..<text.count))
    var place: Int?
    do throws(LineFault) {
      try self.text.read(line, from: 0, loose: dialect == .prometheus)
      if samples.isWanted(name: self.text.bytes(line, self.text.name)) {
        place = samples.place(of: self.text.id(line, source: source))
      }
    } catch {
      // The scanner has read the same bytes as a series.
    }
    // Without rules to hold them to, all that nobody wants are one, so that they take no memory.
    if dialect == .prometheus, place == nil { return 0 }
    let number = Int32(truncatingIfNeeded: entries.count)
    numbers[hash] = number
    entries.append(Entry(place: Int32(truncatingIfNeeded: place ?? -1)))
    return number
  }

  private mutating func take(
    _ index: Int, of found: inout ExpositionColumns, _ content: UnsafeRawBufferPointer,
    _ piece: Piece, _ scanner: Int
  ) throws {
    let run = found.runs[index]
    let range = found.samples(of: index)
    let entry = Int(scanned[scanner][Int(run.series)])
    if !run.hasTimes {
      guard let otherwise else {
        let place = location(of: range.lowerBound, in: run, content)
        throw fault(
          LineFault(.noTime, at: place.time), line: place.line, offset: place.offset, piece)
      }
      for place in range { found.times[place] = otherwise }
    }
    let times = found.times.span.extracting(range)
    let counted = samples.count(times)
    if dialect == .openMetrics {
      // The first fault of a file is reported, so none after the implausible time.
      try check(run, of: entry, found, range.prefix(counted + 1), content, piece)
    }
    if counted < times.count, let reason = PlausibleTime.fault(times[counted]) {
      let place = location(of: range.lowerBound + counted, in: run, content)
      throw fault(
        LineFault(reason, at: place.time), line: place.line, offset: place.offset, piece)
    }
    let place = Int(entries[entry].place)
    if place >= 0 {
      try samples.add(found.values.span.extracting(range), at: times, to: place)
    }
  }

  /// Where a sample and its parts are.
  private struct Location {
    let line: Int
    /// The line's first byte in the piece.
    let offset: Int
    /// In the line; if there is no time, where it would be.
    var value = 0
    var time = 0
  }

  private func location(
    of sample: Int, in run: ExpositionColumns.Run, _ content: UnsafeRawBufferPointer
  ) -> Location {
    let skipped = sample - Int(run.start)
    var start = Int(run.offset)
    for _ in 0..<skipped { start = (content[start...].firstIndex(of: .lineFeed) ?? start) + 1 }
    let line = Span(_unsafeElements: bytes(content, lineRange(content, from: start)))
    var location = Location(line: Int(run.line) + skipped, offset: start)
    var (text, place) = (text, 0)
    do throws(LineFault) {
      skipBlanks(line, &place)
      try text.read(line, from: place, loose: dialect == .prometheus)
      place = text.end
      skipBlanks(line, &place)
      location.value = place
      _ = word(line, &place)
      if run.hasTimes { skipBlanks(line, &place) }
      location.time = place
    } catch {
      // The scanner has read the same bytes as a sample.
    }
    return location
  }

  // MARK: The rules of OpenMetrics

  private mutating func check(
    _ run: ExpositionColumns.Run, of entry: Int, _ found: ExpositionColumns, _ range: Range<Int>,
    _ content: UnsafeRawBufferPointer, _ piece: Piece
  ) throws {
    var sample = range.lowerBound
    do throws(LineFault) {
      guard !isEnded else { throw LineFault(.textAfterEnd, at: 0) }
      var time: Int64?
      if let last, last.entry == entry {
        guard run.hasTimes == (last.time != nil) else { throw LineFault(.rule(.order), at: 0) }
        guard run.hasTimes else { throw LineFault(.rule(.repeatedSample), at: 0) }
        time = last.time
      } else {
        try enter(entry, run, found.values[range.lowerBound], content)
      }
      let part = entries[entry].part
      if run.hasExemplar, part != .total, part != .bucket {
        throw LineFault(.rule(.exemplarNotAllowed), at: 0)
      }
      while sample < range.upperBound {
        guard families.allows(found.values[sample], as: part) else {
          throw LineFault(.rule(.value), at: 0)
        }
        if run.hasTimes {
          if let time, found.times[sample] < time { throw LineFault(.rule(.order), at: 0) }
          time = found.times[sample]
        } else if sample > range.lowerBound {
          throw LineFault(.rule(.repeatedSample), at: 0)
        }
        sample += 1
      }
      last = (entry, time)
    } catch {
      let place = location(of: sample, in: run, content)
      let offset =
        switch error.reason {
        case .rule(.value): place.value
        case .rule(.order): place.time
        default: error.offset
        }
      throw fault(
        LineFault(error.reason, at: offset), line: place.line, offset: place.offset, piece)
    }
  }

  /// Finds out what the series is in its family, and checks the first of its samples where it has no time.
  private mutating func enter(
    _ entry: Int, _ run: ExpositionColumns.Run, _ value: Double, _ content: UnsafeRawBufferPointer
  ) throws(LineFault) {
    if run.hasTimes, entries[entry].family == families.number {
      return try families.closePoint()
    }
    let line = Span(_unsafeElements: bytes(content, lineRange(content, from: Int(run.offset))))
    try text.read(line, from: 0, loose: false)
    entries[entry].part = try families.enter(text, line)
    entries[entry].family = families.number
    if run.hasTimes {
      try families.closePoint()
    } else {
      try families.check(text, line, entries[entry].part, value)
    }
  }
}
