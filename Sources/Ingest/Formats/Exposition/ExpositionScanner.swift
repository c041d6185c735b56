import Glibc

/// The two dialects of exposition text.
enum Dialect: Sendable {
  /// Prometheus' own, 0.0.4: times in milliseconds, tolerant of blanks.
  case prometheus
  /// OpenMetrics 1.0: times in seconds.
  case openMetrics
}

/// Reads lines of exposition text into columns.
///
/// Most lines name the series of the line before, or the one that followed that one the last time; a line is compared
/// with these first, byte by byte, and only its numbers are read.
struct ExpositionScanner: PieceScanner {
  /// So many bytes of names and labels are remembered; then the scanner forgets them all.
  private static let memory = 8 << 20

  /// A series as lines write it.
  private struct SeenSeries {
    /// In the memory of `series`.
    let text: UnsafeRawBufferPointer
    /// The series that followed it.
    var next: Int
  }

  private let dialect: Dialect
  private var series = TextTable()
  private var seen: [SeenSeries] = []
  /// The series of the last line; -1 before the first.
  private var last = -1
  private var text = SeriesText()

  init(_ dialect: Dialect) { self.dialect = dialect }

  func makeFound() -> ExpositionColumns { ExpositionColumns() }

  mutating func scan(_ piece: Piece, into found: inout ExpositionColumns) {
    found.removeAll()
    if series.bytes > ExpositionScanner.memory {
      series = TextTable()
      seen.removeAll()
      last = -1
    }
    found.startsOver = series.count == 0
    piece.withContent { content in
      guard let base = content.baseAddress else { return }
      var offset = 0
      // Between two runs of the same series is a comment or a blank line: the lines of a run follow each other.
      var isOpen = false
      while offset < content.count {
        readKnown(base, &offset, content.count, &isOpen, into: &found)
        guard offset < content.count else { break }
        let feed = memchr(base + offset, Int32(UInt8.lineFeed), content.count - offset)
        let end = feed.map { UnsafeRawPointer($0) - base } ?? content.count
        do throws(LineFault) {
          isOpen = try read(
            UnsafeRawBufferPointer(rebasing: content[offset..<end]), at: offset,
            isEnded: feed != nil, isOpen: isOpen, into: &found)
        } catch {
          found.stop = .init(fault: error, line: found.lines, offset: offset)
          return
        }
        found.lines += 1
        offset = feed == nil ? end : end + 1
      }
    }
  }

  private static func run(
    _ series: Int, _ hasTimes: Bool, at offset: Int, line: Int, start: Int,
    hasExemplar: Bool = false
  ) -> ExpositionColumns.Run {
    .init(
      series: Int32(truncatingIfNeeded: series), hasTimes: hasTimes, hasExemplar: hasExemplar,
      start: Int32(truncatingIfNeeded: start), line: Int32(truncatingIfNeeded: line),
      offset: Int32(truncatingIfNeeded: offset))
  }

  // MARK: Lines as they usually are

  /// Reads lines of the expected series with nothing unusual in them, and stops before any other.
  private mutating func readKnown(
    _ base: UnsafeRawPointer, _ offset: inout Int, _ count: Int, _ isOpen: inout Bool,
    into found: inout ExpositionColumns
  ) {
    guard last >= 0 else { return }
    found.grow()
    // Taken out, so that nothing looks after them line by line.
    var (times, values, runs) = (found.times, found.values, found.runs)
    (found.times, found.values, found.runs) = ([], [], [])
    var (last, place, line) = (last, offset, found.lines)
    var (samples, runCount) = (found.samples, found.runCount)
    var hasTimes = runCount > 0 && runs[runCount - 1].hasTimes
    let (dialect, room, wasOpen) = (dialect, found.room, isOpen)
    seen.withUnsafeBufferPointer { seen in
      times.withUnsafeMutableBufferPointer { times in
        values.withUnsafeMutableBufferPointer { values in
          runs.withUnsafeMutableBufferPointer { runs in
            var isOpen = wasOpen
            var clock = QuickTime()
            // Whether the line before named the series of the one before it.
            var stays = true
            while place < count, samples < room {
              var series = stays ? last : seen[last].next
              if !ExpositionScanner.begins(base, place, count, seen[series].text) {
                series = stays ? seen[last].next : last
                guard ExpositionScanner.begins(base, place, count, seen[series].text) else {
                  break
                }
              }
              var cursor =
                base.assumingMemoryBound(to: UInt8.self) + place + seen[series].text.count + 1
              guard let value = QuickNumber.read(&cursor) else { break }
              var time: Int64?
              if cursor.pointee == .space {
                cursor += 1
                time = clock.read(&cursor, dialect)
                guard time != nil else { break }
              }
              if cursor.pointee == .carriageReturn { cursor += 1 }
              guard cursor.pointee == .lineFeed else { break }
              stays = series == last
              if !isOpen || !stays || hasTimes != (time != nil) {
                hasTimes = time != nil
                runs[runCount] = ExpositionScanner.run(
                  series, hasTimes, at: place, line: line, start: samples)
                runCount += 1
                (last, isOpen) = (series, true)
              }
              times[samples] = time ?? 0
              values[samples] = value
              samples += 1
              line += 1
              place = UnsafeRawPointer(cursor) - base + 1
            }
          }
        }
      }
    }
    isOpen = isOpen || place > offset
    (self.last, offset, found.lines) = (last, place, line)
    (found.times, found.values, found.runs) = (times, values, runs)
    (found.samples, found.runCount) = (samples, runCount)
  }

