public import Model

/// How long it took until someone took an incident up.
public struct AcknowledgeTime: Hashable, Sendable {
  /// `nil` if no incident has the time at which it was acknowledged.
  public let known: LengthSummary?
  /// Incidents without that time.
  public let unknown: Int

  /// - Formula: `acknowledged - started` over the incidents with down time that started in the window.
  ///
  /// - Parameters:
  ///   - incidents: in any order.
  ///   - window: where they started.
  ///   - now: what was acknowledged later is not known.
  public init(of incidents: [Incident], in window: Window, now: Instant) {
    (known, unknown) = incidents.lengths(to: \.acknowledged, in: window, now: now)
  }
}
