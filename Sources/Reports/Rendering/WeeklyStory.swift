import Model

/// What a weekly report says, in words: the same sentences for the page, for Markdown and for a terminal.
struct WeeklyStory {
  enum Tone: String {
    case ok, warn, bad
    case unknown = "none"
  }

  struct Tile {
    let label: String
    let value: String
    let unit: String
    let detail: String
    let tone: Tone?
  }

  let facts: ReportFacts
  let zone: ZoneOffsets

  // MARK: Head

  var week: Int { zone.date(at: facts.period.start).isoWeek.week }
  var heading: String { "\(facts.title), week \(week)" }

  var days: String {
    Wording.days(
      from: zone.date(at: facts.period.start),
      to: zone.date(at: facts.period.end).adding(days: -1))
  }

  var meta: [String] {
    let made = zone.local(facts.made)
    let abbreviation = zone.offset(at: facts.made).abbreviation
    let moment = Wording.moment(facts.made, in: zone)
    var lines = [
      "\(days), \(facts.period.zone).",
      "Made \(moment.replacingYear(made.date.year)) \(abbreviation).",
      "\(Wording.coverage(measured)) of the week was measured.",
    ]
    if facts.period.window.length != .days(7) {
      let hours = facts.period.window.length.nanoseconds / 3_600_000_000_000
      lines[0] = "\(days), \(facts.period.zone) (clocks changed: \(hours) hours)."
    }
    return lines
  }

  /// The measured share of the period, the least of all objectives.
  var measured: Double {
    let period = facts.period.window
    let length = max(.seconds(1), period.length)
    let shares = facts.objectives.map { objective in
      let gaps = WindowSet(objective.gaps.map(\.window)).clipped(to: period).length
      return objective.dataEnd == nil ? 0 : max(0, 1 - gaps / length)
    }
    return shares.min() ?? 0
  }

  // MARK: Verdict

  private func all(_ state: ObjectiveFacts.State) -> [ObjectiveFacts] {
    facts.objectives.filter { $0.state == state }
  }

  var tone: Tone {
    if !all(.overspent).isEmpty { return .bad }
    if !all(.atRisk).isEmpty { return .warn }
    return all(.notJudged).isEmpty ? .ok : .unknown
  }

  var verdict: String {
    let overspent = all(.overspent)
    let risky = all(.atRisk)
    if overspent.count > 3 {
      return
        "\(overspent.count) of \(facts.objectives.count) objectives have overspent their budgets."
    }
    if !overspent.isEmpty {
      return listed(overspent.map(\.title))
        + (overspent.count == 1
          ? " has overspent its error budget." : " have overspent their error budgets.")
    }
    if let worst = risky.first {
      let others = risky.count - 1
      return
        "\(worst.title) has \(Wording.left(worst.budget?.left)) of its \(budgetName(worst)) left"
        + (others > 0 ? ", and \(counted(others, "other")) at risk." : ".")
    }
    let unjudged = all(.notJudged)
    if unjudged.count == facts.objectives.count {
      return "Nothing can be judged: there is no sound data."
    }
    if !unjudged.isEmpty {
      return "\(unjudged.count) of \(facts.objectives.count) objectives cannot be judged."
    }
    return facts.objectives.count == 1
      ? "The objective is on course." : "All \(facts.objectives.count) objectives are on course."
  }

  var verdictDetail: String {
    var sentences: [String] = []
    for objective in all(.overspent).prefix(2) {
      sentences.append("\(objective.title): \(result(objective)).")
    }
    let risky = all(.atRisk)
    if !all(.overspent).isEmpty {
      for objective in risky.prefix(2) {
        sentences.append(
          "\(objective.title) is at risk: \(Wording.left(objective.budget?.left)) of its \(budgetName(objective)) left."
        )
      }
    } else if let worst = risky.first {
      sentences.append("\(result(worst).capitalizedFirst).")
    }
    let calm = all(.onCourse).count
    if calm > 0, !(all(.overspent).isEmpty && risky.isEmpty && all(.notJudged).isEmpty) {
      sentences.append(
        calm == 1
          ? "The other objective is on course."
          : "The other \(number(calm)) objectives are on course.")
    }
    for objective in all(.notJudged).prefix(2) {
      sentences.append("\(objective.title) is not judged: \(doubts(objective)).")
    }
    if calm > 0, sentences.isEmpty, let least = all(.onCourse).first {
      sentences.append(
        "The least is left of \(least.title)’s \(budgetName(least)): \(Wording.left(least.budget?.left))."
      )
    }
    return sentences.joined(separator: " ")
  }

