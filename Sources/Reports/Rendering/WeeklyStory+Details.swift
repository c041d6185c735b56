import Model

extension WeeklyStory {
  var thisWeek: [String] {
    let judged = facts.objectives.filter { $0.state != .notJudged }
    let spenders = judged.filter { $0.spentInPeriod >= 0.05 }
      .sorted { $0.spentInPeriod > $1.spentInPeriod }
    var result = [costliest].compactMap(\.self)
    result += spenders.prefix(3 - result.count).map(spending)
    let period = facts.period.window
    let cuts = gaps.compactMap { gap in gap.window.clipped(to: period).map { (gap.window, $0) } }
    // Shorter ones stand with the data alone.
    if let (gap, inside) = cuts.max(by: { $0.1.length < $1.1.length }),
      inside.length * 100 >= period.length
    {
      let part = inside == gap ? "" : " of it this week"
      let others = cuts.count > 1 ? " And \(counted(cuts.count - 1, "other gap"))." : ""
      result.append(
        "Data gap: \(moments(gap)) (\(Wording.duration(inside.length))\(part)).\(others)")
    }
    if let fresh = judged.first(where: { rolling($0) == nil && period.start < $0.window.start }) {
      result.append(
        "The \(budgetName(fresh)) began on \(Wording.day(zone.date(at: fresh.window.start))): what was spent before is not in it."
      )
    }
    if result.isEmpty {
      result.append(
        judged.isEmpty
          ? "Nothing could be judged."
          : "No objective spent more than 5\(Wording.space)% of its budget.")
    }
    return result
  }

  /// What the week used: "Run success used 54 points of its budget, 24 of them on Fri 16 Oct 18:05 (2 h 35 min)".
  private func spending(_ objective: ObjectiveFacts) -> String {
    guard objective.spentInPeriod.isFinite else {
      return "\(objective.title) allows nothing bad, and something was."
    }
    let times = (objective.periodDrops ?? []).filter {
      $0.share >= 0.05 && $0.end - $0.start < .days(6)
    }.prefix(3).sorted { $0.start < $1.start }
    let parts = times.map { "\(Wording.points($0.share)) \(when($0))" }
    return "\(objective.title) used \(Wording.pointCount(objective.spentInPeriod)) of its budget"
      + (parts.isEmpty ? "." : ", of them \(listed(parts)).")
  }

  var nextWeek: [String] {
    var result = [gateToCome].compactMap(\.self)
    for change in facts.clockChanges where change.at >= facts.period.end {
      let hours =
        change.shift.magnitude % 3600 == 0
        ? "\(change.shift.magnitude / 3600) h" : "\(change.shift.magnitude / 60) min"
      result.append(
        "Clocks go \(change.shift < 0 ? "back" : "forward") \(hours) on \(change.wall(in: zone)).")
    }
    for objective in all(.atRisk) {
      if let at = objective.exhaustedAt {
        result.append("At its usual pace \(objective.title) runs out on \(lastDay(before: at)).")
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
          + "\(Wording.left(objective.leftAhead)) is left at the end of \(lastDay(before: objective.aheadAt))."
      )
    }
    if result.isEmpty { result.append("Nothing is due.") }
    guard result.count > 4 else { return result }
    return result.prefix(3) + ["And \(result.count - 3) more: see the scoreboard."]
  }

  private var gateToCome: String? {
    let closed = facts.objectives.filter { $0.band?.gateClosed == true }
    guard let worst = closed.first else {
      return Gate(facts.objectives) == .open
        ? nil : "The release gate stays closed until every objective can be judged."
    }
    let action = worst.band?.action.map { " \($0.ended)" } ?? ""
    let owners = closed.compactMap(\.owner).reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    let owned = owners.isEmpty ? "" : " Owner: \(listed(Array(owners.prefix(3))))."
    var names = closed.prefix(3).map(\.title)
    if closed.count > 3 { names.append("\(closed.count - 3) more") }
    return "Keep the release gate closed for \(listed(names)).\(action)\(owned)"
  }

  /// The day that ends at a midnight, or holds an instant.
  func lastDay(before instant: Instant) -> String {
    Wording.day(zone.date(at: instant - .seconds(1)))
  }

  // MARK: Gaps and notes

  struct Gap {
    let window: Window
    let objectives: [String]
  }

