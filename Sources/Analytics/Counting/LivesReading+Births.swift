import Model

extension LivesReading {
  /// Finds the first values that count.
  mutating func readBirths() {
    for place in targets.indices {
      readBirths(of: place)
      readReturns(of: place)
      readLoop(of: place)
    }
  }

  private mutating func readBirths(of place: Int) {
    let target = targets[place]
    let known = reach(of: target).first.addingClamped(LocalIntervals.longest(target.interval))
    /// Beside living siblings, by the time of their first reading; and the others, by the run of the target.
    var beside: [Int64: [Int]] = [:]
    var together: [Int64: [Int]] = [:]
    for (index, child) in target.children.enumerated()
    where child.role.isCounter && !older.contains(child.id) {
      let at = child.start
      // Nothing was read before.
      if at <= known, at - target.start <= target.interval / 2 { continue }
      if child.cells[0].first > 0, let old = oldName(of: child, in: place) {
        count(place, index, from: old.value)
        renamed[old.id] = (at, child.id.text)
        births.append(
          birth(at, child.id.text, [child], .renamed(from: old.id.text)))
      } else if target.hasSibling(of: index, through: at, until: at)
        || isAfterRestart(place, at)
      {
        beside[at, default: []].append(index)
      } else if at > known, let run = target.runs.last(where: { $0.start <= at }) {
        let isFirst = at - run.start <= target.interval / 2
        together[isFirst ? run.start : at, default: []].append(index)
      }
    }
    for (_, group) in beside.sorted(by: { $0.key < $1.key }) { countBeside(place, group) }
    for (at, group) in together.sorted(by: { $0.key < $1.key }) { countTogether(place, group, at) }
  }

  /// Whether the step of its siblings to a time was a restart, however long it took.
  private mutating func isAfterRestart(_ place: Int, _ at: Int64) -> Bool {
    let slack = targets[place].interval / 2
    guard targets[place].runs.contains(where: { abs($0.start - at) <= slack }),
      targets[place].start < at - slack
    else { return false }
    return restarts(of: place).contains { abs($0.to - at) <= slack }
  }

  private mutating func countBeside(_ place: Int, _ group: [Int]) {
    let children = group.map { targets[place].children[$0] }
    guard children.contains(where: { $0.cells[0].first > 0 }) else { return }
    let (sum, limit) = (firstValues(children), largestStep() * 2.5)
    let (at, text) = (children[0].start, children[0].id.text)
    if sum.bad > limit, !children.allSatisfy({ hasStart($0) }) {
      births.append(birth(at, text, children.filter { $0.role != .good }, .implausible))
    }
    for (index, child) in zip(group, children) {
      // So many good events at once would hide bad ones.
      let isOld =
        sum.bad <= limit && sum.total > limit && child.role != .bad && !hasStart(child)
        && (child.role != .good || child.cells[0].first > limit)
      if isOld {
        births.append(birth(child.start, child.id.text, [child], .leftOut))
      } else {
        count(place, index, from: 0)
      }
    }
  }

  /// All of them or none: an old target whose one counter is small has not just started.
  private mutating func countTogether(_ place: Int, _ group: [Int], _ at: Int64) {
    let children = group.map { targets[place].children[$0] }
    let sum = firstValues(children)
    guard sum.total > 0 else { return }
    if sum.total <= largestStep() * 2.5 || children.allSatisfy({ hasStart($0) }) {
      for index in group { count(place, index, from: 0) }
    } else {
      let text = targets[place].key.text
      births.append(
        birth(at, text.isEmpty ? children[0].id.text : text, children, .leftOut))
    }
  }

