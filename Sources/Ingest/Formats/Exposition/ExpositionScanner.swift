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
struct ExpositionScanner: BlockScanner {
  /// So many bytes of names and labels are remembered; then the scanner forgets them all.
  private static let memory = 8 << 20

  private let dialect: Dialect
  private var series = TextTable()
  /// For each series the one that followed it.
  private var next: [Int32] = []
  private var last: Int32 = -1
  private var text = SeriesText()

  init(_ dialect: Dialect) { self.dialect = dialect }

  func makeFound() -> ExpositionColumns { ExpositionColumns() }

  mutating func scan(_ block: Block, into found: inout ExpositionColumns) {
    found.removeAll()
    if series.bytes > ExpositionScanner.memory {
      series.removeAll()
      next.removeAll()
      last = -1
    }
    found.startsOver = series.count == 0
    block.bytes.withUnsafeBytes { all in
      scan(UnsafeRawBufferPointer(rebasing: all[..<block.count]), of: block, into: &found)
    }
  }

  private mutating func scan(
    _ content: UnsafeRawBufferPointer, of block: Block, into found: inout ExpositionColumns
  ) {
    guard let base = content.assumingMemoryBound(to: UInt8.self).baseAddress else { return }
    var offset = 0
    // A note or a blank line stands between two runs of the same series: a run's lines follow each other.
    var isOpen = false
    while offset < content.count {
      if let sample = knownSeries(base, offset, content.count) {
        let (series, hasTime) = (sample.series, sample.time != nil)
        if !isOpen || last != series || found.runs[found.runs.count - 1].hasTimes != hasTime {
          begin(series, hasTime, at: offset, in: &found)
          isOpen = true
        }
        last = series
        found.times.append(sample.time ?? 0)
        found.values.append(sample.value)
        found.lines += 1
        offset = sample.end
        continue
      }
      let feed = memchr(base + offset, 10, content.count - offset)
      let end = feed.map { UnsafeRawPointer($0) - UnsafeRawPointer(base) } ?? content.count
      let line = UnsafeRawBufferPointer(rebasing: content[offset..<end])
      do throws(LineFault) {
        isOpen = try read(line, at: offset, isEnded: feed != nil, isOpen: isOpen, into: &found)
      } catch {
        found.stop = .init(fault: error, line: found.lines, offset: offset)
        return
      }
      found.lines += 1
      offset = feed == nil ? end : end + 1
    }
  }

  private func begin(
    _ series: Int32, _ hasTimes: Bool, at offset: Int, in found: inout ExpositionColumns,
    hasExemplar: Bool = false
  ) {
    found.runs.append(
      .init(
        series: series, hasTimes: hasTimes, hasExemplar: hasExemplar,
        start: Int32(truncatingIfNeeded: found.times.count),
        line: Int32(truncatingIfNeeded: found.lines), offset: Int32(truncatingIfNeeded: offset)))
  }

  // MARK: Lines as they usually are

  private struct Sample {
    let series: Int32
    let value: Double
    let time: Int64?
    /// Behind the line feed.
    let end: Int
  }

  /// Reads a line of one of the two series that are expected; `nil` when it is another, or anything is unusual.
  @inline(__always)
  private func knownSeries(_ base: UnsafePointer<UInt8>, _ offset: Int, _ count: Int) -> Sample? {
    guard last >= 0 else { return nil }
    let follower = next[Int(last)]
    if let end = place(behind: follower, base, offset, count) {
      return sample(of: follower, base, end)
    }
    guard follower != last, let end = place(behind: last, base, offset, count) else { return nil }
    return sample(of: last, base, end)
  }

  /// The place behind the blank that follows a series' text, when the line begins with it.
  @inline(__always)
  private func place(
    behind series: Int32, _ base: UnsafePointer<UInt8>, _ offset: Int, _ count: Int
  ) -> Int? {
    self.series.withText(Int(series)) { text in
      let end = offset + text.count
      guard end < count, base[end] == 32,
        let known = text.baseAddress, ExpositionScanner.isEqual(base + offset, known, text.count)
      else { return nil }
      return end + 1
    }
  }

