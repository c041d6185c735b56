import Charts
import Model

/// Every objective of the scoreboard, each of the last 28 days.
struct DayLoads: FigureKind {
  let name = "days"
  let shows = "every objective, each day of four weeks"

  func figure(of report: Report) -> Figure? { figure(report.story) }

  func figure(_ story: Story) -> Figure? {
    let (facts, zone) = (story.facts, story.zone)
    let shown = facts.objectives.prefix(20).filter { $0.days?.isEmpty == false }
    guard let first = shown.first?.days else { return nil }
    let dates = first.map { zone.date(at: $0.start) }
    func over(_ objective: ObjectiveFacts) -> Int {
      (objective.days ?? []).count { $0.isOver(target: objective.target) }
    }
    func measured(_ objective: ObjectiveFacts) -> Int {
      (objective.days ?? []).count { !$0.isMissing(target: objective.target) }
    }
    let rows = shown.map { objective in
      let measured = measured(objective)
      return DayGrid.Row(
        title: objective.title, cells: (objective.days ?? []).map { LoadCell($0, of: objective) },
        summary: measured == 0 ? "no data" : "\(over(objective)) of \(measured)")
    }
    let all = facts.objectives.filter { $0.days != nil }
    let exceeding = all.filter { over($0) > 0 }
    let total = exceeding.reduce(0) { $0 + over($1) }
    let longest = all.map(measured).max() ?? 0
    let when =
      longest >= first.count - 1
      ? (story.facts.kind.judgesItself ? story.period.this : "in four weeks")
      : "in \(Wording.counted(longest, "measured day"))"
    let title: String
    switch total {
    case 0 where longest == 0: title = "No day was measured"
    case 0: title = "No day went over its allowance \(when)"
    case 1: title = Wording.heading(exceeding[0].title, ": one day \(when) went over its allowance")
    case 2: title = "A day’s allowance was exceeded twice \(when)"
    default: title = "A day’s allowance was exceeded \(Wording.numbered(total, "time")) \(when)"
    }
    let grid = DayGrid(days: dates, rows: rows, summaryHeading: "Days over")
    let span = dates.first.map { Wording.days(from: $0, to: dates.last ?? $0) } ?? ""
    let short = [dates.first, dates.last].compactMap { $0.map(Wording.day) }.joined(
      separator: " – ")
    let rest = all.count - shown.count
    var named = exceeding.prefix(6).map { "\($0.title) \(over($0))" }
    if exceeding.count > 6 { named.append("\(exceeding.count - 6) more objectives") }
    return Figure(
      name: name, heading: title,
      subheading:
        "\(short). One cell a day, stronger for more of its allowance; numbers: times the allowance."
        + (rest > 0 ? " \(Wording.counted(rest, "more objective")) in \(story.numbers)." : ""),
      description: "Each day of \(span). "
        + (total == 0
          ? "No day used more than its allowance."
          : "Days over their allowance: \(Wording.listed(named)).")
    ) { size, title, description in
      grid.scene(size: size, title: title, description: description)
    }
  }
}