  /// "3 of 28 events were bad: 89.28 %, with an objective of 95.00 %".
  func result(_ objective: ObjectiveFacts) -> String {
    guard let counts = objective.window.counts else { return doubts(objective) }
    let target = "with an objective of \(Wording.target(objective.target))"
    let percent = Wording.percent(counts, target: objective.target)
    return "\(badAmount(objective, counts)) \(over(objective)): \(percent), \(target)"
  }

  private func badAmount(_ objective: ObjectiveFacts, _ counts: Counts) -> String {
    let bad = counts.total - counts.good
    if objective.unit == "time" {
      let word = objective.indicator.kind == "freshness" ? "stale" : "down"
      return "\(Wording.duration(.nanoseconds(bad))) \(word)"
    }
    if objective.unit == "millionths" {
      return "\(Wording.used(Double(bad) / Double(max(1, counts.total)))) bad"
    }
    let noun = bad == 1 && counts.total == 1 ? String(objective.unit.dropLast()) : objective.unit
    let verb =
      switch objective.indicator.kind {
      case "latency":
        "took over \(Wording.duration(.seconds(objective.indicator.withinSeconds ?? 0)))"
      case "uptime": "failed"
      default: bad == 1 ? "was bad" : "were bad"
      }
    return "\(Wording.count(bad)) of \(Wording.count(counts.total)) \(noun) \(verb)"
  }

  private func over(_ objective: ObjectiveFacts) -> String {
    let rule = objective.window.rule
    if rule.hasSuffix("d") { return "in \(rule.dropLast()) days" }
    if rule.hasSuffix("h") { return "in \(rule.dropLast()) hours" }
    return "this \(rule)"
  }

  /// "30-day budget", "October budget".
  func budgetName(_ objective: ObjectiveFacts) -> String {
    let rule = objective.window.rule
    if rule.hasSuffix("d") { return "\(rule.dropLast())-day budget" }
    if rule.hasSuffix("h") { return "\(rule.dropLast())-hour budget" }
    let date = zone.date(at: objective.window.start)
    return rule == "month" ? "\(Wording.months[date.month - 1]) budget" : "\(rule)’s budget"
  }

  /// "95.00 % under 60 s, 7 days": below the objective's name.
  func promise(_ objective: ObjectiveFacts) -> String {
    let bound = objective.indicator.withinSeconds.map { Wording.duration(.seconds($0)) } ?? ""
    let what =
      switch objective.indicator.kind {
      case "latency": "within \(bound)"
      case "freshness": "within \(bound)"
      case "heartbeat": "no gap over \(bound)"
      case "uptime": "of checks"
      case "slices": "of time slices"
      default: "of events"
      }
    let rule = objective.window.rule
    let window =
      rule.hasSuffix("d")
      ? "\(rule.dropLast()) days" : rule.hasSuffix("h") ? "\(rule.dropLast()) hours" : rule
    return "\(Wording.target(objective.target)) \(what), \(window)"
  }

  /// Why there is no verdict: "4 d of the 14 d that a verdict needs".
  func doubts(_ objective: ObjectiveFacts) -> String {
    objective.doubts.map(Wording.doubt).joined(separator: "; ")
  }

  // MARK: Gate and tiles

  enum Gate {
    case open, closed, undecided
  }

  /// Closed where any policy closes it; else undecided where any objective is not judged.
  static func gate(_ objectives: [ObjectiveFacts]) -> Gate {
    if objectives.contains(where: { $0.band?.gateClosed == true }) { return .closed }
    return objectives.isEmpty || objectives.contains { $0.state == .notJudged } ? .undecided : .open
  }