  /// Whether the bytes at a place are a series' text, and a blank.
  @inline(__always)
  private static func begins(
    _ base: UnsafeRawPointer, _ place: Int, _ count: Int, _ text: UnsafeRawBufferPointer
  ) -> Bool {
    let end = place + text.count
    guard end < count, base.load(fromByteOffset: end, as: UInt8.self) == .space,
      let other = text.baseAddress
    else { return false }
    let one = base + place
    guard text.count >= 8 else { return memcmp(one, other, text.count) == 0 }
    var (difference, index): (UInt64, Int) = (0, 0)
    while index + 8 <= text.count {
      difference |=
        one.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        ^ other.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      index += 8
    }
    // The last word overlaps the one before.
    difference |=
      one.loadUnaligned(fromByteOffset: text.count - 8, as: UInt64.self)
      ^ other.loadUnaligned(fromByteOffset: text.count - 8, as: UInt64.self)
    return difference == 0
  }

  // MARK: All other lines

  /// Reads a whole line; gives whether the last run may go on after it.
  private mutating func read(
    _ bytes: UnsafeRawBufferPointer, at offset: Int, isEnded: Bool, isOpen: Bool,
    into found: inout ExpositionColumns
  ) throws(LineFault) -> Bool {
    guard bytes.count <= PieceCutter.limit else {
      throw LineFault(.lineTooLong(limit: PieceCutter.limit), at: PieceCutter.limit)
    }
    if let bad = UTF8Check.firstBadByte(bytes) { throw LineFault(.notUTF8, at: bad) }
    let typed = bytes.assumingMemoryBound(to: UInt8.self)
    let length = isEnded && typed.last == .carriageReturn ? typed.count - 1 : typed.count
    let line = Span(_unsafeElements: UnsafeBufferPointer(rebasing: typed[..<length]))
    var start = 0
    if dialect == .prometheus { skipBlanks(line, &start) }
    let isBlank = dialect == .prometheus && start == line.count
    guard isEnded, !isBlank, line.count == 0 || line[start] != .hash else {
      if !(isBlank && isEnded) {
        found.notes.append(
          .init(
            runs: found.runCount, line: found.lines, range: offset..<offset + length,
            isEnded: isEnded))
      }
      return false
    }
    try text.read(line, from: start, loose: dialect == .prometheus)
    let rest = try ExpositionLine(line, from: text.end, dialect)
    let named = UnsafeRawBufferPointer(rebasing: bytes[start..<text.end])
    let (number, isNew) = series.number(of: named)
    if isNew {
      found.newSeries.append(offset + start..<offset + text.end)
      seen.append(SeenSeries(text: series[number], next: number))
    }
    if last >= 0 { seen[last].next = number }
    let before = last
    last = number
    let goesOn = isOpen && before == number && !rest.hasExemplar
    found.grow()
    if !goesOn || found.runs[found.runCount - 1].hasTimes != (rest.time != nil) {
      found.runs[found.runCount] = ExpositionScanner.run(
        number, rest.time != nil, at: offset, line: found.lines, start: found.samples,
        hasExemplar: rest.hasExemplar)
      found.runCount += 1
    }
    found.times[found.samples] = rest.time ?? 0
    found.values[found.samples] = rest.value
    found.samples += 1
    return !rest.hasExemplar
  }
}
