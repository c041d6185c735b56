/// A time in which a service was not as it should be: began, noticed, taken up, restored.
public struct Incident: Hashable, Sendable {
  /// Unique among the incidents of one service.
  public let id: String
  public let title: String
  /// What it touched, as its record says; may be empty.
  public private(set) var services: [String]
  public let severity: Severity
  public let started: Instant
  public let detected: Instant?
  public let acknowledged: Instant?
  /// `nil` while it is open; never before `started`.
  public let resolved: Instant?
  public let cause: String?

  public init(
    id: String, title: String, services: [String] = [], severity: Severity, started: Instant,
    detected: Instant? = nil, acknowledged: Instant? = nil, resolved: Instant? = nil,
    cause: String? = nil
  ) {
    self.id = id
    self.title = title
    self.services = services
    self.severity = severity
    self.started = started
    self.detected = detected
    self.acknowledged = acknowledged
    self.resolved = resolved
    self.cause = cause
  }

  /// The incident of two records that differ in nothing but what it touched; where one does not say that, neither does it.
  public func united(with other: Incident) -> Incident? {
    var (one, two) = (self, other)
    one.services =
      services.isEmpty || other.services.isEmpty
      ? [] : services + other.services.filter { !services.contains($0) }
    two.services = one.services
    return one == two ? one : nil
  }

  /// The whole time until it was resolved, or until `now` while it is open.
  public func window(until now: Instant) -> Window {
    Window(start: started, end: max(started, resolved ?? now))
  }
}

/// How bad an incident was; the numbers are those that tables hold.
public enum Severity: Int64, Codable, Hashable, Sendable, CaseIterable, Comparable {
  /// Recorded, but the service was not down: maintenance, a notice.
  case none = 0
  case critical = 1
  case major = 2
  case minor = 3

  /// The severities in which a service counts as down.
  public static let down: Set<Severity> = [.critical, .major, .minor]

  /// Worst first; without down time last.
  public static func < (one: Severity, other: Severity) -> Bool {
    (one == .none ? 4 : one.rawValue) < (other == .none ? 4 : other.rawValue)
  }
}
