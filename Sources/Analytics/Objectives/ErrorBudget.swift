public import Model

/// The bad events an objective allows in a window, and how much of that is used.
///
/// - Formula: allowed = (1 - target) * total; consumed = bad / allowed; left = 1 - consumed, negative when overspent,
///   never clamped. All comparisons are exact; only ``consumed`` and ``left`` are rounded to a `Double`.
public struct ErrorBudget: Hashable, Sendable {
  public let bad: Int64
  /// What the budget is a share of: the window's total, or the projected total of a running calendar window.
  public let total: Int64
  public let target: Target

  /// A budget of a total, which must be more than 0.
  public init(bad: Int64, of total: Int64, target: Target) {
    precondition(total > 0, "a budget of nothing")
    self.bad = bad
    self.total = total
    self.target = target
  }

  /// The bad events allowed, in parts per billion of an event.
  private var allowed: Int128 { Int128(target.allowance) * Int128(total) }

  /// The bad events allowed, rounded down.
  public var allowedEvents: Int64 { Int64(allowed / 1_000_000_000) }

  /// The used share; more than 1 when overspent, infinite for a bad event where none is allowed.
  public var consumed: Double {
    guard allowed > 0 else { return bad > 0 ? .infinity : 0 }
    return Double(bad) * 1e9 / allowed.rounded
  }

  /// The share that is left.
  public var left: Double {
    guard allowed > 0 else { return bad > 0 ? -.infinity : 1 }
    return (allowed - Int128(bad) * 1_000_000_000).rounded / allowed.rounded
  }

  public var isOverspent: Bool { Int128(bad) * 1_000_000_000 > allowed }

  /// Whether less than a share, in parts per billion, is left.
  public func isLeft(below share: Int64) -> Bool {
    guard allowed > 0 else { return bad > 0 }
    return (allowed - Int128(bad) * 1_000_000_000) * 1_000_000_000 < Int128(share) * allowed
  }

  /// The band of a policy that applies: the tightest `below` that what is left is under.
  public func band(of policy: BudgetPolicy) -> BudgetPolicy.Band {
    for band in policy.bands {
      guard let below = band.below else { return band }
      if isLeft(below: below) { return band }
    }
    preconditionFailure("a policy without an unbounded band")
  }

  /// What the whole window's total will be if it goes on as so far: total / elapsed share; `nil` when nothing has elapsed.
  public static func projected(total: Int64, elapsed: Duration, of window: Duration) -> Int64? {
    let (past, whole) = (elapsed.nanoseconds, window.nanoseconds)
    guard past > 0, whole >= past else { return nil }
    let product = Int128(total) * Int128(whole) / Int128(past)
    return product > Int128(Int64.max) ? .max : Int64(product)
  }
}

extension Int128 {
  /// The nearest `Double`, but for one unit in its last place; many times faster than the generic conversion.
  fileprivate var rounded: Double {
    if let small = Int64(exactly: self) { return Double(small) }
    return Double(Int64(truncatingIfNeeded: self >> 64)) * 0x1p64
      + Double(UInt64(truncatingIfNeeded: self))
  }
}
