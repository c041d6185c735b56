public import Model

/// How long ago the newest success was, over time.
public struct Recency: Hashable, Sendable {
  /// Observed time at most `bound` after a success.
  public let fresh: WindowSet
  /// Observed time of which it is known whether it is fresh.
  ///
  /// Before the first known success that is the time longer than `bound` after the first look.
  public let known: WindowSet

  /// - Formula: fresh is the union of `[s, s + bound)` over all successes `s`, inside the observed time.
  public init(successes: [Instant], bound: Duration, observed: WindowSet) {
    let reach = WindowSet(successes.map { Window(start: $0, end: $0 + bound) })
    var known = WindowSet()
    if let firstLook = observed.windows.first?.start, let lastLook = observed.windows.last?.end {
      let firstSuccess = successes.min() ?? lastLook
      let from = min(firstSuccess, firstLook + bound)
      if from < lastLook { known = observed.clipped(to: Window(start: from, end: lastLook)) }
    }
    self.known = known
    fresh = reach.intersection(known)
  }

  /// The success times that gauges hold as Unix seconds, or that rows state.
  ///
  /// Zero and less mean "never yet".
  public static func successes(inValuesOf series: [Series]) -> [Instant] {
    var seen: Set<Int64> = []
    for series in series {
      for cell in series.cells where cell.count > 0 {
        for value in [cell.first, cell.last] where value > 0 && value < 9e9 {
          seen.insert(Int64(clamping: (value * 1000).rounded() * 1_000_000))
        }
      }
    }
    return seen.sorted().map(Instant.init(nanoseconds:))
  }

  /// Values beyond the year 2255 of Unix time: milliseconds where seconds belong.
  static func unreadable(_ series: [Series]) -> [Measurement.Reject] {
    series.flatMap(\.cells).filter { $0.count > 0 && $0.high >= 9e9 }
      .map { Measurement.Reject(minute: $0.minute, count: $0.count) }
  }

  /// The moments at which a counter was seen to have risen, or of the rows.
  public static func beats(of series: [Series]) -> [Instant] {
    var seen: Set<Int64> = []
    for series in series {
      switch series.kind {
      case .samples:
        for step in CounterIncrease.steps(of: series.cells) where step.amount > 0 {
          seen.insert(step.at)
        }
      case .rows:
        for cell in series.cells where cell.count > 0 {
          seen.insert(cell.firstTime)
          seen.insert(cell.lastTime)
        }
      }
    }
    return seen.sorted().map(Instant.init(nanoseconds:))
  }
}
