import Glibc
import Model

/// Reads rows of a table into columns.
///
/// Most rows have the time of the row before, or Unix seconds, and the labels that followed those of that row the last
/// time: they are compared byte by byte, and only numbers are read.
struct TableScanner: PieceScanner {
  /// Stands for a cell that is empty: a NaN that no text gives.
  static let empty = Double(bitPattern: 0x7FF0_0000_0000_0E77)
  /// So many bytes of labels are remembered; then the scanner forgets them all.
  private static let memory = 8 << 20

  private let layout: TableLayout
  private var groups = TextTable()
  /// The group that followed each group.
  private var next: [Int] = []
  /// The labels of each group as rows write them; the count is -1 where they need quotes.
  private var texts: [(start: UnsafeRawPointer, count: Int)] = []
  private var last = -1
  /// The text of the last time as the row wrote it, and what it is.
  private var timeText: [UInt8] = []
  private var time: Int64 = 0
  /// Whether that text is ten digits that mean seconds.
  private var hasSeconds = false
  private var record = TableRecord()
  private var key: [UInt8] = []
  private var row: [Double]

  init(_ layout: TableLayout) {
    self.layout = layout
    row = [Double](repeating: 0, count: layout.numbers.count)
  }

  func makeFound() -> TableColumns { TableColumns() }

  mutating func scan(_ piece: Piece, into found: inout TableColumns) {
    found.removeAll()
    if groups.bytes > TableScanner.memory {
      groups = TextTable()
      next.removeAll()
      texts.removeAll()
      last = -1
    }
    found.startsOver = groups.count == 0
    let start = Int(max(0, min(Int64(piece.count), layout.end - piece.start)))
    piece.withContent { content in
      guard let base = content.baseAddress else { return }
      if start > 0 { found.lines = layout.lines }
      var offset = start
      while offset < content.count {
        readKnown(base, &offset, content.count, into: &found)
        guard offset < content.count else { break }
        let rest = UnsafeRawBufferPointer(rebasing: content[offset...])
        do throws(LineFault) {
          guard let length = TableLayout.rowLength(rest) else {
            throw LineFault(.quote, at: rest.count)
          }
          let row = UnsafeRawBufferPointer(rebasing: rest[..<length])
          try read(row, at: offset, into: &found)
          for byte in row where byte == .lineFeed { found.lines += 1 }
          offset += length
        } catch {
          found.stop = .init(fault: error, line: found.lines, offset: offset)
          return
        }
      }
    }
  }

  // MARK: Rows as they usually are

  /// Reads rows with expected labels and nothing unusual in them, and stops before any other.
  ///
  /// - What is expected: the time as the last row wrote it, and the labels of the group that followed the last row's group
  ///   before. Where the first label is another one, the last row's own group is tried: rows of one group follow each other, or
  ///   groups take turns. Nothing is looked up.
  /// - Each column is compared or read where the cursor is. At anything else (a quote, a number that ``QuickNumber`` leaves, an
  ///   end of the row in another place) the loop ends before the row: what it wrote of it is after the last row, and is
  ///   written over when ``read(_:at:into:)`` reads the row as a whole.
  /// - Comparing reads eight bytes at a time, and may read past the row and the piece: after a piece are zeros, after each
  ///   known text eight more bytes. A zero is in no text, so no comparison succeeds beyond the end.
  /// - The arrays are lent once for all rows, since a look at their length and their owner for each number would cost more than
  ///   reading it.
  private mutating func readKnown(
    _ base: UnsafeRawPointer, _ offset: inout Int, _ count: Int, into found: inout TableColumns
  ) {
    let labelCount = layout.labels.count
    guard !timeText.isEmpty, layout.kind == .wide || last >= 0 else { return }
    found.grow(row.count)
    // Taken out, so that nothing looks after them row by row.
    var (groups, times, values) = (found.groups, found.times, found.values)
    (found.groups, found.times, found.values) = ([], [], [])
    let (room, before) = (times.count, found.rows)
    var (last, place, rows) = (last, offset, before)
    let (roles, isWide, delimiter) = (layout.roles, layout.kind == .wide, layout.delimiter)
    let numberCount = row.count
    // Unix seconds that differ from row to row are read where they are.
    let (isSeconds, keepsChanges) = (hasSeconds, layout.kind != .long)
    var (now, changes) = (time, found.changes)
    found.changes = []
    roles.withUnsafeBufferPointer { roles in
      next.withUnsafeBufferPointer { next in
        texts.withUnsafeBufferPointer { texts in
          timeText.withUnsafeBytes { timeText in
            groups.withUnsafeMutableBufferPointer { groups in
              times.withUnsafeMutableBufferPointer { times in
                values.withUnsafeMutableBufferPointer { values in
                  rows: while place < count, rows < room {
                    var cursor = base.assumingMemoryBound(to: UInt8.self) + place
                    var (label, number, group) = (0, rows &* numberCount, isWide ? 0 : next[last])
                    for column in 0..<roles.count {
                      switch roles[column] {
                      case .time:
                        if TableScanner.begins(cursor, timeText.baseAddress, timeText.count) {
                          now = time
                        } else {
                          guard isSeconds, let read = TableScanner.seconds(cursor) else {
                            break rows
                          }
                          now = read
                        }
                        cursor += timeText.count
                      case .label:
                        var text = texts[group &* labelCount &+ label]
                        if !TableScanner.begins(cursor, text.start, text.count)
                          || !TableScanner.isEnd(cursor[text.count], delimiter)
                        {
                          guard label == 0, group != last else { break rows }
                          group = last
                          text = texts[group &* labelCount]
                          guard TableScanner.begins(cursor, text.start, text.count) else {
                            break rows
                          }
                        }
                        cursor += text.count
                        label &+= 1
                      case .number:
                        if isWide, TableScanner.isEnd(cursor.pointee, delimiter) {
                          values[number] = TableScanner.empty
                        } else {
                          guard let value = QuickNumber.read(&cursor) else { break rows }
                          values[number] = value
                        }
                        number &+= 1
                      case .state: break rows
                      case .ignored:
                        while !TableScanner.isEnd(cursor.pointee, delimiter),
                          cursor.pointee != .quote,
                          cursor.pointee < 128, cursor.pointee > 0
                        {
                          cursor += 1
                        }
                      }
                      if column < roles.count - 1 {
                        guard cursor.pointee == delimiter else { break rows }
                        cursor += 1
                      }
                    }
                    if cursor.pointee == .carriageReturn { cursor += 1 }
                    guard cursor.pointee == .lineFeed else { break }
                    groups[rows] = Int32(truncatingIfNeeded: group)
                    (times[rows], last) = (now, group)
                    if keepsChanges, changes.last != now { changes.append(now) }
                    rows &+= 1
                    place = UnsafeRawPointer(cursor) - base + 1
                  }
                }
              }
            }
          }
        }
      }
    }
    (offset, found.rows) = (place, rows)
    if !isWide { self.last = last }
    found.lines += rows - before
    (found.groups, found.times, found.values) = (groups, times, values)
    found.changes = changes
  }

