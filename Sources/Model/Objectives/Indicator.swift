/// What is counted as good.
public enum Indicator: Hashable, Sendable {
  /// Good over total events, from two counters.
  case ratio(good: Selector, total: Selector)
  /// Good over total events, from rows `bucket, good, total`.
  case ratioRows(Selector)
  /// The share of events at or under a bound, from the `_bucket` series of a histogram or rows `bucket, le, count`.
  case latency(Selector, atMost: Duration)
  /// The share of time slices whose worst value keeps a bound, from a gauge or rows `bucket, value`.
  case slices(Selector, bound: Bound, every: Duration)
  /// The share of time in which the newest success is younger than a bound, from gauges that hold a Unix time or
  /// rows `at`.
  case freshness(Selector, atMost: Duration)
  /// The share of time not longer than `within` after a heartbeat: any increase of a counter, or a row `at`.
  case heartbeat(Selector, within: Duration)
  /// The share of checks that found the target up, from gauges that are 0 or 1.
  case uptime(Selector)
  /// The share of time in the state up, from readings or rows `at, up` of 0 and 1, each of which holds until the next
  /// one, but never longer than `atMost`.
  case states(Selector, holdAtMost: Duration)
  /// The share of time outside of the incidents of these severities; the selector names their feed, and in its
  /// conditions on `service` what they touched.
  case incidents(Selector, severities: Set<Severity>)

  /// The series the indicator reads.
  public var selectors: [Selector] {
    switch self {
    case .ratio(let good, let total): [good, total]
    case .ratioRows(let selector), .latency(let selector, _), .slices(let selector, _, _),
      .freshness(let selector, _), .heartbeat(let selector, _), .uptime(let selector),
      .states(let selector, _):
      [selector]
    // Rows that cannot be used may have touched whatever is asked for.
    case .incidents(let selector, _): [.rows(of: selector.source)]
    }
  }

  /// The selectors without whose series nothing can be judged.
  ///
  /// Without a good event ever the good series of a ratio may be missing; the total is never.
  public var needed: [Selector] {
    if case .ratio(_, let total) = self { [total] } else { selectors }
  }

  /// Of the selectors those of counters.
  public var counters: [Selector] {
    switch self {
    case .ratio, .latency, .heartbeat: selectors.filter { !$0.meansRows }
    case .ratioRows, .slices, .freshness, .uptime, .states, .incidents: []
    }
  }

  /// The `x_created` beside each counter `x_total`, `x_bucket` or `x_count`, under the same conditions except those on `le`.
  ///
  /// Such series are optional.
  public var createdSelectors: [Selector] {
    switch self {
    case .ratio, .latency:
      counters.compactMap { counter in
        Indicator.nameOfStart(counter.name).map { name in
          Selector(
            source: counter.source, name: name,
            matchers: counter.matchers.filter { $0.label != "le" })
        }
      }
    case .ratioRows, .slices, .freshness, .heartbeat, .uptime, .states, .incidents: []
    }
  }

  /// "x_created" for "x_total", "x_bucket" and "x_count"; `nil` for other names.
  public static func nameOfStart(_ counter: String) -> String? {
    for suffix in ["_total", "_bucket", "_count"] where counter.hasSuffix(suffix) {
      return counter.dropLast(suffix.count) + "_created"
    }
    return nil
  }

  /// Whether incidents are counted: time without one is known, too, and history starts before the first.
  public var countsIncidents: Bool {
    switch self {
    case .incidents: true
    case .ratio, .ratioRows, .latency, .slices, .freshness, .heartbeat, .uptime, .states: false
    }
  }

  /// How far before a window readings are needed for the state at its start.
  public var lookBack: Duration {
    switch self {
    case .freshness(_, let bound), .heartbeat(_, let bound): bound + .hours(1)
    case .states(_, let bound): bound
    case .ratio, .ratioRows, .latency, .slices, .uptime, .incidents: .zero
    }
  }
}

/// A bound on a measured value.
public enum Bound: Hashable, Sendable {
  case atMost(Double)
  case atLeast(Double)
}

/// How events are turned into budget (OpenSLO's names).
public enum BudgetingMethod: Hashable, Sendable {
  /// Every event weighs the same.
  case occurrences
  /// A slice of time is good when its own ratio keeps `target`; the SLI is the share of good slices.
  case timeslices(every: Duration, target: Target)
  /// The mean of the slices' ratios.
  case ratioTimeslices(every: Duration)
}
