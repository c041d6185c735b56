import Model

extension LivesReading {
  /// Finds falls that are hardly restarts: more counts after them at once than in any such time.
  mutating func readFalls() {
    let limit = largestStep() * 2.5
    guard limit > 0 else { return }
    for target in targets {
      var found: [Int64: (text: String, series: Int, counts: SeriesLife.Counts)] = [:]
      for child in target.children where child.role.isCounter && child.falls {
        for place in child.cells.indices where child.fell(at: place) {
          guard let amount = implausible(child, place, target.interval, above: limit) else {
            continue
          }
          let at = child.cells[place].lastTime
          var fall = found[at] ?? (child.id.text, 0, SeriesLife.Counts())
          if child.role != .goodPart {
            fall.series += 1
            fall.counts.total += amount
          }
          if child.role == .good || child.role == .goodPart { fall.counts.good += amount }
          found[at] = fall
        }
      }
      for (at, fall) in found {
        births.append(
          SeriesLives.Birth(
            at: Instant(nanoseconds: at), text: fall.text, series: max(1, fall.series),
            total: fall.counts.total, bad: fall.counts.total - fall.counts.good, counting: .fallen))
      }
    }
  }

  /// What a fall and the steps beside it count too much; `nil` where they are plausible, or its start is known.
  private func implausible(
    _ child: SeriesLife, _ place: Int, _ interval: Int64, above limit: Double
  ) -> Double? {
    func rise(_ place: Int) -> Double {
      guard child.cells.indices.contains(place) else { return 0 }
      let (amount, intervals) = child.rise(to: place, usual: interval)
      return amount > limit * intervals ? amount : 0
    }
    // A fall to nothing is undone by the step after it.
    let after = place + 1 < child.cells.count && child.fell(at: place + 1) ? 0 : rise(place + 1)
    let amount = rise(place) + after
    guard amount > 0 else { return nil }
    let (cell, before) = (child.cells[place], place > 0 ? child.cells[place - 1].lastTime : .min)
    let isStarted = starts.starts(of: child.id).contains {
      before < $0.seen && $0.seen <= cell.lastTime
    }
    if isStarted { return nil }
    return place > 0 && child.fell(at: place - 1) ? amount : amount + rise(place - 1)
  }
}
