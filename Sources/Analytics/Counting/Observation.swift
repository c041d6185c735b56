public import Model

/// When a set of series was looked at.
public struct Observation: Hashable, Sendable {
  /// The usual time between neighbouring readings of a series; `nil` when no series has two.
  public let interval: Duration?
  /// The time between neighbouring readings of any series that are at most 2.5 intervals apart.
  public let observed: WindowSet

  public init(interval: Duration?, observed: WindowSet) {
    self.interval = interval
    self.observed = observed
  }

  /// - Formula: the interval is the median step between neighbouring readings, of all series together; one missed
  ///   reading does not make a gap, two in a row do.
  public init(of series: [Series]) {
    var steps: [Int64] = []
    for series in series {
      var previous: Int64?
      for cell in series.cells where cell.count > 0 {
        if let previous { steps.append(cell.firstTime - previous) }
        if cell.count > 1 { steps.append((cell.lastTime - cell.firstTime) / (cell.count - 1)) }
        previous = cell.lastTime
      }
    }
    guard !steps.isEmpty else {
      self.init(interval: nil, observed: WindowSet())
      return
    }
    let median = Observation.median(&steps)
    let longest = median.addingClamped(median.addingClamped(median / 2))
    var windows: [Window] = []
    for series in series {
      var own = WindowSet()
      var previous: Int64?
      for cell in series.cells where cell.count > 0 {
        var from = cell.firstTime
        if let previous, cell.firstTime - previous <= longest { from = previous }
        own.append(
          Window(
            start: Instant(nanoseconds: from), end: Instant(nanoseconds: max(from, cell.lastTime))))
        previous = cell.lastTime
      }
      windows += own.windows
    }
    self.init(interval: .nanoseconds(median), observed: WindowSet(windows))
  }

  /// The lower median, by selection.
  private static func median(_ values: inout [Int64]) -> Int64 {
    values.sort()
    return values[(values.count - 1) / 2]
  }
}
