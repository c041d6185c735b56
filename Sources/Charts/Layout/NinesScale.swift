import Glibc

/// A scale on which every further nine takes the same room: the height is −log10 of what is missing to 1.
struct NinesScale {
  struct Tick: Equatable {
    /// What is missing to 1.
    let short: Double
    let label: String
  }

  /// What is missing to 1 at the upper edge, more than zero.
  let least: Double
  /// At the lower edge.
  let most: Double
  let top: Double
  let bottom: Double

  /// The pixel of what is missing to 1; beyond the edges on them.
  func y(_ short: Double) -> Double {
    let (high, low) = (log10(least), log10(most))
    guard short > 0, low > high else { return top }
    return top + min(max((log10(short) - high) / (low - high), 0), 1) * (bottom - top)
  }

  /// The ticks on the scale at least 16 px apart, whole nines first, and 14 px from `limit`.
  func ticks(besides limit: Double) -> [Tick] {
    var kept: [Tick] = []
    for tick in Self.byImportance where least <= tick.short && tick.short <= most {
      let y = y(tick.short)
      let isFree = kept.allSatisfy { abs(self.y($0.short) - y) >= 16 }
      if isFree, abs(self.y(limit) - y) >= 14 { kept.append(tick) }
    }
    return kept.sorted { $0.short > $1.short }
  }

  private static let byImportance: [Tick] = [
    (0.1, "90"), (0.01, "99"), (0.001, "99.9"), (0.0001, "99.99"), (0.00001, "99.999"),
    (0.05, "95"), (0.005, "99.5"), (0.0005, "99.95"), (0.00005, "99.995"), (0.02, "98"),
    (0.5, "50"), (0.25, "75"), (0.75, "25"),
  ].map { Tick(short: $0.0, label: $0.1 + "\u{A0}%") }
}
