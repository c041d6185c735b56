import Charts
import Model

/// The incidents of the period, a row a service.
struct Timeline: FigureKind {
  let name = "incidents"
  let shows = "the incidents of the week by service"
  let absence = "no service reports incidents"

  func figure(of report: Report) -> Figure? { figure(report.story) }

  func figure(_ story: Story) -> Figure? {
    let (facts, zone, incidents) = (story.facts, story.zone, story.incidents)
    guard facts.incidents != nil else { return nil }
    var names = (facts.services ?? []).filter(\.tellsIncidents).map { ($0.name, $0.title) }
    for incident in incidents where !names.contains(where: { $0.0 == incident.service }) {
      names.append((incident.service, incident.serviceTitle))
    }
    guard !names.isEmpty else { return nil }
    let period = facts.period.window
    let rows = names.prefix(12).map { name, title in
      SpanChart.Row(
        title: title,
        bars: incidents.filter { $0.isOf(name) }.prefix(30).map { incident in
          SpanChart.Bar(
            window: Window(
              start: incident.started, end: max(incident.started, incident.resolved ?? period.end)),
            isOpen: incident.resolved == nil,
            weight: incident.severity.weight,
            label: "\(incident.id): \(incident.lasted(asOf: period.end))",
            standsOut: incident.severity == .critical || incident.resolved == nil)
        })
    }
    let isUnknown = facts.incidentsAreUnknown
    let chart = SpanChart(
      domain: period, rows: Array(rows), gaps: isUnknown ? [period] : [],
      empty: isUnknown ? "No data" : "No incidents", zone: zone)
    let open = incidents.count { $0.resolved == nil }
    var title = "Incidents of the \(story.period.noun)"
    if facts.incidentsAreAllKnown, !facts.incidentsAreDoubtful {
      let began = incidents.count { facts.period.window.contains($0.started) }
      let before = incidents.count - began
      title =
        began == 0
        ? (before > 0
          ? "No new incidents \(story.period.this)" : "No incidents \(story.period.this)")
        : "\(Wording.numbered(began, "incident").capitalizedFirst) \(story.period.this)"
      if before > 0 { title += ", \(Wording.number(before)) from before" }
      if open > 0 { title += ", \(Wording.number(open)) still open" }
    }
    let said = incidents.prefix(4).map {
      "\($0.id) in \($0.serviceTitle) from \(Wording.moment($0.started, in: zone)), "
        + $0.lasted(asOf: period.end)
    }
    return Figure(
      name: name, heading: title,
      subheading:
        "Stronger means more severe; bars have a minimum width, the label gives the true length.",
      description: (said.isEmpty ? story.incidentsNote : said.joined(separator: "; ") + ".")
        + (incidents.count > 4 ? " And \(incidents.count - 4) more." : "")
    ) { size, title, description in
      chart.scene(size: size, title: title, description: description)
    }
  }
}

extension Severity {
  fileprivate var weight: SpanChart.Bar.Weight {
    switch self {
    case .critical: .heavy
    case .major: .middle
    case .minor, .none: .light
    }
  }
}
