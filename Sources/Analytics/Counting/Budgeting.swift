public import Model

extension Measurement {
  /// Turns minutes into slices where the objective budgets by slices (OpenSLO: Timeslices, RatioTimeslices).
  ///
  /// A slice without any total is not counted, nor is one that contradicts itself (its minutes are rejects already).
  /// A ratio is kept in parts per billion.
  public func budgeted(by method: BudgetingMethod) -> Measurement {
    let length: Int64
    let score: (EventCounts) -> EventCounts
    let counted: CountedUnit
    switch method {
    case .occurrences: return self
    case .timeslices(let every, let target):
      length = max(1, every.nanoseconds / 60_000_000_000)
      counted = .slices
      score = { EventCounts(good: target.isMet(by: $0) ? 1 : 0, total: 1) }
    case .ratioTimeslices(let every):
      length = max(1, every.nanoseconds / 60_000_000_000)
      counted = .billionths
      score = {
        EventCounts(
          good: Int64(Int128($0.good) * 1_000_000_000 / Int128($0.total)), total: 1_000_000_000)
      }
    }
    var (minutes, good, total): ([Int64], [Int64], [Int64]) = ([], [], [])
    var position = 0
    while position < tally.minutes.count {
      let slice = tally.minutes[position].dividedDown(by: length) * length
      var end = position
      while end < tally.minutes.count, tally.minutes[end] < slice + length { end += 1 }
      let counts = tally.counts(at: position..<end)
      if counts.total > 0, 0 <= counts.good, counts.good <= counts.total {
        let scored = score(counts)
        minutes.append(slice)
        good.append(scored.good)
        total.append(scored.total)
      }
      position = end
    }
    var result = self
    result.tally = Tally(minutes: minutes, good: good, total: total)
    result.unit = counted
    return result
  }
}
