import Model

/// Incidents as rows with a header.
///
/// The mapping names the columns, in any case, or else the form; of ours `started_at` must be there, and others are not
/// looked at. An empty field holds nothing; a time is written as in ``TableTime``, or `infinity`.
struct IncidentTable {
  private let names: [String: String]
  private let form: TableForm
  private let times: TableTime
  /// Of all times that are numbers.
  private var unit: TableTime.Unit?
  private var delimiter: UInt8?
  private(set) var rows: IncidentCollector
  /// The place of each of our columns.
  private var places: [String: Int] = [:]
  private var columns = 0
  private var record = TableRecord()
  private var quoted = QuotedLines()

  init(mapping: IncidentMapping, form: TableForm = TableForm()) {
    self.form = form
    times = TableTime(form: form.time, zone: form.zone)
    delimiter = form.delimiter
    var names = form.columns
    names["started_at"] = names["started_at"] ?? names["time"]
    self.names = names.merging(mapping.columns) { $1 }
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

  /// The time that the table covers: from the first start to when it was written, or else to the last time in it that
  /// is past.
  ///
  /// Without an incident it is the last instant before it was written alone: that there was none before is for the
  /// configuration to say. What is announced for later is not known yet: neither `now`, nor when the file was `changed`,
  /// is passed.
  func span(of entries: [IncidentEntry], written: Instant?, changed: Instant, now: Instant)
    -> Window?
  {
    let incidents = entries.compactMap(\.incident)
    guard rows.read == 0 || !incidents.isEmpty else { return nil }
    let times = incidents.flatMap { [$0.started, $0.detected, $0.acknowledged, $0.resolved] }
    guard
      let end = written.map({ min($0, now) })
        ?? times.compactMap(\.self).max().map({ min($0, changed, now) })
    else { return nil }
    if let first = incidents.map(\.started).min(), first <= end {
      return Window(start: first, end: end)
    }
    return written == nil ? nil : Window(start: end - .nanoseconds(1), end: end)
  }

  private mutating func read(_ line: Span<UInt8>) throws(LineFault) {
    switch try quoted.add(line) {
    case .line: try readRow(line)
    case .joined(let row): try readRow(row.span)
    case .unfinished: break
    }
  }

  private mutating func readRow(_ row: borrowing Span<UInt8>) throws(LineFault) {
    guard columns > 0 else { return try readHeader(row) }
    try record.read(row, delimiter: delimiter ?? .comma)
    if row.isEmpty, columns > 1 { return }
    guard record.fields.count == columns else {
      throw LineFault(
        .fields(expected: columns, found: record.fields.count), at: 0,
        field: min(columns, record.fields.count) + 1)
    }
    rows.add(
      IncidentCollector.Row(
        id: text(row, "id"), title: text(row, "title"), service: text(row, "service"),
        severity: text(row, "severity"), status: text(row, "status"), cause: text(row, "cause"),
        started: try time(row, "started_at"), detected: try time(row, "detected_at"),
        acknowledged: try time(row, "acknowledged_at"), resolved: try time(row, "resolved_at")))
  }

  private mutating func readHeader(_ row: borrowing Span<UInt8>) throws(LineFault) {
    let text = row.bytes(0..<row.count)
    if let separator = TableLayout.separator(text) {
      delimiter = delimiter ?? separator
      return
    }
    let delimiter = delimiter ?? TableLayout.delimiter(of: text[...])
    self.delimiter = delimiter
    try record.read(row, delimiter: delimiter)
    let header = record.fields.indices.map { field in
      String(decoding: TableLayout.trimmed(record.bytes(row, field)), as: UTF8.self).lowercased()
    }
    for ours in IncidentMapping.columns {
      let name = names[ours] ?? ours
      let found = header.indices.filter { header[$0] == name.lowercased() }
      if found.count > 1 { throw fault(.repeatedColumn(name), found[1]) }
      places[ours] = found.first
      // One that was given a name was promised.
      guard found.first != nil || ours != "started_at" && names[ours] == nil else {
        throw LineFault(.missingColumn(name), at: 0, field: 1)
      }
    }
    columns = header.count
  }

  private func text(_ row: borrowing Span<UInt8>, _ column: String) -> String? {
    guard let field = places[column], !record.fields[field].range.isEmpty else { return nil }
    return String(decoding: record.bytes(row, field), as: UTF8.self)
  }

  private mutating func time(_ row: borrowing Span<UInt8>, _ column: String) throws(LineFault)
    -> Int64?
  {
    guard let field = places[column] else { return nil }
    let range = record.fields[field].range
    if range.isEmpty { return nil }
    if row.holds("infinity", range) { return .max }
    if row.holds("-infinity", range) { return .min }
    do throws(TimeFault) {
      let (time, unit) = try times.read(row, range)
      guard unit == nil || (self.unit ?? unit) == unit else { throw TimeFault(reason: .mixedTimes) }
      self.unit = unit ?? self.unit
      return time
    } catch {
      throw fault(error.reason, field)
    }
  }

  private func fault(_ reason: IngestError.Reason, _ field: Int) -> LineFault {
    LineFault(reason, at: record.fields[field].range.lowerBound, field: field + 1)
  }
}