  var tiles: [Tile] {
    let objectives = facts.objectives
    let closing = objectives.first { $0.band?.gateClosed == true }
    let gate: Tile
    switch WeeklyStory.gate(objectives) {
    case .closed:
      let bound = closing?.band?.gateClosesBelow.map { "below \(Wording.left($0))" } ?? ""
      gate = Tile(
        label: "Release gate", value: "Closed", unit: "",
        detail: "\(closing?.title ?? ""), \(bound)",
        tone: .bad)
    case .undecided:
      gate = Tile(
        label: "Release gate", value: "Closed", unit: "", detail: "cannot decide: data missing",
        tone: .unknown)
    case .open:
      gate = Tile(
        label: "Release gate", value: "Open", unit: "", detail: "for all objectives", tone: .ok)
    }
    let calm = all(.onCourse).count
    var tiles = [
      gate,
      Tile(
        label: "Objectives on course", value: "\(calm)", unit: "of \(objectives.count)",
        detail: stateCounts, tone: calm == objectives.count ? .ok : tone),
    ]
    if let worst = objectives.first, let spent = worst.budget?.spentInPeriod {
      tiles.append(
        Tile(
          label: "\(worst.title), used", value: Wording.points(spent), unit: "points",
          detail: "evenly: \(Wording.points(worst.budget?.evenInPeriod ?? 0)) points",
          tone: spent > worst.budget?.evenInPeriod ?? 0
            ? (worst.state == .overspent ? .bad : .warn) : .ok))
    } else {
      tiles.append(
        Tile(
          label: "Budget used", value: "–", unit: "", detail: "nothing to judge", tone: Tone.unknown
        ))
    }
    let gaps = WindowSet(objectives.flatMap { $0.gaps.map(\.window) }).clipped(
      to: facts.period.window)
    tiles.append(
      Tile(
        label: "Measured this week", value: Wording.coverage(measured), unit: "",
        detail: gaps.isEmpty ? "no gaps" : "\(Wording.duration(gaps.length)) missing",
        tone: measured >= 0.99 ? .ok : measured >= 0.9 ? .warn : Tone.unknown))
    return tiles
  }

  private var stateCounts: String {
    let parts = [
      (all(.overspent).count, "overspent"), (all(.atRisk).count, "at risk"),
      (all(.notJudged).count, "not judged"),
    ].filter { $0.0 > 0 }
    return parts.isEmpty ? "none at risk" : parts.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
  }

  // MARK: Scoreboard

  static func word(_ state: ObjectiveFacts.State) -> (text: String, tone: Tone, sign: String) {
    switch state {
    case .overspent: ("Overspent", .bad, "✕")
    case .atRisk: ("At risk", .warn, "!")
    case .onCourse: ("On course", .ok, "✓")
    case .notJudged: ("Not judged", .unknown, "–")
    }
  }

  /// The common date of the look ahead, where all objectives share one.
  var aheadHeading: String? {
    let dates = Set(facts.objectives.map { zone.date(at: $0.aheadAt) })
    return dates.count == 1
      ? dates.first.map { "\($0.day)\(Wording.space)\(Wording.months[$0.month - 1].prefix(3))" }
      : nil
  }

  func ahead(_ objective: ObjectiveFacts) -> String {
    guard objective.state != .notJudged, let left = objective.leftAhead else { return "–" }
    guard aheadHeading == nil else { return Wording.left(left) }
    let date = zone.date(at: objective.aheadAt)
    return
      "\(Wording.left(left)) (\(date.day)\(Wording.space)\(Wording.months[date.month - 1].prefix(3)))"
  }

  // MARK: Bullets

  var thisWeek: [String] {
    let period = facts.period.window
    var lines: [(share: Double, text: String)] = []
    for objective in facts.objectives where objective.state != .notJudged {
      let drops = objective.drops.filter { $0.share >= 0.05 && period.contains($0.start) }
        .sorted { $0.start < $1.start }
      guard !drops.isEmpty else { continue }
      let share = drops.reduce(0) { $0 + $1.share }
      var moments: [String] = []
      var day: CivilDate?
      for drop in drops {
        let length = drop.end - drop.start
        let date = zone.date(at: drop.start)
        moments.append(
          Wording.moment(drop.start, in: zone, withDay: date != day)
            + (length > .minutes(10) ? " (\(Wording.duration(length)))" : ""))
        day = date
      }
      lines.append(
        (
          share,
          "\(objective.title) used \(Wording.points(share)) points of its budget on "
            + "\(listed(moments))."
        ))
    }
    var result = lines.sorted { $0.share > $1.share }.prefix(3).map(\.text)
    if let gap = gaps.first(where: { $0.window.clipped(to: period) != nil }) {
      result.append(
        "Data gap: \(moments(gap.window)) (\(Wording.duration(gap.window.length))).")
    }
    if result.isEmpty {
      result.append("No objective spent more than 5\(Wording.space)% of its budget at once.")
    }
    return result
  }

