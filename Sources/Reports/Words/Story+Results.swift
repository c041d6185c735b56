import Model

/// What is said of a period that objectives are judged over.
extension Story {
  private var judged: [ObjectiveFacts] { facts.objectives.filter { $0.state != .notJudged } }

  /// "4 of 5 objectives met. Checkout availability was missed."
  var results: String {
    let (missed, narrow, judged) = (all(.overspent), all(.atRisk), judged)
    let count = judged.count
    if count == 0 {
      return facts.objectives.allSatisfy({ $0.doubts.allSatisfy(\.isYouth) })
        ? "Nothing can be judged yet: the history is too short." : "Nothing can be judged."
    }
    let isAll = count == facts.objectives.count
    if !missed.isEmpty {
      let titles =
        missed.count > 3
        ? "\(Wording.number(missed.count).capitalizedFirst) were missed"
        : "\(Wording.listed(missed.map(\.title))) \(missed.count == 1 ? "was" : "were") missed"
      if count == 1 { return "\(titles)." }
      return
        "\(count - missed.count) of \(count) \(isAll ? "" : "judged ")objectives met. \(titles)."
    }
    let whole =
      switch count {
      case 1 where isAll: "The objective was met"
      case 1: "The only objective that can be judged was met"
      case 2 where isAll: "Both objectives were met"
      default:
        isAll
          ? "All \(count) objectives were met"
          : "All \(Wording.number(count)) objectives that can be judged were met"
      }
    guard let first = narrow.first else { return "\(whole)." }
    if count == 1 { return "\(whole), narrowly." }
    return narrow.count == 1
      ? "\(whole), \(first.title) only narrowly."
      : "\(whole), \(Wording.number(narrow.count)) of them only narrowly."
  }

  /// What the worst result is made of, and when its budget was gone.
  var resultsDetail: String {
    var sentences: [String] = []
    for objective in all(.overspent).prefix(2) {
      let chance =
        objective.interval?.undecided == true
        ? " This may be chance: the objective lies inside the 95\(Wording.space)% interval." : ""
      sentences.append("\(words(objective).sentence).\(chance)")
      if let gone = words(objective).gone { sentences.append(gone) }
    }
    if sentences.isEmpty, let least = judged.first {
      sentences = ["\(words(least).sentence)."]
      if !least.allowsNothing {
        sentences.append(
          judged.count == 1
            ? "It has \(words(least).left) of its error budget left."
            : "\(least.title) has the least left: \(words(least).left) of its error budget.")
      }
    }
    let unjudged = all(.notJudged)
    for objective in unjudged.prefix(2) {
      sentences.append("\(objective.title) is not judged: \(words(objective).doubts).")
    }
    if unjudged.count > 2 {
      sentences.append(
        "\(Wording.number(unjudged.count - 2).capitalizedFirst) more \(unjudged.count == 3 ? "is" : "are") not judged."
      )
    }
    return sentences.joined(separator: " ")
  }

  // MARK: In short

  /// "What happened", "What went well", "Watch" and "Data", each where there is something to say.
  var inShort: [(term: String, text: String)] {
    [
      ("What happened", happened), ("What went well", wentWell), ("Watch", watched),
      ("Data", dataInShort),
    ].compactMap { term, text in text.map { (term, $0) } }
  }

