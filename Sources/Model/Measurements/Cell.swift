/// All that is kept of one series in one minute (or in a longer cell of an older tier).
///
/// A cell of samples holds those with `start < t <= end`, so that a scrape at midnight closes the old day.
/// A cell of rows holds the rows whose bucket starts in `start ..< end`.
public struct Cell: Hashable, Sendable {
  /// The cell's start in minutes since the epoch.
  public var minute: Int64
  /// Accepted samples or rows.
  public var count: Int64 = 0
  /// Samples and rows that could not be used: NaN, negative counts, good above total.
  public var rejects: Int64 = 0
  /// Falls of the value inside the cell.
  public var resets: Int64 = 0
  /// Samples for an instant that had one already: the later one counts.
  public var duplicates: Int64 = 0
  /// Samples that came after a later one.
  public var disordered: Int64 = 0
  /// Marks of Prometheus that the series ended, or that its target was gone.
  public var stale: Int64 = 0
  /// Minutes in which files contradict each other.
  public var conflicts: Int64 = 0
  /// The first and the last accepted sample: nanoseconds since the epoch, and the value.
  public var firstTime: Int64 = 0
  public var lastTime: Int64 = 0
  public var first: Double = 0
  public var last: Double = 0
  /// The sum of the positive steps inside the cell; the step into the cell is not part of it.
  public var increase: Double = 0
  public var low: Double = 0
  public var high: Double = 0
  public var sum: Double = 0

  public init(minute: Int64) { self.minute = minute }

  /// The minute whose cell holds a sample of this time: `start < t <= end`.
  public static func minute(ofSample time: Int64) -> Int64 {
    (time - 1).dividedDown(by: 60_000_000_000)
  }

  /// The minute whose cell holds a row whose bucket starts then: `start <= t < end`.
  public static func minute(ofRow time: Int64) -> Int64 {
    time.dividedDown(by: 60_000_000_000)
  }

  /// The counter step between neighbouring samples: the difference, or after a fall the new value.
  public static func step(from old: Double, to new: Double) -> Double {
    new >= old ? new - old : new
  }

  /// Adds a sample that is later than all before it.
  public mutating func add(_ value: Double, at time: Int64) {
    if count == 0 {
      (firstTime, first, low, high) = (time, value, value, value)
    } else {
      increase += Cell.step(from: last, to: value)
      if value < last { resets += 1 }
      low = min(low, value)
      high = max(high, value)
    }
    (lastTime, last) = (time, value)
    count += 1
    sum += value
  }

  /// Joins the next cell of the same series after this one; the step between them becomes part of the increase.
  public mutating func append(_ next: Cell) {
    guard next.count > 0, count > 0 else {
      let (flawed, start) = (next.count > 0 ? self : next, minute)
      if next.count > 0 { self = next }
      minute = start
      return addFlaws(of: flawed)
    }
    addFlaws(of: next)
    increase += Cell.step(from: last, to: next.first) + next.increase
    resets += next.resets + (next.first < last ? 1 : 0)
    (lastTime, last) = (next.lastTime, next.last)
    low = min(low, next.low)
    high = max(high, next.high)
    count += next.count
    sum += next.sum
  }

  private mutating func addFlaws(of other: Cell) {
    rejects += other.rejects
    duplicates += other.duplicates
    disordered += other.disordered
    stale += other.stale
    conflicts += other.conflicts
  }
}