  var nextWeek: [String] {
    var result: [String] = []
    let closed = facts.objectives.filter { $0.band?.gateClosed == true }
    if let worst = closed.first {
      let action = worst.band?.action.map { " \($0.ended)" } ?? ""
      result.append(
        "Keep the release gate closed for \(listed(closed.prefix(3).map(\.title))).\(action)")
    }
    for objective in facts.objectives where objective.state == .atRisk {
      if let at = objective.exhaustedAt {
        result.append(
          "At its usual pace \(objective.title) runs out on \(Wording.day(zone.date(at: at))).")
      }
    }
    let returning = facts.objectives.filter {
      ($0.leftAhead ?? 0) - ($0.budget?.left ?? 0) > 0.2 && $0.state != .notJudged
    }
    for objective in returning.prefix(2) {
      result.append(
        "\(objective.title): old spending leaves the window; at the usual pace "
          + "\(Wording.left(objective.leftAhead)) is left by \(Wording.day(zone.date(at: objective.aheadAt)))."
      )
    }
    for change in facts.clockChanges where change.at >= facts.period.end {
      let hours =
        change.shift.magnitude % 3600 == 0
        ? "\(change.shift.magnitude / 3600) h" : "\(change.shift.magnitude / 60) min"
      result.append(
        "Clocks go \(change.shift < 0 ? "back" : "forward") \(hours) on \(change.wall(in: zone)).")
    }
    if result.isEmpty { result.append("Nothing is due.") }
    return Array(result.prefix(4))
  }

  // MARK: Gaps and notes

  struct Gap {
    let window: Window
    let objectives: [String]
  }

  /// Gaps with the objectives they touch, longest first; those that overlap are one.
  var gaps: [Gap] {
    let all = facts.objectives.flatMap { objective in
      objective.gaps.map { (window: $0.window, title: objective.title) }
    }
    return WindowSet(all.map(\.window)).windows.map { window in
      var titles: [String] = []
      for gap in all where gap.window.clipped(to: window) != nil && !titles.contains(gap.title) {
        titles.append(gap.title)
      }
      return Gap(window: window, objectives: titles)
    }.sorted { ($1.window.length, $0.window.start) < ($0.window.length, $1.window.start) }
  }

  func moments(_ window: Window) -> String {
    "\(Wording.moment(window.start, in: zone)) to \(Wording.moment(window.end, in: zone))"
  }

  /// Caveats to figures, an objective at a time.
  var notes: [String] {
    var result: [String] = []
    for objective in facts.objectives {
      var parts: [String] = []
      if let interval = objective.interval, interval.undecided, objective.state != .notJudged {
        parts.append(
          "the objective lies inside the 95\(Wording.space)% interval of what was measured "
            + "(\(share(interval.lower, up: false)) to \(share(interval.upper, up: true))), so the "
            + "verdict cannot be told from chance")
      }
      if objective.rejects > 0 {
        parts.append(
          "\(Wording.count(objective.rejects)) readings could not be used (not a number, negative, or good above total)"
        )
      }
      if objective.resets > 0 {
        parts.append("\(counted(objective.resets, "counter restart")) in the window, undone")
      }
      for step in objective.stepsOverGaps.prefix(2) {
        parts.append(
          "events counted during a gap are booked at its end, \(Wording.moment(step.end, in: zone))"
        )
      }
      if let bounds = objective.bucketBounds, bounds.count == 2 {
        parts.append(
          "no bucket ends at the bound: events up to \(bounds[0]) s count as good, the true figure lies between the buckets \(bounds[0]) s and \(bounds[1]) s"
        )
      }
      if objective.coverage < 0.99, objective.state != .notJudged {
        parts.append("\(Wording.coverage(objective.coverage)) of the window was measured")
      }
      if !parts.isEmpty { result.append("\(objective.title): \(parts.joined(separator: "; ")).") }
    }
    return result
  }

