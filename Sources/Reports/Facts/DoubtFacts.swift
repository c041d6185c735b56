import Analytics
import Model

/// Why there is no verdict, with its numbers.
public struct DoubtFacts: Codable, Hashable, Sendable {
  /// "noData", "noTraffic", "noSeries", "notCollected", "sourceFailed", "rejected", "coverage", "history" or "stale".
  public let kind: String
  public let count: Int64?
  /// Shares for coverage, seconds for history and age.
  public let have: Double?
  public let need: Double?
  /// The selector that nothing matches.
  public let selector: String?

  init(_ doubt: Assessment.Doubt) {
    if case .noSeries(let text) = doubt { selector = text } else { selector = nil }
    func seconds(_ length: Duration) -> Double { Double(length.nanoseconds) / 1e9 }
    switch doubt {
    case .noData: (kind, count, have, need) = ("noData", nil, nil, nil)
    case .noTraffic: (kind, count, have, need) = ("noTraffic", nil, nil, nil)
    case .sourceFailed: (kind, count, have, need) = ("sourceFailed", nil, nil, nil)
    case .notCollected: (kind, count, have, need) = ("notCollected", nil, nil, nil)
    case .noSeries: (kind, count, have, need) = ("noSeries", nil, nil, nil)
    case .rejected(let number): (kind, count, have, need) = ("rejected", number, nil, nil)
    case .coverage(let have, let need):
      (kind, count) = ("coverage", nil)
      (self.have, self.need) = (Double(have) / 1e9, Double(need) / 1e9)
    case .history(let have, let need):
      (kind, count, self.have, self.need) = ("history", nil, seconds(have), seconds(need))
    case .stale(let have, let need):
      (kind, count, self.have, self.need) = ("stale", nil, seconds(have), seconds(need))
    }
  }
}
