import Model

/// Adds up good and total for the minutes of a span, in any order.
struct TallyBuilder {
  private let first: Int64
  private var good: [Int64]
  private var total: [Int64]

  /// - Parameter span: what lies outside of it is dropped.
  init(span: Window) {
    first = span.start.minute
    let count = Int(clamping: min(span.end.minute - first + 1, 60 * 24 * 366 * 30))
    good = Array(repeating: 0, count: count)
    total = good
  }

  mutating func add(good: Int64, total: Int64, at minute: Int64) {
    guard minute >= first, minute - first < Int64(self.total.count) else { return }
    let index = Int(minute - first)
    self.good[index] = self.good[index].addingClamped(good)
    self.total[index] = self.total[index].addingClamped(total)
  }

  /// Books time, in nanoseconds, to the minutes it lies in.
  mutating func add(_ windows: WindowSet, isGood: Bool) {
    for window in windows.windows {
      var from = window.start.nanoseconds
      while from < window.end.nanoseconds {
        let minute = from.dividedDown(by: 60_000_000_000)
        let to = min(window.end.nanoseconds, (minute + 1) * 60_000_000_000)
        if isGood {
          add(good: to - from, total: 0, at: minute)
        } else {
          add(good: 0, total: to - from, at: minute)
        }
        from = to
      }
    }
  }

  func finish() -> Tally {
    var (minutes, some, all): ([Int64], [Int64], [Int64]) = ([], [], [])
    for index in total.indices where total[index] != 0 || good[index] != 0 {
      minutes.append(first + Int64(index))
      some.append(good[index])
      all.append(total[index])
    }
    return Tally(minutes: minutes, good: some, total: all)
  }
}
