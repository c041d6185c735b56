import Model

extension LivesReading {
  static let minute: Int64 = 60_000_000_000
  /// Of fewer lost events than these, chance decides whether the others took them over.
  private static let few = 50.0

  /// Finds the ends and why they may have come.
  mutating func readEnds() {
    for place in targets.indices where targets[place].children.count > 1 {
      readChildEnds(of: place)
    }
    readTargetEnds()
  }

  // MARK: Series of a target that goes on

  private mutating func readChildEnds(of place: Int) {
    let target = targets[place]
    let i = target.interval
    for (index, child) in target.children.enumerated() {
      for (number, run) in child.runs.enumerated() {
        let next = number + 1 < child.runs.count ? child.runs[number + 1] : nil
        guard run.end < target.end,
          target.hasSibling(
            of: index, through: run.end, until: run.end.addingClamped(i.timesClamped(2)))
        else { continue }
        let restarts = restarts(of: place)
        if let next, child.cells[next.first].first >= child.cells[run.last].last,
          !restarts.contains(where: { run.end <= $0.from && $0.to <= next.start })
        {
          continue  // The step counts all of it.
        }
        let reach = LocalIntervals.longest(i)
        let reason: SeriesLives.End.Reason
        if restarts.contains(where: { $0.from - reach <= run.end && run.end <= $0.to + reach }) {
          reason = .restart
        } else if let renamed = renamed[child.id], next == nil {
          reason = .renamed(to: renamed.to)
        } else if child.role != .bad, child.role != .mixed {
          reason = .harmless
        } else if hasExpired(for: (next?.start ?? newest) - run.end) {
          reason = .expires
        } else {
          reason = .badSeries
        }
        // What was explained and came back is over.
        if next != nil, !reason.isDoubt { continue }
        let over = [
          next?.start, restarts.first { $0.to > run.end }?.to,
          target.runs.last { $0.end < self.reach(of: target).last - reach }?.end,
        ].compactMap(\.self).filter { $0 > run.end }.min()
        ends.append(
          end(of: target, at: run.end, over: over, child.id.text, 1, reason, hour: 60))
      }
    }
  }

  /// Whether exporters of these series leave out what is idle, seen twice to bring it back, for half so long at least.
  private mutating func hasExpired(for length: Int64) -> Bool {
    let found = absences ?? longestAbsence()
    absences = found
    return found.count >= 2 && length <= found.longest.timesClamped(2)
  }

  private func longestAbsence() -> (count: Int, longest: Int64) {
    var absences: [Int64] = []
    for target in targets {
      for child in target.children {
        for (run, next) in zip(child.runs, child.runs.dropFirst())
        where child.cells[next.first].first >= child.cells[run.last].last
          && target.hasSibling(of: -1, through: run.end, until: next.start)
        {
          absences.append(next.start - run.end)
        }
      }
    }
    return (absences.count, absences.max() ?? 0)
  }

  // MARK: Targets

  private struct TargetEnd {
    let place: Int
    let at: Int64
    let next: Int64?
    var reason: SeriesLives.End.Reason?
  }

  private mutating func readTargetEnds() {
    var found: [TargetEnd] = []
    for place in targets.indices {
      let target = targets[place]
      for (number, run) in target.runs.enumerated() {
        let i = run.interval ?? target.interval
        if number + 1 < target.runs.count {
          let next = target.runs[number + 1]
          guard next.start - run.end > max(LocalIntervals.longest(i), 10 * LivesReading.minute),
            isLost(place, run.end, next.start)
          else { continue }
          found.append(TargetEnd(place: place, at: run.end, next: next.start))
        } else if reach(of: target).last - run.end > LocalIntervals.longest(i) || isSilent(target) {
          found.append(TargetEnd(place: place, at: run.end, next: nil))
        }
      }
    }
    guard !found.isEmpty else { return }
    found.sort { ($0.at, $0.place) < ($1.at, $1.place) }
    explain(&found)
    for index in found.indices where found[index].reason == nil {
      let target = targets[found[index].place]
      if found[index].next == nil, isSilent(target) {
        found[index].reason = .silent
      } else if failed(target, before: found[index].at) {
        found[index].reason = .failing
      }
    }
    weighTraffic(&found)
    for end in found {
      let reason = end.reason ?? .harmless
      if end.next != nil, !reason.isDoubt { continue }
      let target = targets[end.place]
      let ended = target.children.filter { $0.end <= end.at && end.at - $0.end <= target.interval }
      let text = target.key.text.isEmpty ? target.children[0].id.text : target.key.text
      ends.append(
        self.end(
          of: target, at: end.at, over: end.next, text, max(1, ended.count), reason,
          hour: reason == .traffic ? 15 : 60))
    }
  }

