/// What a run must know of the failures of earlier ones: a circuit breaker and a back-off, kept in the history.
///
/// The breaker opens after five failures in a row; from 60 s on one try is let through, which closes it or opens it
/// for another 60 s.
public struct SourceHealth: Hashable, Sendable {
  /// Failed tries in a row.
  public var failures: Int
  /// When the breaker opened.
  public var opened: Instant?
  /// Answers in a row that asked for less.
  public var throttles: Int
  /// No try before this instant.
  public var notBefore: Instant?

  public init(
    failures: Int = 0, opened: Instant? = nil, throttles: Int = 0, notBefore: Instant? = nil
  ) {
    self.failures = failures
    self.opened = opened
    self.throttles = throttles
    self.notBefore = notBefore
  }

  public static let failuresToOpen = 5
  public static let openFor = Duration.seconds(60)
  /// No wait is longer: a stored time further ahead comes from a clock that jumped, and is ignored.
  private static let longest = Backoff.overload.longest

  public enum Permission: Hashable, Sendable {
    case free
    /// The breaker is half open: one try.
    case once
    /// The breaker is open.
    case broken(until: Instant)
    /// The other side asked for less.
    case throttled(until: Instant)
  }

  /// Whether to try now.
  public func permission(at now: Instant) -> Permission {
    if let notBefore, now < notBefore, notBefore - now <= SourceHealth.longest {
      return .throttled(until: notBefore)
    }
    guard failures >= SourceHealth.failuresToOpen, let opened else { return .free }
    let until = opened + SourceHealth.openFor
    if now < until, until - now <= SourceHealth.longest { return .broken(until: until) }
    return .once
  }

  public mutating func failed(at now: Instant) {
    failures += 1
    if failures >= SourceHealth.failuresToOpen { opened = now }
  }

  /// Notes that the other side asked for less; `chance` is that of ``Backoff/delay(after:chance:)``.
  public mutating func throttled(at now: Instant, chance: Double) {
    throttles += 1
    notBefore = now + Backoff.overload.delay(after: throttles, chance: chance)
  }

  public mutating func succeeded() { self = SourceHealth() }
}
