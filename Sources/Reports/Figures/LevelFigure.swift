import Charts
import Model

/// The SLI of each of the last 28 days.
struct Levels: FigureKind {
  let name = "level"
  let shows = "the SLI of each day of four weeks"

  func figure(of report: Report) -> Figure? {
    report.story.subject.flatMap { figure(report.story, of: $0) }
  }

  func figure(_ story: Story, of objective: ObjectiveFacts, named name: String? = nil) -> Figure? {
    let zone = story.zone
    guard let days = objective.days, let first = days.first, let last = days.last else {
      return nil
    }
    let domain = Window(start: first.start, end: last.end)
    let drawn = days.filter { !$0.isMissing(target: objective.target) }
    let counted = drawn.filter { $0.total > 0 }
    let below = counted.filter { $0.isOver(target: objective.target) }
    let periods = drawn.map { day in
      LevelChart.Period(
        window: day.window, short: day.badShare,
        label: "\(Wording.day(zone.date(at: day.start))): \(percent(day, objective))",
        isBelow: day.isOver(target: objective.target))
    }
    let typical = counted.count < 5 ? nil : middle(of: counted)
    let span = Wording.days(of: domain, in: zone)
    let chart = LevelChart(
      domain: domain, periods: periods, gaps: missing(days, of: objective),
      allowance: 1 - Double(objective.target) / 1e9,
      limitLabel: Wording.target(objective.target), limitName: "objective",
      typical: typical.map { percent($0, objective) },
      absence: drawn.isEmpty
        ? Absence(title: "No data", detail: span, isMissing: true)
        : Absence(title: "No events", detail: "nothing to judge", isMissing: false),
      zone: zone)
    let usual = typical.map { "; a typical day is at \(percent($0, objective))" } ?? ""
    let fell =
      below.isEmpty
      ? "no day fell below the objective"
      : "\(Wording.numbered(below.count, "day")) fell below the objective"
    let full = ": \(fell)\(usual)"
    let worstDay = below.max { ($0.badShare ?? 0) < ($1.badShare ?? 0) }
    let isAlone = below.count { $0.badShare == worstDay?.badShare } == 1
    let target = Wording.target(objective.target)
    return Figure(
      name: name ?? self.name,
      heading: objective.title.count + full.count <= 70
        ? objective.title + full : Wording.heading(objective.title, ": \(fell)"),
      subheading: "SLI per day, %, \(span)."
        + (chart.stretchesNines
          ? " The scale stretches the nines." : ""),
      description:
        "\(objective.title), \(span), with an objective of \(target): "
        + "\(fell), \(counted.count) of \(days.count) days had something to judge."
        + (worstDay.map {
          " The lowest was \(isAlone ? "" : "reached first on ")\(Wording.day(zone.date(at: $0.start))) with "
            + "\(percent($0, objective))."
        } ?? "")
    ) { size, title, description in
      chart.scene(size: size, title: title, description: description)
    }
  }

  private func percent(_ day: StretchFacts, _ objective: ObjectiveFacts) -> String {
    Wording.percent(Counts(good: day.good, total: day.total), target: objective.target)
  }

  /// The lower median day.
  private func middle(of days: [StretchFacts]) -> StretchFacts? {
    let sorted = days.sorted { ($0.badShare ?? 0) < ($1.badShare ?? 0) }
    return sorted.isEmpty ? nil : sorted[sorted.count / 2]
  }

  /// Runs of days that are drawn as missing.
  private func missing(_ days: [StretchFacts], of objective: ObjectiveFacts) -> [Window] {
    WindowSet(days.filter { $0.isMissing(target: objective.target) }.map(\.window)).windows
  }
}