  /// Whether counts were lost in a hole: they are not where every counter goes on.
  private mutating func isLost(_ place: Int, _ from: Int64, _ to: Int64) -> Bool {
    let isBack = targets[place].children.contains { child in
      child.start <= from
        && child.runs.contains { from < $0.end && $0.start <= to + targets[place].interval }
    }
    return !isBack
      || restarts(of: place).contains { from <= $0.from && $0.to <= to + targets[place].interval }
  }

  /// Whether all of its source or declared origin is unread for ten intervals, while others go on.
  private func isSilent(_ target: TargetLife) -> Bool {
    newest - (lastOf[target.key.origin] ?? .min) > target.interval.timesClamped(10)
  }

  private mutating func explain(_ found: inout [TargetEnd]) {
    let reach = 30 * LivesReading.minute
    let slack = 2.5 * largestStep()
    var used: Set<Int> = []
    // Targets that began while others were known, in order of time.
    let begun = targets.indices.filter { place in
      let target = targets[place]
      return target.start - oldest > LocalIntervals.longest(target.interval)
    }.sorted { (targets[$0].start, $0) < (targets[$1].start, $1) }
    let starts = begun.map { targets[$0].start }
    let copies = Dictionary(grouping: targets.filter { !$0.key.copy.isEmpty }, by: \.key.own)
    for index in found.indices {
      let (end, target) = (found[index], targets[found[index].place])
      let copy = (copies[target.key.own] ?? []).first { other in
        other.key != target.key
          && other.runs.contains {
            $0.start <= end.at && end.at + other.interval.timesClamped(2) <= $0.end
          }
          && LivesReading.isCopy(other, of: target, at: end.at, slack: slack)
      }
      if let copy {
        found[index].reason = .copy(copy.key.text)
        continue
      }
      let first = starts.partitioningIndex { $0 >= end.at - reach }
      let near = begun[first...].prefix { targets[$0].start <= end.at + reach }
      let successor = near.first { place in
        let other = targets[place]
        return !used.contains(place) && place != end.place
          && other.key.job == target.key.job && other.end > end.at
          && (other.runs[0].end - other.start >= other.interval.timesClamped(5)
            || self.reach(of: other).last - other.end <= LocalIntervals.longest(other.interval))
      }
      if let successor {
        used.insert(successor)
        found[index].reason = .successor(targets[successor].key.text)
      }
    }
  }

  /// Whether two targets had the same series, with about the same counts when one ended, and the same checks.
  private static func isCopy(
    _ other: TargetLife, of target: TargetLife, at end: Int64, slack: Double
  ) -> Bool {
    let labels = Set(TargetLabels.copies.map { Array($0.utf8) })
    func bare(_ id: SeriesID) -> [Label] { id.labels.filter { !labels.contains($0.name) } }
    let last = target.children.filter { $0.end >= end - target.interval }
    let twins = last.map { child in
      other.children.first { $0.id.name == child.id.name && bare($0.id) == bare(child.id) }
    }
    return twins.contains { $0 != nil }
      && zip(last, twins).allSatisfy { child, twin in
        guard let one = child.cells[..<child.place(at: end + 1)].last else { return true }
        let two = twin.flatMap { $0.cells[..<$0.place(at: end + 1)].last }
        switch child.role {
        case .gauge: return true
        case .checks: return two.map { $0.last == one.last } ?? false
        // A counter that is not there has counted nothing.
        case .good, .bad, .mixed, .goodPart: return abs(one.last - (two?.last ?? 0)) <= slack
        }
      }
  }

