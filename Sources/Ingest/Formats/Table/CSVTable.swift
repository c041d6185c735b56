import Glibc
import Model

/// Rows of a table with a header.
///
/// The header decides what they are: `bucket, good, total`; `bucket, le, count` (cumulative, `le`
/// in seconds); `bucket, value`; `at` with `up`, `status` or `state`; or `at`. All other columns are labels, but
/// those of states only where an objective asks for them: what else a check found does not identify it. A row whose
/// amounts are negative or NaN, or whose good is above its total, counts as a reject of its minute.
///
/// With a time of another name, `metric` and `value` are samples of the series that each row names (a long table), and
/// columns of any other name are series themselves (a wide one). An empty cell is not a sample.
struct CSVTable {
  private let source: String
  private let wanted: [Selector]
  private var layout: TableLayout
  private var rows: RowCollector
  private var samples: SampleCollector
  private var times = RowSpan()
  private var unit: TableTime.Unit?
  /// The places of the groups of each scanner, or of the columns of a wide table; -1 where nobody wants them.
  private var places: [[Int]] = [[], []]
  private var lines = 0

  /// Reads the header, at the front of the file.
  ///
  /// - Parameters:
  ///   - front: the first bytes of the file.
  ///   - form: what is declared.
  ///   - source: the source that the series belong to.
  ///   - labels: declared for all series.
  ///   - wanted: the rows to keep.
  ///   - minutes: the length of a cell.
  ///   - keepRows: takes cells of rows in parts; `nil` holds all of them, which rows in any order need.
  ///   - samples: takes what a long or wide table holds.
  /// - Throws: ``Fault`` with the place in the header.
  init(
    front: [UInt8], form: TableForm, source: String, labels: [Label] = [], wanted: [Selector],
    minutes: Int64 = 1, keepRows: ((Series) throws -> Void)? = nil, samples: SampleCollector
  ) throws(Fault) {
    self.source = source
    self.wanted = wanted.filter { $0.source == source && $0.meansRows }
    self.samples = samples
    let asked = CSVTable.asked(by: self.wanted, beside: labels)
    layout = try TableLayout(front: front, form: form, asked: asked)
    let shape: RowShape =
      switch layout.kind {
      case .ratio: .ratio
      case .latency: .latency
      case .moments: .moments
      case .states: .states
      case .value, .long, .wide: .value
      }
    rows = RowCollector(
      source: source, shape: shape, labels: [], declared: labels, wanted: wanted, minutes: minutes,
      keep: keepRows)
    guard layout.kind == .wide else { return }
    var (columns, found): ([Int], [Int]) = ([], [])
    for column in layout.numbers {
      guard let place = place(of: SeriesName(layout.names[column]), []) else { continue }
      columns.append(column)
      found.append(place)
    }
    layout.keep(columns)
    places = [found]
  }

  /// The columns that selectors ask for: a declared label is not a column, and a column of its name gets another name.
  private static func asked(by wanted: [Selector], beside declared: [Label]) -> Set<[UInt8]> {
    let names = Set(wanted.flatMap { $0.matchers.map { Array($0.label.utf8) } })
    let taken = declared.map(\.name)
    let renamed = taken.filter { names.contains([UInt8]("exported_".utf8) + $0) }
    return names.subtracting(taken).union(renamed)
  }

  /// Where a piece of rows ends: after the last line feed outside of quotes.
  static func lastRow(_ content: UnsafeRawBufferPointer) -> Int? {
    guard let base = content.baseAddress, memchr(base, Int32(UInt8.quote), content.count) != nil
    else {
      return PieceCutter.lines(content)
    }
    var (isOpen, cut): (Bool, Int?) = (false, nil)
    for place in content.indices {
      if content[place] == .quote { isOpen.toggle() }
      if content[place] == .lineFeed, !isOpen { cut = place + 1 }
    }
    return cut
  }

  /// Reads the stream to its end.
  mutating func read(_ stream: any ByteStream) throws -> Content {
    let layout = layout
    let cutter = PieceCutter(stream, lastCut: CSVTable.lastRow)
    let pipeline = PiecePipeline(cutter) { TableScanner(layout) }
    try pipeline.forEach { piece, found, scanner in
      try take(found, of: piece, scanner)
      lines += found.lines
    }
    switch layout.kind {
    case .long, .wide: return try samples.finish()
    case .ratio, .latency, .value, .moments, .states:
      let hasLength = layout.kind != .moments && layout.kind != .states
      return Content(
        series: rows.finish(), span: times.finish(hasLength: hasLength), read: rows.read,
        rejected: rows.rejected)
    }
  }

