import Model

/// The time that the rows of a file cover.
struct RowSpan {
  private static let minute: Int64 = 60_000_000_000

  /// Different times that follow each other.
  private var times: [Int64] = []
  /// How many there are when repeated ones are taken out.
  private var limit = 1 << 16
  /// Whether two were found that are no more than a minute apart: then only the ends are kept.
  private var isDense = false

  mutating func add(_ time: Int64) {
    guard times.last != time else { return }
    times.append(time)
    if times.count == limit { settle() }
  }

  private mutating func settle() {
    times.sort()
    var kept = 1
    for place in 1..<times.count where times[place] != times[kept - 1] {
      isDense = isDense || times[place] - times[kept - 1] <= RowSpan.minute
      times[kept] = times[place]
      kept += 1
    }
    if isDense {
      times = [times[0], times[kept - 1]]
    } else {
      times.removeSubrange(kept...)
      limit = max(limit, 2 * kept)
    }
  }

  /// Adds times up to the first that is not plausible.
  ///
  /// - Returns: the place of that one, and the number of all where there is none.
  mutating func add(_ times: Span<Int64>) -> Int {
    for index in 0..<times.count {
      guard PlausibleTime.range.contains(times[index]) else { return index }
      add(times[index])
    }
    return times.count
  }

  /// From the first bucket to the end of the last, or only to its start where it has no length.
  ///
  /// The length is the smallest step between two, at least a minute.
  consuming func finish(hasLength: Bool) -> Window? {
    times.sort()
    guard let first = times.first, let last = times.last else { return nil }
    let start = Instant(nanoseconds: first)
    guard hasLength else { return Window(start: start, end: Instant(nanoseconds: last)) }
    var step = Int64.max
    for (one, next) in zip(times, times.dropFirst()) where next > one {
      step = min(step, next - one)
    }
    step = isDense || step == .max ? RowSpan.minute : max(step, RowSpan.minute)
    return Window(start: start, end: Instant(nanoseconds: last.addingClamped(step)))
  }
}
