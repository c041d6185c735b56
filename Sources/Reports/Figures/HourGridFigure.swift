import Charts
import Model

/// Each hour of the period against its allowance.
struct HourLoads: FigureKind {
  let name = "hours"
  let shows = "each hour of the week against its allowance"

  func figure(of report: Report) -> Figure? {
    report.story.subject.flatMap { figure(report.story, of: $0) }
  }

  func figure(_ story: Story, of objective: ObjectiveFacts) -> Figure? {
    let (words, zone) = (story.words(objective), story.zone)
    guard let hours = objective.hours, !hours.isEmpty else { return nil }
    let days = Dictionary(grouping: hours) { zone.date(at: $0.start) }.sorted { $0.key < $1.key }
    let totals = days.map { _, hours in
      (good: hours.reduce(0) { $0 + $1.good }, total: hours.reduce(0) { $0 + $1.total })
    }
    let most = totals.map { $0.total - $0.good }.max() ?? 0
    let rows = zip(days, totals).map { day, total in
      var cells = [[LoadCell]](repeating: [], count: 24)
      for hour in day.value {
        cells[zone.local(hour.start).second / 3600].append(LoadCell(hour, of: objective))
      }
      let bad = total.total - total.good
      return HourGrid.Row(
        title: Wording.day(day.key), hours: cells,
        total: total.total == 0
          ? "–" : words.badAmount(good: total.good, total: total.total),
        standsOut: bad > 0 && bad == most)
    }
    let over = hours.filter { $0.isOver(target: objective.target) }
    let noun = words.badNoun
    let grid = HourGrid(rows: rows, totalHeading: noun)
    let peak = over.compactMap { $0.load(target: objective.target) }.max()
    let worst = over.filter { $0.load(target: objective.target) == peak }
    let single = over.count { $0.total - $0.good == 1 }
    var said = "None used more than its allowance."
    if let peak, let first = worst.first {
      let amount = words.bad(good: first.good, total: first.total)
      let much = peak.isFinite ? "\(Wording.times(peak)) its allowance" : "and none is allowed"
      said =
        (worst.count == 1
          ? "The worst was the hour from "
          : "\(worst.count) hours were equally bad, the first from ")
        + "\(Wording.moment(first.start, in: zone)): \(amount), \(much)."
      if single > 0, over.count > 1 {
        said +=
          single == over.count
          ? " Each had a single one."
          : " \(single) of the \(over.count) had a single one."
      }
    }
    return Figure(
      name: name, heading: heading(story, objective, over),
      subheading:
        "\(noun.capitalizedFirst) of \(objective.title) by hour. Stronger: more of its allowance; numbers: times the allowance.",
      description:
        "\(objective.title), every hour of \(story.period.days): \(Wording.counted(over.count, "hour")) over the allowance. "
        + said
    ) { size, title, description in
      grid.scene(size: size, title: title, description: description)
    }
  }

  private func heading(
    _ story: Story, _ objective: ObjectiveFacts, _ over: [StretchFacts]
  ) -> String {
    let facts = story.facts
    guard !over.isEmpty else {
      return Wording.heading(objective.title, ": no hour went over its allowance")
    }
    func touches(_ incident: IncidentFacts, _ hour: StretchFacts) -> Bool {
      incident.started < hour.end && hour.start < incident.resolved ?? facts.period.end
    }
    let bad = over.reduce(0) { $0 + $1.total - $1.good }
    let during = story.incidents.filter { incident in
      let used = objective.attribution?.incidents.first { $0.incident == incident.id }?.bad ?? 0
      return incident.severity != .none && incident.service == objective.service
        && over.allSatisfy { touches(incident, $0) } && Double(used) >= 0.8 * Double(bad)
    }
    let outside = (objective.hours ?? []).contains { hour in
      !during.contains { touches($0, hour) }
    }
    if let incident = during.first, during.count == 1, facts.incidentsAreAllKnown, outside {
      return Wording.heading("Outside \(incident.id)", " no hour went over its allowance")
    }
    return Wording.heading(
      objective.title,
      ": \(Wording.numbered(over.count, "hour")) went over \(over.count == 1 ? "its" : "their") allowance"
    )
  }
}

extension LoadCell {
  init(_ stretch: StretchFacts, of objective: ObjectiveFacts) {
    if stretch.planned > 0.5, stretch.total == 0 {
      self = .planned
    } else if stretch.isMissing(target: objective.target) {
      self = .missing
    } else {
      self = stretch.load(target: objective.target).map(LoadCell.load) ?? .idle
    }
  }
}
