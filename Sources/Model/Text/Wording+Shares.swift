extension Wording {
  /// "−25 %".
  public static func percent(_ whole: some BinaryInteger) -> String {
    "\(count(Int64(clamping: whole)))\(space)%"
  }

  /// A share that is left, in whole per cent, rounded down: −31 %.
  public static func left(_ share: Double?) -> String {
    guard let share, share.isFinite else { return "–" }
    return percent(whole(share, .down))
  }

  /// A share that is used, in whole per cent, rounded up.
  public static func used(_ share: Double?) -> String {
    guard let share, share.isFinite else { return "–" }
    if share > 0, share < 0.01 { return "<\(space)1\(space)%" }
    return percent(whole(share, .up))
  }

  /// A used share of a budget in points, rounded up.
  public static func points(_ share: Double) -> String { count(whole(share, .up)) }

  /// "1 point", "23 points", rounded up.
  public static func pointCount(_ share: Double) -> String { counted(whole(share, .up), "point") }

  /// What even spending uses in points, rounded down: what was used is compared with it.
  public static func evenPointCount(_ share: Double) -> String {
    counted(whole(share, .down), "point")
  }

  /// What even spending leaves, in whole per cent, rounded up: what is left is compared with it.
  public static func evenLeft(_ share: Double) -> String { percent(whole(share, .up)) }

  /// In whole per cent; a share a billionth of a per cent beside a whole number is that number.
  private static func whole(_ share: Double, _ rule: FloatingPointRoundingRule) -> Int64 {
    let nudge = rule == .up ? -1e-9 : 1e-9
    return Int64(max(-1e15, min(1e15, (share * 100 + nudge).rounded(rule))))
  }

  /// A measured share in per cent with one decimal, rounded down.
  public static func coverage(_ share: Double) -> String { down(share, decimals: 1) }

  /// A share in per cent with three decimals, rounded down.
  public static func share(_ value: Double) -> String { down(value, decimals: 3) }

  private static func down(_ share: Double, decimals: Int) -> String {
    if share >= 1 { return percent(100) }
    let scale = (0..<decimals + 2).reduce(1.0) { power, _ in power * 10 }
    return decimal(Int64(max(0, share) * scale), decimals: decimals) + "\(space)%"
  }
}
