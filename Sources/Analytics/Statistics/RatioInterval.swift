/// A 95 % Wilson interval for a ratio.
///
/// - Formula: centre `(p + z²/2n) / (1 + z²/n)`, half width `z · sqrt(p(1-p)/n + z²/4n²) / (1 + z²/n)`.
///   E. B. Wilson, *Probable Inference* (1927). It assumes independent events, which outages are not, so it is a lower
///   bound on the uncertainty.
public struct RatioInterval: Hashable, Sendable {
  public let lower: Double
  public let upper: Double

  /// - Edge cases: `nil` when `total` is 0.
  public init?(good: Int64, total: Int64) {
    guard total > 0 else { return nil }
    let z = 1.959_963_984_540_054
    let n = Double(total)
    let share = Double(good) / n
    let scale = 1 + z * z / n
    let centre = (share + z * z / (2 * n)) / scale
    let half = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot() / scale
    // Exactly 0 and 1 at the ends, where rounding would leave a last digit.
    lower = good == 0 ? 0 : max(0, centre - half)
    upper = good == total ? 1 : min(1, centre + half)
  }
}
