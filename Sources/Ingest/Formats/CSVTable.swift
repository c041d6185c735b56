import Model

/// Rows of a table with a header, separated by commas.
///
/// The header decides what they are: `bucket, good, total`; `bucket, le, count` (cumulative, `le`
/// in seconds); `bucket, value`; or `at`. All other columns are labels. A row whose amounts are
/// negative or NaN, or whose good is above its total, counts as a reject of its minute.
struct CSVTable: Format {
  private enum Shape {
    case ratio(bucket: Int, good: Int, total: Int)
    case latency(bucket: Int, bound: Int, count: Int)
    case value(bucket: Int, value: Int)
    case moments(at: Int)
  }

  /// The rows that share their labels.
  private enum Group {
    case unwanted
    case ratio(good: SeriesID, RowBuilder, total: SeriesID, RowBuilder)
    case single(SeriesID, RowBuilder)
  }

  private let source: String
  private let wanted: [Selector]
  private var shape: Shape?
  private var columns = 0
  private var labels: [(column: Int, name: [UInt8])] = []
  private var record = TableRecord()
  /// A row whose quotes are still open, and how many lines it has.
  private var open: [UInt8] = []
  private var isOpen = false

  private var groups: [Group] = []
  private var places: [[UInt8]: Int] = [:]
  private var key: (bytes: [UInt8], place: Int) = ([], -1)
  private var times: [Int64] = []
  private var rows = 0

  init(source: String, wanted: [Selector]) {
    self.source = source
    self.wanted = wanted.filter { $0.source == source && $0.name.isEmpty }
  }

  mutating func read(_ line: Span<UInt8>, ended: Bool) throws(LineFault) {
    var quotes = isOpen ? 1 : 0
    for index in 0..<line.count where line[index] == 34 { quotes += 1 }
    let closed = quotes % 2 == 0
    if closed, !isOpen { return try readRow(line) }
    guard open.count + line.count < LineReader.limit else {
      throw LineFault(.lineTooLong(limit: LineReader.limit), at: 0)
    }
    if isOpen { open.append(10) }
    open += line.bytes(0..<line.count)
    isOpen = !closed
    guard closed else { return }
    let row = open
    open.removeAll(keepingCapacity: true)
    try readRow(row.span)
  }

  private mutating func readRow(_ row: borrowing Span<UInt8>) throws(LineFault) {
    try record.read(row)
    guard let shape else { return try readHeader(row) }
    if row.isEmpty, columns > 1 { return }
    guard record.fields.count == columns else {
      throw LineFault(
        .fields(expected: columns, found: record.fields.count), at: 0,
        field: min(columns, record.fields.count) + 1)
    }
    switch shape {
    case .ratio(let bucket, let good, let total):
      let time = try time(row, bucket)
      let (some, all) = (try number(row, good), try number(row, total))
      let isUsable = some >= 0 && all >= some && all.isFinite
      let place = try group(row, bound: nil)
      if case .ratio(let one, var goods, let other, var totals) = groups[place] {
        groups[place] = .unwanted
        if isUsable { goods.add(some, at: time) }
        totals.add(isUsable ? all : nil, at: time)
        groups[place] = .ratio(good: one, goods, total: other, totals)
      }
    case .latency(let bucket, let bound, let count):
      let time = try time(row, bucket)
      let amount = try number(row, count)
      let upTo = try number(row, bound)
      guard !upTo.isNaN else { throw fault(.expected(.number), bound) }
      add(
        amount >= 0 && amount.isFinite ? amount : nil, at: time,
        to: try group(row, bound: CSVTable.text(of: upTo)))
    case .value(let bucket, let value):
      let time = try time(row, bucket)
      let number = try number(row, value)
      add(number.isFinite ? number : nil, at: time, to: try group(row, bound: nil))
    case .moments(let at):
      let time = try time(row, at)
      add(Double(time) / 1e9, at: time, to: try group(row, bound: nil))
    }
    rows += 1
  }

  private mutating func add(_ value: Double?, at time: Int64, to place: Int) {
    guard case .single(let id, var cells) = groups[place] else { return }
    // Taken out while it changes, so that its storage has one owner.
    groups[place] = .unwanted
    cells.add(value, at: time)
    groups[place] = .single(id, cells)
  }

  // MARK: Fields

  private func fault(_ reason: IngestError.Reason, _ field: Int) -> LineFault {
    LineFault(reason, at: record.fields[field].range.lowerBound, field: field + 1)
  }

  private mutating func time(_ row: borrowing Span<UInt8>, _ field: Int) throws(LineFault) -> Int64
  {
    guard let time = Timestamp.read(row, record.fields[field].range) else {
      throw fault(.expected(.time), field)
    }
    guard SampleCollector.plausible.contains(time) else {
      throw fault(
        time > SampleCollector.plausible.upperBound ? .timeTooLarge : .implausibleTime, field)
    }
    if times.last != time { times.append(time) }
    return time
  }

  private func number(_ row: borrowing Span<UInt8>, _ field: Int) throws(LineFault) -> Double {
    guard let value = Decimal.double(row, record.fields[field].range) else {
      throw fault(.expected(.number), field)
    }
    return value
  }