  @inline(__always)
  private static func isEqual(
    _ one: UnsafePointer<UInt8>, _ other: UnsafeRawPointer, _ count: Int
  ) -> Bool {
    let one = UnsafeRawPointer(one)
    guard count >= 8 else { return memcmp(one, other, count) == 0 }
    var (difference, place): (UInt64, Int) = (0, 0)
    while place + 8 <= count {
      difference |=
        one.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        ^ other.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      place += 8
    }
    // The last word overlaps the one before.
    difference |=
      one.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
      ^ other.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
    return difference == 0
  }

  /// Reads a value and perhaps a time, one blank before each, and a line feed; `nil` for anything else.
  ///
  /// The zeros behind a block end every loop over digits.
  @inline(__always)
  private func sample(of series: Int32, _ base: UnsafePointer<UInt8>, _ place: Int) -> Sample? {
    var cursor = place
    guard let value = QuickNumber(base, &cursor)?.double else { return nil }
    if base[cursor] == 10 {
      return Sample(series: series, value: value, time: nil, end: cursor + 1)
    }
    guard base[cursor] == 32 else { return nil }
    cursor += 1
    guard let stamp = QuickNumber(base, &cursor),
      let time = dialect == .openMetrics ? stamp.scaled(by: 9) : stamp.whole(scaledBy: 6)
    else { return nil }
    if base[cursor] == 13 { cursor += 1 }
    guard base[cursor] == 10 else { return nil }
    return Sample(series: series, value: value, time: time, end: cursor + 1)
  }

  // MARK: All other lines

  /// Reads a whole line; gives whether the last run may go on behind it.
  private mutating func read(
    _ bytes: UnsafeRawBufferPointer, at offset: Int, isEnded: Bool, isOpen: Bool,
    into found: inout ExpositionColumns
  ) throws(LineFault) -> Bool {
    guard bytes.count <= BlockCutter.limit else {
      throw LineFault(.lineTooLong(limit: BlockCutter.limit), at: BlockCutter.limit)
    }
    if let bad = UTF8Check.firstBadByte(bytes) { throw LineFault(.notUTF8, at: bad) }
    let typed = bytes.assumingMemoryBound(to: UInt8.self)
    let length = isEnded && typed.last == 13 ? typed.count - 1 : typed.count
    let line = Span(_unsafeElements: UnsafeBufferPointer(rebasing: typed[..<length]))
    var start = 0
    if dialect == .prometheus { skipBlanks(line, &start) }
    let isBlank = dialect == .prometheus && start == line.count
    guard isEnded, !isBlank, line.count == 0 || line[start] != 35 else {
      if !(isBlank && isEnded) {
        found.notes.append(
          .init(
            runs: found.runs.count, line: found.lines, range: offset..<offset + length,
            isEnded: isEnded))
      }
      return false
    }
    try text.read(line, from: start, loose: dialect == .prometheus)
    let rest = try ExpositionLine(line, from: text.end, dialect)
    let named = UnsafeRawBufferPointer(rebasing: bytes[start..<text.end])
    let (number, isNew) = series.number(of: named)
    let series = Int32(truncatingIfNeeded: number)
    if isNew {
      found.newSeries.append(offset + start..<offset + text.end)
      next.append(series)
    }
    if last >= 0 { next[Int(last)] = series }
    let before = last
    last = series
    let goesOn = isOpen && before == series && !rest.hasExemplar
    if !goesOn || found.runs[found.runs.count - 1].hasTimes != (rest.time != nil) {
      begin(series, rest.time != nil, at: offset, in: &found, hasExemplar: rest.hasExemplar)
    }
    found.times.append(rest.time ?? 0)
    found.values.append(rest.value)
    return !rest.hasExemplar
  }
}
