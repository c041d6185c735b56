import Charts
import Model

/// How long incidents took to be over, for twelve periods.
struct Restores: FigureKind {
  let name = "restore"
  let shows = "the time to restore of each incident of twelve months"
  let report = ReportKind.monthly
  let absence = "no incident of twelve months is over"

  func figure(of report: Report) -> Figure? { figure(report.story) }

  func figure(_ story: Story) -> Figure? {
    guard let restores = story.facts.restores, let last = restores.last,
      restores.contains(where: { !$0.lengths.isEmpty })
    else { return nil }
    let (zone, period) = (story.zone, story.period)
    func name(_ facts: RestoreFacts) -> String { period.abbreviated(zone.date(at: facts.start)) }
    let median = last.lengths.count >= 3 ? last.median : nil
    let before = restores.dropLast().filter { $0.isKnown }
    // Best or worst needs that many full periods, each with a median.
    let medians = before.filter { $0.lengths.count >= 3 }.compactMap(\.median)
    var rank = ""
    if let median, last.isKnown, medians.count == before.count, before.count == 11 {
      if medians.allSatisfy({ $0 > median }) {
        rank = ", the shortest in twelve \(period.noun)s"
      } else if medians.allSatisfy({ $0 < median }) {
        rank = ", the longest in twelve \(period.noun)s"
      }
    }
    let few = last.lengths.count < 8 ? " Fewer than eight incidents: not yet a trend." : ""
    let chart = RestoreChart(
      columns: restores.map {
        RestoreChart.Column(
          title: name($0), lengths: $0.lengths, isMissing: !$0.isKnown && $0.lengths.isEmpty)
      }, median: median.map { Wording.duration(.seconds($0)) })
    return Figure(
      name: self.name,
      heading: median.map { "Time to restore: median \(Wording.duration(.seconds($0)))\(rank)" }
        ?? "Time to restore",
      subheading:
        "Every closed incident (dot) and the median of each \(period.noun) with three or more (bar). Logarithmic scale.\(few)",
      description: "Closed incidents that began in each \(period.noun), and their median: "
        + Wording.listed(
          restores.suffix(6).map { facts in
            let median =
              facts.lengths.count >= 3
              ? facts.median.map { ", \(Wording.duration(.seconds($0)))" } ?? "" : ""
            return "\(name(facts)) \(facts.isKnown ? "\(facts.lengths.count)" : "unknown")\(median)"
          }) + "."
    ) { size, title, description in
      chart.scene(size: size, title: title, description: description)
    }
  }
}
