import Model

/// The rows of a table or a query as entries of incidents, whatever they were read from.
///
/// A row that cannot be used is an entry, too: its incident may be anywhere from its start to its end.
struct IncidentCollector {
  /// One row; `nil` is a column that is not there, or holds nothing.
  struct Row {
    var id: String?
    var title: String?
    /// Several are separated by semicolons.
    var service: String?
    var severity: String?
    var status: String?
    var cause: String?
    /// Nanoseconds since the epoch; the ends of the range are the infinities, and what is beyond them.
    var started: Int64?
    var detected: Int64?
    var acknowledged: Int64?
    var resolved: Int64?
  }

  /// A row that cannot be used; its times as far as they are known.
  private struct Reject {
    let id: String?
    let services: [String]
    let start: Int64?
    let end: Int64?
  }

  private let mapping: IncidentMapping
  private let slice: Window?
  private var incidents: [String: Incident] = [:]
  /// By id: the start, where it is known.
  private var withdrawn: [String: Int64?] = [:]
  private var rejects: [Reject] = []
  /// Rows, rejected ones included.
  private(set) var read = 0
  private(set) var rejected: RejectedRows?

  /// Prepares for rows.
  ///
  /// - Parameters:
  ///   - mapping: what the texts of severities mean, and the service of rows without an id.
  ///   - slice: the span that was asked for; an incident entirely outside of it is rejected.
  init(mapping: IncidentMapping, slice: Window?) {
    self.mapping = mapping
    self.slice = slice
  }

  /// Adds a row.
  ///
  /// - An incident without an end, or with one that is infinite or after 2199, is open.
  /// - One without a start, or with one before 1990 or after 2199, is rejected.
  /// - One that was detected or acknowledged before it started was so when it started: in 0, not in less.
  /// - Without a severity it is a minor one, the least that counts as down.
  /// - Without an id, its service and start are its id; without a title, its id is.
  /// - The same row again is not a fault; nor is one for another service, as some tables have a row for each. Any other of the
  ///   same id is.
  /// - A row that takes an incident back needs no more than its id.
  mutating func add(_ row: Row) {
    read += 1
    let texts = [row.severity, row.status].compactMap(IncidentCollector.text)
    if texts.contains(where: { mapping.meaning($0) == .withdrawn }),
      let id = id(of: row)
    {
      withdrawn[id] = IncidentCollector.plausible(row.started)
      return
    }
    guard let start = IncidentCollector.plausible(row.started) else { return reject(.noTime, row) }
    let (end, started) = (
      row.resolved.flatMap { $0 > PlausibleTime.range.upperBound ? nil : $0 },
      Instant(nanoseconds: start)
    )
    if let end, end < start { return reject(.endsBeforeStart, row) }
    if let slice,
      slice.end < started || (end.map { Instant(nanoseconds: $0) < slice.start } ?? false)
    {
      return reject(.outside, row)
    }
    var severity = Severity.minor
    if let text = IncidentCollector.text(row.severity) {
      guard case .severity(let meant) = mapping.meaning(text) else {
        return reject(.unknownSeverity(text), row)
      }
      severity = meant
    }
    let services = IncidentCollector.list(row.service)
    guard let id = id(of: row) else { return reject(.noTime, row) }
    let incident = Incident(
      id: id, title: IncidentCollector.text(row.title) ?? id, services: services,
      severity: severity, started: started,
      detected: IncidentCollector.plausible(row.detected).map {
        max(started, .init(nanoseconds: $0))
      },
      acknowledged: IncidentCollector.plausible(row.acknowledged).map {
        max(started, .init(nanoseconds: $0))
      },
      resolved: end.map(Instant.init(nanoseconds:)), cause: IncidentCollector.text(row.cause))
    guard let earlier = incidents[id] else {
      incidents[id] = incident
      return
    }
    if let both = earlier.united(with: incident) {
      incidents[id] = both
    } else {
      reject(.repeatedID(id), row)
    }
  }

  private mutating func reject(_ reason: RejectedRows.Reason, _ row: Row) {
    let start = IncidentCollector.plausible(row.started)
    let end = IncidentCollector.plausible(row.resolved)
    var id = id(of: row)
    // What is known of it from the slice that it is in stays.
    if reason == .outside { id?.append("\u{1F}") }
    rejects.append(
      Reject(id: id, services: IncidentCollector.list(row.service), start: start, end: end))
    rejected = RejectedRows(
      count: (rejected?.count ?? 0) + 1, row: rejected?.row ?? read,
      reason: rejected?.reason ?? reason)
  }

  /// The id of a row; of one without, its service and start; `nil` without these, too.
  private func id(of row: Row) -> String? {
    IncidentCollector.text(row.id)
      ?? IncidentCollector.plausible(row.started).map { start in
        let service = IncidentCollector.list(row.service).first ?? mapping.service
        return "\(service) \(Instant(nanoseconds: start).description)"
      }
  }

  /// The entries in order of start and id; `written` is when their file was.
  func finish(written: Instant? = nil) -> [IncidentEntry] {
    let incidents = incidents.filter { withdrawn[$0.key] == nil }
    let times =
      incidents.values.flatMap {
        [$0.started.nanoseconds, ($0.resolved ?? $0.started).nanoseconds]
      }
      + rejects.flatMap { [$0.start, $0.end].compactMap(\.self) }
    let first = slice?.start.nanoseconds ?? times.min() ?? 0
    let last =
      slice.map { $0.end.nanoseconds - 1 } ?? max(times.max() ?? 0, written?.nanoseconds ?? 0)
    var taken = Dictionary(
      (Array(incidents.keys) + withdrawn.keys).map { ($0, 1) }, uniquingKeysWith: { $1 })
    let unusable = rejects.map { reject in
      // Rows of the same id are apart in any file, and have the same names in the next one.
      let id = reject.id ?? ""
      let copy = (taken[id] ?? (id.isEmpty ? 1 : 0)) + 1
      taken[id] = copy
      let name = copy > 1 ? "\(id)\u{1F}\(copy)" : id
      let start = min(last, max(first, reject.start ?? first))
      let end = min(last, max(first, reject.end ?? max(start, last)))
      // Of an end before the start either may be mistyped.
      return IncidentEntry.unusable(
        UnusableIncident(
          id: name, services: reject.services, started: Instant(nanoseconds: min(start, end)),
          ended: Instant(nanoseconds: max(start, end))))
    }
    let back = withdrawn.map { id, start in
      IncidentEntry.withdrawn(id: id, started: Instant(nanoseconds: start ?? first))
    }
    return (incidents.values.map(IncidentEntry.incident) + back + unusable).sorted {
      ($0.started, $0.id) < ($1.started, $1.id)
    }
  }

  // MARK: Fields

  /// An infinity is none, nor is a year in which nobody recorded incidents.
  private static func plausible(_ time: Int64?) -> Int64? {
    time.flatMap { PlausibleTime.range.contains($0) ? $0 : nil }
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
