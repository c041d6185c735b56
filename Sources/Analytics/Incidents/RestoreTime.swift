public import Model

/// How long it took to restore a service: the R of this MTTR.
public struct RestoreTime: Hashable, Sendable {
  /// `nil` when none is closed.
  public let closed: LengthSummary?
  /// Incidents that were not resolved yet: they are in no mean, which would favour the short ones.
  public let open: Int
  /// The median of closed and open ones; see ``SurvivalMedian``.
  public let survival: SurvivalMedian

  /// - Formula: `resolved - started` over the incidents that started in the window, unclipped, with down time.
  ///
  /// - Parameters:
  ///   - incidents: in any order.
  ///   - window: where they started.
  ///   - now: what was resolved later is still open.
  public init(of incidents: [Incident], in window: Window, now: Instant) {
    var (ended, open): ([Duration], [Duration]) = ([], [])
    for incident in incidents where incident.isDown && incident.started(in: window, now: now) {
      if let resolved = incident.resolved(by: now) {
        ended.append(resolved - incident.started)
      } else {
        open.append(now - incident.started)
      }
    }
    closed = LengthSummary(ended)
    self.open = open.count
    survival = SurvivalMedian(ended: ended, open: open)
  }
}
