import Model

extension LivesReading {
  /// Finds steps that are hardly what one process counts: they may be readings of another one.
  mutating func readJumps() {
    let limit = largestStep() * 2.5
    for target in targets {
      var found: [SeriesLives.Birth.Counting: [Int64: (text: String, counts: SeriesLife.Counts)]] =
        [:]
      for child in target.children where child.role.isCounter {
        for jump in jumps(of: child, in: target, above: limit) {
          let at = child.cells[jump.place].lastTime
          var sum = found[jump.counting, default: [:]][at] ?? (child.id.text, SeriesLife.Counts())
          if child.role != .goodPart { sum.counts.total += jump.amount }
          if child.role == .good || child.role == .goodPart { sum.counts.good += jump.amount }
          found[jump.counting, default: [:]][at] = sum
        }
      }
      for (counting, jumps) in found {
        for (at, jump) in jumps {
          births.append(
            SeriesLives.Birth(
              at: Instant(nanoseconds: at), text: jump.text, series: 1, total: jump.counts.total,
              bad: jump.counts.total - jump.counts.good, counting: counting))
        }
      }
    }
  }

  private typealias Jump = (place: Int, amount: Double, counting: SeriesLives.Birth.Counting)

  private func jumps(of child: SeriesLife, in target: TargetLife, above limit: Double) -> [Jump] {
    var found: [Jump] = []
    var taken: Set<Int> = []
    func rise(_ place: Int, above limit: Double) -> Double {
      guard child.cells.indices.contains(place), !taken.contains(place) else { return 0 }
      let (amount, intervals) = child.rise(to: place, usual: target.interval)
      return amount > limit * intervals ? amount : 0
    }
    if limit > 0, child.falls {
      for place in child.cells.indices where child.fell(at: place) && !hasStart(child, place) {
        let beside = [place - 1, place + 1].filter {
          child.cells.indices.contains($0) && !child.fell(at: $0)
        }
        // A fall to nothing is undone by the step after it.
        let after = beside.contains(place + 1) ? rise(place + 1, above: limit) : 0
        let amount = rise(place, above: limit)
        guard amount + after > 0 else { continue }
        let before = beside.contains(place - 1) ? rise(place - 1, above: limit) : 0
        taken.formUnion([place] + beside)
        found.append((place, amount + after + before, .fallen))
      }
    }
    if limit > 0 {
      for place in unfallen(child) where child.cells[place].first > limit {
        found.append((place, child.cells[place - 1].last, .restarted))
      }
    }
    let usual = target.children.reduce(0) { $0 + ($1.role == .goodPart ? 0 : $1.steps.usual) } * 100
    if usual > 0, child.steps.all > usual {
      for place in child.cells.indices
      where !child.fell(at: place) && rise(place, above: usual) > 0
        && [place - 1, place + 1].allSatisfy({ rise($0, above: usual) == 0 })
      {
        found.append((place, rise(place, above: usual), .risen))
      }
    }
    return found
  }

  private func hasStart(_ child: SeriesLife, _ place: Int) -> Bool {
    let before = place > 0 ? child.cells[place - 1].lastTime : .min
    return starts.starts(of: child.id).contains {
      before < $0.seen && $0.seen <= child.cells[place].lastTime
    }
  }

  /// Places at which a counter is back no lower than it was, though its start says that it began anew.
  private func unfallen(_ child: SeriesLife) -> [Int] {
    let created = starts.starts(of: child.id)
    return created.isEmpty
      ? []
      : child.cells.indices.dropFirst().filter { place in
        let (before, cell) = (child.cells[place - 1], child.cells[place])
        return !child.fell(at: place)
          && created.contains {
            before.lastTime < $0.at && $0.at < cell.firstTime && $0.seen > before.lastTime
          }
      }
  }
}
