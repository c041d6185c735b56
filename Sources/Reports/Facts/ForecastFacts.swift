public import Model

/// What `forecast` finds.
public struct ForecastFacts: Codable, Hashable, Sendable {
  public enum Outcome: Hashable, Sendable {
    case calm, needsAction, lacksData
  }

  /// The version of this layout.
  public let layout: Int
  public let asOf: Instant
  public let horizonDays: Int
  /// Worst first.
  public let items: [CapacityFacts]
  public let incomplete: [ReportFacts.Failure]

  public init(
    asOf: Instant, horizonDays: Int, items: [CapacityFacts], incomplete: [ReportFacts.Failure]
  ) {
    layout = 1
    self.asOf = asOf
    self.horizonDays = horizonDays
    self.items = items.sorted { $0.rank < $1.rank }
    self.incomplete = incomplete
  }

  /// The item to look at.
  public var worst: CapacityFacts? { items.worst }

  /// Action comes before what lacks data; nothing to forecast, or a source that could not be read, lacks data.
  public var outcome: Outcome {
    if items.contains(where: \.needsAction) { return .needsAction }
    let lacks = items.contains(where: \.lacksPrediction)
    return items.isEmpty || lacks || !incomplete.isEmpty ? .lacksData : .calm
  }
}
