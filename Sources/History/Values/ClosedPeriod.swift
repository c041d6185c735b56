public import Model

/// A period that has been reported, with the facts of its report as they were then.
public struct ClosedPeriod: Hashable, Sendable {
  /// "weekly", "monthly".
  public let kind: String
  /// "2026-W42".
  public let name: String
  /// The bounds at the time of closing, whatever becomes of the zone's rules.
  public let window: Window
  public let madeAt: Instant
  /// 0 for the first report, rising by one.
  public let revision: Int
  /// The report's JSON.
  public let facts: [UInt8]
  /// The list of what the facts were made from; empty where an earlier release closed the period.
  public let inputs: [UInt8]

  public init(
    kind: String, name: String, window: Window, madeAt: Instant, revision: Int, facts: [UInt8],
    inputs: [UInt8] = []
  ) {
    self.kind = kind
    self.name = name
    self.window = window
    self.madeAt = madeAt
    self.revision = revision
    self.facts = facts
    self.inputs = inputs
  }
}
