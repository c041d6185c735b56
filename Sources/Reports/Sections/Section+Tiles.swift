import Model

extension Section {
  /// Four numbers: the gate, incidents, the budget used, and the next limit of capacity or what was measured.
  static func tiles(_ story: Story) -> Section {
    Section(
      name: .tiles,
      blocks: [
        .tiles([
          Tile.gate(story), Tile.incidents(story) ?? Tile.states(story), Tile.used(story),
          Tile.capacity(story) ?? Tile.measured(story),
        ])
      ])
  }
}

extension Section.Tile {
  static func gate(_ story: Story) -> Self {
    let label = "Gate at \(story.period.noun)’s end"
    let closing = story.facts.objectives.filter { $0.band?.gateClosed == true }
    switch Gate(story.facts.objectives) {
    case .closed:
      // The last band has no bound: it may close the gate whatever is left.
      let band = closing.first?.band
      let bound =
        band?.below.flatMap { _ in band?.gateClosesBelow }.map { share in
          "closes below \(Wording.left(share))"
        } ?? band.map { "by policy \($0.policy)" } ?? ""
      return Self(
        label: label, value: "Closed",
        detail: closing.count > 1 ? "closed by \(closing.count) objectives" : bound, tone: .bad)
    case .undecided:
      return Self(
        label: label, value: "Closed", detail: "undecided: not all are judged", tone: .unknown)
    case .open: return Self(label: label, value: "Open", detail: "for all objectives", tone: .ok)
    }
  }

  static func states(_ story: Story) -> Self {
    let calm = story.all(.onCourse).count
    let parts = [
      (story.all(.overspent).count, "overspent"), (story.all(.atRisk).count, "at risk"),
      (story.all(.notJudged).count, "not judged"),
    ].filter { $0.0 > 0 }
    let count = story.facts.objectives.count
    return Self(
      label: "Objectives on course", value: "\(calm)", unit: "of \(count)",
      detail: parts.isEmpty
        ? "none at risk" : parts.map { "\($0.0) \($0.1)" }.joined(separator: ", "),
      tone: calm == count ? .ok : story.tone)
  }

  /// How many of the judged objectives were met.
  static func met(_ story: Story) -> Self {
    let judged = story.facts.objectives.filter { $0.state != .notJudged }
    let met = judged.count { $0.state != .overspent }
    let before = judged.compactMap { $0.earlier?.last }.filter { $0.state != .notJudged }
    return Self(
      label: "Objectives met", value: judged.isEmpty ? "–" : "\(met)",
      unit: judged.isEmpty ? "" : "of \(judged.count)",
      detail: before.isEmpty
        ? judged.isEmpty ? "nothing to judge" : "\(story.period.before): not judged"
        : "\(story.period.before): \(before.count { $0.state != .overspent }) of \(before.count)",
      tone: story.tone)
  }

  /// `nil` where no service reports incidents, and in a period without any that is over.
  static func restored(_ story: Story) -> Self? {
    guard let restores = story.facts.restores, let median = restores.last?.median else {
      return nil
    }
    let before = restores.dropLast().last?.median
    return Self(
      label: "Time to restore, median", value: Wording.duration(.seconds(median)),
      detail: "\(story.period.before): \(before.map { Wording.duration(.seconds($0)) } ?? "none")",
      tone: before.map { median <= $0 ? .ok : .warn } ?? .ok)
  }

  /// `nil` where no service reports incidents.
  static func incidents(_ story: Story) -> Self? {
    let facts = story.facts
    guard facts.incidents != nil else { return nil }
    if facts.incidentsAreDoubtful, story.incidents.isEmpty {
      return Self(label: "Incidents", value: "–", detail: "unknown", tone: .unknown)
    }
    let began = story.incidents.filter { facts.period.window.contains($0.started) }
    let open = story.incidents.count { $0.resolved == nil }
    let lengths = began.filter { $0.resolved != nil }.map { $0.length(asOf: facts.period.end) }
      .sorted()
    let middle =
      lengths.isEmpty
      ? nil
      : (lengths[(lengths.count - 1) / 2] + lengths[lengths.count / 2]) / 2
    let detail =
      !facts.incidentsAreAllKnown
      ? "known for \(Wording.coverage(facts.incidentsKnown ?? 1))"
      : open > 0
        ? "\(open) still open"
        : facts.incidentsBefore.map { "\(story.period.before): \($0)" } ?? middle.map {
          "restored in \(Wording.duration($0)) (median)"
        } ?? "nothing to restore"
    return Self(
      label: "Incidents", value: "\(began.count)", unit: story.period.this, detail: detail,
      tone: began.isEmpty && open == 0 ? .ok : .warn)
  }

  /// The budget that the worst objective used in the period.
  static func used(_ story: Story) -> Self {
    guard let worst = story.worst else {
      return Self(label: "Budget used", value: "–", detail: "nothing to judge", tone: .unknown)
    }
    let label = "\(worst.title), used"
    if worst.allowsNothing {
      return Self(
        label: label, value: "–", detail: "nothing bad is allowed", tone: worst.state.tone)
    }
    guard let budget = worst.budget, let spent = budget.spentInPeriod else {
      return Self(label: "Budget used", value: "–", detail: "nothing to judge", tone: .unknown)
    }
    let points = Wording.points(spent)
    let isYoung = worst.window.start > story.facts.period.start
    let since =
      isYoung
      ? "since \(Wording.day(story.zone.date(at: worst.window.start))); " : ""
    return Self(
      label: label, value: points, unit: points == "1" ? "point" : "points",
      detail: "\(since)even spending: \(Wording.evenPointCount(budget.evenInPeriod))",
      tone: spent > budget.evenInPeriod ? (worst.state == .overspent ? .bad : .warn) : .ok)
  }

  /// The next date by which something fills up; `nil` where no item is configured.
  static func capacity(_ story: Story) -> Self? {
    guard let first = story.capacity.first else { return nil }
    let label = "Next capacity limit"
    let words = CapacityWords(first)
    if let due = first.due, due.answer == .passed {
      return Self(
        label: label, value: "Passed", detail: "\(first.title), \(words.dueName)", tone: .bad)
    }
    if let likely = first.due?.likely {
      return Self(
        label: label, value: Wording.date(likely), detail: "\(first.title), \(words.dueName)",
        tone: .warn)
    }
    // Without a date the threshold may be met all the same.
    if let open = story.capacity.first(where: {
      $0.due?.answer == .noPrediction && $0.due?.earliest != nil
    }) {
      return Self(
        label: label, value: "No date", detail: "\(open.title), \(CapacityWords(open).dueName)",
        tone: .warn)
    }
    let lacking = story.capacity.count(where: \.lacksPrediction)
    guard lacking == 0 else {
      return Self(
        label: label, value: "–",
        detail: "no prediction for \(lacking) of \(story.capacity.count)", tone: .unknown)
    }
    if let early = story.capacity.compactMap({ $0.due?.earliest }).min() {
      return Self(
        label: label, value: "None", detail: "likely; possible from \(Wording.date(early))",
        tone: .warn)
    }
    return Self(label: label, value: "None", detail: "likely within 30 days", tone: .ok)
  }

  static func measured(_ story: Story) -> Self {
    let least = story.leastMeasured
    return Self(
      label: "Measured \(story.period.this)", value: Wording.coverage(least.share),
      detail: least.missing < .seconds(60)
        ? "no gaps" : "\(Wording.duration(least.missing)) missing",
      tone: least.share >= 0.99 ? .ok : least.share >= 0.9 ? .warn : .unknown)
  }
}
