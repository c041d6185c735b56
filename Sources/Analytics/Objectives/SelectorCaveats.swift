public import Model

/// What the data say against the selectors of an objective.
public enum SelectorCaveats {
  /// Selectors without any series.
  public static func missing(from series: [Series], of objective: Objective) -> [Caveat] {
    objective.indicator.needed.filter { selector in
      !selector.meansRows && !series.contains { selector.matches($0.id) }
    }.map { .noSeries($0.text) }
  }

  /// A condition that none of the incidents meets is a mistake, or a service that never had one.
  public static func unmatched(_ entries: [IncidentEntry], by objective: Objective) -> [Caveat] {
    guard case .incidents(let selector, _) = objective.indicator, !selector.matchers.isEmpty,
      !entries.isEmpty, !entries.contains(where: { selector.matches($0) })
    else { return [] }
    return [.noSeries(selector.text)]
  }

  /// An incident that starts after the clock is a mistake, such as a time in another zone; nobody plans one.
  public static func inFuture(
    _ entries: [IncidentEntry], of objective: Objective, clock: Instant
  ) -> [Caveat] {
    guard case .incidents(let selector, let severities) = objective.indicator else { return [] }
    let last = entries.filter { entry in
      selector.matches(entry) && entry.incident.map { severities.contains($0.severity) } ?? false
    }.map(\.started).max()
    guard let last, last > clock + Caveat.clockTolerance else { return [] }
    return [.inFuture(last, clock: clock)]
  }

  /// Conditions that exclude values of a label that no series has: `cod!="500"` leaves every error in.
  public static func unknownLabels(in series: [Series], of objective: Objective) -> [Caveat] {
    objective.indicator.selectors.flatMap { selector -> [Caveat] in
      let matched = series.filter { selector.matches($0.id) }
      if matched.isEmpty { return [] }
      return selector.matchers.compactMap { matcher in
        switch matcher.condition {
        case .equal, .like: nil
        case .notEqual, .notLike:
          matched.contains { $0.id.value(of: matcher.label) == nil }
            ? .unknownLabel(matcher.label, selector.text) : nil
        }
      }
    }
  }
}
