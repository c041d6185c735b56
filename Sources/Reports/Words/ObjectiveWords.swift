import Analytics
import Model

/// What is said of an objective, in any report and by any command.
struct ObjectiveWords {
  let objective: ObjectiveFacts
  let zone: ZoneOffsets

  init(_ objective: ObjectiveFacts, in zone: ZoneOffsets) {
    (self.objective, self.zone) = (objective, zone)
  }

  var rule: RuleFacts { objective.window.rule }

  // MARK: Its window

  /// "30-day budget", "October budget".
  var budgetName: String { rule.budget(from: zone.date(at: objective.window.start)) }

  /// "the 30 days to Sun 18 Oct" or "1 – 31 October 2026".
  var windowSpan: String {
    guard case .rolling(let number, let unit) = rule else {
      return Wording.days(of: objective.window.window, in: zone)
    }
    let units = number == 1 ? unit.noun : Wording.counted(number, unit.noun)
    return "the \(units) to \(Wording.lastDay(before: objective.window.end, in: zone))"
  }

  /// The days that a calendar window still has; `nil` for a rolling one and at the end.
  var daysToGo: Int? {
    let (now, end) = (objective.window.asOf, objective.window.end)
    guard rule.isCalendar, now < end else { return nil }
    return Int(zone.date(at: end).dayNumber - zone.date(at: now).dayNumber)
  }

  // MARK: Its promise and its result

  /// "95.00 % under 60 s, 7 days": below the objective's name; with its service where there are several, and its window
  /// unless all have the report's period.
  func promise(among services: [ReportFacts.ServiceFacts], withWindow: Bool = true) -> String {
    let bound = objective.indicator.withinSeconds.map(Wording.latency) ?? ""
    let what =
      switch objective.indicator.kind {
      case .latency, .freshness: "within \(bound)"
      case .heartbeat: "no gap over \(bound)"
      case .uptime: "of checks"
      case .states: "of time up"
      case .incidents: "without incident"
      case .slices: "of time slices"
      case .ratio: "of events"
      }
    let service =
      services.count > 1
      ? services.first { $0.name == objective.service }.map { "\($0.title): " } : nil
    // Titles that two share carry their service already.
    let isNamed = service.map { objective.title.hasPrefix($0) } ?? true
    return
      "\(isNamed ? "" : service ?? "")\(Wording.target(objective.target)) \(what)\(withWindow ? ", \(rule.length)" : "")"
  }

  /// "3 of 28 events were bad: 89.28 %, with an objective of 95.00 %".
  var result: String {
    guard let counts = objective.window.counts else { return doubts }
    let target = "with an objective of \(Wording.target(objective.target))"
    let percent = Wording.percent(counts, target: objective.target)
    return "\(whatWasBad(counts)) \(rule.over): \(percent), \(target)"
  }

  /// "3 of 28 events were bad", "14 min down".
  private func whatWasBad(_ counts: Counts) -> String {
    let bad = counts.total - counts.good
    if objective.unit == .time {
      return "\(Wording.duration(.nanoseconds(bad))) \(badTime)"
    }
    if objective.unit.isFraction {
      return "\(Wording.share(Double(bad) / Double(max(1, counts.total)))) bad"
    }
    let units = objective.unit.rawValue
    let noun = bad == 1 && counts.total == 1 ? String(units.dropLast()) : units
    let verb =
      switch objective.indicator.kind {
      case .latency:
        "took over \(Wording.latency(objective.bucketBounds?.first ?? objective.indicator.withinSeconds ?? 0))"
      case .uptime: "failed"
      case .ratio, .slices, .freshness, .heartbeat, .states, .incidents:
        bad == 1 ? "was bad" : "were bad"
      }
    return "\(Wording.count(bad)) of \(Wording.count(counts.total)) \(noun) \(verb)"
  }

  /// What is left of a budget: "That leaves 2 913 bad events, or 1 min 15 s of full outage at peak".
  ///
  /// - Formula: the events left over the events a second of the period's busiest hour.
  var rest: String? {
    guard let budget = objective.budget, !objective.unit.isFraction else { return nil }
    let left = budget.allowed - budget.bad
    guard left > 0 else { return nil }
    let peak = Double(objective.hours?.map(\.total).max() ?? 0) / 3600
    let outage =
      objective.unit == .events && peak >= 1
      ? ", or \(Wording.duration(.seconds(Double(left) / peak))) of full outage at peak" : ""
    return "That leaves \(bad(good: 0, total: left))\(outage)."
  }

  /// Why there is no verdict: "4 d of the 14 d that a verdict needs".
  var doubts: String {
    objective.doubts.map { Wording.caveat($0, in: zone) }.joined(separator: "; ")
  }

  // MARK: Its figures

  /// The SLI of the period.
  var level: String {
    objective.period.map { Wording.percent($0, target: objective.target) } ?? "–"
  }

  /// The SLI of the window.
  var windowLevel: String {
    objective.window.counts.map { Wording.percent($0, target: objective.target) } ?? "–"
  }

  /// What is left of the budget.
  var left: String {
    objective.state == .notJudged ? "–" : Wording.left(objective.budget?.left)
  }

  /// "6 % left", or "131 % used" where more than all is.
  var balance: String {
    objective.budget?.consumed ?? 0 > 1
      ? "\(Wording.used(objective.budget?.consumed)) used"
      : "\(Wording.left(objective.budget?.left)) left"
  }

  /// "on Wed 14 Oct 13:20 (2 h 14 min)", and "from … to …" of what took more than a day.
  func when(_ drop: ObjectiveFacts.DropFacts) -> String {
    guard drop.isSudden else {
      return "from \(Wording.moments(from: drop.start, to: drop.end, in: zone))"
    }
    let length = drop.end - drop.start
    return "on \(Wording.moment(drop.start, in: zone))"
      + (length > .minutes(10) ? " (\(Wording.duration(length)))" : "")
  }
}

/// The word for how an objective stands.
struct StandingWords {
  let text: String
  let tone: Tone
  let sign: String
}

extension ObjectiveFacts.State {
  /// While its window runs, or as the verdict of a period that is over.
  func words(isOver: Bool) -> StandingWords {
    switch self {
    case .overspent: StandingWords(text: isOver ? "Missed" : "Overspent", tone: .bad, sign: "✕")
    case .atRisk: StandingWords(text: isOver ? "Met, narrowly" : "At risk", tone: .warn, sign: "!")
    case .onCourse: StandingWords(text: isOver ? "Met" : "On course", tone: .ok, sign: "✓")
    case .notJudged: StandingWords(text: "Not judged", tone: .unknown, sign: "–")
    }
  }

  /// The same in either: its colour.
  var tone: Tone { words(isOver: false).tone }
}