  private func share(_ value: Double, up: Bool) -> String {
    let scaled = Int64((value * 10_000).rounded(up ? .up : .down))
    return Wording.target(scaled * 100_000)
  }

  /// The words of the page, each with its meaning.
  var method: [(term: String, text: String)] {
    let methods = Set(facts.objectives.map(\.method)).sorted().joined(separator: " and ")
    return [
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
        "Added up step by step, restarts undone, nothing extrapolated. Time without data counts neither as good nor as bad."
      ),
      (
        "Usual pace",
        "The median daily spending of the last 28 days, so that one outage does not forecast a second."
      ),
      (
        "At risk",
        "Less than 20\(Wording.space)% of the budget left, or used up before the end at the usual pace."
      ),
      (
        "Not judged", "Too little of the window measured, too little history, or unusable readings."
      ),
    ]
  }

  var scoreboardNote: String {
    "This week, and what is left of each objective’s budget over its own window. Worst first."
  }

  var zoneNote: String {
    facts.period.zoneRelease.map { "zone data \($0)" } ?? "zone \(facts.period.zone)"
  }

  /// "the 30 days to Sun 18 Oct" or "1 – 31 October 2026".
  func windowSpan(_ objective: ObjectiveFacts) -> String {
    let last = zone.date(at: objective.window.end - .seconds(1))
    let rule = objective.window.rule
    if rule.hasSuffix("d") { return "the \(rule.dropLast()) days to \(Wording.day(last))" }
    if rule.hasSuffix("h") { return "the \(rule.dropLast()) hours to \(Wording.day(last))" }
    return Wording.days(from: zone.date(at: objective.window.start), to: last)
  }

  /// Sources that failed, as sentences.
  var incomplete: [String] { facts.incomplete.map { "Source \($0.source): \($0.reason)." } }

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
    return
      "Revised on \(Wording.moment(facts.made, in: zone)), late data: \(changes.joined(separator: "; "))."
  }

  // MARK: Small words

  private func listed(_ names: [String]) -> String {
    guard let last = names.last else { return "" }
    return names.count == 1 ? last : names.dropLast().joined(separator: ", ") + " and " + last
  }

  private func counted(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  private func number(_ value: Int) -> String {
    let words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    return value < words.count ? words[value] : "\(value)"
  }
}

extension Wording {
  /// Why there is no verdict, as a clause.
  public static func doubt(_ doubt: DoubtFacts) -> String {
    switch doubt.kind {
    case "noData": return "no data in the window"
    case "noTraffic": return "measured, but nothing happened: nothing to judge"
    case "sourceFailed": return "a source could not be read just now"
    case "rejected": return "\(count(doubt.count ?? 0)) readings could not be used"
    case "coverage":
      return
        "\(coverage(doubt.have ?? 0)) of the window measured, a verdict needs \(coverage(doubt.need ?? 0))"
    case "history":
      return
        "\(duration(.seconds(doubt.have ?? 0))) of the \(duration(.seconds(doubt.need ?? 0))) that a verdict needs"
    case "stale":
      return
        "the newest data are \(duration(.seconds(doubt.have ?? 0))) old, at most \(duration(.seconds(doubt.need ?? 0))) are allowed"
    default: return doubt.kind
    }
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }

  /// Ends with a full stop.
  fileprivate var ended: String { hasSuffix(".") ? self : self + "." }

  /// "Mon 19 Oct 06:00" as "Mon 19 Oct 2026 06:00".
  fileprivate func replacingYear(_ year: Int) -> String {
    var parts = split(separator: "\u{A0}").map(String.init)
    if parts.count > 3 { parts.insert(String(year), at: 3) }
    return parts.joined(separator: "\u{A0}")
  }
}

extension ReportFacts.ClockChange {
  /// What the wall clock would have shown at the change: "Sun 25 Oct at 03:00".
  func wall(in zone: ZoneOffsets) -> String {
    let wall = at.seconds + zone.offset(at: at - .seconds(1)).seconds
    let day = wall.dividedDown(by: 86_400)
    let second = wall - day * 86_400
    func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(Wording.day(CivilDate(dayNumber: day))) at "
      + "\(padded(second / 3600)):\(padded(second / 60 % 60))"
  }
}
