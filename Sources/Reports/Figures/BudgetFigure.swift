import Charts
import Model

/// The error budget left through an objective's window.
struct BurnDown: FigureKind {
  let name = "burndown"
  let shows = "the error budget left through an objective's window"

  func figure(of report: Report) -> Figure? {
    report.story.subject.map { figure(report.story, of: $0) }
  }

  func figure(_ story: Story, of objective: ObjectiveFacts, named name: String? = nil) -> Figure {
    let (words, zone) = (story.words(objective), story.zone)
    let start = Wording.day(zone.date(at: objective.window.start))
    let end = Wording.lastDay(before: objective.window.asOf, in: zone)
    let left = Wording.left(objective.budget?.left)
    // Only of a calendar window that is over is it known when its budget was empty: a rolling one gives back what leaves
    // it, and in a running one the budget is a share of a total that is not known yet.
    let isCalendar = words.rule.isCalendar
    let crossing = words.marksZero ? objective.timeline.first { $0.left < 0 } : nil
    let spent = words.mainDrops.map { drop in
      "\(Wording.pointCount(drop.points)) \(words.when(drop))"
        + (drop.incident.map { " in \($0)" } ?? "")
    }
    let title: String
    if objective.state == .overspent, let crossing {
      title = Wording.heading(
        objective.title, ": the budget ran out on \(Wording.day(zone.date(at: crossing.at)))")
    } else if objective.state == .overspent {
      let used = Wording.used(objective.budget?.consumed)
      title = Wording.heading(objective.title, ": \(used) of its \(words.budgetName) is used")
    } else if objective.state == .atRisk {
      title = Wording.heading(objective.title, ": \(left) of the budget left")
    } else {
      title = Wording.heading(objective.title, "")
    }
    let isRunning = objective.window.asOf < objective.window.end
    let chart = BurnDown.depletion(of: objective, in: story)
    return Figure(
      name: name ?? self.name, heading: title,
      subheading:
        "\(objective.title), error budget left "
        + (isCalendar ? "" : "as the spending adds up in ")
        + "\(words.windowSpan), %. Dashed: even spending."
        + (isRunning && objective.leftAhead != nil ? " Dotted: at the usual pace." : ""),
      description:
        "Error budget of \(objective.title), \(start == end ? end : "\(start) to \(end)"): \(words.balance)."
        + (spent.isEmpty ? "" : " Largest drops: \(spent.joined(separator: "; ")).")
        + (crossing.map { " Used up on \(Wording.moment($0.at, in: zone))." } ?? "")
    ) { size, title, description in
      chart.scene(size: size, title: title, description: description)
    }
  }

  /// The budget left through an objective's window.
  static func depletion(of objective: ObjectiveFacts, in story: Story) -> DepletionChart {
    let (words, zone, period) = (story.words(objective), story.zone, story.facts.period.window)
    let window = objective.window.window
    let left = Wording.left(objective.budget?.left)
    let judged = objective.state != .notJudged
    let isOver = objective.budget?.consumed ?? 0 > 1
    let (now, length) = (objective.window.asOf, max(.seconds(1), window.length))
    let evenly =
      now < window.end
      ? "even spending: \(Wording.evenLeft(1 - (now - window.start) / length))" : nil
    return DepletionChart(
      domain: window, now: now,
      points: objective.timeline.map { DepletionChart.Step(at: $0.at, left: $0.left) },
      gaps: objective.gaps.map(\.window), marksZero: words.marksZero,
      pace: now < window.end ? objective.leftAhead : nil,
      highlight: window.length < period.length || story.facts.kind.judgesItself
        ? nil : DepletionChart.Highlight(window: period, label: story.period.this),
      threshold: objective.band?.gateClosesBelow.map {
        DepletionChart.Threshold(
          share: $0, label: "gate closes", detail: "below \(Wording.left($0))")
      },
      drops: words.mainDrops.filter(\.isSudden).map { drop in
        let points = "−\(Wording.pointCount(drop.points))"
        return DepletionChart.Drop(
          at: drop.start, label: drop.incident.map { "\($0): \(points)" } ?? points,
          detail: Wording.moment(drop.start, in: zone))
      },
      endLabel: judged ? (isOver ? left : "\(left) left") : "not judged",
      endDetail: isOver ? "\(Wording.used(objective.budget?.consumed)) used" : evenly,
      endPaint: objective.state.tone.paint, zone: zone)
  }
}

extension ObjectiveWords {
  /// Whether the moment at which the budget was used up is known.
  fileprivate var marksZero: Bool {
    rule.isCalendar && objective.window.end <= objective.window.asOf
  }

  /// The three largest spendings of at least five points; one that goes on all the time says nothing.
  fileprivate var mainDrops: [ObjectiveFacts.DropFacts] {
    let whole = objective.window.window.length
    return Array(
      objective.drops.filter { $0.share >= 0.05 && $0.end - $0.start < whole * 0.9 }.prefix(3))
  }
}
