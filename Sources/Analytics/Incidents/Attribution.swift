public import Model

/// Whose budget it was: the bad events of a window by the incidents they happened in.
public struct Attribution: Hashable, Sendable {
  public struct Share: Hashable, Sendable {
    /// `nil` for what happened outside of any incident.
    public let incident: Incident?
    public let bad: Int64
    /// The share of the budget, as in ``ErrorBudget/consumed``.
    public let consumed: Double

    fileprivate var start: Instant { incident?.started ?? Instant(nanoseconds: .max) }
  }

  /// One for each incident of the window: the most bad events first, then the earliest.
  public let shares: [Share]
  public let outside: Share

  /// Gives every minute to one incident at most, so that nothing counts twice and all of it adds up.
  ///
  /// - Formula: the bad events of the minutes that an incident touches, over those allowed. Of several incidents in a
  ///   minute it is the most severe one's, then that of the earliest start, then that of the smallest id.
  ///
  /// - Parameters:
  ///   - tally: the objective's.
  ///   - window: the part of the budget's window that is told apart.
  ///   - budget: what is allowed; its own bad events are not used.
  ///   - incidents: in any order, also those without down time.
  ///   - now: how long an open one lasts.
  ///   - early: how long before its events an entry of the tally may be, as the start of a slice or bucket does.
  ///   - late: how long after them, of those at an instant: a counter's step is booked when it was read next.
  public init(
    of tally: Tally, in window: Window, budget: ErrorBudget, incidents: [Incident], now: Instant,
    early: Duration = .zero, late: (Instant) -> Duration = { _ in .zero }
  ) {
    let touching = incidents.filter { $0.lies(in: window, now: now) }
      .sorted { ($0.severity, $0.started, $0.id) < ($1.severity, $1.started, $1.id) }
    let range = tally.range(of: window)
    var owned = Array(repeating: false, count: range.count)
    var shares: [Share] = []
    var rest = Attribution.bad(of: tally, at: range)
    for incident in touching {
      let whole = incident.window(until: now)
      let minutes = Attribution.minutes(
        of: Window(start: whole.start - early, end: whole.end + late(whole.end)))
      var bad: Int128 = 0
      for position in tally.range(of: minutes).clamped(to: range)
      where !owned[position - range.lowerBound] {
        owned[position - range.lowerBound] = true
        bad += Attribution.bad(of: tally, at: position..<position + 1)
      }
      rest -= bad
      shares.append(Attribution.share(incident, bad, of: budget))
    }
    outside = Attribution.share(nil, rest, of: budget)
    // By severity and id, as they come, where nothing else decides.
    self.shares = shares.enumerated().sorted { one, other in
      (other.element.bad, one.element.start, one.offset)
        < (one.element.bad, other.element.start, other.offset)
    }.map(\.element)
  }

  private static func bad(of tally: Tally, at range: Range<Int>) -> Int128 {
    let counts = tally.counts(at: range)
    return Int128(counts.total) - Int128(counts.good)
  }

  /// The whole minutes that a window touches; of an empty one the minute it lies in.
  private static func minutes(of window: Window) -> Window {
    let start = window.start.minute
    let end = (window.end - .nanoseconds(1)).minute
    return Window(start: Instant(minute: start), end: Instant(minute: max(start, end) + 1))
  }

  private static func share(_ incident: Incident?, _ bad: Int128, of budget: ErrorBudget) -> Share {
    let bad = Int64(clamping: bad)
    return Share(
      incident: incident, bad: bad,
      consumed: ErrorBudget(bad: bad, of: budget.total, target: budget.target).consumed)
  }
}
