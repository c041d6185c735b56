import Model

/// Incidents as rows with a header, separated by commas.
///
/// The mapping names the columns; of ours `started_at` must be there, and others are not looked at. An empty field holds
/// nothing; a time is written as in ``Timestamp``, or `infinity`.
struct IncidentTable {
  private let mapping: IncidentMapping
  private(set) var rows: IncidentCollector
  /// The place of each of our columns.
  private var places: [String: Int] = [:]
  private var columns = 0
  private var record = TableRecord()
  private var quoted = QuotedLines()

  init(mapping: IncidentMapping) {
    self.mapping = mapping
    rows = IncidentCollector(mapping: mapping, slice: nil)
  }

  /// Reads the stream to its end.
  mutating func read(_ stream: any ByteStream) throws(Fault) {
    var reader = LineReader(stream)
    let bytes = try reader.forEach { (line, _) throws(LineFault) in try read(line) }
    let end = IngestError.Position(line: reader.number, byte: bytes)
    guard !quoted.isOpen else { throw Fault(.quote, at: end) }
    guard columns > 0 else { throw Fault(.truncated, at: end) }
  }

  /// From the first start to when it was written, or else to the last time in it that is past; `nil` without an incident.
  ///
  /// What is announced for later is not known yet: `changed`, when the file was, bounds it.
  static func span(of incidents: [Incident], written: Instant?, changed: Instant) -> Window? {
    guard let first = incidents.map(\.started).min() else { return nil }
    let times = incidents.flatMap { [$0.started, $0.detected, $0.acknowledged, $0.resolved] }
    let last = times.compactMap(\.self).max() ?? first
    return Window(start: first, end: max(first, written ?? min(last, changed)))
  }

  private mutating func read(_ line: Span<UInt8>) throws(LineFault) {
    switch try quoted.add(line) {
    case .line: try readRow(line)
    case .joined(let row): try readRow(row.span)
    case .unfinished: break
    }
  }

  private mutating func readRow(_ row: borrowing Span<UInt8>) throws(LineFault) {
    try record.read(row)
    guard columns > 0 else { return try readHeader(row) }
    if row.isEmpty, columns > 1 { return }
    guard record.fields.count == columns else {
      throw LineFault(
        .fields(expected: columns, found: record.fields.count), at: 0,
        field: min(columns, record.fields.count) + 1)
    }
    rows.add(
      IncidentCollector.Row(
        id: text(row, "id"), title: text(row, "title"), service: text(row, "service"),
        severity: text(row, "severity"), cause: text(row, "cause"),
        started: try time(row, "started_at"), detected: try time(row, "detected_at"),
        acknowledged: try time(row, "acknowledged_at"), resolved: try time(row, "resolved_at")))
  }

  private mutating func readHeader(_ row: borrowing Span<UInt8>) throws(LineFault) {
    var names: [String] = []
    for field in record.fields.indices {
      let name = String(decoding: record.bytes(row, field), as: UTF8.self)
      if record.fields.count == 1, name.utf8.contains(59) { throw fault(.semicolons, field) }
      names.append(name)
    }
    for ours in IncidentMapping.columns {
      let name = mapping.column(ours)
      let found = names.indices.filter { names[$0].utf8.elementsEqual(name.utf8) }
      if found.count > 1 { throw fault(.repeatedColumn(name), found[1]) }
      places[ours] = found.first
      // One that was given a name was promised.
      guard found.first != nil || ours != "started_at" && mapping.columns[ours] == nil else {
        throw LineFault(.missingColumn(name), at: 0, field: 1)
      }
    }
    columns = names.count
  }

  private func text(_ row: borrowing Span<UInt8>, _ column: String) -> String? {
    guard let field = places[column], !record.fields[field].range.isEmpty else { return nil }
    return String(decoding: record.bytes(row, field), as: UTF8.self)
  }

  private func time(_ row: borrowing Span<UInt8>, _ column: String) throws(LineFault) -> Int64? {
    guard let field = places[column] else { return nil }
    let range = record.fields[field].range
    if range.isEmpty { return nil }
    if row.holds("infinity", range) { return .max }
    if row.holds("-infinity", range) { return .min }
    guard let time = Timestamp.read(row, range) else { throw fault(.expected(.isoTime), field) }
    if let reason = PlausibleTime.fault(time) { throw fault(reason, field) }
    return time
  }

  private func fault(_ reason: IngestError.Reason, _ field: Int) -> LineFault {
    LineFault(reason, at: record.fields[field].range.lowerBound, field: field + 1)
  }
}
