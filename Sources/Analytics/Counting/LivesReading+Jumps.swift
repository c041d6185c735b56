import Model

extension LivesReading {
  /// Finds steps that are hardly what one process counts: they may be readings of another one.
  mutating func readJumps() {
    let limit = largestStep() * 2.5
    for target in targets {
      /// Those of one moment belong together; the first names them.
      struct Key: Hashable {
        let at: Int64
        let counting: SeriesLives.Birth.Counting
      }
      var found: [(key: Key, text: String)] = []
      var counts: [Key: SeriesLife.Counts] = [:]
      for child in target.children where child.role.isCounter {
        for jump in jumps(of: child, in: target, above: limit) {
          let key = Key(at: child.cells[jump.place].lastTime, counting: jump.counting)
          if counts[key] == nil { found.append((key, child.id.text)) }
          var sum = counts[key] ?? SeriesLife.Counts()
          if child.role != .goodPart { sum.total += jump.amount }
          if child.role == .good || child.role == .goodPart { sum.good += jump.amount }
          counts[key] = sum
        }
      }
      for (key, text) in found {
        let sum = counts[key] ?? SeriesLife.Counts()
        births.append(
          SeriesLives.Birth(
            at: Instant(nanoseconds: key.at), text: text, series: 1, total: sum.total,
            bad: sum.total - sum.good, counting: key.counting))
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
