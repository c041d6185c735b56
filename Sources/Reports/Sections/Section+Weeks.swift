import Model

extension Section {
  /// What the period used, and what is to be done in the next one, side by side.
  static func weeks(_ story: Story) -> Section {
    let noun = story.period.noun
    return Section(
      name: .weeks,
      blocks: [
        .columns([
          Section(
            name: .weeks, heading: story.period.this.capitalizedFirst,
            blocks: [.list(used(story), name: "this\(noun.capitalizedFirst)")]),
          Section(
            name: .weeks, heading: "Next \(noun)",
            blocks: [.list(due(story), name: "next\(noun.capitalizedFirst)")]),
        ])
      ])
  }

  private static func used(_ story: Story) -> [String] {
    let judged = story.facts.objectives.filter { $0.state != .notJudged }
    let spenders = judged.filter { $0.spentInPeriod >= 0.05 }
      .sorted { $0.spentInPeriod > $1.spentInPeriod }
    var result = [story.costliest].compactMap(\.self)
    result += spenders.prefix(3 - result.count).map { story.words($0).spending }
    let period = story.facts.period.window
    let cuts = story.gaps.compactMap { gap in
      gap.window.clipped(to: period).map { (gap.window, $0) }
    }
    // Shorter ones are with the data alone.
    if let (gap, inside) = cuts.max(by: { $0.1.length < $1.1.length }),
      inside.length * 100 >= period.length
    {
      let part = inside == gap ? "" : " of it \(story.period.this)"
      let others = cuts.count > 1 ? " And \(Wording.counted(cuts.count - 1, "other gap"))." : ""
      result.append(
        "Data gap: \(Wording.moments(gap, in: story.zone)) (\(Wording.duration(inside.length))\(part)).\(others)"
      )
    }
    if let fresh = judged.first(where: {
      $0.window.rule.isCalendar && period.start < $0.window.start
    }) {
      result.append(
        "The \(story.words(fresh).budgetName) began on \(Wording.day(story.zone.date(at: fresh.window.start))): earlier spending is not in it."
      )
    }
    if result.isEmpty {
      result.append(
        judged.isEmpty
          ? "Nothing could be judged."
          : "No objective spent more than 5\(Wording.space)% of its budget.")
    }
    return result + passed(story)
  }

  private static func due(_ story: Story) -> [String] {
    let (facts, zone) = (story.facts, story.zone)
    func day(_ instant: Instant) -> String { Wording.lastDay(before: instant, in: zone) }
    var result = [gateToCome(story)].compactMap(\.self)
    for change in facts.clockChanges where change.at >= facts.period.end {
      let length = Wording.duration(.seconds(Int64(clamping: change.shift.magnitude)))
      result.append(
        "Clocks go \(change.shift < 0 ? "back" : "forward") \(length) on \(change.wall(in: zone)).")
    }
    for objective in story.all(.atRisk) {
      if let at = objective.exhaustedAt {
        result.append("At its usual pace \(objective.title) runs out on \(day(at)).")
      } else {
        result.append(
          "Watch \(objective.title): \(Wording.left(objective.budget?.left)) of its budget is left."
        )
      }
    }
    let returning = facts.objectives.filter {
      ($0.leftAhead ?? 0) - ($0.budget?.left ?? 0) > 0.2 && $0.leftAhead ?? 0 > 0
        && $0.state != .notJudged
    }
    for objective in returning.prefix(2) {
      result.append(
        "\(objective.title): old spending leaves the window; at the usual pace "
          + "\(Wording.left(objective.leftAhead)) is left at the end of \(day(objective.aheadAt))."
      )
    }
    let orders = orders(story)
    if result.isEmpty, orders.isEmpty { result.append("Nothing to do.") }
    guard result.count > 4 else { return result + orders }
    return result.prefix(3) + ["And \(result.count - 3) more: see the scoreboard."] + orders
  }

  /// What passed its threshold in the period.
  private static func passed(_ story: Story) -> [String] {
    let first = story.zone.date(at: story.facts.period.start)
    return story.capacity.compactMap { item in
      item.due.flatMap(item.passed).flatMap { day in
        day < first
          ? nil : "\(item.title) passed \(CapacityWords(item).dueName) on \(Wording.day(day))."
      }
    }.prefix(2).map(\.self)
  }

  /// What to order by when, and what else comes near its threshold.
  private static func orders(_ story: Story) -> [String] {
    let lines = story.capacity.compactMap { item -> String? in
      if let day = item.orderBy { return "Order \(item.title) by \(Wording.day(day))." }
      let isNear =
        item.needsAction || item.due?.answer == .noPrediction && item.due?.earliest != nil
      let words = CapacityWords(item)
      return isNear ? "\(item.title), \(words.dueName): \(words.date(of: item.due))." : nil
    }
    guard lines.count > 2 else { return lines }
    return [lines[0], "And \(lines.count - 1) more resources: see Capacity."]
  }

  private static func gateToCome(_ story: Story) -> String? {
    let closed = story.facts.objectives.filter { $0.band?.gateClosed == true }
    guard let worst = closed.first else {
      return Gate(story.facts.objectives) == .open
        ? nil : "The release gate stays closed until every objective can be judged."
    }
    let action = worst.band?.action.map { " \($0.ended)" } ?? ""
    let owners = closed.compactMap(\.owner).reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    let owned = owners.isEmpty ? "" : " Owner: \(Wording.listed(Array(owners.prefix(3))))."
    var names = closed.prefix(3).map(\.title)
    if closed.count > 3 { names.append("\(closed.count - 3) more") }
    return "Keep the release gate closed for \(Wording.listed(names)).\(action)\(owned)"
  }
}

extension ObjectiveWords {
  /// What the period used: "Run success used 54 points of its budget, including 24 on Fri 16 Oct 18:05 (2 h 35 min)".
  fileprivate var spending: String {
    guard objective.spentInPeriod.isFinite else {
      let bad = objective.period.map { self.bad(good: $0.good, total: $0.total) } ?? badNoun
      return "\(objective.title) allows nothing bad, but had \(bad)."
    }
    let times = (objective.periodDrops ?? []).filter {
      $0.share >= 0.05 && $0.end - $0.start < .days(6)
    }.prefix(3).sorted { $0.start < $1.start }
    let parts = times.map { "\(Wording.points($0.share)) \(when($0))" }
    return "\(objective.title) used \(Wording.pointCount(objective.spentInPeriod)) of its budget"
      + (parts.isEmpty ? "." : ", including \(Wording.listed(parts)).")
  }
}

extension ReportFacts.ClockChange {
  /// What the wall clock would have shown at the change: "Sun 25 Oct at 03:00".
  func wall(in zone: ZoneOffsets) -> String {
    let wall = at.seconds + zone.offset(at: at - .seconds(1)).seconds
    let day = wall.dividedDown(by: 86_400)
    let second = wall - day * 86_400
    return
      "\(Wording.day(CivilDate(dayNumber: day))) at \(Wording.clock(second: Int(second)))"
  }
}
