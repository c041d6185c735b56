import Model

/// What is said of an incident, in any list.
extension IncidentFacts {
  /// The columns of a report's table: what happened, when, how long, how bad, why.
  func row(asOf: Instant, in zone: ZoneOffsets) -> [String] {
    let name = title == id ? id : "\(id) \(title)"
    return [
      touched.isEmpty || touched == [service]
        ? name : "\(name) (\(touched.joined(separator: ", ")))",
      Wording.moment(started, in: zone), lasted(asOf: asOf), Wording.severity(severity),
      cause ?? "–",
    ]
  }

  /// "2 h 14 min", or "still open".
  func lasted(asOf: Instant) -> String {
    resolved == nil ? "still open" : Wording.duration(length(asOf: asOf))
  }
}

extension Wording {
  /// The name of a severity.
  static func severity(_ severity: Severity) -> String {
    switch severity {
    case .critical: "critical"
    case .major: "major"
    case .minor: "minor"
    case .none: "no down time"
    }
  }
}
