import Charts
import Model

/// Burn rates of an objective through the period, as the pager saw them.
struct BurnRates: FigureKind {
  let name = "burnrates"
  let shows = "how fast an objective's budget was spent, over 1 h, 6 h and 3 d"
  let report = ReportKind.monthly
  let absence = "no objective was missed or met narrowly"

  func figure(of report: Report) -> Figure? {
    report.story.subject.flatMap { figure(report.story, of: $0) }
  }

  func figure(_ story: Story, of objective: ObjectiveFacts, named name: String? = nil) -> Figure? {
    guard let lines = objective.burnLines, !lines.isEmpty, !objective.allowsNothing else {
      return nil
    }
    let window = story.facts.period.window
    let strips = lines.enumerated().map { index, line in
      let rate = Wording.rate(line.threshold)
      return BurnChart.Strip(
        title: "Last \(Wording.duration(.seconds(line.lookBackSeconds)))",
        detail: index == lines.count - 1 ? "ticket at \(rate)" : "pages at \(rate)",
        low: line.low, high: line.high, threshold: line.threshold,
        peak: line.peak.map { "peak \(Wording.rate($0))" } ?? "no data")
    }
    let fast = lines[0].alarms
    let times = fast == 1 ? "once" : fast == 2 ? "twice" : Wording.numbered(fast, "time")
    let finding =
      fast == 0
      ? ": the fast threshold was never passed" : ": the fast threshold was passed \(times)"
    let chart = BurnChart(domain: window, strips: strips, zone: story.zone)
    return Figure(
      name: name ?? self.name, heading: Wording.heading(objective.title, finding),
      subheading:
        "How many times faster than evenly the budget was spent. Logarithmic scale; dashed: alert threshold.",
      description: "Burn rates of \(objective.title), \(Wording.days(of: window, in: story.zone)): "
        + Wording.listed(
          zip(strips, lines).map { strip, line in
            "\(strip.title.lowercased()), \(strip.peak), \(line.alarms == 0 ? "never" : Wording.counted(line.alarms, "time")) above \(Wording.rate(line.threshold))"
          }) + "."
    ) { size, title, description in
      chart.scene(size: size, title: title, description: description)
    }
  }
}
