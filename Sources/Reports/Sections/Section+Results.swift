import Charts
import Model

/// The answers of a report that judges objectives over its period.
extension Section {
  static func results(_ story: Story) -> Section {
    guard story.isOver else { return verdict(story) }
    return Section(
      name: .verdict, blocks: [.verdict(story.tone, story.results, detail: story.resultsDetail)])
  }

  static func inShort(_ story: Story) -> Section? {
    let lines = story.inShort
    return lines.isEmpty ? nil : Section(name: .inShort, blocks: [.terms(lines, name: "inShort")])
  }

  /// `nil` where nothing is asked.
  static func asks(_ story: Story) -> Section? {
    let asks = story.asks
    return asks.isEmpty
      ? nil : Section(name: .asks, heading: "Asked of you", blocks: [.asks(asks)])
  }

  /// Four numbers, each beside the period before.
  static func resultTiles(_ story: Story) -> Section {
    Section(
      name: .tiles,
      blocks: [
        .tiles(
          [
            Tile.met(story), Tile.incidents(story), Tile.restored(story), Tile.capacity(story),
            Tile.used(story), Tile.measured(story),
          ].compactMap(\.self).prefix(4).map(\.self))
      ])
  }

  /// The objectives, worst first: beyond twelve those that were met are folded into one line.
  static func resultBoard(_ story: Story) -> Section {
    let board = board(of: story)
    return Section(
      name: .scoreboard, heading: "Scoreboard",
      blocks: [
        .aside(
          "Result for the whole \(story.period.noun). The budget is what the objective allows to be bad. Worst first."
        ),
        .table(
          table(of: board, story, rest: rest(beside: board, in: story))),
      ])
  }

  /// Every objective, where the scoreboard folds some.
  static func allResults(_ story: Story) -> Section? {
    guard board(of: story).count < story.facts.objectives.count else { return nil }
    return Section(
      name: .allResults, heading: "All objectives",
      blocks: [.table(table(of: story.facts.objectives, story, rest: nil))])
  }

  private static func rest(beside board: [ObjectiveFacts], in story: Story) -> String? {
    let shown = Set(board.map(\.name))
    let rest = story.facts.objectives.filter { !shown.contains($0.name) }
    guard let least = rest.compactMap({ $0.budget?.left }).min() else { return nil }
    return
      "\(rest.count) more \(rest.count == 1 ? "was" : "were") met, with at least \(Wording.left(least)) of the budget left: see All objectives."
  }

  private static func table(of objectives: [ObjectiveFacts], _ story: Story, rest: String?)
    -> ReportTable
  {
    let period = story.period
    let earlier = objectives.compactMap { $0.earlier?.count }.max() ?? 0
    let span = period.span(ofEarlier: earlier)
    let rows = objectives.map { objective -> [ReportTable.Cell] in
      let words = story.words(objective)
      let judged = objective.state != .notJudged
      let left = judged ? objective.budget.map { $0.left ?? -1 } : nil
      let states = (objective.earlier?.map(\.state) ?? []) + [objective.state]
      return [
        .detailed(
          objective.title,
          below: words.promise(among: story.facts.services ?? [], withWindow: false)),
        .text(judged ? words.windowLevel : "–"),
        .level(
          words.left,
          BulletBar(left: left, paint: objective.state.tone.paint).scene(
            title: "\(objective.title): budget left",
            description: judged ? "\(Wording.left(left)) of the budget left" : "Not judged")),
        .text(words.change),
        .drawing(
          MonthSquares(states.map(\.square)).scene(
            title: "\(objective.title): \(span)",
            description: states.map { $0.words(isOver: true).text }.joined(separator: ", "))),
        .state(objective.state.words(isOver: story.isOver)),
      ]
    }
    return ReportTable(
      columns: [
        .init(title: "Objective", detail: "Promise"),
        .init(title: "Result", kind: .mainNumber),
        .init(title: "Budget left", kind: .level),
        .init(title: "Used", more: period.change, kind: .number),
        .init(title: span, kind: .drawing),
        .init(title: story.isOver ? "Verdict" : "State", kind: .state),
      ], rows: rows, rest: rest)
  }
}

extension ObjectiveWords {
  /// "58 → 131 %": the used share of the budget in the period before, and in this one.
  var change: String {
    guard objective.state != .notJudged, let now = objective.budget?.consumed else { return "–" }
    let used = Wording.used(now)
    guard let then = objective.earlier?.last?.consumed else { return used }
    let before = Wording.used(then)
    let number = before.hasSuffix("%") ? String(before.dropLast(2)) : before
    return "\(number) → \(used)"
  }
}

extension ObjectiveFacts.State {
  fileprivate var square: MonthSquares.Square {
    switch self {
    case .overspent: .missed
    case .atRisk: .narrow
    case .onCourse: .met
    case .notJudged: .notJudged
    }
  }
}
