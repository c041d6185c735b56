public import Model

/// The burn rate over a look-back, all through a window.
public struct BurnLine: Hashable, Sendable {
  public let lookBack: Duration
  /// The rate above which an alert fires.
  public let threshold: Double
  /// Of each step the largest and the smallest rate; `nil` where nothing was counted in any of its look-backs.
  public let steps: [Step?]

  public struct Step: Hashable, Sendable {
    public let low: Double
    public let high: Double
  }

  /// The look-backs that page, page and open a ticket: *The Site Reliability Workbook*, chapter 5.
  public static let alerts: [(lookBack: Duration, threshold: Double)] = [
    (.hours(1), 14.4), (.hours(6), 6), (.days(3), 1),
  ]

  /// Rates of each minute of the window, in steps of one length; the tally begins a look-back before it.
  ///
  /// - Formula: at each minute's end (bad / total of the look-back) / (1 - target); a target of 100 % has no rate.
  public init(
    _ tally: Tally, over lookBack: Duration, threshold: Double, in window: Window, steps count: Int,
    target: Target
  ) {
    (self.lookBack, self.threshold) = (lookBack, threshold)
    let (first, last) = (window.start.minuteUp, window.end.minuteUp)
    let back = lookBack.nanoseconds / 60_000_000_000
    var steps = [Step?](repeating: nil, count: max(1, count))
    // The positions of the first minute in the look-back, and after its last one.
    var (from, to) = (tally.range(of: window).lowerBound, tally.range(of: window).lowerBound)
    while from > 0, tally.minutes[from - 1] >= first - back { from -= 1 }
    for minute in first..<max(first, last) {
      while to < tally.minutes.count, tally.minutes[to] <= minute { to += 1 }
      while from < to, tally.minutes[from] <= minute - back { from += 1 }
      guard let rate = BurnRate(tally.counts(at: from..<to), against: target)?.multiple else {
        continue
      }
      let place = Int((minute - first) * Int64(steps.count) / (last - first))
      let step = steps[place]
      steps[place] = Step(
        low: min(step?.low ?? rate, rate), high: max(step?.high ?? rate, rate))
    }
    self.steps = steps
  }
}
