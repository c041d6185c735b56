import Charts
import Model

/// How slow the events of a latency objective were, day by day.
struct Latencies: FigureKind {
  let name = "latency"
  let shows = "how slow half, 95 % and 99 % of an objective's events were, each day"
  let report = ReportKind.monthly
  let absence = "no latency objective was missed or met narrowly"

  func figure(of report: Report) -> Figure? {
    report.story.subject.flatMap { figure(report.story, of: $0) }
  }

  func figure(_ story: Story, of objective: ObjectiveFacts, named name: String? = nil) -> Figure? {
    guard let days = objective.latency, let first = days.first, let last = days.last,
      let bound = objective.indicator.withinSeconds
    else { return nil }
    let zone = story.zone
    let domain = Window(start: first.start, end: last.end)
    let seen = days.filter(\.isMeasured)
    let missing = (objective.days ?? []).filter { $0.isMissing(target: objective.target) }
    func text(_ seconds: Double?) -> String? { seconds.map { Wording.latency($0) } }
    let over = seen.filter { ($0.most ?? .infinity) > bound }
    let worst = seen.max { ($0.most ?? .infinity) < ($1.most ?? .infinity) }
    let limit = Wording.latency(bound)
    let finding =
      over.isEmpty
      ? ": 95\(Wording.space)% stayed within \(limit) each day"
      : ": 95\(Wording.space)% took over \(limit) on \(Wording.counted(over.count, "day"))"
    let chart = LatencyBand(
      domain: domain,
      periods: seen.map {
        LatencyBand.Period(
          window: $0.window, half: $0.half, most: $0.most, nearlyAll: $0.nearlyAll)
      }, gaps: WindowSet(missing.map(\.window)).windows, limit: bound, limitLabel: limit,
      mostDetail: seen.last.flatMap { text($0.most) },
      halfDetail: seen.last.flatMap { text($0.half) },
      worstLabel: over.isEmpty
        ? nil
        : worst.map {
          let value = text($0.most).map { "at most \($0)" } ?? "beyond the largest bucket"
          return "\(Wording.day(zone.date(at: $0.start))): 95\(Wording.space)% \(value)"
        },
      absence: Absence(
        title: "No events", detail: Wording.days(of: domain, in: zone), isMissing: false),
      zone: zone)
    return Figure(
      name: name ?? self.name, heading: Wording.heading(objective.title, finding),
      subheading:
        "Each day, what half, 95\(Wording.space)% and 99\(Wording.space)% of events took at most, from buckets. Objective: \(Wording.target(objective.target)) within \(limit).",
      description:
        "\(objective.title), \(Wording.days(of: domain, in: zone)): 95\(Wording.space)% of a day’s events took "
        + (over.isEmpty
          ? "no more than \(limit) on any day."
          : "over \(limit) on \(over.count) of \(Wording.counted(seen.count, "day")) with events.")
        + (worst.flatMap { worst in
          text(worst.most).map {
            " The slowest was \(Wording.day(zone.date(at: worst.start))) with at most \($0)."
          }
        } ?? "")
    ) { size, title, description in
      chart.scene(size: size, title: title, description: description)
    }
  }
}
