import Charts
import Model

/// Error budgets, small and side by side.
struct Budgets: FigureKind {
  let name = "budgets"
  let shows = "the error budgets left, small and side by side"

  func figure(of report: Report) -> Figure? {
    budgets(report.facts.objectives, of: report.story, heading: "Error budgets left")
  }

  /// The budgets of all objectives but those that are shown large.
  func others(_ story: Story, beside large: [ObjectiveFacts]) -> Figure? {
    let worst = large.first
    let others = story.facts.objectives.filter { one in !large.contains { $0.name == one.name } }
    let areKept = others.allSatisfy { $0.state == .onCourse || $0.state == .atRisk }
    let title =
      others.count == 1
      ? "other objective" : "other \(Wording.numbered(others.count, "objective"))"
    let budgets = Wording.plural("budget", Int64(others.count))
    guard !large.isEmpty else {
      return self.budgets(others, of: story, heading: "Error budgets left")
    }
    return self.budgets(
      others, of: story,
      heading: areKept && worst?.state == .overspent
        ? "The \(title) stayed within \(others.count == 1 ? "its" : "their") \(budgets)"
        : "The other error \(budgets)")
  }

  /// The budgets that are judged, small and on one scale; the first eight of them.
  private func budgets(_ others: [ObjectiveFacts], of story: Story, heading: String) -> Figure? {
    let others = others.filter { $0.state != .notJudged && !$0.allowsNothing }
    let shown = others.prefix(8)
    guard !shown.isEmpty else { return nil }
    let spans = Set(shown.map { story.words($0).windowSpan })
    let items = shown.map { objective in
      SmallMultiples.Item(
        title: objective.title, detail: detail(objective, withSpan: spans.count > 1),
        scene: BurnDown.depletion(of: objective, in: story).small(title: "", description: ""))
    }
    let rest = others.count - shown.count
    let span = spans.count == 1 ? ", \(spans.first ?? "")" : ", each over its own window"
    return Figure(
      name: name, heading: heading,
      subheading: "Error budget left\(span), %. Dashed: even spending."
        + (shown.contains { !$0.gaps.isEmpty } ? " Hatched: no data." : "")
        + (rest > 0 ? " \(rest) more are in \(story.numbers)." : ""),
      description: "Error budgets: "
        + Wording.listed(
          shown.map { "\($0.title) \(story.words($0).balance)" }
            + (rest > 0 ? ["\(rest) more"] : [])) + "."
    ) { size, title, description in
      SmallMultiples(items).scene(size: size, title: title, description: description)
    }
  }

  private func detail(_ objective: ObjectiveFacts, withSpan: Bool) -> String {
    let window = withSpan ? ", \(objective.window.rule.length)" : ""
    return "\(Wording.used(objective.budget?.consumed)) used\(window)"
  }
}
