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
  ///   reading does not make a gap, two in a row do. After a mark that the series ended, nothing is known until its
  ///   next reading, however soon that comes. A cell does not tell when in its minute the mark stood: it is taken to
  ///   come after the readings there.
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
      for cell in series.cells {
        if cell.count > 0 {
          var from = cell.firstTime
          if let previous, cell.firstTime - previous <= longest { from = previous }
          own.append(
            Window(
              start: Instant(nanoseconds: from),
              end: Instant(nanoseconds: max(from, cell.lastTime))))
          previous = cell.lastTime
        }
        if cell.stale > 0 { previous = nil }
      }
      windows += own.windows
    }
    self.init(interval: .nanoseconds(median), observed: WindowSet(windows))
  }

  /// Of rows, the time from each bucket to the next, and as much behind the last, inside the time the pulls spoke for.
  ///
  /// Buckets that are further apart than 2.5 of their usual steps, or than a day, leave a gap: a table that has nothing to
  /// say should say 0. A table without any bucket has nothing to measure steps by, and is taken at its pulls' word.
  public init(ofBuckets series: [Series], in spans: WindowSet) {
    // Where the last bucket of a cell starts: one that minutes were joined to has several.
    let ends = Dictionary(
      series.flatMap { series in
        series.cells.map { cell in
          (cell.minute, cell.count > 0 ? Cell.minute(ofRow: cell.lastTime) : cell.minute)
        }
      }, uniquingKeysWith: max)
    var runs: [(start: Int64, last: Int64)] = []
    for (start, last) in ends.sorted(by: { $0.key < $1.key }) {
      if let before = runs.last?.last, start <= before {
        runs[runs.count - 1].last = max(before, last)
      } else {
        runs.append((start, max(start, last)))
      }
    }
    var steps = zip(runs, runs.dropFirst()).map { $1.start - $0.last }
    guard !steps.isEmpty else {
      self.init(interval: nil, observed: spans)
      return
    }
    let median = Observation.median(&steps)
    let longest = min(1440, median + median + median / 2)
    var windows: [Window] = []
    for (index, run) in runs.enumerated() {
      let next = index + 1 < runs.count ? runs[index + 1].start : .max
      let end = next - run.last <= longest ? next : run.last + min(median, 1440)
      windows.append(
        Window(start: Instant(seconds: run.start * 60), end: Instant(seconds: end * 60)))
    }
    self.init(
      interval: .minutes(median), observed: WindowSet(windows).intersection(spans))
  }

  /// The lower median, by selection.
  private static func median(_ values: inout [Int64]) -> Int64 {
    values.sort()
    return values[(values.count - 1) / 2]
  }
}
