import Model

/// The rows of a table or a query as incidents, whatever they were read from.
///
/// A row that cannot be used is counted in the minute it started in and at each midnight (UTC) that it may have lasted
/// over, so that every window of a day that it could touch knows of it.
struct IncidentCollector {
  /// One row; `nil` is a column that is not there, or holds nothing.
  struct Row {
    var id: String?
    var title: String?
    /// Several stand between semicolons.
    var service: String?
    var severity: String?
    var cause: String?
    /// Nanoseconds since the epoch; the ends of the range are the infinities.
    var started: Int64?
    var detected: Int64?
    var acknowledged: Int64?
    var resolved: Int64?
  }

  private let mapping: IncidentMapping
  private let slice: Window?
  private var incidents: [String: Incident] = [:]
  /// From when to when, as far as it is known.
  private var rejects: [(start: Int64?, end: Int64?)] = []
  /// Rows, rejected ones included.
  private(set) var read = 0
  private(set) var rejected: RejectedRows?

  /// Prepares for rows.
  ///
  /// - Parameters:
  ///   - mapping: what the texts of severities mean, and the service of rows without an id.
  ///   - slice: the span that was asked for; an incident that lies wholly outside of it is rejected.
  init(mapping: IncidentMapping, slice: Window?) {
    self.mapping = mapping
    self.slice = slice
  }

  /// Adds a row.
  ///
  /// - An incident without an end, or with an infinite one, is open.
  /// - One that was detected or acknowledged before it started was so when it started: in 0, not in less.
  /// - Without a severity it is a minor one, the least that counts as down.
  /// - Without an id, its service and start are its id; without a title, its id is.
  /// - The same row again is no fault; another one of the same id is.
  mutating func add(_ row: Row) {
    read += 1
    guard let start = IncidentCollector.finite(row.started) else { return reject(.noTime, row) }
    let (end, started) = (
      row.resolved.flatMap { $0 == .max ? nil : $0 }, Instant(nanoseconds: start)
    )
    if let end, end < start { return reject(.endsBeforeStart, row) }
    if let slice,
      slice.end < started || (end.map { Instant(nanoseconds: $0) < slice.start } ?? false)
    {
      return reject(.outside, row)
    }
    var severity = Severity.minor
    if let text = IncidentCollector.text(row.severity) {
      guard let known = mapping.severity(text) else {
        return reject(.unknownSeverity(text), row)
      }
      severity = known
    }
    let services = IncidentCollector.list(row.service)
    let id =
      IncidentCollector.text(row.id)
      ?? "\(services.first ?? mapping.service) \(started.description)"
    let incident = Incident(
      id: id, title: IncidentCollector.text(row.title) ?? id, services: services,
      severity: severity, started: started,
      detected: IncidentCollector.finite(row.detected).map { max(started, .init(nanoseconds: $0)) },
      acknowledged: IncidentCollector.finite(row.acknowledged).map {
        max(started, .init(nanoseconds: $0))
      },
      resolved: end.map(Instant.init(nanoseconds:)), cause: IncidentCollector.text(row.cause))
    if let known = incidents[id] {
      if known != incident { reject(.repeatedID(id), row) }
      return
    }
    incidents[id] = incident
  }

  private mutating func reject(_ reason: RejectedRows.Reason, _ row: Row) {
    let start = IncidentCollector.finite(row.started)
    let end = reason == .endsBeforeStart ? start : IncidentCollector.finite(row.resolved)
    rejects.append((start, end))
    rejected = RejectedRows(
      count: (rejected?.count ?? 0) + 1, row: rejected?.row ?? read,
      reason: rejected?.reason ?? reason)
  }

  /// The incidents in order of start and id, and the series of rejects where there are any.
  ///
  /// Of a file it has cells without a reject, too: when a file was mended, they take the place of those from before.
  func finish(feed: String) -> (incidents: [Incident], rejects: [Series]) {
    let incidents = incidents.values.sorted { ($0.started, $0.id) < ($1.started, $1.id) }
    guard slice == nil || !rejects.isEmpty else { return (incidents, []) }
    let times =
      incidents.flatMap { [$0.started.nanoseconds, ($0.resolved ?? $0.started).nanoseconds] }
      + rejects.flatMap { [$0.start, $0.end].compactMap(\.self) }
    guard let first = slice?.start.nanoseconds ?? times.min(),
      let last = slice.map({ $0.end.nanoseconds - 1 }) ?? times.max()
    else { return (incidents, []) }
    var counts: [Int64: Int64] = [:]
    if slice == nil {
      for incident in incidents {
        counts[Cell.minute(ofRow: incident.started.nanoseconds)] = 0
      }
      counts[Cell.minute(ofRow: first)] = 0
      for midnight in IncidentCollector.midnights(first, last) { counts[midnight] = 0 }
    }
    // How many more rejects than before last over a midnight, so that one of centuries costs no more than another.
    var steps: [Int64: Int64] = [:]
    for reject in rejects {
      let start = min(last, max(first, reject.start ?? first))
      let end = max(start, min(last, reject.end ?? last))
      counts[Cell.minute(ofRow: start), default: 0] += 1
      steps[IncidentCollector.midnight(after: start), default: 0] += 1
      steps[IncidentCollector.midnight(after: end), default: 0] -= 1
    }
    var lasting: Int64 = 0
    for midnight in IncidentCollector.midnights(first, last) {
      lasting += steps[midnight] ?? 0
      if lasting > 0 { counts[midnight, default: 0] += lasting }
    }
    let cells = counts.sorted { $0.key < $1.key }.map { minute, count in
      var cell = Cell(minute: minute)
      cell.rejects = count
      return cell
    }
    return (incidents, [Series(id: SeriesID(source: feed, name: ""), kind: .rows, cells: cells)])
  }

  /// The minutes of the midnights behind one time up to another.
  private static func midnights(_ start: Int64, _ end: Int64) -> StrideThrough<Int64> {
    stride(from: midnight(after: start), through: Cell.minute(ofRow: end), by: 1440)
  }

  private static func midnight(after time: Int64) -> Int64 {
    (Cell.minute(ofRow: time).dividedDown(by: 1440) + 1) * 1440
  }

  // MARK: Fields

  private static func finite(_ time: Int64?) -> Int64? {
    time.flatMap { $0 == .min || $0 == .max ? nil : $0 }
  }

  /// Without blanks around it; `nil` when nothing is left.
  private static func text(_ text: String?) -> String? {
    func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar.value <= 32 }
    guard var rest = text.map({ $0.unicodeScalars[...] }) else { return nil }
    rest = rest.drop(while: isBlank)
    while let last = rest.last, isBlank(last) { rest.removeLast() }
    return rest.isEmpty ? nil : String(rest)
  }

  private static func list(_ text: String?) -> [String] {
    (text ?? "").unicodeScalars.split(separator: ";").compactMap {
      IncidentCollector.text(String($0))
    }
  }
}
