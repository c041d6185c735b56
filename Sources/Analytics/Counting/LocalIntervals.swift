public import Model

/// The usual time between neighbouring readings of one series, stretch of time by stretch.
///
/// - Formula: the lower median of a step, the 10 before it and the 10 after it; at the edges of the steps that are there.
///   A step longer than 2.5 times that is a gap: one missed reading is none, two in a row are. A cell with several readings
///   has steps of their mean inside, none of which is a gap.
public struct LocalIntervals: Hashable, Sendable {
  /// A stretch of time in which the interval is the same, to a quarter.
  public struct Stretch: Hashable, Sendable {
    public let start: Instant
    public fileprivate(set) var end: Instant
    public let interval: Duration
  }

  /// From the reading before a gap to the one after it, and the interval there.
  public struct Gap: Hashable, Sendable {
    public let window: Window
    public let interval: Duration

    /// How many readings it could have held.
    var missing: Int64 {
      interval > .zero ? Int64(clamping: (window.length / interval).rounded() - 1) : 0
    }
  }

  /// In order of time, one after the other; empty without two readings.
  public private(set) var stretches: [Stretch] = []
  public private(set) var gaps: [Gap] = []
  /// The series has marks that it ended.
  private(set) var hasMarks = false

  struct Step {
    let start: Int64
    let end: Int64
    let length: Int64
    /// Inside of a cell nothing is a gap.
    let isInside: Bool
  }

  private static let reach = 10

  public init(of cells: [Cell]) {
    // If no step is longer than 1.25 others, there is one stretch without a gap.
    var (shortest, longest) = (Int64.max, Int64.min)
    var (first, previous): (Int64?, Int64?) = (nil, nil)
    for cell in cells {
      if cell.stale > 0 { hasMarks = true }
      guard cell.count > 0 else { continue }
      if let previous {
        let step = cell.firstTime - previous
        shortest = min(shortest, step)
        longest = max(longest, step)
      } else {
        first = cell.firstTime
      }
      if cell.count > 1 {
        let step = (cell.lastTime - cell.firstTime) / (cell.count - 1)
        shortest = min(shortest, step)
        longest = max(longest, step)
      }
      previous = cell.lastTime
    }
    guard let first, let previous, longest >= 0 else { return }
    if longest <= shortest.addingClamped(shortest / 4), let interval = Self.first(of: cells) {
      stretches = [
        Stretch(
          start: Instant(nanoseconds: first), end: Instant(nanoseconds: previous),
          interval: interval)
      ]
      return
    }
    take(Self.steps(of: cells), atMost: .max)
  }

  /// Takes steps in order of time; one longer than a limit, in nanoseconds, is always a gap.
  init(_ steps: [Step], atMost limit: Int64) { take(steps, atMost: limit) }

  /// The median is within a quarter of the known interval as long as no more than half of the lengths near it are to one side.
  private mutating func take(_ steps: [Step], atMost limit: Int64) {
    let reach = Self.reach
    // No length is within these, so that the first step starts a stretch.
    var (low, high) = (Int64.max, Int64.min)
    var (below, above) = (0, 0)
    func count(_ index: Int, _ number: Int) {
      guard steps.indices.contains(index) else { return }
      let length = steps[index].length
      if length < low { below += number } else if length > high { above += number }
    }
    for (index, step) in steps.enumerated() {
      count(index - reach - 1, -1)
      if index > 0 { count(index + reach, 1) }
      let near = max(0, index - reach)..<min(steps.count, index + reach + 1)
      let isKnown =
        !stretches.isEmpty && below <= (near.count - 1) / 2 && above <= near.count / 2
      if !isKnown || step.length > min(high, limit) {
        let usual = Self.median(steps[near])
        if !step.isInside, step.length > min(limit, Self.longest(usual)) {
          gaps.append(
            Gap(
              window: Window(
                start: Instant(nanoseconds: step.start), end: Instant(nanoseconds: step.end)),
              interval: .nanoseconds(usual)))
        }
        if !isKnown {
          stretches.append(
            Stretch(
              start: Instant(nanoseconds: step.start), end: Instant(nanoseconds: step.end),
              interval: .nanoseconds(usual)))
          (low, high) = (usual - usual / 4, usual + usual / 4)
          (below, above) = (0, 0)
          for other in near { count(other, 1) }
        }
      }
      stretches[stretches.count - 1].end = Instant(nanoseconds: step.end)
    }
  }

  /// The interval in the stretch that holds an instant; before the first and after the last one theirs.
  public func interval(at instant: Instant) -> Duration? {
    (stretches.last { $0.start <= instant } ?? stretches.first)?.interval
  }

  /// The interval at the first step of a series; `nil` without two readings.
  public static func first(of cells: [Cell]) -> Duration? {
    let some = cells.lazy.filter { $0.count > 0 }.prefix(reach + 2)
    let near = steps(of: some).prefix(reach + 1)
    return near.isEmpty ? nil : .nanoseconds(median(near))
  }

  /// The interval, in nanoseconds, at the step to a cell that holds a reading, as all do; `nil` without two readings.
  static func interval(of cells: UnsafeBufferPointer<Cell>, at place: Int) -> Int64? {
    let near = max(0, place - reach - 1)..<min(cells.count, place + reach + 1)
    let steps = steps(of: cells[near])
    let next = steps.firstIndex { $0.end > cells[place].firstTime } ?? steps.count
    let around = steps[max(0, next - reach - 1)..<min(steps.count, next + reach)]
    return around.isEmpty ? nil : max(1, median(around))
  }

  /// The longest step that is not a gap: 2.5 intervals, in nanoseconds.
  static func longest(_ interval: Int64) -> Int64 {
    interval.addingClamped(interval.addingClamped(interval / 2))
  }

  /// The lower median.
  private static func median(_ steps: ArraySlice<Step>) -> Int64 {
    let lengths = steps.map(\.length).sorted()
    return lengths.isEmpty ? 0 : lengths[(lengths.count - 1) / 2]
  }

  private static func steps(of cells: some Sequence<Cell>) -> [Step] {
    var steps: [Step] = []
    var previous: Int64?
    for cell in cells where cell.count > 0 {
      if let previous {
        let end = max(previous, cell.firstTime)
        steps.append(Step(start: previous, end: end, length: end - previous, isInside: false))
      }
      if cell.count > 1 {
        let (start, end) = (cell.firstTime, max(cell.firstTime, cell.lastTime))
        let step = Step(
          start: start, end: end, length: (end - start) / (cell.count - 1), isInside: true)
        // A step sees no more of its neighbours.
        steps.append(contentsOf: repeatElement(step, count: Int(min(cell.count - 1, 20))))
      }
      previous = cell.lastTime
    }
    return steps
  }
}
