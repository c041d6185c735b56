public import Model

/// What the incidents of a window amount to.
public struct IncidentSummary: Hashable, Sendable {
  /// Incidents with down time that started in the window.
  public let started: Int
  /// Incidents without down time that started in the window; they enter no other figure.
  public let withoutDownTime: Int
  public let down: DownTime
  public let restore: RestoreTime
  public let detect: DetectTime
  public let acknowledge: AcknowledgeTime

  /// - Parameters:
  ///   - incidents: in any order.
  ///   - window: what is asked about.
  ///   - now: the instant of computation; what happened later is not known.
  ///   - measured: the time of which it is known whether there was an incident; all of it if `nil`.
  public init(
    of incidents: [Incident], in window: Window, now: Instant, measured: WindowSet? = nil
  ) {
    let began = incidents.filter { $0.started(in: window, now: now) }
    started = began.count(where: \.isDown)
    withoutDownTime = began.count - started
    down = DownTime(of: incidents, in: window, now: now, measured: measured)
    restore = RestoreTime(of: incidents, in: window, now: now)
    detect = DetectTime(of: incidents, in: window, now: now)
    acknowledge = AcknowledgeTime(of: incidents, in: window, now: now)
  }

  /// The mean up time between failures (MTBF), in seconds.
  ///
  /// - Formula: `(measured - down) / started`; `nil` without an incident. Others take failure start to failure start,
  ///   which is the time to restore more.
  public var meanTimeBetween: Double? {
    guard started > 0 else { return nil }
    let up = down.measured.length.nanoseconds - down.length.nanoseconds
    return Double(up) / 1e9 / Double(started)
  }
}

extension IncidentSummary {
  public enum Grouping: Hashable, Sendable, CaseIterable {
    case severity, service, cause
  }

  public enum Key: Hashable, Sendable {
    case severity(Severity)
    case service(String)
    /// `nil` if no incident has one.
    case cause(String?)
  }

  public struct Group: Hashable, Sendable {
    public let key: Key
    public let summary: IncidentSummary
  }

  /// The incidents in the window, by group; an incident that touched several services counts in each.
  ///
  /// - Parameters:
  ///   - incidents: in any order.
  ///   - grouping: by what.
  ///   - window: what is asked about.
  ///   - now: the instant of computation.
  ///   - measured: as above.
  ///   - service: what an incident touched that names none.
  /// - Returns: the worst severity first; others by down time, the longest first, then by name.
  public static func grouped(
    _ incidents: [Incident], by grouping: Grouping, in window: Window, now: Instant,
    measured: WindowSet? = nil, service: String
  ) -> [Group] {
    var groups: [Key: [Incident]] = [:]
    for incident in incidents where incident.lies(in: window, now: now) {
      let keys: [Key] =
        switch grouping {
        case .severity: [.severity(incident.severity)]
        case .service:
          (incident.services.isEmpty ? [service] : incident.services).map(Key.service)
        case .cause: [.cause(incident.cause)]
        }
      for key in Set(keys) { groups[key, default: []].append(incident) }
    }
    return groups.map { key, incidents in
      Group(
        key: key,
        summary: IncidentSummary(of: incidents, in: window, now: now, measured: measured))
    }.sorted(by: Group.precedes)
  }
}

extension IncidentSummary.Group {
  fileprivate static func precedes(_ one: Self, _ other: Self) -> Bool {
    if case .severity(let one) = one.key, case .severity(let other) = other.key {
      return one < other
    }
    let (length, than) = (one.summary.down.length, other.summary.down.length)
    return length == than ? one.key.name < other.key.name : length > than
  }
}

extension IncidentSummary.Key {
  /// Incidents without a value come last.
  fileprivate var name: (Int, String) {
    switch self {
    case .severity(let severity): (0, "\(severity.rawValue)")
    case .service(let name): (0, name)
    case .cause(let cause): cause.map { (0, $0) } ?? (1, "")
    }
  }
}

extension Incident {
  /// Whether some of it is in a window before `now`, even without any length.
  public func lies(in window: Window, now: Instant) -> Bool {
    guard started < now, started < window.end else { return false }
    return started >= window.start || self.window(until: now).end > window.start
  }
}
