public import Model

/// The budget left, point by point through a window.
public struct BudgetTimeline: Hashable, Sendable {
  public struct Point: Hashable, Sendable {
    public let at: Instant
    /// The share left from this instant on.
    public let left: Double

    public init(at: Instant, left: Double) {
      self.at = at
      self.left = left
    }
  }

  /// A full budget at the window's start, one point at the end of every minute that spent some, and one at `until`.
  public let points: [Point]

  /// The line from the window's start to `until`, the end of what has elapsed of it; `total` as for ``ErrorBudget``.
  public init(_ tally: Tally, window: Window, until: Instant, total: Int64, target: Target) {
    guard total > 0 else {
      points = []
      return
    }
    let elapsed = Window(start: window.start, end: min(max(window.start, until), window.end))
    var points = [Point(at: window.start, left: 1)]
    var bad: Int64 = 0
    var left = 1.0
    for position in tally.range(of: elapsed) {
      let spent = tally.counts(at: position..<position + 1).bad
      guard spent > 0 else { continue }
      bad = bad.addingClamped(spent)
      left = ErrorBudget(bad: bad, of: total, target: target).left
      let end = Instant(minute: tally.minutes[position] + 1)
      points.append(Point(at: min(end, elapsed.end), left: left))
    }
    points.append(Point(at: elapsed.end, left: left))
    self.points = points
  }

  /// At most about `count` finite points: of each stretch of time the first, the last and both sides of its largest step,
  /// and both sides of the step with which the budget is used up.
  public func thinned(to count: Int) -> [Point] {
    let points = points.filter { $0.left.isFinite }
    guard points.count > count, let first = points.first, let last = points.last,
      first.at < last.at
    else { return points }
    let width = (last.at - first.at).nanoseconds / Int64(count / 4) + 1
    func stretch(_ index: Int) -> Int64 { (points[index].at - first.at).nanoseconds / width }
    let crossing = points.firstIndex { $0.left < 0 }
    var result: [Point] = []
    var start = 0
    while start < points.count {
      var end = start
      while end < points.count, stretch(end) == stretch(start) { end += 1 }
      var largest = (drop: 0.0, at: start)
      for index in start + 1..<max(end, start + 1) {
        let drop = points[index - 1].left - points[index].left
        if drop > largest.drop { largest = (drop, index) }
      }
      var kept: Set = [start, end - 1, max(start, largest.at - 1), largest.at]
      if let crossing, start..<end ~= crossing {
        kept.formUnion([max(start, crossing - 1), crossing])
      }
      result += kept.sorted().map { points[$0] }
      start = end
    }
    return result
  }

  /// The largest spendings: runs of spending minutes no more than an hour apart, biggest first.
  public func drops(atMost count: Int) -> [Drop] {
    var drops: [Drop] = []
    for (before, point) in zip(points, points.dropFirst()) where point.left < before.left {
      if let last = drops.last, point.at - last.end <= .hours(1) {
        drops[drops.count - 1] = Drop(
          start: last.start, end: point.at, share: last.share + before.left - point.left)
      } else {
        drops.append(
          Drop(start: point.at - .seconds(60), end: point.at, share: before.left - point.left))
      }
    }
    return Array(drops.sorted { ($0.share, $1.start) > ($1.share, $0.start) }.prefix(count))
  }

  /// A stretch of time in which budget was spent.
  public struct Drop: Hashable, Sendable {
    public let start: Instant
    public let end: Instant
    /// The share of the whole budget.
    public let share: Double
  }
}
