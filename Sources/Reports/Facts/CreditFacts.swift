public import Analytics
public import Model

/// What an agreement with customers gives back for the report's period.
public struct CreditFacts: Codable, Hashable, Sendable {
  public struct TierFacts: Codable, Hashable, Sendable {
    /// Both in parts per billion.
    public let below: Int64
    public let credit: Int64

    init(_ tier: Agreement.Tier) { (below, credit) = (tier.below, tier.credit) }
  }

  /// The highest bound first.
  public let tiers: [TierFacts]
  public let applies: TierFacts?
  /// Whether the period can be judged at all; the objective's doubts say why not.
  public let isJudged: Bool
  public let counts: Counts?
  /// Left out: events in minutes with fewer than `minimumPerMinute`.
  public let quiet: Counts?
  public let minimumPerMinute: Int64
  public let noticeSeconds: Int64?
  /// Agreed time that does not count, and agreed time that was written down too late.
  public let excludedSeconds: Double
  public let lateSeconds: Double

  public init(_ credit: Credit, of agreement: Agreement, isJudged: Bool) {
    tiers = agreement.tiers.map(TierFacts.init)
    applies = isJudged ? credit.tier.map(TierFacts.init) : nil
    self.isJudged = isJudged && credit.counts.total > 0
    counts = ServiceLevel(credit.counts).map(Counts.init)
    quiet =
      credit.quiet.total > 0 ? Counts(good: credit.quiet.good, total: credit.quiet.total) : nil
    minimumPerMinute = agreement.minimumPerMinute
    noticeSeconds = agreement.notice.map { $0.nanoseconds / 1_000_000_000 }
    excludedSeconds = credit.excluded.length.seconds
    lateSeconds = credit.late.length.seconds
  }
}
