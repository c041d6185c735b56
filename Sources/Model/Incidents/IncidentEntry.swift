/// What a row of an incident table says.
public enum IncidentEntry: Hashable, Sendable {
  case incident(Incident)
  /// There was none: whatever reported one before, it does not count.
  case withdrawn(id: String, started: Instant)
  case unusable(UnusableIncident)

  public var incident: Incident? {
    switch self {
    case .incident(let incident): incident
    case .withdrawn, .unusable: nil
    }
  }

  public var unusable: UnusableIncident? {
    switch self {
    case .incident, .withdrawn: nil
    case .unusable(let row): row
    }
  }

  /// What makes two entries the same one, whichever file it comes from.
  public var id: String {
    switch self {
    case .incident(let incident): incident.id
    case .withdrawn(let id, _): id
    case .unusable(let row): row.id
    }
  }

  public var started: Instant {
    switch self {
    case .incident(let incident): incident.started
    case .withdrawn(_, let started): started
    case .unusable(let row): row.started
    }
  }

  /// Whether it is, or may be, in a window.
  public func mayLie(in window: Window) -> Bool {
    switch self {
    case .incident(let incident):
      incident.started < window.end && window.start <= incident.resolved ?? window.end
    case .withdrawn: false
    case .unusable(let row): row.mayLie(in: window)
    }
  }

  /// What it touched, as its row says; may be empty.
  public var services: [String] {
    switch self {
    case .incident(let incident): incident.services
    case .withdrawn: []
    case .unusable(let row): row.services
    }
  }
}

/// A row that could not be used: there may have been an incident from its start to its end.
public struct UnusableIncident: Hashable, Sendable {
  public let id: String
  public let services: [String]
  /// Where the row has no start, that of the time its file or query covers.
  public let started: Instant
  /// Where the row has no end, that of the time its file or query covers.
  public let ended: Instant

  public init(id: String, services: [String] = [], started: Instant, ended: Instant) {
    self.id = id
    self.services = services
    self.started = started
    self.ended = max(started, ended)
  }

  /// Whether an incident of this row may be in a window.
  public func mayLie(in window: Window) -> Bool { started < window.end && window.start <= ended }
}