  // MARK: A piece

  private mutating func take(_ found: TableColumns, of piece: Piece, _ scanner: Int) throws {
    if let (unit, line, offset) = found.unit {
      guard (self.unit ?? unit) == unit else {
        throw fault(
          LineFault(.mixedTimes, at: 0, field: layout.time + 1), line: line, offset: offset, piece)
      }
      self.unit = unit
    }
    if layout.kind == .wide {
      try takeWide(found)
    } else {
      if found.startsOver { places[scanner].removeAll(keepingCapacity: true) }
      for key in found.newGroups { places[scanner].append(place(of: key)) }
      try layout.kind == .long ? takeLong(found, places[scanner]) : takeRows(found, places[scanner])
    }
    if let stop = found.stop {
      throw fault(stop.fault, line: stop.line, offset: stop.offset, piece)
    }
  }

  private func fault(_ fault: LineFault, line: Int, offset: Int, _ piece: Piece) -> Fault {
    Fault(
      fault.reason,
      at: .init(
        line: lines + line + 1, column: fault.field ?? fault.offset + 1,
        byte: piece.start + Int64(offset + fault.offset)))
  }

  private mutating func takeRows(_ found: TableColumns, _ places: [Int]) throws {
    for time in found.changes { times.add(time) }
    let groups = found.groups.span.extracting(..<found.rows)
    switch layout.kind {
    case .ratio:
      rows.addRatios(found.values.span, at: found.times.span, to: groups, of: places)
    case .moments:
      for row in 0..<found.rows {
        rows.addMoment(at: found.times[row], to: places[Int(found.groups[row])])
      }
    case .states:
      for word in found.unknownStates { rows.note(unknown: word) }
      for row in 0..<found.rows {
        rows.add(
          CheckState(value: found.values[row]), at: found.times[row],
          to: places[Int(found.groups[row])])
      }
    case .value, .latency, .long, .wide:
      rows.addValues(
        found.values.span, at: found.times.span, to: groups, of: places,
        isCount: layout.kind == .latency)
    }
    try rows.flushIfLarge()
  }

  private mutating func takeLong(_ found: TableColumns, _ places: [Int]) throws {
    _ = samples.count(found.times.span.extracting(..<found.rows))
    var start = 0
    while start < found.rows {
      var end = start + 1
      while end < found.rows, found.groups[end] == found.groups[start] { end += 1 }
      let place = places[Int(found.groups[start])]
      if place >= 0 {
        try samples.add(
          found.values.span.extracting(start..<end), at: found.times.span.extracting(start..<end),
          to: place)
      }
      start = end
    }
  }

  private mutating func takeWide(_ found: TableColumns) throws {
    let width = layout.numbers.count
    var (times, values): ([Int64], [Double]) = ([], [])
    // All columns reach as far then.
    if found.rows > 0 { try samples.flushIfLarge(before: found.times[0]) }
    for column in 0..<width {
      times.removeAll(keepingCapacity: true)
      values.removeAll(keepingCapacity: true)
      for row in 0..<found.rows {
        let value = found.values[row * width + column]
        guard value.bitPattern != TableScanner.empty.bitPattern else { continue }
        times.append(found.times[row])
        values.append(value)
      }
      _ = samples.count(times.span)
      samples.hold(values.span, at: times.span, to: places[0][column])
    }
  }

  // MARK: Groups

  /// The place of the group with a key of the scanner.
  private mutating func place(of key: [UInt8]) -> Int {
    var values = key.split(separator: 0xFF, omittingEmptySubsequences: false).dropFirst().map(
      Array.init)
    let last = layout.kind == .long || layout.kind == .latency ? values.popLast() : nil
    var labels: [Label] = []
    for (column, value) in zip(layout.labels, values) where !value.isEmpty {
      labels.append(Label(name: layout.names[column], value: value))
    }
    if layout.kind == .long { return place(of: SeriesName(last ?? []), labels) ?? -1 }
    if let last {
      let bound = Decimal.double(last.span, 0..<last.count) ?? .infinity
      labels.append(Label("le", RowCollector.text(of: bound == 0 ? 0 : bound)))
    }
    return rows.place(of: labels)
  }

  private mutating func place(of series: SeriesName, _ labels: [Label]) -> Int? {
    guard samples.isWanted(name: series.name) else { return nil }
    return samples.place(
      of: SeriesID(source: source, name: series.name, labels: series.labels + labels))
  }
}
