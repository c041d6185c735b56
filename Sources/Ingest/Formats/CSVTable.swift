import Model

/// Rows of a table with a header, separated by commas.
///
/// The header decides what they are: `bucket, good, total`; `bucket, le, count` (cumulative, `le`
/// in seconds); `bucket, value`; `at` with `up`, `status` or `state`; or `at`. All other columns are labels, but
/// those of states only where an objective asks for them: what else a check found is no identity. A row whose
/// amounts are negative or NaN, or whose good is above its total, counts as a reject of its minute.
struct CSVTable: Format {
  private enum Shape {
    case ratio(bucket: Int, good: Int, total: Int)
    case latency(bucket: Int, bound: Int, count: Int)
    case value(bucket: Int, value: Int)
    case moments(at: Int)
    case states(at: Int, state: Int)
  }

  private let source: String
  private let wanted: [Selector]
  private var shape: Shape?
  private var rows: RowCollector
  private var columns = 0
  /// The columns that are labels.
  private var labels: [Int] = []
  private var record = TableRecord()
  private var quoted = QuotedLines()
  private var times = RowSpan()

  init(source: String, wanted: [Selector]) {
    self.source = source
    self.wanted = wanted.filter { $0.source == source && $0.name.isEmpty }
    rows = RowCollector(source: source, shape: .moments, labels: [])
  }

  mutating func read(_ line: Span<UInt8>, ended: Bool) throws(LineFault) {
    switch try quoted.add(line) {
    case .line: try readRow(line)
    case .joined(let row): try readRow(row.span)
    case .unfinished: break
    }
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
    rows.begin()
    for column in labels {
      rows.label { record.append(row, column, to: &$0) }
    }
    switch shape {
    case .ratio(let bucket, let good, let total):
      let time = try time(row, bucket)
      rows.add(good: try number(row, good), total: try number(row, total), at: time)
    case .latency(let bucket, let bound, let count):
      let time = try time(row, bucket)
      let amount = try number(row, count)
      let upTo = try number(row, bound)
      guard !upTo.isNaN else { throw fault(.expected(.number), bound) }
      rows.add(amount, upTo: upTo, at: time)
    case .value(let bucket, let value):
      let time = try time(row, bucket)
      rows.add(value: try number(row, value), at: time)
    case .moments(let at):
      rows.addMoment(at: try time(row, at))
    case .states(let at, let state):
      let time = try time(row, at)
      rows.add(isUp: StateWord.isUp(record.bytes(row, state)), at: time)
    }
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
    if let reason = RowSpan.fault(time) { throw fault(reason, field) }
    times.add(time)
    return time
  }

  private func number(_ row: borrowing Span<UInt8>, _ field: Int) throws(LineFault) -> Double {
    guard let value = Decimal.double(row, record.fields[field].range) else {
      throw fault(.expected(.number), field)
    }
    return value
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
    let kind: RowShape
    if place("good") != nil || place("total") != nil {
      used = [try column("bucket"), try column("good"), try column("total")]
      (kind, shape) = (.ratio, .ratio(bucket: used[0], good: used[1], total: used[2]))
      // The name that tells the two series of a row apart.
      if let taken = place("column") { throw fault(.repeatedColumn("column"), taken) }
    } else if place("le") != nil || place("count") != nil {
      used = [try column("bucket"), try column("le"), try column("count")]
      (kind, shape) = (.latency, .latency(bucket: used[0], bound: used[1], count: used[2]))
    } else if place("at") != nil, place("bucket") == nil, place("value") == nil {
      let state = ["up", "status", "state"].lazy.compactMap(place).first
      used = [try column("at")] + (state.map { [$0] } ?? [])
      kind = state == nil ? .moments : .states
      shape = state.map { .states(at: used[0], state: $0) } ?? .moments(at: used[0])
    } else if place("bucket") != nil || place("value") != nil {
      used = [try column("bucket"), try column("value")]
      (kind, shape) = (.value, .value(bucket: used[0], value: used[1]))
    } else {
      throw fault(.expected(.header), 0)
    }
    columns = names.count
    let asked = Set(wanted.flatMap { $0.matchers.map { Array($0.label.utf8) } })
    labels = names.indices.filter {
      !used.contains($0) && (kind != .states || asked.contains(names[$0]))
    }
    rows = RowCollector(
      source: source, shape: kind, labels: labels.map { names[$0] }, wanted: wanted)
  }

  // MARK: End

  mutating func finish(lines: Int, bytes: Int64) throws(Fault) -> Content {
    let end = IngestError.Position(line: lines, byte: bytes)
    guard !quoted.isOpen else { throw Fault(.quote, at: end) }
    guard let shape else { throw Fault(.truncated, at: end) }
    let hasLength =
      switch shape {
      case .moments, .states: false
      case .ratio, .latency, .value: true
      }
    return Content(
      series: rows.finish(), span: times.finish(hasLength: hasLength), read: rows.read,
      rejected: rows.rejected)
  }
}
