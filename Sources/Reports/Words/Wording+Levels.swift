public import Model

extension Wording {
  /// An SLI in per cent, rounded down: two decimals, and up to five until it differs from the objective as shown.
  public static func percent(_ counts: Counts, target: Int64) -> String {
    guard counts.total > 0 else { return "–" }
    if counts.good >= counts.total { return percent(100) }
    if counts.good <= 0 { return percent(0) }
    // Exactly on the objective: no further decimal would tell them apart.
    if Int128(counts.good) * 1_000_000_000 == Int128(counts.total) * Int128(target) {
      return self.target(target)
    }
    let scaled = Int64(Int128(counts.good) * 10_000_000 / Int128(counts.total))
    let shown = target / 100
    for decimals in 2...5 {
      let unit = (decimals..<5).reduce(Int64(1)) { power, _ in power * 10 }
      if scaled / unit != shown / unit || decimals == 5 {
        if scaled / unit == 0 { return "<\(space)0.01\(space)%" }
        return decimal(scaled / unit, decimals: decimals) + "\(space)%"
      }
    }
    return "–"
  }

  /// A target in per cent, exactly, with at least two decimals.
  public static func target(_ partsPerBillion: Int64) -> String {
    var (value, decimals) = (partsPerBillion, 7)
    while decimals > 2, value % 10 == 0 { (value, decimals) = (value / 10, decimals - 1) }
    return decimal(value, decimals: decimals) + "\(space)%"
  }

  /// Two digits: 14.4×, 0.4×, 331×.
  public static func rate(_ multiple: Double?) -> String {
    guard let multiple, multiple.isFinite else { return "no rate" }
    if multiple == 0 { return "0×" }
    if multiple < 0.1 { return "<\(space)0.1×" }
    if multiple < 99.95 { return decimal(Int64((multiple * 10).rounded()), decimals: 1) + "×" }
    return "\(Int64(min(multiple, 1e15).rounded()))×"
  }

  /// How many times an allowance: "1.5 times", "20 times", rounded up as in a grid's cells.
  static func times(_ load: Double) -> String {
    if load > 1000 { return "more than \(count(1000)) times" }
    if load >= 10 { return "\(Int64((load - 1e-9).rounded(.up))) times" }
    return decimal(Int64((load * 10 - 1e-9).rounded(.up)), decimals: 1) + " times"
  }
}
