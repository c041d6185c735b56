import Charts
import Model

/// The used share of each budget beside the period before.
struct Compared: FigureKind {
  let name = "compared"
  let shows = "the used share of each budget beside the month before"
  let report = ReportKind.monthly

  func figure(of report: Report) -> Figure? { figure(report.story) }

  func figure(_ story: Story) -> Figure? {
    let period = story.period
    let judged = story.facts.objectives.filter {
      $0.state != .notJudged && $0.budget?.consumed != nil
    }
    guard !judged.isEmpty else { return nil }
    let shown = judged.prefix(20)
    let rows = shown.map { objective in
      DumbbellChart.Row(
        title: objective.title, before: objective.earlier?.last?.consumed,
        now: objective.budget?.consumed ?? 0,
        label: objective.earlier?.last?.consumed == nil
          ? "\(story.words(objective).change), new" : story.words(objective).change)
    }
    func count(_ isSo: (Double, Double) -> Bool) -> Int {
      rows.count { row in row.before.map { isSo(row.now, $0) } ?? false }
    }
    let (more, less) = (count { $0 > $1 }, count { $0 < $1 })
    let finding: String
    switch (more, less) {
    case (0, 0): finding = "Budget used"
    case (let more, 0):
      finding = "\(objectives(more)) spent more than in \(period.before)"
    case (0, let less): finding = "\(objectives(less)) spent less than in \(period.before)"
    default:
      finding =
        "\(objectives(more)) spent more than in \(period.before), \(Wording.number(less)) spent less"
    }
    let rest = judged.count - shown.count
    let chart = DumbbellChart(
      rows: Array(rows),
      beforeName: period.abbreviated(
        story.zone.date(at: story.facts.period.start).adding(days: -1)),
      nowName: period.abbreviated(story.zone.date(at: story.facts.period.start)))
    return Figure(
      name: name, heading: finding,
      subheading:
        "% of the \(period.noun)’s error budget used. Hollow: \(period.before), filled: \(period.short)."
        + (rest > 0 ? " \(rest) more are in \(story.numbers)." : ""),
      description: "Used share of each budget, \(period.before) and \(period.short): "
        + Wording.listed(rows.prefix(8).map { "\($0.title) \($0.label)" }) + "."
    ) { size, title, description in
      chart.scene(size: size, title: title, description: description)
    }
  }

  private func objectives(_ count: Int) -> String {
    Wording.numbered(count, "objective").capitalizedFirst
  }
}
