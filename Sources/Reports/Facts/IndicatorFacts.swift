import Model

/// What an indicator counts, for a sentence.
public struct IndicatorFacts: Codable, Hashable, Sendable {
  public enum Kind: String, Codable, Hashable, Sendable {
    case ratio, latency, slices, freshness, heartbeat, uptime, states, incidents
  }

  public let kind: Kind
  /// The bound in seconds for latency, freshness and heartbeats; for states the longest that one holds.
  public let withinSeconds: Double?
  public let selectors: [String]

  init(_ indicator: Indicator) {
    func seconds(_ length: Duration) -> Double { Double(length.nanoseconds) / 1e9 }
    switch indicator {
    case .ratio, .ratioRows: (kind, withinSeconds) = (.ratio, nil)
    case .latency(_, let bound): (kind, withinSeconds) = (.latency, seconds(bound))
    case .slices: (kind, withinSeconds) = (.slices, nil)
    case .freshness(_, let bound): (kind, withinSeconds) = (.freshness, seconds(bound))
    case .heartbeat(_, let bound): (kind, withinSeconds) = (.heartbeat, seconds(bound))
    case .uptime: (kind, withinSeconds) = (.uptime, nil)
    case .states(_, let bound): (kind, withinSeconds) = (.states, seconds(bound))
    case .incidents: (kind, withinSeconds) = (.incidents, nil)
    }
    if case .incidents(let selector, let severities) = indicator {
      selectors = [selector.text] + severities.sorted().map(Wording.severity)
    } else {
      selectors = indicator.selectors.map(\.text)
    }
  }
}
