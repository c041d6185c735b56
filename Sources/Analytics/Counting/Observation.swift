public import Model

/// When a set of series was looked at.
public struct Observation: Hashable, Sendable {
  /// The time between neighbouring readings of any series that are no gap: see ``LocalIntervals``.
  public let observed: WindowSet
  /// The intervals of all series.
  let stretches: [LocalIntervals.Stretch]

  public init(observed: WindowSet, stretches: [LocalIntervals.Stretch]) {
    self.observed = observed
    self.stretches = stretches
  }

  /// With one interval throughout.
  public init(interval: Duration?, observed: WindowSet) {
    let stretch = interval.map {
      LocalIntervals.Stretch(
        start: Instant(nanoseconds: .min), end: Instant(nanoseconds: .max), interval: $0)
    }
    self.init(observed: observed, stretches: [stretch].compactMap(\.self))
  }

  /// Of readings.
  ///
  /// After a mark that the series ended, nothing is known until its next reading, however soon that comes. A
  /// cell does not say when in its minute the mark was: it is taken to come after the readings there.
  public init(of series: [Series]) {
    var windows: [Window] = []
    var stretches: [LocalIntervals.Stretch] = []
    for series in series {
      let intervals = LocalIntervals(of: series.cells)
      stretches += intervals.stretches
      windows += series.cells.readings(intervals).windows
    }
    self.init(
      observed: WindowSet(windows),
      stretches: stretches.sorted {
        ($0.start, $0.end, $0.interval) < ($1.start, $1.end, $1.interval)
      })
  }

  /// Of rows, the time from each bucket to the next, and as much after the last.
  ///
  /// Buckets that are further apart than 2.5 of their usual steps there, or than a day (one of 25 hours, too), leave a gap: a
  /// table that has nothing to say should say 0. A single bucket covers a day. Without any, the time the pulls asked for
  /// is covered: nothing happened.
  public init(ofBuckets series: [Series], in spans: WindowSet) {
    let minute: Int64 = 60_000_000_000
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
    let steps = zip(runs, runs.dropFirst()).map {
      LocalIntervals.Step(
        start: $0.last * minute, end: $1.start * minute, length: ($1.start - $0.last) * minute,
        isInside: false)
    }
    guard let first = runs.first, let last = runs.last else {
      self.init(interval: nil, observed: spans)
      return
    }
    let day = Duration.days(1)
    let intervals = LocalIntervals(steps, atMost: Duration.hours(25).nanoseconds)
    var observed = WindowSet()
    var start = Instant(minute: first.start)
    for gap in intervals.gaps {
      observed.append(Window(start: start, end: gap.window.start + min(gap.interval, day)))
      start = gap.window.end
    }
    let end = Instant(minute: last.last)
    observed.append(
      Window(start: start, end: end + min(intervals.interval(at: end) ?? day, day)))
    self.init(observed: observed, stretches: intervals.stretches)
  }

  /// The readings that were due in a time without any, of the series that were read before it: when, and how many.
  func due(in gap: Window) -> [(time: Int64, count: Int64)] {
    var counts: [Int64: Int64] = [:]
    // A series whose interval changed goes on in another stretch.
    let starts = Set(stretches.map(\.start))
    for stretch in stretches
    where stretch.start <= gap.start
      && (gap.start <= stretch.end
        || gap.start <= stretch.end + stretch.interval * 2.5 && !starts.contains(stretch.end))
    {
      // Series of one scrape differ by milliseconds.
      let seconds = max(1, (stretch.interval.nanoseconds + 500_000_000) / 1_000_000_000)
      counts[seconds * 1_000_000_000, default: 0] += 1
    }
    var due: [(Int64, Int64)] = []
    for (interval, count) in counts {
      var time = gap.start.nanoseconds.addingClamped(interval)
      while time < gap.end.nanoseconds - interval / 2 {
        due.append((time, count))
        time = time.addingClamped(interval)
      }
    }
    return due
  }

  /// The same intervals with other observed time.
  func observing(_ observed: WindowSet) -> Observation {
    Observation(observed: observed, stretches: stretches)
  }

  /// The shortest interval of those series that were read around an instant; where none was, of those read last before it.
  public func interval(at instant: Instant) -> Duration? {
    let there = stretches.filter { $0.start <= instant && instant <= $0.end }
    if !there.isEmpty { return there.map(\.interval).min() }
    let before = stretches.filter { $0.end < instant }
    return Observation.last(before) ?? stretches.min { $0.start < $1.start }?.interval
  }

  /// The shortest interval there ever was.
  var shortestInterval: Duration? { stretches.map(\.interval).min() }

  /// The interval at the end of data.
  public var lastInterval: Duration? { Observation.last(stretches) }

  /// The shortest interval of the series that are read up to the end, or have missed no more than one reading.
  private static func last(_ stretches: [LocalIntervals.Stretch]) -> Duration? {
    guard let end = stretches.map(\.end).max() else { return nil }
    return stretches.filter { end <= $0.end + $0.interval * 2.5 }.map(\.interval).min()
  }
}

extension [Cell] {
  /// From reading to reading, without the gaps and what follows a mark that the series ended.
  fileprivate func readings(_ intervals: LocalIntervals) -> WindowSet {
    var result = WindowSet()
    let gaps = intervals.gaps
    if gaps.isEmpty, !intervals.hasMarks {
      guard let first = intervals.stretches.first, let last = intervals.stretches.last else {
        return result
      }
      result.append(Window(start: first.start, end: last.end))
      return result
    }
    var (start, last): (Int64?, Int64?) = (nil, nil)
    var next = 0
    func close() {
      guard let start, let last else { return }
      result.append(
        Window(
          start: Instant(nanoseconds: start),
          end: Instant(nanoseconds: Swift.max(start, last))))
    }
    for cell in self {
      if cell.count > 0 {
        while next < gaps.count, gaps[next].window.end.nanoseconds < cell.firstTime { next += 1 }
        if next < gaps.count, gaps[next].window.end.nanoseconds == cell.firstTime {
          close()
          start = nil
        }
        start = start ?? cell.firstTime
        last = cell.lastTime
      }
      if cell.stale > 0 {
        close()
        start = nil
      }
    }
    close()
    return result
  }
}
