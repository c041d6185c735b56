public import Model

/// How long it took to notice that something was wrong.
public struct DetectTime: Hashable, Sendable {
  /// `nil` if no incident has the time at which it was detected.
  public let known: LengthSummary?
  /// Incidents without that time.
  public let unknown: Int

  /// - Formula: `detected - started` over the incidents with down time that started in the window.
  ///
  /// - Parameters:
  ///   - incidents: in any order.
  ///   - window: where they started.
  ///   - now: what was detected later is not known.
  public init(of incidents: [Incident], in window: Window, now: Instant) {
    (known, unknown) = incidents.lengths(to: \.detected, in: window, now: now)
  }
}

extension [Incident] {
  /// The lengths from the start to a later moment, and how many do not have that one.
  func lengths(to moment: (Incident) -> Instant?, in window: Window, now: Instant) -> (
    known: LengthSummary?, unknown: Int
  ) {
    var (lengths, unknown): ([Duration], Int) = ([], 0)
    for incident in self where incident.isDown && incident.started(in: window, now: now) {
      if let moment = moment(incident), moment <= now {
        lengths.append(moment - incident.started)
      } else {
        unknown += 1
      }
    }
    return (LengthSummary(lengths), unknown)
  }
}
