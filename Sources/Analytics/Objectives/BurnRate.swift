public import Model

/// How many times faster than evenly the budget is being spent; 1 is even.
public struct BurnRate: Hashable, Sendable {
  public let multiple: Double

  /// Divides the observed bad share by the allowed bad share.
  ///
  /// - Formula: `((total - good) / total) / (1 - target)`.
  ///   Beyer et al., *The Site Reliability Workbook* (2018), ch. 5.
  /// - Unit: a dimensionless multiple; 14.4 for one hour spends 2 % of a 30-day budget.
  /// - Edge cases: `nil` when `total` is 0, since no traffic is no evidence, and for a target of 100 %, which has no
  ///   rate.
  public init?(_ counts: EventCounts, against target: Target) {
    guard let level = ServiceLevel(counts), target.allowance > 0 else { return nil }
    multiple = Double(level.bad) / Double(level.total) / (Double(target.allowance) / 1e9)
  }

  /// How long a full budget lasts at this rate; `nil` when nothing is being spent.
  public func timeToExhaustion(of window: Duration) -> Duration? {
    multiple > 0 ? window / multiple : nil
  }
}

/// A pair of look-backs that together say that the budget is going too fast.
public struct BurnWindow: Hashable, Sendable {
  public let long: Duration
  /// Only ends the alarm sooner: a twelfth of the long one.
  public let short: Duration
  public let factor: Double

  /// The four pairs for an objective's window.
  ///
  /// - Formula: *The Site Reliability Workbook*, ch. 5: for 30 days 1 h, 6 h, 1 d and 3 d at 14.4, 6, 3 and 1. For other
  ///   windows the look-backs are scaled, so that the same shares of the budget (2, 5, 10 and 10 %) are meant.
  public static func pairs(for window: Duration) -> [BurnWindow] {
    [(720.0, 14.4), (120, 6), (30, 3), (10, 1)].map { share, factor in
      let long = Duration.seconds((window / share).nanoseconds / 1_000_000_000)
      return BurnWindow(
        long: long, short: .seconds((long / 12).nanoseconds / 1_000_000_000), factor: factor)
    }
  }

  /// The rate that spends a share of the budget within a look-back: `share * window / long`.
  public static func factor(spending share: Double, of window: Duration, in long: Duration)
    -> Double
  {
    share * Double(window.nanoseconds) / Double(long.nanoseconds)
  }
}
