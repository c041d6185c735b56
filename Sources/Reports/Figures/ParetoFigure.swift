import Charts
import Model

/// What used the budget of the worst objective: incidents, and what was outside of any.
struct Causes: FigureKind {
  let name = "causes"
  let shows = "what used an objective's budget, incident by incident"
  let report = ReportKind.monthly
  let absence = "fewer than two incidents used the budget of an objective that was missed"

  func figure(of report: Report) -> Figure? { figure(report.story) }

  /// Of the worst objective with at least two causes.
  func figure(_ story: Story) -> Figure? {
    story.facts.objectives.lazy.filter {
      $0.state == .overspent || $0.state == .atRisk
    }.compactMap { figure(story, of: $0) }.first
  }

  private func figure(_ story: Story, of objective: ObjectiveFacts) -> Figure? {
    guard let attribution = objective.attribution, let counts = objective.window.counts,
      counts.total > counts.good, attribution.known ?? 0 >= 0.9999
    else { return nil }
    let words = story.words(objective)
    let bad = Double(counts.total - counts.good)
    let known = attribution.incidents.filter { $0.bad > 0 }
    var parts: [(title: String, bad: Int64, isRest: Bool)] = known.prefix(8).map { share in
      let incident = story.incidents.first { $0.id == share.incident }
      let name = share.incident ?? "–"
      return (incident?.cause.map { "\(name), \($0)" } ?? name, share.bad, false)
    }
    let more = known.dropFirst(8).reduce(0) { $0 + $1.bad }
    if more > 0 { parts.append(("\(known.count - 8) other incidents", more, false)) }
    guard parts.count > 1 else { return nil }
    if attribution.outside.bad > 0 {
      parts.append(("Outside any incident", attribution.outside.bad, true))
    }
    parts.sort { ($0.bad, $1.title) > ($1.bad, $0.title) }
    var sum = 0.0
    let rows = parts.map { part in
      // A minute in two incidents counts for the worst: the parts add up to all that was bad.
      sum += Double(part.bad)
      return ParetoChart.Row(
        title: part.title, amount: Double(part.bad),
        count: words.badAmount(good: 0, total: part.bad),
        share: Wording.used(Double(part.bad) / bad), running: Wording.used(min(1, sum / bad)),
        isRest: part.isRest)
    }
    let first = parts[0]
    let share = Wording.used(Double(first.bad) / bad)
    let chart = ParetoChart(rows: rows, countHeading: words.badNoun)
    return Figure(
      name: name,
      heading: Wording.heading(
        first.isRest ? "Most" : first.title,
        first.isRest
          ? " of what was bad was outside of any incident (\(share))"
          : " did \(share) of the damage"),
      subheading: "\(objective.title): \(words.badNoun) by incident, largest first.",
      description: "\(objective.title): "
        + Wording.listed(rows.prefix(4).map { "\($0.title) \($0.count) (\($0.share))" }) + "."
    ) { size, title, description in
      chart.scene(size: size, title: title, description: description)
    }
  }
}
