import Model

extension WeeklyStory {
  var tiles: [Tile] {
    let objectives = facts.objectives
    let closing = objectives.first { $0.band?.gateClosed == true }
    let closings = objectives.count { $0.band?.gateClosed == true }
    let gate: Tile
    switch Gate(objectives) {
    case .closed:
      // The last band has no bound: it may close the gate whatever is left.
      let bound =
        closing?.band?.below.flatMap { _ in closing?.band?.gateClosesBelow }.map { share in
          "closes below \(Wording.left(share))"
        } ?? closing?.band.map { "by policy \($0.policy)" } ?? ""
      gate = Tile(
        label: "Gate at week’s end", value: "Closed", unit: "",
        detail: closings > 1 ? "closed by \(closings) objectives" : bound,
        tone: .bad)
    case .undecided:
      gate = Tile(
        label: "Gate at week’s end", value: "Closed", unit: "",
        detail: "cannot decide: not all is judged",
        tone: .unknown)
    case .open:
      gate = Tile(
        label: "Gate at week’s end", value: "Open", unit: "", detail: "for all objectives",
        tone: .ok)
    }
    let calm = all(.onCourse).count
    let states = Tile(
      label: "Objectives on course", value: "\(calm)", unit: "of \(objectives.count)",
      detail: stateCounts, tone: calm == objectives.count ? .ok : tone)
    var tiles = [gate, incidentTile ?? states]
    if let worst, worst.allowsNothing {
      tiles.append(
        Tile(
          label: "\(worst.title), used", value: "–", unit: "", detail: "nothing bad is allowed",
          tone: WeeklyStory.word(worst.state).tone))
    } else if let worst, let spent = worst.budget?.spentInPeriod {
      let points = Wording.pointCount(spent).split(separator: " ")
      tiles.append(
        Tile(
          label: "\(worst.title), used", value: Wording.points(spent),
          unit: points.last.map(String.init) ?? "",
          detail: (worst.window.start > facts.period.start
            ? "since \(Wording.day(zone.date(at: worst.window.start))), evenly " : "evenly: ")
            + Wording.pointCount(worst.budget?.evenInPeriod ?? 0),
          tone: spent > worst.budget?.evenInPeriod ?? 0
            ? (worst.state == .overspent ? .bad : .warn) : .ok))
    } else {
      tiles.append(
        Tile(
          label: "Budget used", value: "–", unit: "", detail: "nothing to judge", tone: Tone.unknown
        ))
    }
    let least = leastMeasured
    tiles.append(
      Tile(
        label: "Measured this week", value: Wording.coverage(least.share), unit: "",
        detail: least.missing < .seconds(60)
          ? "no gaps" : "\(Wording.duration(least.missing)) missing",
        tone: least.share >= 0.99 ? .ok : least.share >= 0.9 ? .warn : Tone.unknown))
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

  /// The rows of the scoreboard: beyond twelve, objectives on course are folded into one line.
  var board: [ObjectiveFacts] {
    let objectives = facts.objectives
    guard objectives.count > 12 else { return objectives }
    let calm = all(.onCourse).prefix(max(0, 12 - (objectives.count - all(.onCourse).count)))
    return objectives.filter { objective in
      objective.state != .onCourse || calm.contains { $0.name == objective.name }
    }
  }

  /// What the scoreboard folds: "8 more are on course, each with at least 46 % of its budget left".
  var boardRest: String? {
    let shown = Set(board.map(\.name))
    let rest = facts.objectives.filter { !shown.contains($0.name) }
    guard let least = rest.compactMap({ $0.budget?.left }).min() else { return nil }
    return
      "\(rest.count) more \(rest.count == 1 ? "is" : "are") on course, with at least \(Wording.left(least)) "
      + "of the budget left: see weekly.json."
  }

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
    let dates = Set(facts.objectives.map { zone.date(at: $0.aheadAt - .seconds(1)) })
    return dates.count == 1 ? dates.first.map(Wording.date) : nil
  }

  /// The heading of the look ahead, in one line.
  var aheadTitle: String { aheadHeading.map { "Usual pace, \($0)" } ?? "Usual pace" }

  /// The SLI of the week.
  func level(_ objective: ObjectiveFacts) -> String {
    objective.period.map { Wording.percent($0, target: objective.target) } ?? "–"
  }

  /// What is left of the budget.
  func left(_ objective: ObjectiveFacts) -> String {
    objective.state == .notJudged ? "–" : Wording.left(objective.budget?.left)
  }

  func ahead(_ objective: ObjectiveFacts) -> String {
    guard objective.state != .notJudged, let left = objective.leftAhead else { return "–" }
    guard aheadHeading == nil else { return Wording.left(left) }
    let date = zone.date(at: objective.aheadAt - .seconds(1))
    return "\(Wording.left(left)) (\(Wording.date(date)))"
  }
}