  /// The shortest text of a bucket's bound: `0.5`, `60`, `+Inf`.
  static func text(of bound: Double) -> String {
    if bound.isInfinite { return bound < 0 ? "-Inf" : "+Inf" }
    let text = "\(bound)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  // MARK: Groups

  /// The place of the group that the row's labels name.
  private mutating func group(_ row: borrowing Span<UInt8>, bound: String?) throws(LineFault) -> Int
  {
    var bytes = Array((bound ?? "").utf8)
    for label in labels {
      bytes.append(0xFF)
      bytes += record.bytes(row, label.column)
    }
    if key.place >= 0, key.bytes == bytes { return key.place }
    let place = places[bytes] ?? groups.count
    if place == groups.count {
      places[bytes] = place
      groups.append(makeGroup(row, bound: bound))
    }
    key = (bytes, place)
    return place
  }

  private func makeGroup(_ row: borrowing Span<UInt8>, bound: String?) -> Group {
    var known: [Label] = []
    for label in labels where !record.fields[label.column].range.isEmpty {
      known.append(Label(name: label.name, value: record.bytes(row, label.column)))
    }
    if let bound { known.append(Label("le", bound)) }
    let id = SeriesID(source: source, name: "", labels: known)
    guard wanted.contains(where: { $0.matches(id) }) else { return .unwanted }
    switch shape {
    case .ratio:
      return .ratio(
        good: SeriesID(source: source, name: "", labels: known + [Label("column", "good")]),
        RowBuilder(),
        total: SeriesID(source: source, name: "", labels: known + [Label("column", "total")]),
        RowBuilder())
    case .latency, .value, .moments: return .single(id, RowBuilder())
    case nil: return .unwanted
    }
  }

  // MARK: Header

  private mutating func readHeader(_ row: borrowing Span<UInt8>) throws(LineFault) {
    var names: [[UInt8]] = []
    for field in record.fields.indices {
      let name = record.bytes(row, field)
      if record.fields.count == 1, name.contains(59) { throw fault(.semicolons, field) }
      guard !name.isEmpty else { throw fault(.expected(.header), field) }
      guard !names.contains(name) else {
        throw fault(.repeatedColumn(String(decoding: name, as: UTF8.self)), field)
      }
      names.append(name)
    }
    func place(_ name: String) -> Int? { names.firstIndex { $0.elementsEqual(name.utf8) } }
    func column(_ name: String) throws(LineFault) -> Int {
      guard let place = place(name) else {
        throw LineFault(.missingColumn(name), at: 0, field: 1)
      }
      return place
    }
    let used: [Int]
    if place("good") != nil || place("total") != nil {
      used = [try column("bucket"), try column("good"), try column("total")]
      shape = .ratio(bucket: used[0], good: used[1], total: used[2])
      // The name that tells the two series of a row apart.
      if let taken = place("column") { throw fault(.repeatedColumn("column"), taken) }
    } else if place("le") != nil || place("count") != nil {
      used = [try column("bucket"), try column("le"), try column("count")]
      shape = .latency(bucket: used[0], bound: used[1], count: used[2])
    } else if place("at") != nil, place("bucket") == nil, place("value") == nil {
      used = [try column("at")]
      shape = .moments(at: used[0])
    } else if place("bucket") != nil || place("value") != nil {
      used = [try column("bucket"), try column("value")]
      shape = .value(bucket: used[0], value: used[1])
    } else {
      throw fault(.expected(.header), 0)
    }
    columns = names.count
    labels = names.indices.filter { !used.contains($0) }.map { ($0, names[$0]) }
  }

  // MARK: End

  mutating func finish(lines: Int, bytes: Int64) throws(Fault) -> Content {
    let end = IngestError.Position(line: lines, byte: bytes)
    guard !isOpen else { throw Fault(.quote, at: end) }
    guard let shape else { throw Fault(.truncated, at: end) }
    var series: [Series] = []
    for group in groups {
      switch group {
      case .unwanted: continue
      case .ratio(let good, let goods, let total, let totals):
        series.append(Series(id: good, kind: .rows, cells: goods.finish()))
        series.append(Series(id: total, kind: .rows, cells: totals.finish()))
      case .single(let id, let cells):
        series.append(Series(id: id, kind: .rows, cells: cells.finish()))
      }
    }
    return Content(series: series, span: span(of: shape), read: rows)
  }

  /// From the first bucket to the end of the last.
  ///
  /// Its length is the smallest step between two, at least a minute. Moments have no length.
  private mutating func span(of shape: Shape) -> Window? {
    times.sort()
    guard let first = times.first, let last = times.last else { return nil }
    let start = Instant(nanoseconds: first)
    if case .moments = shape { return Window(start: start, end: Instant(nanoseconds: last)) }
    var step = Int64.max
    for (one, next) in zip(times, times.dropFirst()) where next > one {
      step = min(step, next - one)
    }
    step = step == .max ? 60_000_000_000 : max(step, 60_000_000_000)
    return Window(start: start, end: Instant(nanoseconds: last.addingClamped(step)))
  }
}