  /// Ten digits as seconds since the epoch, in nanoseconds; `nil` for anything else.
  @inline(__always)
  private static func seconds(_ text: UnsafePointer<UInt8>) -> Int64? {
    let word = UnsafeRawPointer(text).loadUnaligned(as: UInt64.self)
    guard EightDigits.areAll(word), text[8].isDigit, text[9].isDigit else { return nil }
    let rest = UInt64(text[8].digit) * 10 + UInt64(text[9].digit)
    let time = Int64(EightDigits.value(of: word) * 100 + rest) * 1_000_000_000
    return PlausibleTime.range.contains(time) ? time : nil
  }

  @inline(__always)
  private static func isEnd(_ byte: UInt8, _ delimiter: UInt8) -> Bool {
    byte == delimiter || byte.isLineEnd
  }

  /// Whether a text begins with another, which is not empty but for a count of 0; never for a count of -1.
  ///
  /// Zeros after a piece make words beyond its end readable; after the other text eight more bytes are.
  @inline(__always)
  private static func begins(
    _ text: UnsafePointer<UInt8>, _ other: UnsafeRawPointer?, _ count: Int
  ) -> Bool {
    guard count > 0, let other else { return count == 0 }
    let text = UnsafeRawPointer(text)
    guard count >= 8 else {
      let difference =
        text.loadUnaligned(as: UInt64.self) ^ other.loadUnaligned(as: UInt64.self)
      return difference << UInt64(truncatingIfNeeded: 64 - 8 * count) == 0
    }
    var (difference, index): (UInt64, Int) = (0, 0)
    // No text holds a zero: a long one differs from those after a piece before it reads past them.
    while index + Piece.padding < count {
      guard
        text.loadUnaligned(fromByteOffset: index, as: UInt64.self)
          == other.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      else { return false }
      index += 8
    }
    while index + 8 <= count {
      difference |=
        text.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        ^ other.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      index += 8
    }
    // The last word overlaps the one before.
    difference |=
      text.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
      ^ other.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
    return difference == 0
  }

  // MARK: All other rows

