public import Model

/// The incident in whose time at least four fifths of a spending fell.
public struct DropCause: Hashable, Sendable {
  public let incident: Incident
  /// The part of the spending that fell in its time, 0 to 1.
  public let part: Double

  /// `nil` where there is no such incident; incidents without down time are none.
  ///
  /// - Parameters:
  ///   - drop: the spending.
  ///   - measurement: what it was counted from.
  ///   - incidents: those of the service.
  ///   - asOf: the end of an open one.
  public init?(
    of drop: BudgetTimeline.Drop, _ measurement: Measurement, incidents: [Incident], asOf: Instant
  ) {
    // An event may be booked at the end of its entry, when the incident is over.
    let late = measurement.entryLength
    let window = Window(start: drop.start, end: max(drop.start, drop.end))
    let bad = Double(max(1, measurement.tally.counts(in: window).bad))
    let parts = incidents.filter { $0.severity.rawValue > 0 }.compactMap { incident in
      let end = (incident.resolved ?? asOf) + late
      let time = Window(start: incident.started, end: max(incident.started, end))
      return time.clipped(to: window).map {
        (incident, Double(measurement.tally.counts(in: $0).bad) / bad)
      }
    }
    guard let most = parts.max(by: { $0.1 < $1.1 }), most.1 >= 0.8 else { return nil }
    (incident, part) = most
  }
}