  /// What a restart hid: a counter that was not read at its target's first reading after it counts from zero.
  private mutating func readReturns(of place: Int) {
    let target = targets[place]
    guard target.children.count > 1 else { return }
    for restart in restarts(of: place) {
      for child in target.children where child.role.isCounter {
        let next = child.place(at: restart.to)
        guard next > 0, next < child.cells.count else { continue }
        let (before, first) = (child.cells[next - 1], child.cells[next])
        let hole = Double(first.firstTime - before.lastTime) / Double(max(1, target.interval))
        guard restart.to < first.firstTime, before.lastTime <= restart.from,
          first.first >= before.last, first.first <= largestStep() * 2.5 * hole
        else { continue }
        bases[child.id, default: []].append(
          CounterStarts.Start(at: first.firstTime - 1, seen: first.firstTime))
      }
    }
  }

  /// While a target restarts again and again, a counter that is back after a gap counts from zero, too.
  private mutating func readLoop(of place: Int) {
    let target = targets[place]
    let restarts = restarts(of: place).map(\.to).sorted()
    guard target.children.count > 1, restarts.count > 1 else { return }
    let hour = 60 * LivesReading.minute
    for child in target.children where child.role.isCounter {
      var next = 0
      for (before, first) in zip(child.cells, child.cells.dropFirst())
      where first.first >= before.last {
        let (from, to) = (before.lastTime, first.firstTime)
        while next < restarts.count, restarts[next] < to { next += 1 }
        let hole = Double(to - from) / Double(max(1, target.regular))
        guard hole > 2.5, first.first <= largestStep() * 2.5 * hole,
          next > 0, from - restarts[next - 1] <= hour,
          next < restarts.count, restarts[next] - to <= hour
        else { continue }
        bases[child.id, default: []].append(CounterStarts.Start(at: to - 1, seen: to))
      }
    }
  }

  private mutating func count(_ place: Int, _ index: Int, from base: Double) {
    let child = targets[place].children[index]
    targets[place].children[index].firstBase = base
    guard child.cells[0].first > base else { return }
    bases[child.id, default: []].append(
      CounterStarts.Start(at: child.start - 1, seen: child.start, base: base))
  }

  private func hasStart(_ child: SeriesLife) -> Bool {
    starts.isNew(
      child.id, first: child.cells[0], within: LocalIntervals.longest(child.runs[0].interval ?? 0))
  }

  private func firstValues(_ children: [SeriesLife]) -> SeriesLife.Counts {
    var sum = SeriesLife.Counts()
    for child in children {
      let value = child.cells[0].first
      if child.role != .goodPart { sum.total += value }
      if child.role == .good || child.role == .goodPart { sum.good += value }
    }
    return sum
  }

  private func birth(
    _ at: Int64, _ text: String, _ children: [SeriesLife], _ counting: SeriesLives.Birth.Counting
  ) -> SeriesLives.Birth {
    let sum = firstValues(children)
    return SeriesLives.Birth(
      at: Instant(nanoseconds: at), text: text,
      series: children.count { $0.role != .goodPart }, total: sum.total, bad: sum.bad,
      counting: counting)
  }

  /// A series of the target that ended just before, differs in one label, and whose value goes on.
  private mutating func oldName(of child: SeriesLife, in place: Int) -> (
    id: SeriesID, value: Double
  )? {
    let value = child.cells[0].first
    let target = targets[place]
    let reach = LocalIntervals.longest(target.interval)
    for other in target.children where other.id != child.id && other.role == child.role {
      for run in other.runs where run.end < child.start && child.start - run.end <= reach {
        let old = other.cells[run.last].last
        let goesOn = 0 < old && old <= value && value - old <= 10 * largestStep()
        guard goesOn, other.id.differsInOneLabel(from: child.id) else { continue }
        let isNew = restarts(of: place).contains { run.end <= $0.from && $0.to <= child.start }
        if !isNew { return (other.id, old) }
      }
    }
    return nil
  }
}

extension SeriesID {
  fileprivate func differsInOneLabel(from other: SeriesID) -> Bool {
    guard name == other.name else { return false }
    let (one, two) = (Set(labels), Set(other.labels))
    let names = Set(one.symmetricDifference(two).map(\.name))
    return names.count == 1
  }
}
