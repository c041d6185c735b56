public import Model

extension Measurement {
  /// Observed time outside of the incidents, in nanoseconds: their union counts once.
  ///
  /// One without down time (``Severity/none``) never counts; one that is open lasts until the end of the span.
  static func incidents(
    _ incidents: [Incident], span: Window, spans: WindowSet, rejects: [Reject]
  ) -> Measurement {
    let down = incidents.filter { Severity.down.contains($0.severity) }
      .map { $0.window(until: span.end) }
    return outside(
      of: WindowSet(down), span: span, observation: Observation(interval: nil, observed: spans),
      rejects: rejects)
  }
}

extension Selector {
  /// Whether an incident of the selector's feed is meant: one of the services it touched meets the conditions.
  ///
  /// The only label an incident has is `service`. One that names no service touched that of its feed.
  public func matches(_ incident: Incident) -> Bool {
    matchers.isEmpty
      || incident.services(of: source).contains { matches(labels: [Label("service", $0)]) }
  }
}

extension Incident {
  /// What it touched; where its record does not say, the service of its feed.
  func services(of feed: String) -> [String] {
    services.isEmpty ? [feed.hasPrefix("/") ? String(feed.dropFirst()) : feed] : services
  }
}
