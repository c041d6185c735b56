import Model

/// The median of lengths of which some have not ended yet.
public struct SurvivalMedian: Hashable, Sendable {
  /// `nil` where more than half outlast all that is known.
  public let length: Duration?

  /// - Formula: the product-limit estimate: S(t) is the product of (1 - d / n) over all lengths up to t at which
  ///   something ended, where d ended and n, open ones of that length among them, had lasted until then. The median is
  ///   the smallest t with S(t) <= 1/2. Kaplan and Meier, *Nonparametric Estimation from Incomplete Observations* (1958).
  /// - Edge cases: with all ended and an even count, the lower of the two in the middle.
  public init(ended: [Duration], open: [Duration]) {
    let ended = ended.sorted()
    let open = open.sorted()
    var survival = 1.0
    var (position, left) = (0, 0)
    while position < ended.count {
      let length = ended[position]
      while left < open.count, open[left] < length { left += 1 }
      var next = position
      while next < ended.count, ended[next] == length { next += 1 }
      let lasting = ended.count - position + open.count - left
      survival *= Double(lasting - (next - position)) / Double(lasting)
      // The product of many shares that make a half may be off in its last places.
      guard survival > 0.5 + 1e-12 else {
        self.length = length
        return
      }
      position = next
    }
    length = nil
  }
}
