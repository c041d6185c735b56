import Model

/// One series of an objective: the stretches of time in which it was read, and what it counted then.
struct SeriesLife {
  enum Role: Hashable {
    /// Counted in both, good and total.
    case good
    /// Counted in the total alone, beside series that are good.
    case bad
    /// Counted in the total; how much of it is good is in other series.
    case mixed
    /// Says how much of the others is good.
    case goodPart
    /// A gauge of checks: 1 is good.
    case checks
    /// It counts nothing.
    case gauge

    var isCounter: Bool { self != .checks && self != .gauge }
  }

  /// Readings without a gap.
  struct Run: Hashable {
    let start: Int64
    var end: Int64
    /// Places of its cells.
    let first: Int
    var last: Int
    /// The local interval at its end; `nil` where the series has no two readings.
    var interval: Int64?
  }

  let id: SeriesID
  let role: Role
  let cells: [Cell]
  private(set) var runs: [Run] = []
  /// Whether its value ever fell.
  private(set) var falls = false
  /// The first value counts as a step from this value.
  var firstBase: Double?

  /// `nil` for a series without any reading.
  ///
  /// One pass; the local interval is looked up only where a step is longer than those before it.
  init?(_ series: Series, _ role: Role) {
    id = series.id
    self.role = role
    cells =
      series.cells.contains { $0.count == 0 || (role.isCounter && $0.low < 0) }
      ? series.cells.filter { $0.count > 0 && (!role.isCounter || $0.low >= 0) } : series.cells
    var runs: [Run] = []
    var falls = false
    cells.withUnsafeBufferPointer { cells in
      guard let first = cells.first else { return }
      var run = Run(start: first.firstTime, end: first.lastTime, first: 0, last: 0)
      var usual = Int64.max
      falls = first.resets > 0
      for place in 1..<max(1, cells.count) {
        let step = cells[place].firstTime - run.end
        if step > LocalIntervals.longest(usual) {
          usual = LocalIntervals.interval(of: cells, at: place) ?? .max
          if step > LocalIntervals.longest(usual) {
            run.interval = LocalIntervals.interval(of: cells, at: run.last)
            runs.append(run)
            run = Run(start: cells[place].firstTime, end: 0, first: place, last: place)
          }
        } else {
          usual = min(usual, step)
        }
        falls = falls || cells[place].resets > 0 || cells[place].first < cells[place - 1].last
        (run.end, run.last) = (cells[place].lastTime, place)
      }
      run.interval = LocalIntervals.interval(of: cells, at: run.last)
      runs.append(run)
    }
    guard !runs.isEmpty else { return nil }
    (self.runs, self.falls) = (runs, falls)
    if role.isCounter { readSteps() }
  }

  var start: Int64 { runs.first?.start ?? .max }
  var end: Int64 { runs.last?.end ?? .min }

  /// The place of the first cell whose last reading is at or after a time.
  func place(at time: Int64) -> Int {
    var (low, high) = (0, cells.count)
    while low < high {
      let middle = (low + high) / 2
      if cells[middle].lastTime < time { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Whether it was read before a time and again at it, or later.
  func lives(through time: Int64, until later: Int64, slack: Int64) -> Bool {
    runs.contains { $0.start < time - slack && later - slack <= $0.end }
  }

  /// What was counted after `from` and up to `to`; of longer steps and cells, the share of time that is there.
  func amount(after from: Int64, upTo to: Int64) -> Counts {
    var counts = Counts()
    var place = place(at: from)
    while place < cells.count {
      let cell = cells[place]
      let before = place > 0 ? cells[place - 1] : nil
      if (before?.lastTime ?? cell.firstTime) > to { break }
      if role == .gauge { break }
      if role == .checks {
        let share = SeriesLife.share(cell.firstTime, cell.lastTime, from, to)
        counts.total += Double(cell.count) * share
        counts.good += cell.sum * share
      } else {
        var amount = cell.increase * SeriesLife.share(cell.firstTime, cell.lastTime, from, to)
        if let before {
          amount +=
            Cell.step(from: before.last, to: cell.first)
            * SeriesLife.share(before.lastTime, cell.firstTime, from, to)
        } else if let firstBase, from < cell.firstTime, cell.firstTime <= to {
          amount += cell.first - firstBase
        }
        if role != .goodPart { counts.total += amount }
        if role == .good || role == .goodPart { counts.good += amount }
      }
      place += 1
    }
    return counts
  }

  private static func share(_ start: Int64, _ end: Int64, _ from: Int64, _ to: Int64) -> Double {
    if start >= end { return from < end && end <= to ? 1 : 0 }
    return Double(max(0, min(end, to) - max(start, from))) / Double(end - start)
  }

  /// Rises in an interval, or in a minute where that is longer; of longer cells and steps their mean.
  struct Steps: Hashable {
    /// The largest, but for those just before and after a fall: where a reading is a stray one of another process, they are
    /// as wrong.
    var largest = 0.0
    /// The largest of all.
    var all: Double { top[0] }
    /// The fourth largest: three may be stray ones.
    var usual: Double { top[3] }
    private var top = [0.0, 0, 0, 0]

    fileprivate mutating func add(_ step: Double, besideFall: Bool) {
      if !besideFall { largest = max(largest, step) }
      guard step > top[3] else { return }
      top[3] = step
      top.sort(by: >)
    }
  }

  private(set) var steps = Steps()

  private mutating func readSteps() {
    for run in runs {
      for place in run.first...run.last {
        let (amount, intervals) = rise(to: place, usual: run.interval ?? 0, in: run)
        steps.add(amount / intervals, besideFall: isBesideFall(place))
      }
    }
  }

  /// What was counted in a cell and in the step to it, and in how many intervals or minutes: at least one.
  func rise(to place: Int, usual: Int64, in run: Run? = nil) -> (amount: Double, intervals: Double)
  {
    let cell = cells[place]
    var (amount, after) = (cell.increase, cell.firstTime)
    if place > run?.first ?? 0 {
      let before = cells[place - 1]
      amount += Cell.step(from: before.last, to: cell.first)
      after = before.lastTime
    }
    let usual = Double(max(usual, LivesReading.minute))
    return (amount, max(1, Double(cell.lastTime - after) / usual))
  }

  /// Whether its value fell in a cell or in the step to it.
  func fell(at place: Int) -> Bool {
    cells[place].resets > 0 || (place > 0 && cells[place].first < cells[place - 1].last)
  }

  private func isBesideFall(_ place: Int) -> Bool {
    falls && (max(0, place - 1)...min(cells.count - 1, place + 1)).contains { fell(at: $0) }
  }

  /// Good and total as estimates.
  struct Counts: Hashable {
    var good = 0.0
    var total = 0.0
    var bad: Double { max(0, total - good) }

    static func + (one: Counts, other: Counts) -> Counts {
      Counts(good: one.good + other.good, total: one.total + other.total)
    }
  }
}