  /// Gaps with the objectives they touch, longest first.
  ///
  /// A gap that reaches back beyond an objective's window is shown as long as it is for the others. An objective
  /// without any data has no gaps: it is not judged at all.
  var gaps: [Gap] {
    let measured = facts.objectives.filter { $0.dataEnd != nil }
    let all = Set(measured.flatMap { $0.gaps.map(\.window) })
    var touched: [Window: [String]] = [:]
    for objective in measured {
      for gap in objective.gaps.map(\.window) {
        let whole =
          gap.start > objective.window.start
          ? gap : all.filter { $0.end == gap.end }.min { $0.start < $1.start } ?? gap
        touched[whole, default: []].append(objective.title)
      }
    }
    return touched.map { Gap(window: $0.key, objectives: $0.value) }
      .sorted { ($1.window.length, $0.window.start) < ($0.window.length, $1.window.start) }
  }

  /// What is said below the list of the first twelve.
  var gapRest: String? {
    gaps.count > 12 ? "And \(gaps.count - 12) shorter ones." : nil
  }

  /// "Wed 14 Oct 13:20 to Wed 14 Oct 15:34".
  func moments(_ window: Window) -> String {
    "\(Wording.moment(window.start, in: zone)) to \(Wording.moment(window.end, in: zone))"
  }

  /// How time without data counts.
  var missingRule: String {
    facts.objectives.contains(where: \.missingIsBad)
      ? "Time without data counts neither as good nor as bad, but where a note says otherwise."
      : "Time without data counts neither as good nor as bad."
  }

  /// What is said where there is no gap to list.
  var noGaps: String {
    facts.objectives.contains { $0.dataEnd == nil }
      ? "Objectives without any data are not judged; the others have no gaps."
      : leastMeasured.share < 0.999
        ? "The windows of the budgets were measured throughout; of the week \(Wording.duration(leastMeasured.missing)) are missing."
        : "No gaps: every window was measured throughout."
  }

  /// Caveats to figures, an objective at a time.
  var notes: [String] {
    (facts.sourceNotes ?? []).map { "Source \($0.source): \($0.text)".ended }
      + facts.objectives.compactMap { objective in
        let clauses = notes(of: objective)
        return clauses.isEmpty ? nil : "\(objective.title): \(clauses.joined(separator: "; "))."
      }
  }

  /// Caveats to the figures of an objective, as clauses.
  func notes(of objective: ObjectiveFacts) -> [String] {
    var parts = (objective.notes ?? []).map { Wording.caveat($0, in: zone) }
    if let interval = objective.interval, interval.undecided, objective.state != .notJudged {
      parts.append(
        "the objective lies inside the 95\(Wording.space)% interval of what was measured "
          + "(\(share(interval.lower, up: false)) to \(share(interval.upper, up: true))), so the "
          + "verdict may be due to chance")
    }
    if objective.rejects > 0 {
      parts.append(
        "\(Wording.count(objective.rejects)) reading\(objective.rejects == 1 ? "" : "s") could not be used (not a number, negative, or good above total)"
      )
    }
    // Facts of earlier releases have no notes.
    if objective.notes == nil, objective.seriesEnded > 0 {
      parts.append("\(objective.seriesEnded) series ended before the others")
    }
    if objective.notes == nil, objective.seriesAppeared > 0 {
      let events = Int64(min(objective.countedBefore, 1e15))
      parts.append(
        "\(objective.seriesAppeared) series appeared with a count above 0: what they had counted before their first "
          + "reading (\(Wording.count(events))) is not part of the figures")
    }
    if objective.resets > 0 {
      parts.append("\(counted(objective.resets, "counter restart")) in the window, undone")
    }
    for step in objective.stepsOverGaps.prefix(2) {
      parts.append(
        "events counted during a gap are booked at its end, \(Wording.moment(step.end, in: zone))"
      )
    }
    if let quality = flaws(of: objective) { parts.append(quality) }
    parts += [Wording.bucketBounds(of: objective)].compactMap(\.self)
    parts += exclusions(of: objective)
    if objective.missingIsBad, !objective.gaps.isEmpty {
      parts.append("missing time counts as bad")
    }
    if objective.coverage < 0.99, objective.state != .notJudged {
      parts.append("\(Wording.coverage(objective.coverage)) of the window was measured")
    }
    return parts
  }