  private var oldest: Int64 { reach.values.map(\.first).min() ?? .max }

  /// Whether it burned fast in its last hour or its last minutes.
  private func failed(_ target: TargetLife, before at: Int64) -> Bool {
    // Checks are few: two in a row that found it down, and none since.
    if target.children.contains(where: { $0.role == .checks }),
      target.amount(after: at - target.interval * 3 / 2, upTo: at).bad >= 2
    {
      return true
    }
    return [
      60 * LivesReading.minute, max(5 * LivesReading.minute, target.interval.timesClamped(5)),
    ].contains {
      let counts = target.amount(after: at - $0, upTo: at)
      return LivesReading.failed(counts.bad, of: counts.total, self.target)
    }
  }

  /// - Formula: at least 10 bad events, and a burn rate of 14.4 or half of all events bad.
  static func failed(_ bad: Double, of total: Double, _ target: Target) -> Bool {
    bad >= 10 && bad >= min(14.4 * Double(target.allowance) / 1e9, 0.5) * total
  }

  /// Whether a group of targets that ended at about one time took traffic with it.
  private func weighTraffic(_ found: inout [TargetEnd]) {
    let quarter = 15 * LivesReading.minute
    let open = found.indices.filter { found[$0].reason == nil }
    var start = 0
    while start < open.count {
      var end = start
      while end + 1 < open.count, found[open[end + 1]].at - found[open[end]].at <= quarter {
        end += 1
      }
      let group = open[start...end]
      start = end + 1
      let (first, last) = (found[group[group.startIndex]].at, found[group[group.endIndex - 1]].at)
      let places = Set(group.map { found[$0].place })
      guard let interval = places.map({ targets[$0].interval }).max(),
        targets[found[group[group.startIndex]].place].children[0].role.isCounter
      else { continue }
      guard newest - last >= interval.timesClamped(5) else { continue }
      /// What was lost in a time before, and whether as long after the others had not taken over half of it.
      func weigh(_ window: Int64) -> (lost: Double, isGone: Bool) {
        var lost = 0.0
        for index in group {
          let at = found[index].at
          lost += targets[found[index].place].amount(after: at - window, upTo: at).total
        }
        let after = min(last + window, newest)
        var (before, then) = (0.0, 0.0)
        for place in targets.indices where !places.contains(place) {
          before += targets[place].amount(after: first - window, upTo: first).total
          then += targets[place].amount(after: last, upTo: after).total
        }
        then *= Double(window) / Double(after - last)
        return (lost, lost > 0 && lost >= 0.2 * (lost + before) && then - before < lost / 2)
      }
      // In a longer time there may have been more work: hours alone only decide if there is no other way.
      let short = weigh(quarter)
      var isGone = short.isGone
      if short.lost < LivesReading.few {
        let hour = weigh(4 * quarter)
        isGone = hour.isGone && (hour.lost >= LivesReading.few || weigh(16 * quarter).isGone)
      }
      if isGone {
        for index in group { found[index].reason = .traffic }
      }
    }
  }

  private func end(
    of target: TargetLife, at: Int64, over: Int64?, _ text: String, _ series: Int,
    _ reason: SeriesLives.End.Reason, hour minutes: Int64
  ) -> SeriesLives.End {
    let run = target.runs.last { $0.start < at }
    let missing = min(at + (run?.interval ?? target.interval), over ?? .max)
    var (rate, good) = (0.0, 0.0)
    if reason.isDoubt {
      let from = max(at - minutes * LivesReading.minute, run?.start ?? target.start)
      rate = target.amount(after: from, upTo: at).total / max(1, Double(at - from) / 1e9)
      if reason == .badSeries {
        good = target.amount(after: at, upTo: over ?? newest).good
      } else if let over {
        let seen = target.amount(after: at, upTo: over).total
        rate = max(0, rate - seen / max(1, Double(over - missing) / 1e9))
      }
    }
    return SeriesLives.End(
      at: Instant(nanoseconds: at), missing: Instant(nanoseconds: missing),
      until: over.map(Instant.init(nanoseconds:)), text: text, series: series, reason: reason,
      rate: rate, goodSince: good)
  }
}