  private mutating func read(
    _ bytes: UnsafeRawBufferPointer, at offset: Int, into found: inout TableColumns
  ) throws(LineFault) {
    guard bytes.count <= PieceCutter.limit else {
      throw LineFault(.lineTooLong(limit: PieceCutter.limit), at: PieceCutter.limit)
    }
    if let bad = UTF8Check.firstBadByte(bytes) { throw LineFault(.notUTF8, at: bad) }
    let typed = bytes.assumingMemoryBound(to: UInt8.self)
    var length = typed.count
    if typed.last == .lineFeed { length -= 1 }
    if length < typed.count, length > 0, typed[length - 1] == .carriageReturn { length -= 1 }
    let line = Span(_unsafeElements: UnsafeBufferPointer(rebasing: typed[..<length]))
    try record.read(line, delimiter: layout.delimiter)
    let columns = layout.roles.count
    if line.isEmpty, columns > 1 { return }
    guard record.fields.count == columns else {
      throw LineFault(
        .fields(expected: columns, found: record.fields.count), at: 0,
        field: min(columns, record.fields.count) + 1)
    }
    for (place, column) in layout.numbers.enumerated() {
      row[place] = try number(line, column)
      if layout.kind == .states, row[place].isNaN {
        found.note(unknown: String(decoding: record.bytes(line, column), as: UTF8.self))
      }
    }
    // A long table's row without a value is not a sample.
    if layout.kind == .long, row[0].bitPattern == TableScanner.empty.bitPattern { return }
    if layout.kind == .latency {
      guard let bound = layout.labels.last, try !number(line, bound).isNaN else {
        throw fault(.expected(.number), layout.labels.last ?? 0)
      }
    }
    try readTime(line, at: offset, into: &found)
    found.grow(row.count)
    let group = layout.kind == .wide ? 0 : group(line, &found)
    found.groups[found.rows] = Int32(truncatingIfNeeded: group)
    found.times[found.rows] = time
    for (place, number) in row.enumerated() {
      found.values[found.rows * row.count + place] = number
    }
    found.rows += 1
  }

  private func fault(_ reason: IngestError.Reason, _ field: Int) -> LineFault {
    LineFault(reason, at: record.fields[field].range.lowerBound, field: field + 1)
  }

  private mutating func readTime(
    _ line: borrowing Span<UInt8>, at offset: Int, into found: inout TableColumns
  ) throws(LineFault) {
    let range = record.fields[layout.time].range
    if timeText.isEmpty || !line.equals(timeText, range) {
      let isUnixSecond: Bool
      do throws(TimeFault) {
        let (read, unit) = try layout.form.read(line, range)
        isUnixSecond = unit == 0
        if let unit {
          if let first = found.unit?.unit, first != unit {
            throw TimeFault(reason: .mixedTimes)
          }
          found.unit = found.unit ?? (unit, found.lines, offset)
        }
        time = read
      } catch {
        throw fault(error.reason, layout.time)
      }
      timeText = line.bytes(range)
      // Between quotes it may hold what ends a field; then no row is compared with it, nor with one that is not a whole word.
      if timeText.count < 8
        || timeText.contains(where: { $0 == layout.delimiter || $0 == .quote || $0 == .lineFeed })
      {
        timeText.removeAll()
      }
      hasSeconds = isUnixSecond && timeText.count == 10 && timeText.allSatisfy(\.isDigit)
    }
    if found.changes.last != time { found.changes.append(time) }
  }

  private func number(
    _ line: borrowing Span<UInt8>, _ field: Int
  ) throws(LineFault) -> Double {
    if layout.roles[field] == .state {
      let word = String(decoding: record.bytes(line, field), as: UTF8.self)
      return layout.states.state(word)?.value ?? TableScanner.empty
    }
    let range = record.fields[field].range
    if range.isEmpty, layout.kind == .long || layout.kind == .wide { return TableScanner.empty }
    if let value = Decimal.double(line, range) { return value }
    let text = line.bytes(range)
    let parts = text.split(separator: .comma, omittingEmptySubsequences: false)
    let isComma =
      parts.count == 2 && !parts[0].isEmpty && !parts[1].isEmpty
      && parts[0].allSatisfy { $0.isDigit || $0 == .minus || $0 == .point }
      && parts[1].allSatisfy { $0.isDigit }
    throw fault(
      isComma ? .decimalComma(String(decoding: text, as: UTF8.self)) : .expected(.number), field)
  }

  /// The number of the group that the row's labels name.
  private mutating func group(_ line: borrowing Span<UInt8>, _ found: inout TableColumns) -> Int {
    key.removeAll(keepingCapacity: true)
    for column in layout.labels {
      key.append(0xFF)
      record.append(line, column, to: &key)
    }
    let (number, isNew) = key.withUnsafeBytes { groups.number(of: $0) }
    if isNew {
      found.newGroups.append(key)
      next.append(number)
      var start = 1
      for text in key.split(separator: 0xFF, omittingEmptySubsequences: false).dropFirst() {
        let needsQuotes = text.contains {
          $0 == layout.delimiter || $0 == .quote || $0 == .lineFeed || $0 == .carriageReturn
        }
        if let base = groups[number].baseAddress {
          texts.append((base + start, needsQuotes ? -1 : text.count))
        }
        start += text.count + 1
      }
    }
    if last >= 0 { next[last] = number }
    last = number
    return number
  }
}
