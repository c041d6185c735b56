import Charts
import Model

extension Section {
  /// Every objective, worst first: beyond twelve those on course are folded into one line.
  static func scoreboard(_ story: Story) -> Section {
    let (zone, period) = (story.zone, story.period)
    let board = board(of: story)
    let dates = Set(story.facts.objectives.map { zone.date(at: $0.aheadAt - .seconds(1)) })
    // The common date of the look ahead, where all objectives share one.
    let date = dates.count == 1 ? dates.first.map(Wording.date) : nil
    let rows = board.map { objective -> [ReportTable.Cell] in
      let words = story.words(objective)
      let judged = objective.state != .notJudged
      let left = judged ? objective.budget.map { $0.left ?? -1 } : nil
      let paint = objective.state.tone.paint
      return [
        .detailed(objective.title, below: words.promise(among: story.facts.services ?? [])),
        .text(words.level),
        .level(
          words.left,
          BulletBar(left: left, paint: paint).scene(
            title: "\(objective.title): budget left",
            description: judged ? "\(Wording.left(left)) of the budget left" : "Not judged")),
        .drawing(
          Sparkline(values: objective.trail, scale: -0.3...1, paint: paint).scene(
            title: "\(objective.title): budget left, last eight \(period.noun)s",
            description: objective.trail.map { Wording.left($0) }.joined(separator: ", "))),
        .text(words.ahead(withDate: date == nil)),
        .state(objective.state.words(isOver: story.isOver)),
      ]
    }
    return Section(
      name: .scoreboard, heading: "Scoreboard",
      blocks: [
        .aside(
          "\(period.this.capitalizedFirst), and what is left of each objective’s budget over its own window. Worst first."
        ),
        .table(
          ReportTable(
            columns: [
              .init(title: "Objective", detail: "Promise"),
              .init(title: period.this.capitalizedFirst, kind: .mainNumber),
              .init(title: "Budget left", kind: .level),
              .init(title: "8 \(period.noun)s", kind: .drawing),
              .init(title: "Usual pace", more: date, kind: .number),
              .init(title: "State", kind: .state),
            ], rows: rows, rest: rest(of: story, beside: board))),
      ])
  }

  /// All objectives; beyond twelve, those that are not on course, and others while there is room.
  static func board(of story: Story) -> [ObjectiveFacts] {
    let objectives = story.facts.objectives
    guard objectives.count > 12 else { return objectives }
    let calm = story.all(.onCourse)
    let shown = calm.prefix(max(0, 12 - (objectives.count - calm.count)))
    return objectives.filter { objective in
      objective.state != .onCourse || shown.contains { $0.name == objective.name }
    }
  }

  /// What the scoreboard folds: "8 more are on course, each with at least 46 % of its budget left".
  private static func rest(of story: Story, beside board: [ObjectiveFacts]) -> String? {
    let shown = Set(board.map(\.name))
    let rest = story.facts.objectives.filter { !shown.contains($0.name) }
    guard let least = rest.compactMap({ $0.budget?.left }).min() else { return nil }
    return
      "\(rest.count) more \(rest.count == 1 ? "is" : "are") on course, with at least \(Wording.left(least)) "
      + "of the budget left: see \(story.numbers)."
  }
}

extension ObjectiveWords {
  /// What is left at the usual pace, with the date where each has its own.
  fileprivate func ahead(withDate: Bool) -> String {
    guard objective.state != .notJudged, let left = objective.leftAhead else { return "–" }
    guard withDate else { return Wording.left(left) }
    let date = zone.date(at: objective.aheadAt - .seconds(1))
    return "\(Wording.left(left)) (\(Wording.date(date)))"
  }
}