  private var happened: String? {
    let missed = all(.overspent)
    var parts = [costliest].compactMap(\.self)
    if parts.isEmpty, let worst = missed.first {
      let drop = (worst.periodDrops ?? []).first {
        $0.share >= 0.05 && $0.end - $0.start <= .days(2)
      }
      parts = [
        drop.map {
          "\(worst.title) lost \(Wording.pointCount($0.share)) of its budget \(words(worst).when($0))."
        } ?? "\(worst.title) spent its budget in small pieces, without one large drop."
      ]
    }
    if facts.incidents != nil, facts.incidentsAreAllKnown, !facts.incidentsAreDoubtful {
      let began = incidents.count { facts.period.window.contains($0.started) }
      if began > 1 {
        parts.append(
          "\(Wording.numbered(began, "incident").capitalizedFirst) began \(period.this).")
      }
    }
    if parts.isEmpty, !judged.isEmpty {
      return facts.incidents != nil && incidents.isEmpty && facts.incidentsAreAllKnown
        ? "No incident, and no objective was missed." : "No objective was missed."
    }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  private var wentWell: String? {
    let better = judged.filter { objective in
      guard let now = objective.budget?.consumed, let then = objective.earlier?.last?.consumed
      else { return false }
      return now <= 1 && then - now >= 0.005
    }
    var parts: [String] = []
    if !better.isEmpty {
      let named =
        better.count > 3
        ? "\(Wording.numbered(better.count, "objective").capitalizedFirst)"
        : Wording.listed(better.map(\.title))
      parts.append(
        "\(named) used less of \(better.count == 1 ? "its budget" : "their budgets") than in \(period.before)."
      )
    }
    if let restore = facts.restores?.last, restore.isKnown, restore.lengths.count > 1,
      let median = restore.median
    {
      parts.append("Half of the incidents were over within \(Wording.duration(.seconds(median))).")
    }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  private var watched: String? {
    var parts = all(.atRisk).prefix(2).map {
      "\($0.title) met its objective with \(Wording.left($0.budget?.left)) of its budget left."
    }
    let open = incidents.filter { $0.resolved == nil }
    if let first = open.first {
      parts.append(
        open.count == 1
          ? "\(first.id) in \(first.serviceTitle) is still open."
          : "\(Wording.numbered(open.count, "incident").capitalizedFirst) are still open.")
    }
    if let item = capacity.first(where: \.needsAction) {
      let words = CapacityWords(item)
      if let likely = item.due?.likely, item.due?.answer == .date {
        parts.append(
          "\(item.title) should meet \(words.dueName) around \(Wording.date(likely)).")
      } else if item.due?.answer == .passed {
        parts.append("\(item.title) has passed \(words.dueName).")
      }
    }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  /// Only where not all was measured.
  private var dataInShort: String? {
    var parts: [String] = []
    let cuts = gaps.compactMap { gap in
      gap.window.clipped(to: facts.period.window).map { (gap, $0) }
    }
    if let (gap, inside) = cuts.max(by: { $0.1.length < $1.1.length }),
      inside.length >= .hours(1)
    {
      let others = cuts.count > 1 ? " And \(Wording.counted(cuts.count - 1, "other gap"))." : ""
      parts.append(
        "Nothing was measured from \(Wording.moments(inside, in: zone)) (\(Wording.duration(inside.length))), which touches \(Wording.listed(Array(gap.objectives.prefix(2))))\(gap.objectives.count > 2 ? " and \(gap.objectives.count - 2) more" : "").\(others)"
      )
    }
    if facts.incidentsAreUnknown, facts.incidents != nil {
      parts.append("Incidents of the \(period.noun) are unknown.")
    }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  // MARK: Asked of you

  /// Who should do what by when, from the policy and from what fills up; at most three.
  var asks: [(who: String, what: String)] {
    let closed = facts.objectives.filter { $0.band?.gateClosed == true }
    var asks = closed.prefix(2).map { objective in
      let until = objective.opensAt.map {
        " Opens on \(Wording.day(zone.date(at: $0))) at the earliest."
      }
      let action = objective.band?.action?.ended ?? "Keep releases that can fail paused."
      return (
        who: objective.owner ?? "Owner of \(objective.title)",
        what: "\(objective.title): \(action)\(until ?? "")"
      )
    }
    let owners = Dictionary(
      (facts.services ?? []).map { ($0.name, $0.owner ?? $0.title) },
      uniquingKeysWith: { one, _ in one })
    for item in capacity {
      guard let day = item.orderBy else { continue }
      let service = String(item.name.prefix { $0 != "/" })
      asks.append(
        (
          who: owners[service] ?? service,
          what:
            "order for \(item.title) by \(Wording.day(day)): \(CapacityWords(item).dueName) can be met from \(item.due?.earliest.map { Wording.date($0) } ?? "now") on."
        ))
    }
    return Array(asks.prefix(3))
  }
}

extension ObjectiveWords {
  /// "About 63 100 of 48.2 million events were bad: 99.86 %, with an objective of 99.90 %", with the objective's name.
  fileprivate var sentence: String { "\(objective.title): \(result)" }

  /// When the budget of a window that is over was gone.
  fileprivate var gone: String? {
    guard objective.state == .overspent, !objective.allowsNothing,
      let crossing = objective.timeline.first(where: { $0.left < 0 })
    else { return nil }
    let (day, end) = (zone.date(at: crossing.at), zone.date(at: objective.window.end))
    let rest = Int(end.dayNumber - day.dayNumber) - 1
    let early = rest > 0 ? ", \(Wording.counted(rest, "day")) before the end" : ""
    return "Its error budget ran out on \(Wording.day(day))\(early)."
  }
}
