import Analytics
import Definitions
import History
import Model
import Reports

/// The facts of a week: made anew, taken from a closed period, or a revision of one.
struct WeeklyFacts {
  let project: Project
  let store: HistoryStore

  /// The facts of some objectives as the history has them now.
  func fresh(
    of period: ReportPeriod, objectives chosen: [Objective], made: Instant,
    notes: [ReportFacts.SourceNote]
  ) throws -> ReportFacts {
    let zone = project.zone
    let window = period.window(in: zone)
    let evaluation = try Evaluation(project: project, store: store)
    let record = IncidentRecord(project: project, store: store)
    let services = project.configuration.services.filter { $0.incidents != nil }
    var incidents: [String: [Incident]] = [:]
    for service in services {
      incidents[service.name] = try record.entries(of: Feed.incidents(of: service.name))
        .compactMap(\.incident)
    }
    var objectives: [ObjectiveFacts] = []
    for objective in chosen {
      Streams.progress("computing \(objective.fullName)")
      objectives.append(
        try evaluation.facts(
          of: objective, asOf: window.end, period: period, incidents: incidents[objective.service]))
    }
    Streams.endProgress()
    let nextWeek = Window(start: window.start, end: period.moved(by: 1).window(in: zone).end)
    func found(in window: Window) throws -> IncidentsFacts? {
      services.isEmpty
        ? nil
        : try record.facts(
          of: services, in: window, asOf: window.end, by: .severity, incomplete: [])
    }
    let current = try found(in: window)
    let before = try found(in: period.moved(by: -1).window(in: zone))
    return ReportFacts(
      kind: .weekly, title: project.title,
      period: ReportFacts.Period(
        name: period.name, start: window.start, end: window.end, zone: zone.name,
        zoneRelease: zone.release), made: made, program: "sloreport \(SLOReport.version)",
      objectives: objectives,
      incomplete: try failures(touching: period, of: chosen, and: services),
      clockChanges: zone.changes(in: nextWeek).map {
        ReportFacts.ClockChange(at: $0.at, shift: $0.shift)
      },
      incidents: current?.incidents, incidentsKnown: current?.known,
      incidentsUnusable: current?.unusable, sourceNotes: notes.isEmpty ? nil : notes,
      incidentsBefore: before.flatMap { $0.known >= 1 && !$0.isDoubtful ? $0.all.started : nil },
      services: project.configuration.services.map {
        ReportFacts.ServiceFacts(
          name: $0.name, title: $0.title, owner: $0.owner, tellsIncidents: $0.incidents != nil)
      })
  }

  /// What could not be read and can change a figure of the week, or one of the week before that it is compared with.
  private func failures(
    touching period: ReportPeriod, of objectives: [Objective], and services: [ServiceDefinition]
  ) throws -> [ReportFacts.Failure] {
    let week = period.window(in: project.zone)
    let evaluation = try Evaluation(project: project, store: store)
    var reach: [String: Window] = [:]
    func add(_ feed: String, from start: Instant) {
      reach[feed] = Window(start: min(start, reach[feed]?.start ?? start), end: week.end)
    }
    for objective in objectives {
      let start = min(evaluation.reach(of: objective, at: week.end).start, week.start)
      for selector in objective.indicator.selectors { add(selector.source, from: start) }
    }
    let before = period.moved(by: -1).window(in: project.zone).start
    for service in services { add(Feed.incidents(of: service.name), from: before) }
    var found: [ReportFacts.Failure] = []
    for (feed, window) in reach.sorted(by: { $0.key < $1.key }) {
      let failures = try PullDoubts.failures(
        [feed], touching: window, project: project, store: store)
      found += failures.filter { !found.contains($0) }
    }
    return found
  }

  /// The facts of all objectives, and what is true only now; a complete week is closed by its first report.
  func facts(
    of period: ReportPeriod, made: Instant, notes: [ReportFacts.SourceNote]
  ) throws -> (facts: ReportFacts, now: [String]) {
    let window = period.window(in: project.zone)
    let fresh = try fresh(
      of: period, objectives: project.configuration.objectives, made: made, notes: notes)
    do {
      guard let closed = try store.closedPeriod(kind: ReportKind.weekly.rawValue, name: period.name)
      else {
        if fresh.isSettled, !fresh.incidentsAreDoubtful,
          fresh.objectives.contains(where: { $0.period != nil })
        {
          try close(fresh, window: window, revision: 0)
        }
        return (fresh, [])
      }
      let stored = try FactsCodec.decode(closed.facts)
      let now = fresh.trueOnlyNow(beside: stored, in: project.zone).map {
        "\(period.name) was closed before: \($0)"
      }
      guard fresh.isSettled, let revised = fresh.revising(stored) else {
        return (stored, now)
      }
      try close(revised, window: window, revision: closed.revision + 1)
      return (revised, now)
    } catch let error as HistoryError {
      throw HistoryText.failure(error, path: project.historyPath)
    }
  }

  private func close(_ facts: ReportFacts, window: Window, revision: Int) throws {
    try store.close(
      ClosedPeriod(
        kind: ReportKind.weekly.rawValue, name: facts.period.name, window: window,
        madeAt: facts.made, revision: revision, facts: try FactsCodec.encode(facts)))
  }
}
