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
      let minutes = facts.period.window.length.nanoseconds / 60_000_000_000
      let part = minutes % 60 == 0 ? "" : " \(minutes % 60) minutes"
      lines[0] =
        "\(days), \(facts.period.zone) (clocks changed: \(minutes / 60) hours\(part))."
    }
    return lines
  }

  /// The measured share of the period, and what is missing to all of it, of the objective that was measured least; those
  /// without any data are left out.
  var leastMeasured: (share: Double, missing: Duration) {
    let period = facts.period.window
    let found = facts.objectives.filter { $0.dataEnd != nil }.map { objective in
      let days = (objective.days ?? []).filter { $0.window.clipped(to: period) != nil }
      func counted(_ day: StretchFacts) -> Duration {
        day.window.length * (1 - day.planned - (day.beforeHistory ?? 0))
      }
      let counts = days.reduce(.zero) { $0 + counted($1) }
      var missing = days.reduce(.zero) { $0 + counted($1) * (1 - $1.measured) }
      // Inside its window an objective knows its gaps; a missed reading is none.
      if objective.window.start <= period.start || days.isEmpty {
        missing = WindowSet(objective.gaps.map(\.window)).clipped(to: period).length
      }
      let length = max(.seconds(1), days.isEmpty ? period.length : counts)
      return (share: max(0, 1 - missing / length), missing: missing)
    }
    return found.min { $0.share < $1.share } ?? (0, period.length)
  }

  var measured: Double { leastMeasured.share }

  // MARK: Verdict

  func all(_ state: ObjectiveFacts.State) -> [ObjectiveFacts] {
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
        (overspent.count == facts.objectives.count
        ? "All \(overspent.count)" : "\(overspent.count) of \(facts.objectives.count)")
        + " objectives have overspent their budgets."
    }
    if !overspent.isEmpty {
      return listed(overspent.map(\.title))
        + (overspent.count == 1
          ? " has overspent its error budget." : " have overspent their error budgets.")
    }
    if let worst = risky.first {
      let left = Wording.left(worst.budget?.left)
      let others =
        risky.count == 1
        ? ""
        : risky.count == 2
          ? ", and one other is at risk" : ", and \(risky.count - 1) others are at risk"
      if worst.budget?.left ?? 0 >= 0.2, let at = worst.exhaustedAt {
        return
          "At its usual pace \(worst.title) runs out of its \(budgetName(worst)) on \(lastDay(before: at))\(others)."
      }
      let toGo =
        others.isEmpty ? daysToGo(worst).map { ", \(counted($0, "day")) to go" } ?? "" : others
      return "\(worst.title) has \(left) of its \(budgetName(worst)) left\(toGo)."
    }
    let unjudged = all(.notJudged)
    if unjudged.count == facts.objectives.count {
      let isYoung = unjudged.allSatisfy { $0.doubts.allSatisfy(\.isYouth) }
      return isYoung
        ? "Nothing can be judged yet: the history is too short." : "Nothing can be judged."
    }
    if !unjudged.isEmpty {
      return "\(unjudged.count) of \(facts.objectives.count) objectives cannot be judged."
    }
    switch facts.objectives.count {
    case 1: return "The objective is on course."
    case 2: return "Both objectives are on course."
    default: return "All \(facts.objectives.count) objectives are on course."
    }
  }

  var verdictDetail: String {
    var sentences: [String] = []
    let (overspent, risky, calm) = (all(.overspent), all(.atRisk), all(.onCourse))
    for objective in overspent.prefix(2) {
      let chance =
        objective.interval?.undecided == true
        ? " That may be chance: the objective lies inside the 95\(Wording.space)% interval." : ""
      sentences.append("\(objective.title): \(result(objective)).\(chance)")
    }
    if overspent.isEmpty, let worst = risky.first {
      sentences.append("\(result(worst).capitalizedFirst).")
      if let rest = rest(worst) { sentences.append(rest) }
    } else {
      for objective in risky.prefix(2) {
        sentences.append(
          objective.budget?.left ?? 0 >= 0.2 && objective.exhaustedAt != nil
            ? "\(objective.title) is at risk: at its usual pace its \(budgetName(objective)) runs out on \(objective.exhaustedAt.map(lastDay) ?? "")."
            : "\(objective.title) is at risk: \(Wording.left(objective.budget?.left)) of its \(budgetName(objective)) left."
        )
      }
      if risky.count > 2 {
        sentences.append(
          "\(number(risky.count - 2).capitalizedFirst) more \(risky.count == 3 ? "is" : "are") at risk."
        )
      }
    }
    if !calm.isEmpty, calm.count < facts.objectives.count {
      let isRest =
        all(.notJudged).isEmpty && overspent.count <= 2
        && (overspent.isEmpty ? risky.count == 1 : risky.count <= 2)
      let count = calm.count == 1 ? "" : " \(number(calm.count))"
      let which = isRest ? "The other\(count)" : number(calm.count).capitalizedFirst
      sentences.append(
        calm.count == 1
          ? "\(which) objective is on course." : "\(which) objectives are on course.")
    }
    for objective in all(.notJudged).prefix(2) {
      sentences.append("\(objective.title) is not judged: \(doubts(objective)).")
    }
    if all(.notJudged).count > 2 {
      sentences.append("\(number(all(.notJudged).count - 2).capitalizedFirst) more not judged.")
    }
    if sentences.isEmpty, let least = calm.first {
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
    return "\(whatWasBad(objective, counts)) \(over(objective)): \(percent), \(target)"
  }

  /// The days that a calendar window still has; `nil` for a rolling one and at the end.
  private func daysToGo(_ objective: ObjectiveFacts) -> Int? {
    let (now, end) = (objective.window.asOf, objective.window.end)
    guard rolling(objective) == nil, now < end else { return nil }
    return Int(zone.date(at: end).dayNumber - zone.date(at: now).dayNumber)
  }

  /// What is left of a budget: "What is left is 2 913 bad events, or 1 min 15 s of full outage at peak".
  ///
  /// - Formula: the events left over the events a second of the week's busiest hour.
  private func rest(_ objective: ObjectiveFacts) -> String? {
    guard let budget = objective.budget, !["millionths", "billionths"].contains(objective.unit)
    else { return nil }
    let left = budget.allowed - budget.bad
    guard left > 0 else { return nil }
    let peak = Double(objective.hours?.map(\.total).max() ?? 0) / 3600
    let outage =
      objective.unit == "events" && peak >= 1
      ? ", or \(Wording.duration(.seconds(Double(left) / peak))) of full outage at peak" : ""
    return "What is left is \(bad(objective, good: 0, total: left))\(outage)."
  }

  /// "3 of 28 events were bad", "14 min down".
  private func whatWasBad(_ objective: ObjectiveFacts, _ counts: Counts) -> String {
    let bad = counts.total - counts.good
    if objective.unit == "time" {
      let word = objective.indicator.kind == "freshness" ? "stale" : "down"
      return "\(Wording.duration(.nanoseconds(bad))) \(word)"
    }
    if ["millionths", "billionths"].contains(objective.unit) {
      return "\(Wording.share(Double(bad) / Double(max(1, counts.total)))) bad"
    }
    let noun = bad == 1 && counts.total == 1 ? String(objective.unit.dropLast()) : objective.unit
    let verb =
      switch objective.indicator.kind {
      case "latency":
        "took over \(Wording.latency(objective.bucketBounds?.first ?? objective.indicator.withinSeconds ?? 0))"
      case "uptime": "failed"
      default: bad == 1 ? "was bad" : "were bad"
      }
    return "\(Wording.count(bad)) of \(Wording.count(counts.total)) \(noun) \(verb)"
  }

  /// The length of a rolling window: ("30", "day").
  func rolling(_ objective: ObjectiveFacts) -> (number: Substring, unit: String)? {
    let rule = objective.window.rule
    let units: [Character: String] = ["d": "day", "h": "hour", "m": "minute"]
    guard rule.first?.isNumber == true, let unit = rule.last.flatMap({ units[$0] }) else {
      return nil
    }
    return (rule.dropLast(), unit)
  }

  /// "30 d", "month".
  func windowLength(_ objective: ObjectiveFacts) -> String {
    rolling(objective).map { "\($0.number)\(Wording.space)\($0.unit.prefix(1))" }
      ?? objective.window.rule
  }

  /// "in 30 days", "this month".
  private func over(_ objective: ObjectiveFacts) -> String {
    if let rolling = rolling(objective) {
      return
        "in \(rolling.number == "1" ? (rolling.unit == "hour" ? "an" : "a") : "\(rolling.number)") \(rolling.unit)\(rolling.number == "1" ? "" : "s")"
    }
    return objective.window.rule == "day" ? "on the last day" : "this \(objective.window.rule)"
  }

  /// "30-day budget", "October budget".
  func budgetName(_ objective: ObjectiveFacts) -> String {
    if let rolling = rolling(objective) { return "\(rolling.number)-\(rolling.unit) budget" }
    let rule = objective.window.rule
    let date = zone.date(at: objective.window.start)
    switch rule {
    case "month": return "\(date.monthName) budget"
    case "day": return "budget for the day"
    default: return "budget for the \(rule)"
    }
  }

  /// "95.00 % under 60 s, 7 days": below the objective's name.
  func promise(_ objective: ObjectiveFacts) -> String {
    let bound = objective.indicator.withinSeconds.map(Wording.latency) ?? ""
    let what =
      switch objective.indicator.kind {
      case "latency": "within \(bound)"
      case "freshness": "within \(bound)"
      case "heartbeat": "no gap over \(bound)"
      case "uptime": "of checks"
      case "states": "of time up"
      case "incidents": "without incident"
      case "slices": "of time slices"
      default: "of events"
      }
    let services = facts.services ?? []
    let service =
      services.count > 1
      ? services.first { $0.name == objective.service }.map { "\($0.title): " } : nil
    // Titles that two share carry their service already.
    let isNamed = service.map { objective.title.hasPrefix($0) } ?? true
    return
      "\(isNamed ? "" : service ?? "")\(Wording.target(objective.target)) \(what), \(windowLength(objective))"
  }

  /// Why there is no verdict: "4 d of the 14 d that a verdict needs".
  func doubts(_ objective: ObjectiveFacts) -> String {
    objective.doubts.map { Wording.caveat($0, in: zone) }.joined(separator: "; ")
  }
}

extension String {
  /// "Mon 19 Oct 06:00" as "Mon 19 Oct 2026 06:00".
  fileprivate func replacingYear(_ year: Int) -> String {
    var parts = split(separator: "\u{A0}").map(String.init)
    if parts.count > 3 { parts.insert(String(year), at: 3) }
    return parts.joined(separator: "\u{A0}")
  }
}
