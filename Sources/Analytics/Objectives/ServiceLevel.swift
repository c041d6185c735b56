public import Model

/// Good and total over a window: the measured SLI.
public struct ServiceLevel: Hashable, Sendable {
  public let good: Int64
  public let total: Int64
  public var bad: Int64 { total - good }

  /// Takes counts as they are; `nil` without any total (no traffic has no service level) or where good exceeds total.
  public init?(_ counts: EventCounts) {
    guard counts.total > 0, 0 <= counts.good, counts.good <= counts.total else { return nil }
    good = counts.good
    total = counts.total
  }

  /// The share of good events, 0…1.
  public var share: Double { Double(good) / Double(total) }
}

extension Target {
  /// Compares exactly: `good * 10^9 >= partsPerBillion * total`; false without any total.
  public func isMet(by counts: EventCounts) -> Bool {
    counts.total > 0
      && Int128(counts.good) * 1_000_000_000 >= Int128(partsPerBillion) * Int128(counts.total)
  }

  /// Compares exactly: meeting the target to the last digit counts as met.
  public func isMet(by level: ServiceLevel) -> Bool {
    isMet(by: EventCounts(good: level.good, total: level.total))
  }
}
