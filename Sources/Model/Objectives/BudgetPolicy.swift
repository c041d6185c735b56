/// What a team agreed to do as its budget shrinks.
public struct BudgetPolicy: Hashable, Sendable {
  public struct Band: Hashable, Sendable {
    /// The band holds while less than this share of the budget is left, in parts per billion; `nil` for no bound.
    public let below: Int64?
    public let name: String
    public let action: String?
    /// Whether releases are held back.
    public let closesGate: Bool

    public init(below: Int64?, name: String, action: String?, closesGate: Bool) {
      self.below = below
      self.name = name
      self.action = action
      self.closesGate = closesGate
    }
  }

  public let name: String
  /// Rising by bound, the unbounded one last.
  public let bands: [Band]

  /// - Precondition: `bands` has exactly one band without a bound.
  public init(name: String, bands: [Band]) {
    precondition(bands.count(where: { $0.below == nil }) == 1, "one band has no upper bound")
    self.name = name
    self.bands = bands.sorted { ($0.below ?? .max) < ($1.below ?? .max) }
  }

  /// The gate closes below 10 % of the budget.
  public static let standard = BudgetPolicy(
    name: "default",
    bands: [
      Band(below: 100_000_000, name: "closed", action: "Ship fixes only.", closesGate: true),
      Band(below: nil, name: "open", action: nil, closesGate: false),
    ])
}
