import Charts
import Model

/// Each day of the year that ends with the report's period.
struct Year: FigureKind {
  let name = "year"
  let shows = "each day of a year, of one objective"
  let report = ReportKind.monthly
  let absence = "fewer than sixty days were measured"

  func figure(of report: Report) -> Figure? {
    report.story.subject.flatMap { figure(report.story, of: $0) }
  }

  func figure(_ story: Story, of objective: ObjectiveFacts) -> Figure? {
    guard let days = objective.year, let first = days.first, let last = days.last else {
      return nil
    }
    let seen = days.filter { !$0.isMissing(target: objective.target) }
    guard seen.count >= 60 else { return nil }
    let over = seen.filter { $0.isOver(target: objective.target) }
    let zone = story.zone
    let span = Wording.days(of: Window(start: first.start, end: last.end), in: zone)
    let finding =
      over.isEmpty
      ? ": no day went over its allowance in \(Wording.counted(seen.count, "measured day"))"
      : ": \(Wording.counted(over.count, "day")) of \(seen.count) went over their allowance"
    let calendar = YearCalendar(
      first: zone.date(at: first.start), cells: days.map { LoadCell($0, of: objective) })
    return Figure(
      name: name, heading: Wording.heading(objective.title, finding),
      subheading: "One cell a day, stronger for more of its allowance; a column a week.",
      description:
        "\(objective.title), \(span): \(over.count) of \(Wording.counted(seen.count, "measured day")) used more than their allowance."
    ) { size, title, description in
      calendar.scene(size: size, title: title, description: description)
    }
  }
}
