/// The values at the lower and the upper edge of a ``FanChart``, before its ticks are known.
struct FanRange: Equatable {
  private(set) var low: Double
  private(set) var high: Double

  /// Around what was measured and is likely, then its 95 % range, then the limits that are near.
  ///
  /// `nil` when there is nothing at all.
  ///
  /// - Parameters:
  ///   - values: what was measured and what is likely.
  ///   - wide: the ends of the 95 % range, shown to the extent of `values` beyond them.
  ///   - levels: those of the limits; one that would leave less than a fifth of the height to the rest is not shown.
  ///   - least: what nothing is below.
  ///   - most: what nothing is above.
  ///   - leastSpan: a tenth of the largest value when `nil`.
  init?(
    values: [Double], wide: [Double], levels: [Double], least: Double?, most: Double?,
    leastSpan: Double?
  ) {
    let core = values.isEmpty ? levels : values
    guard let from = core.min(), let to = core.max() else { return nil }
    (low, high) = (from, to)
    let floor = leastSpan ?? 0.1 * max(abs(low), abs(high))
    let span = floor > 0 ? floor : 1
    let reach = max(high - low, span)
    low = max(low - reach, wide.reduce(low, min))
    high = min(high + reach, wide.reduce(high, max))
    widen(to: span, least, most)

    let shown = high - low
    func distance(_ level: Double) -> Double { max(low - level, level - high) }
    for level in levels.sorted(by: { distance($0) < distance($1) }) {
      let (bottom, top) = (min(low, level), max(high, level))
      if shown >= 0.2 * (top - bottom) { (low, high) = (bottom, top) }
    }
    let air = 0.04 * (high - low)
    (low, high) = (low - air, high + air)
    if let least {
      // An axis that comes near its natural end goes there.
      if low - least <= 0.35 * (high - least) { low = least }
      high = max(high, low + span)
    }
    if let most { high = max(min(high, most), low) }
  }

  private mutating func widen(to span: Double, _ least: Double?, _ most: Double?) {
    guard high - low < span else { return }
    let middle = (low + high) / 2
    (low, high) = (middle - span / 2, middle + span / 2)
    if let least, low < least { (low, high) = (least, least + span) }
    if let most, high > most { (low, high) = (most - span, most) }
    if let least { low = max(low, least) }
  }
}
