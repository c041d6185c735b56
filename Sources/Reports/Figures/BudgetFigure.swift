import Charts
import Model

extension WeeklyStory {
  /// The burn-down of an objective's budget.
  func burnDown(_ objective: ObjectiveFacts) -> Figure {
    let start = Wording.day(zone.date(at: objective.window.start))
    let end = lastDay(before: objective.window.asOf)
    let left = Wording.left(objective.budget?.left)
    // A rolling window gives back what leaves it, so its line tells what adds up, not when a budget was empty.
    let isCalendar = rolling(objective) == nil
    let crossing = isCalendar ? objective.timeline.first { $0.left < 0 } : nil
    let spent = drops(of: objective).map { drop in
      "\(Wording.pointCount(drop.points)) on \(Wording.moment(drop.start, in: zone))"
        + (drop.incident.map { " (\($0))" } ?? "")
    }
    let title: String
    if objective.state == .overspent, let crossing {
      title = Wording.heading(
        objective.title, ": the budget ran out on \(Wording.day(zone.date(at: crossing.at)))")
    } else if objective.state == .overspent {
      let used = Wording.used(objective.budget?.consumed)
      title = Wording.heading(objective.title, ": \(used) of its \(budgetName(objective)) is used")
    } else if objective.state == .atRisk {
      title = Wording.heading(objective.title, ": \(left) of the budget left")
    } else {
      title = Wording.heading(objective.title, "")
    }
    let isRunning = objective.window.asOf < objective.window.end
    let chart = depletion(of: objective)
    return Figure(
      name: "burndown", heading: title,
      subheading:
        "\(objective.title), error budget left "
        + (isCalendar ? "" : "as the spending adds up in ")
        + "\(windowSpan(objective)), %. Dashed: even spending."
        + (isRunning && objective.leftAhead != nil ? " Dotted: at the usual pace." : ""),
      description:
        "Error budget of \(objective.title), \(start) to \(end): \(left) left."
        + (spent.isEmpty
          ? ""
          : " The largest \(spent.count == 1 ? "drop" : "drops"): \(spent.joined(separator: "; ")).")
        + (crossing.map { " Used up on \(Wording.moment($0.at, in: zone))." } ?? "")
    ) { size, title, description in
      chart.scene(size: size, title: title, description: description)
    }
  }

  /// The budget left through an objective's window.
  func depletion(of objective: ObjectiveFacts) -> DepletionChart {
    let window = objective.window.window
    let left = Wording.left(objective.budget?.left)
    let judged = objective.state != .notJudged
    let isOver = objective.budget?.consumed ?? 0 > 1
    let (now, length) = (objective.window.asOf, max(.seconds(1), window.length))
    let evenly =
      now < window.end
      ? "even spending: \(Wording.left(1 - (now - window.start) / length))" : nil
    return DepletionChart(
      domain: window, now: now,
      points: objective.timeline.map { DepletionChart.Step(at: $0.at, left: $0.left) },
      gaps: objective.gaps.map(\.window), marksZero: rolling(objective) == nil,
      pace: now < window.end ? objective.leftAhead : nil,
      highlight: window.length < facts.period.window.length
        ? nil : DepletionChart.Highlight(window: facts.period.window, label: "this week"),
      threshold: objective.band?.gateClosesBelow.map {
        DepletionChart.Threshold(
          share: $0, label: "gate closes", detail: "below \(Wording.left($0))")
      },
      drops: drops(of: objective).map { drop in
        let points = "−\(Wording.pointCount(drop.points))"
        return DepletionChart.Drop(
          at: drop.start, label: drop.incident.map { "\($0): \(points)" } ?? points,
          detail: Wording.moment(drop.start, in: zone))
      },
      endLabel: judged ? "\(left) left" : "not judged",
      endDetail: isOver ? "\(Wording.used(objective.budget?.consumed)) used" : evenly,
      endPaint: WeeklyStory.word(objective.state).tone.paint, zone: zone)
  }

  /// The falls worth a name: the three largest of at least five points that took a day at most.
  private func drops(of objective: ObjectiveFacts) -> [ObjectiveFacts.DropFacts] {
    Array(objective.drops.filter { $0.share >= 0.05 && $0.isSudden }.prefix(3))
  }
}
