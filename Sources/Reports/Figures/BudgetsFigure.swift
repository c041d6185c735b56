import Charts
import Model

extension WeeklyStory {
  /// The budgets of all objectives but the worst.
  var otherBudgets: Figure? {
    let others = facts.objectives.filter { $0.name != worst?.name }
    let areKept = others.allSatisfy { $0.state == .onCourse || $0.state == .atRisk }
    let title =
      others.count == 1 ? "other objective" : "other \(number(others.count)) objectives"
    let budgets = others.count == 1 ? "budget" : "budgets"
    return self.budgets(
      others,
      heading: areKept && worst?.state == .overspent
        ? "The \(title) stayed within \(others.count == 1 ? "its" : "their") \(budgets)"
        : "The other error \(budgets)")
  }

  /// The budgets that are judged, small and on one scale; the first eight of them.
  func budgets(_ others: [ObjectiveFacts], heading: String) -> Figure? {
    let others = others.filter { $0.state != .notJudged && !$0.allowsNothing }
    let shown = others.prefix(8)
    guard !shown.isEmpty else { return nil }
    let spans = Set(shown.map { windowSpan($0) })
    let items = shown.map { objective in
      SmallMultiples.Item(
        title: objective.title, detail: budgetDetail(objective, withSpan: spans.count > 1),
        scene: depletion(of: objective).small(title: "", description: ""))
    }
    let rest = others.count - shown.count
    let span = spans.count == 1 ? ", \(spans.first ?? "")" : ", each over its own window"
    return Figure(
      name: "budgets", heading: heading,
      subheading: "Error budget left\(span), %. Dashed: even spending."
        + (shown.contains { !$0.gaps.isEmpty } ? " Hatched: no data." : "")
        + (rest > 0 ? " \(rest) more are in weekly.json." : ""),
      description: "Error budgets: "
        + listed(
          shown.map { "\($0.title) \(balance($0))" }
            + (rest > 0 ? ["\(rest) more"] : [])) + "."
    ) { size, title, description in
      SmallMultiples(items).scene(size: size, title: title, description: description)
    }
  }

  private func budgetDetail(_ objective: ObjectiveFacts, withSpan: Bool) -> String {
    let window = withSpan ? ", \(windowLength(objective))" : ""
    return "\(Wording.used(objective.budget?.consumed)) used\(window)"
  }
}
