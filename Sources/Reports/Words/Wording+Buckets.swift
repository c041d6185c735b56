import Analytics
public import Model

extension Wording {
  /// A latency bound at which no bucket ends, or under which none does: each as a clause.
  public static func buckets(of objective: ObjectiveFacts, in zone: ZoneOffsets) -> [String] {
    let undecided = (objective.doubts + (objective.notes ?? [])).filter { facts in
      if case .undecidedEvents = facts.caveat { true } else { false }
    }
    return undecided.map { caveat($0, in: zone) } + [bucketBounds(of: objective)].compactMap(\.self)
  }

  /// What counts as good where no bucket ends at the bound.
  static func bucketBounds(of objective: ObjectiveFacts) -> String? {
    guard let bounds = objective.bucketBounds, let lowest = bounds.first else { return nil }
    if let counted = objective.countedBounds {
      let parts = counted.map { $0 > 0 ? "up to \(latency($0))" : "not at all" }
      return
        "histograms have different buckets: events count as good \(parts.joined(separator: " or ")), "
        + "depending on the histogram; some that met the bound may count as bad"
    }
    // Without a bucket at or under the bound there is a caveat of its own, or all events are bad.
    guard lowest > 0 else { return nil }
    guard bounds.count > 1 else {
      return
        "no bucket ends at or above the bound: all events over \(latency(lowest)) count as bad"
    }
    return
      "no bucket ends at the bound: events up to \(latency(lowest)) count as good, "
      + "the true figure lies between the buckets \(latency(lowest)) and \(latency(bounds[1]))"
  }

  /// "no bucket at 300 ms", for the line of an objective; `nil` where there is one.
  static func missingBucket(of objective: ObjectiveFacts) -> String? {
    guard objective.bucketBounds != nil, let bound = objective.indicator.withinSeconds else {
      return nil
    }
    return objective.countedBounds == nil
      ? "no bucket at \(latency(bound))" : "not every histogram has a bucket at \(latency(bound))"
  }
}
