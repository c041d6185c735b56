import Analytics
public import Model

/// What is said about one incident.
public struct IncidentFacts: Codable, Hashable, Sendable {
  public let id: String
  public let title: String
  /// The service whose incident it is, and what people call it.
  public let service: String
  public let serviceTitle: String
  /// Further services whose incident it is, since they have their incidents from the same place.
  public let alsoOf: [String]?
  /// What it touched, where its record says more than the service.
  public let touched: [String]
  /// 1 critical, 2 major, 3 minor, 0 no down time.
  public let severity: Severity
  public let started: Instant
  public let detected: Instant?
  public let acknowledged: Instant?
  /// `nil` while it is open.
  public let resolved: Instant?
  public let cause: String?

  /// Takes over an incident as it was known at an instant: what happened later is not known.
  public init(
    _ incident: Incident, service: String, title serviceTitle: String, alsoOf: [String] = [],
    asOf: Instant
  ) {
    func known(_ moment: Instant?) -> Instant? { moment.flatMap { $0 <= asOf ? $0 : nil } }
    id = incident.id
    title = incident.title
    self.service = service
    self.serviceTitle = serviceTitle
    self.alsoOf = alsoOf.isEmpty ? nil : alsoOf
    touched = incident.services
    severity = incident.severity
    started = incident.started
    detected = known(incident.detected)
    acknowledged = known(incident.acknowledged)
    resolved = known(incident.resolved)
    cause = incident.cause
  }

  /// Whether it is one of a service's.
  func isOf(_ name: String) -> Bool { service == name || alsoOf?.contains(name) ?? false }

  /// How long it lasted, or has lasted by an instant.
  func length(asOf: Instant) -> Duration { max(.zero, (resolved ?? asOf) - started) }
}

/// What `incidents` finds: the list, and the figures of all and of groups.
public struct IncidentsFacts: Codable, Hashable, Sendable {
  public enum Key: String, Codable, CaseIterable, Sendable {
    case severity, service, cause
  }

  public let start: Instant
  public let end: Instant
  public let asOf: Instant
  public let by: Key
  /// The share of the window, up to `asOf`, for which incidents are known.
  public let known: Double
  /// Agreed time in what is known, in seconds: it does not count.
  public let excludedSeconds: Double?
  /// Rows that could not be used, of incidents that may lie in the window.
  public let unusable: Int64
  /// In order of their start.
  public let incidents: [IncidentFacts]
  public let all: SummaryFacts
  public let groups: [SummaryFacts]
  public let incomplete: [ReportFacts.Failure]

  /// The list may not be all there was: nothing is known of the window, or some rows could not be used.
  public var isDoubtful: Bool { known <= 0 || unusable > 0 }

  /// Figures of a set of incidents; times in seconds.
  public struct SummaryFacts: Codable, Hashable, Sendable {
    /// The severity's number, the service or the cause; `nil` for all, and for no cause.
    public let key: String?
    public let started: Int
    public let open: Int
    public let withoutDownTime: Int
    public let downSeconds: Double
    public let availability: Double?
    public let restore: LengthFacts?
    /// Kaplan and Meier's, with the open ones.
    public let restoreMedianWithOpen: Double?
    public let detect: LengthFacts?
    public let acknowledge: LengthFacts?
    public let between: Double?

    init(_ summary: IncidentSummary, key: String?) {
      self.key = key
      started = summary.started
      open = summary.restore.open
      withoutDownTime = summary.withoutDownTime
      downSeconds = summary.down.length.seconds
      availability = summary.down.availability
      restore = summary.restore.closed.map(LengthFacts.init)
      restoreMedianWithOpen = summary.restore.survival.length.map { $0.seconds }
      detect = summary.detect.known.map(LengthFacts.init)
      acknowledge = summary.acknowledge.known.map(LengthFacts.init)
      between = summary.meanTimeBetween
    }
  }

  /// Lengths of time summed up, in seconds.
  public struct LengthFacts: Codable, Hashable, Sendable {
    public let count: Int
    public let mean: Double
    public let median: Double
    public let p90: Double
    public let shortest: Double
    public let longest: Double

    init(_ lengths: LengthSummary) {
      count = lengths.count
      mean = lengths.mean
      median = lengths.median
      p90 = lengths.p90
      shortest = lengths.shortest.seconds
      longest = lengths.longest.seconds
    }
  }

