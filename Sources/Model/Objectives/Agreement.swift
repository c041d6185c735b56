/// What a customer was promised about an objective, and what is given back where the promise was not kept: an SLA.
public struct Agreement: Hashable, Sendable {
  /// A credit that is due where less than a share was good.
  public struct Tier: Hashable, Sendable {
    /// Both in parts per billion: of the events, and of the price.
    public let below: Int64
    public let credit: Int64

    public init(below: Int64, credit: Int64) {
      self.below = below
      self.credit = credit
    }
  }

  /// The calendar unit that is judged by itself.
  public let window: ReportPeriod.Unit
  /// How long before agreed time it must have been written down to count; without one any does.
  public let notice: Duration?
  /// Minutes with fewer events are left out; 0 leaves out none.
  public let minimumPerMinute: Int64
  /// The highest `below` first; a lower one has a higher credit.
  public let tiers: [Tier]

  public init(
    window: ReportPeriod.Unit, notice: Duration?, minimumPerMinute: Int64, tiers: [Tier]
  ) {
    self.window = window
    self.notice = notice
    self.minimumPerMinute = minimumPerMinute
    self.tiers = tiers.sorted { $0.below > $1.below }
  }
}
