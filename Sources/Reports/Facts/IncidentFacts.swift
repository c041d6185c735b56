import Analytics
public import Model

/// What is said about one incident.
public struct IncidentFacts: Codable, Hashable, Sendable {
  public let id: String
  public let title: String
  /// The service whose incident it is, and what people call it.
  public let service: String
  public let serviceTitle: String
  /// What it touched, where its record says more than the service.
  public let touched: [String]
  /// 1 critical, 2 major, 3 minor, 0 no down time.
  public let severity: Int64
  public let started: Instant
  public let detected: Instant?
  public let acknowledged: Instant?
  /// `nil` while it is open.
  public let resolved: Instant?
  public let cause: String?

  /// Takes over an incident as it was known at an instant: what happened later is not known.
  public init(_ incident: Incident, service: String, title serviceTitle: String, asOf: Instant) {
    func known(_ moment: Instant?) -> Instant? { moment.flatMap { $0 <= asOf ? $0 : nil } }
    id = incident.id
    title = incident.title
    self.service = service
    self.serviceTitle = serviceTitle
    touched = incident.services
    severity = incident.severity.rawValue
    started = incident.started
    detected = known(incident.detected)
    acknowledged = known(incident.acknowledged)
    resolved = known(incident.resolved)
    cause = incident.cause
  }

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
    // Where one of the services is not known, the whole is not.
    let known = feeds.map(\.known).reduce(WindowSet([elapsed])) { $0.intersection($1) }
    unusable = feeds.reduce(0) { $0 + $1.unusable }
    self.known = elapsed.isEmpty ? 0 : known.clipped(to: elapsed).length / elapsed.length
    let incidents = feeds.flatMap { feed in
      feed.incidents.filter { $0.lies(in: window, now: asOf) }.map { (feed, $0) }
    }.sorted { ($0.1.started, $0.1.id, $0.0.name) < ($1.1.started, $1.1.id, $1.0.name) }
    self.incidents = incidents.map { feed, incident in
      IncidentFacts(incident, service: feed.name, title: feed.title, asOf: asOf)
    }
    // An incident that names nothing it touched touched its service.
    let all = incidents.map { feed, incident in
      incident.services.isEmpty ? incident.touching(feed.title) : incident
    }
    self.all = SummaryFacts(
      IncidentSummary(of: all, in: window, now: asOf, measured: known), key: nil)
    let grouping: IncidentSummary.Grouping =
      switch key {
      case .severity: .severity
      case .service: .service
      case .cause: .cause
      }
    groups = IncidentSummary.grouped(
      all, by: grouping, in: window, now: asOf, measured: known, service: ""
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
  let incidents: [Incident]
  let known: WindowSet
  let unusable: Int64

  /// Takes over a feed.
  ///
  /// - Parameters:
  ///   - name: the service's.
  ///   - title: what people call it.
  ///   - incidents: all that are known.
  ///   - known: the time for which they are.
  ///   - unusable: rows that could not be used, of incidents that may lie in the window asked about.
  public init(
    name: String, title: String, incidents: [Incident], known: WindowSet, unusable: Int64
  ) {
    self.name = name
    self.title = title
    self.incidents = incidents
    self.known = known
    self.unusable = unusable
  }
}

extension Incident {
  fileprivate func touching(_ service: String) -> Incident {
    Incident(
      id: id, title: title, services: [service], severity: severity, started: started,
      detected: detected, acknowledged: acknowledged, resolved: resolved, cause: cause)
  }
}

extension Duration {
  /// To the nanosecond; a quotient of durations is not.
  var seconds: Double { Double(nanoseconds) / 1e9 }
}