  /// The incidents of one or more services in a window.
  ///
  /// - Parameters:
  ///   - feeds: by service.
  ///   - window: what is asked about.
  ///   - asOf: the instant of computation.
  ///   - key: by what the groups are made.
  ///   - incomplete: sources that could not be read.
  public init(
    _ feeds: [IncidentFeed], in window: Window,
    asOf: Instant, by key: Key, incomplete: [ReportFacts.Failure]
  ) {
    start = window.start
    end = window.end
    self.asOf = asOf
    by = key
    let elapsed = Window(start: window.start, end: max(window.start, min(window.end, asOf)))
    // Where one of the services is not known, the whole is not; agreed time is what all of them have.
    let known = feeds.map(\.known).reduce(WindowSet([elapsed])) { $0.intersection($1) }
    let excluded = feeds.map(\.excluded.wholeMinutes).reduce(known) { $0.intersection($1) }
    let measured = excluded.gaps(in: elapsed).intersection(known)
    excludedSeconds = excluded.isEmpty ? nil : excluded.clipped(to: elapsed).length.seconds
    self.known = elapsed.isEmpty ? 0 : known.clipped(to: elapsed).length / elapsed.length
    unusable = Int64(
      SharedEntry.apart(feeds) { $0.unusable.flatMap { $0.mayLie(in: elapsed) ? $0.id : nil } }
        .count)
    let found = SharedEntry.apart(feeds) { entry in
      entry.incident.flatMap { $0.lies(in: window, now: asOf) ? $0.id : nil }
    }
    var (incidents, all): ([IncidentFacts], [Incident]) = ([], [])
    for one in found {
      guard let incident = one.entry.incident, let feed = one.feeds.first else { continue }
      incidents.append(
        IncidentFacts(
          incident, service: feed.name, title: feed.title,
          alsoOf: one.feeds.dropFirst().map(\.name), asOf: asOf))
      // An incident that names nothing it touched touched its services.
      all.append(
        incident.services.isEmpty ? incident.touching(one.feeds.map(\.title)) : incident)
    }
    self.incidents = incidents
    self.all = SummaryFacts(
      IncidentSummary(of: all, in: window, now: asOf, measured: measured), key: nil)
    let grouping: IncidentSummary.Grouping =
      switch key {
      case .severity: .severity
      case .service: .service
      case .cause: .cause
      }
    groups = IncidentSummary.grouped(
      all, by: grouping, in: window, now: asOf, measured: measured, service: ""
    ).map { group in
      let name: String? =
        switch group.key {
        case .severity(let severity): "\(severity.rawValue)"
        case .service(let service): service
        case .cause(let cause): cause
        }
      return SummaryFacts(group.summary, key: name)
    }
    self.incomplete = incomplete
  }
}

/// The incidents of a service as the history holds them.
public struct IncidentFeed: Sendable {
  let name: String
  let title: String
  let origin: String
  let entries: [IncidentEntry]
  let known: WindowSet
  let excluded: WindowSet

  /// Takes over a feed.
  ///
  /// - Parameters:
  ///   - name: the service's.
  ///   - title: what people call it.
  ///   - origin: where it has them from; an id is one incident in all feeds of the same origin.
  ///   - entries: all that are known, with rows that could not be used.
  ///   - known: the time for which they are.
  ///   - excluded: agreed time that does not count.
  public init(
    name: String, title: String, origin: String, entries: [IncidentEntry], known: WindowSet,
    excluded: WindowSet = WindowSet()
  ) {
    self.name = name
    self.title = title
    self.origin = origin
    self.entries = entries
    self.known = known
    self.excluded = excluded
  }
}

/// An entry, and all feeds that it is in.
private struct SharedEntry {
  let entry: IncidentEntry
  var feeds: [IncidentFeed]

  private struct Key: Hashable {
    let origin: String
    let id: String
  }

  /// The entries that have an id by `name`, each once, in order of start, id and service.
  static func apart(_ feeds: [IncidentFeed], name: (IncidentEntry) -> String?) -> [SharedEntry] {
    var found: [Key: SharedEntry] = [:]
    for feed in feeds {
      for entry in feed.entries {
        guard let id = name(entry) else { continue }
        found[Key(origin: feed.origin, id: id), default: SharedEntry(entry: entry, feeds: [])]
          .feeds.append(feed)
      }
    }
    return found.values.sorted { one, other in
      (one.entry.started, one.entry.id, one.feeds.first?.name ?? "")
        < (other.entry.started, other.entry.id, other.feeds.first?.name ?? "")
    }
  }
}

extension Incident {
  fileprivate func touching(_ services: [String]) -> Incident {
    Incident(
      id: id, title: title, services: services, severity: severity, started: started,
      detected: detected, acknowledged: acknowledged, resolved: resolved, cause: cause)
  }
}

extension Duration {
  /// To the nanosecond; a quotient of durations is not.
  var seconds: Double { Double(nanoseconds) / 1e9 }
}
