import Charts
import Model

extension WeeklyStory {
  /// Every objective of the scoreboard, each of the last 28 days.
  var dayGrid: Figure? {
    let shown = facts.objectives.prefix(20).filter { $0.days?.isEmpty == false }
    guard let first = shown.first?.days else { return nil }
    let dates = first.map { zone.date(at: $0.start) }
    let rows = shown.map { objective in
      let days = objective.days ?? []
      let over = days.count { $0.load(target: objective.target) ?? 0 > 1 }
      let measured = days.count { !$0.isMissing(target: objective.target) }
      return DayGrid.Row(
        title: objective.title, cells: days.map { cell($0, of: objective) },
        summary: measured == 0 ? "no data" : "\(over) of \(measured)")
    }
    let overs = shown.map { objective in
      (objective.days ?? []).count { $0.load(target: objective.target) ?? 0 > 1 }
    }
    let total = overs.reduce(0, +)
    let most = zip(shown, overs).max { $0.1 < $1.1 }
    let grid = DayGrid(days: dates, rows: rows, summaryHeading: "Days over")
    let span = dates.first.map { Wording.days(from: $0, to: dates.last ?? $0) } ?? ""
    var title = "No day went over its allowance in four weeks"
    if total > 0, let most {
      title =
        total == 1
        ? Wording.heading(most.0.title, ": one day of four weeks went over its allowance")
        : "A day’s allowance was exceeded \(total) times in four weeks"
    }
    return Figure(
      name: "days", heading: title,
      subheading:
        "One cell a day, darker for more of that day’s allowance. Numbers: allowances used, where 2 or more.",
      description: "Every objective, each day of \(span). "
        + (total == 0
          ? "No day used more than its allowance."
          : "Days over their allowance: "
            + listed(
              zip(shown, overs).filter { $0.1 > 0 }.prefix(6).map { "\($0.0.title) \($0.1)" })
            + ".")
    ) { size, title, description in
      grid.scene(size: size, title: title, description: description)
    }
  }
}