  /// "in the week 3 readings came twice, where the later one counts, and series ended 2 times (most in up{}), and …".
  ///
  /// Time that is missing is left to the table of gaps, where there are any.
  private func flaws(of objective: ObjectiveFacts) -> String? {
    guard let quality = objective.quality else { return nil }
    func times(_ count: Int64) -> String { count == 1 ? "once" : "\(Wording.count(count)) times" }
    func readings(_ count: Int64) -> String {
      "\(Wording.count(count)) reading\(count == 1 ? "" : "s")"
    }
    var parts: [String] = []
    if quality.rejected > 0 { parts.append("\(readings(quality.rejected)) could not be used") }
    if quality.duplicated > 0 {
      parts.append("\(readings(quality.duplicated)) came twice")
    }
    if quality.outOfOrder > 0 { parts.append("\(readings(quality.outOfOrder)) came out of order") }
    if quality.staleMarks > 0 { parts.append("series ended \(times(quality.staleMarks))") }
    if let worst = quality.worstSeries, let last = parts.popLast() {
      parts.append("\(last) (most in \(worst))")
    }
    if quality.restarts > 0 { parts.append("counters restarted \(times(Int64(quality.restarts)))") }
    if quality.missingSeconds >= 1, objective.gaps.isEmpty {
      parts.append("\(Wording.duration(.seconds(quality.missingSeconds))) were not measured")
    }
    return parts.isEmpty ? nil : "in the week \(listed(parts))"
  }

  private func share(_ value: Double, up: Bool) -> String {
    let scaled = Int64((value * 10_000).rounded(up ? .up : .down))
    return Wording.target(scaled * 100_000)
  }

  /// The words of the page, each with its meaning.
  var method: [(term: String, text: String)] {
    let methods = Set(facts.objectives.map(\.method)).sorted().joined(separator: " and ")
    let terms: [(term: String, text: String)] = [
      (
        "SLI",
        "Good over total, rounded down; budgeting method: \(methods). Verdicts compare whole numbers, without rounding."
      ),
      (
        "Error budget",
        "The bad share that an objective allows. What is used is rounded up, what is left is rounded down."
      ),
      (
        "Counters",
        "Added up step by step, restarts undone, nothing extrapolated."
      ),
      (
        "Usual pace",
        "The median daily spending of the last 28 days, which one outage does not change."
      ),
      (
        "At risk",
        "Less than 20\(Wording.space)% of the budget left, or used up before the end at the usual pace."
      ),
      (
        "Incidents",
        "Lengths are uncut. What an incident used of a budget is all that was bad in its minutes."
      ),
      (
        "Not judged", "Too little of the window measured, too little history, or unusable readings."
      ),
    ]
    return facts.incidents == nil ? terms.filter { $0.term != "Incidents" } : terms
  }

  var scoreboardNote: String {
    "This week, and what is left of each objective’s budget over its own window. Worst first."
  }

  var zoneNote: String {
    facts.period.zoneRelease.map { "zone data \($0)" } ?? "zone \(facts.period.zone)"
  }

  /// "the 30 days to Sun 18 Oct" or "1 – 31 October 2026".
  func windowSpan(_ objective: ObjectiveFacts) -> String {
    if let rolling = rolling(objective) {
      return
        "the \(rolling.number == "1" ? "" : "\(rolling.number) ")\(rolling.unit)\(rolling.number == "1" ? "" : "s") to \(lastDay(before: objective.window.end))"
    }
    return Wording.days(of: objective.window.window, in: zone)
  }

  /// Sources that failed and objectives without data, as sentences.
  var incomplete: [String] {
    facts.incomplete.map { "Source \($0.source): \($0.reason)".ended }
      + facts.objectives.filter { $0.dataEnd == nil }.map { "\($0.title): no data in its window." }
  }

  /// What late data changed.
  var revised: String? {
    guard let revision = facts.revision else { return nil }
    let changes = revision.changes.map { change in
      let objective = facts.objectives.first { $0.name == change.objective }
      func percent(_ counts: Counts?) -> String {
        counts.map { Wording.percent($0, target: objective?.target ?? 0) } ?? "not measured"
      }
      return
        "\(objective?.title ?? change.objective) \(percent(change.before)) → \(percent(change.after))"
    }
    if changes.isEmpty {
      return "Revised on \(Wording.moment(facts.made, in: zone)): incidents were put right."
    }
    return
      "Revised on \(Wording.moment(facts.made, in: zone)), late data: \(changes.joined(separator: "; "))."
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
