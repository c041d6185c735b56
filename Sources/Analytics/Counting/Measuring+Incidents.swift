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

extension Measurement.Reject {
  /// In each minute that the incident of the row may be in.
  init(_ row: UnusableIncident) {
    self.init(
      minute: Cell.minute(ofRow: row.started.nanoseconds), count: 1,
      through: Cell.minute(ofRow: row.ended.nanoseconds))
  }
}

extension Selector {
  /// Whether an incident of the selector's feed is meant: one of the services it touched meets the conditions.
  ///
  /// The only label an incident has is `service`, which is compared without regard to case. One that names no service
  /// touched that of its feed.
  public func matches(_ entry: IncidentEntry) -> Bool {
    let touched =
      entry.services.isEmpty
      ? [source.hasPrefix("/") ? String(source.dropFirst()) : source] : entry.services
    return matchers.isEmpty
      || touched.contains { matches(labels: [Label("service", spelling(of: $0))]) }
  }

  /// A name as a condition writes it.
  private func spelling(of name: String) -> String {
    let plain = name.lowercased()
    return matchers.lazy.compactMap { matcher in
      if case .equal(let text) = matcher.condition { text } else { nil }
    }.first { $0.lowercased() == plain } ?? name
  }
}
