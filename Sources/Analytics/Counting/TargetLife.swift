import Model

/// The series of one target: when any of them was read, and when it restarted.
struct TargetLife {
  let key: TargetLabels.Key
  var children: [SeriesLife]
  /// When any child was read.
  let runs: [SeriesLife.Run]
  let interval: Int64
  /// The shortest interval at which any child was read.
  let regular: Int64

  /// A fall of its largest counter, between two readings; of joined minutes, somewhere between them.
  struct Restart: Hashable {
    let from: Int64
    let to: Int64
  }

  /// Where no child has two readings, the interval is the `usual` one.
  init(_ key: TargetLabels.Key, _ children: [SeriesLife], usual: Int64) {
    self.key = key
    self.children = children
    let interval = children.compactMap { $0.runs.last?.interval }.min() ?? usual
    self.interval = interval
    regular = children.flatMap(\.runs).compactMap(\.interval).min() ?? usual
    var runs: [SeriesLife.Run] = []
    for run in children.flatMap(\.runs).sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
      let reach = LocalIntervals.longest(run.interval ?? interval)
      if let last = runs.last, run.start <= last.end.addingClamped(reach) {
        runs[runs.count - 1].end = max(last.end, run.end)
        if run.end >= last.end { runs[runs.count - 1].interval = run.interval ?? last.interval }
      } else {
        runs.append(run)
      }
    }
    self.runs = runs
  }

  var start: Int64 { runs.first?.start ?? .max }
  var end: Int64 { runs.last?.end ?? .min }

  func amount(after from: Int64, upTo to: Int64) -> SeriesLife.Counts {
    children.reduce(SeriesLife.Counts()) { $0 + $1.amount(after: from, upTo: to) }
  }

  /// Whether one of its series, other than the one at `place`, was read before a time and is read after it.
  func hasSibling(of place: Int, through time: Int64, until later: Int64) -> Bool {
    children.indices.contains {
      $0 != place && children[$0].lives(through: time, until: later, slack: interval / 2)
    }
  }

  /// - Formula: a counter fell, its known start is new, or it is back no higher than it was, after two readings of another
  ///   without it; and among those read before and after that step none with a larger value before it did not fall. A
  ///   small counter that falls alone is not a restart.
  func restarts(by starts: CounterStarts) -> [Restart] {
    var found: [Restart: Double] = [:]
    for child in children where child.role.isCounter {
      let created = starts.starts(of: child.id)
      var next = 0
      for place in child.cells.indices {
        let cell = child.cells[place]
        if cell.resets > 0 {
          found[Restart(from: cell.firstTime, to: cell.lastTime), default: 0].raise(to: cell.high)
        }
        guard place > 0 else { continue }
        let before = child.cells[place - 1]
        var hasStart = false
        while next < created.count, created[next].at < cell.firstTime {
          hasStart =
            hasStart || (created[next].at > before.lastTime && created[next].seen > before.lastTime)
          next += 1
        }
        if hasStart || cell.first < before.last
          || (cell.first == before.last && isAbsent(child, before.lastTime, cell.firstTime))
        {
          found[Restart(from: before.lastTime, to: cell.firstTime), default: 0]
            .raise(to: before.last)
        }
      }
    }
    let restarts = found.filter { restart, value in
      children.allSatisfy { child in
        guard let step = child.step(over: restart) else { return true }
        return step.before <= value || step.fell
      }
    }
    return TargetLife.narrowest(Array(restarts.keys))
  }

  /// Without those during which another one happened: a series that was absent when its target restarted falls over all of
  /// its absence, and its siblings show when it was.
  private static func narrowest(_ restarts: [Restart]) -> [Restart] {
    var latest = Int64.min
    return restarts.sorted { ($0.to, $1.from) < ($1.to, $0.from) }.filter { restart in
      defer { latest = max(latest, restart.from) }
      return restart.from > latest
    }
  }

  /// Whether another series was read twice between two readings of a child.
  private func isAbsent(_ child: SeriesLife, _ from: Int64, _ to: Int64) -> Bool {
    guard to - from > LocalIntervals.longest(regular) else { return false }
    return children.contains { other in
      guard other.id != child.id else { return false }
      let next = other.place(at: from + 1)
      let inside = other.cells[next...].prefix(2).filter { $0.lastTime < to }
      return inside.count > 1 || inside.contains { $0.firstTime > from && $0.count > 1 }
    }
  }
}

extension SeriesLife {
  /// The value before a step and whether it fell there; `nil` where it was not read before and after it.
  fileprivate func step(over restart: TargetLife.Restart) -> (before: Double, fell: Bool)? {
    let place = place(at: restart.to)
    guard place < cells.count else { return nil }
    let cell = cells[place]
    if cell.firstTime <= restart.from { return (cell.high, cell.resets > 0) }
    guard place > 0 else { return nil }
    let before = cells[place - 1]
    return (before.last, cell.first < before.last || cell.resets > 0)
  }
}

extension Double {
  fileprivate mutating func raise(to value: Double) { self = max(self, value) }
}
