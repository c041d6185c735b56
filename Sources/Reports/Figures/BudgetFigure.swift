import Charts
import Model

extension WeeklyStory {
  /// The burn-down of an objective's budget.
  func burnDown(_ objective: ObjectiveFacts) -> Figure {
    let start = Wording.day(zone.date(at: objective.window.start))
    let end = lastDay(before: objective.window.asOf)
    let left = Wording.left(objective.budget?.left)
    // Only of a calendar window that is over is it known when its budget was empty: a rolling one gives back what leaves
    // it, and in a running one the budget is a share of a total that is not known yet.
    let isCalendar = rolling(objective) == nil
    let crossing = marksZero(objective) ? objective.timeline.first { $0.left < 0 } : nil
    let spent = drops(of: objective).map { drop in
      "\(Wording.pointCount(drop.points)) \(when(drop))" + (drop.incident.map { " in \($0)" } ?? "")
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
        "Error budget of \(objective.title), \(start == end ? end : "\(start) to \(end)"): \(balance(objective))."
        + (spent.isEmpty ? "" : " Most was spent so: \(spent.joined(separator: "; ")).")
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
      gaps: objective.gaps.map(\.window), marksZero: marksZero(objective),
      pace: now < window.end ? objective.leftAhead : nil,
      highlight: window.length < facts.period.window.length
        ? nil : DepletionChart.Highlight(window: facts.period.window, label: "this week"),
      threshold: objective.band?.gateClosesBelow.map {
        DepletionChart.Threshold(
          share: $0, label: "gate closes", detail: "below \(Wording.left($0))")
      },
      drops: drops(of: objective).filter(\.isSudden).map { drop in
        let points = "−\(Wording.pointCount(drop.points))"
        return DepletionChart.Drop(
          at: drop.start, label: drop.incident.map { "\($0): \(points)" } ?? points,
          detail: Wording.moment(drop.start, in: zone))
      },
      endLabel: judged ? (isOver ? left : "\(left) left") : "not judged",
      endDetail: isOver ? "\(Wording.used(objective.budget?.consumed)) used" : evenly,
      endPaint: WeeklyStory.word(objective.state).tone.paint, zone: zone)
  }

  /// "6 % left", or "131 % used" where more than all is.
  func balance(_ objective: ObjectiveFacts) -> String {
    objective.budget?.consumed ?? 0 > 1
      ? "\(Wording.used(objective.budget?.consumed)) used"
      : "\(Wording.left(objective.budget?.left)) left"
  }

  /// Whether the moment at which the budget was used up is known.
  private func marksZero(_ objective: ObjectiveFacts) -> Bool {
    rolling(objective) == nil && objective.window.end <= objective.window.asOf
  }

  /// The three largest spendings of at least five points; one that goes on all the time says nothing.
  private func drops(of objective: ObjectiveFacts) -> [ObjectiveFacts.DropFacts] {
    let whole = objective.window.window.length
    return Array(
      objective.drops.filter { $0.share >= 0.05 && $0.end - $0.start < whole * 0.9 }.prefix(3))
  }

  /// "on Wed 14 Oct 13:20 (2 h 14 min)", and "from … to …" of what took more than a day.
  func when(_ drop: ObjectiveFacts.DropFacts) -> String {
    let start = Wording.moment(drop.start, in: zone)
    guard drop.isSudden else { return "from \(start) to \(Wording.moment(drop.end, in: zone))" }
    let length = drop.end - drop.start
    return "on \(start)" + (length > .minutes(10) ? " (\(Wording.duration(length)))" : "")
  }
}
