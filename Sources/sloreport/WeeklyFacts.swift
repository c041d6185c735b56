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
    failures: [ReportFacts.Failure], notes: [ReportFacts.SourceNote],
    isUnanswered: (Objective) throws -> Bool
  ) throws -> ReportFacts {
    let zone = project.zone
    let window = period.window(in: zone)
    let evaluation = Evaluation(project: project, store: store)
    let record = IncidentRecord(project: project, store: store)
    let services = project.configuration.services.filter { $0.incidents != nil }
    var incidents: [String: [Incident]] = [:]
    for service in services {
      incidents[service.name] = try record.incidents(of: Feed.incidents(of: service.name))
    }
    var objectives: [ObjectiveFacts] = []
    for objective in chosen {
      Streams.progress("computing \(objective.fullName)")
      objectives.append(
        try evaluation.facts(
          of: objective, asOf: window.end, period: period,
          doubts: try isUnanswered(objective) ? [.sourceFailed] : [],
          incidents: incidents[objective.service]))
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
      kind: "weekly", title: project.title,
      period: ReportFacts.Period(
        name: period.name, start: window.start, end: window.end, zone: zone.name,
        zoneRelease: zone.release), made: made, program: "sloreport \(SLOReport.version)",
      objectives: objectives, incomplete: failures,
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

  /// The facts of all objectives; a complete week is closed by its first report.
  func facts(
    of period: ReportPeriod, made: Instant, failures: [ReportFacts.Failure],
    notes: [ReportFacts.SourceNote], isUnanswered: (Objective) throws -> Bool
  ) throws -> ReportFacts {
    let window = period.window(in: project.zone)
    let fresh = try fresh(
      of: period, objectives: project.configuration.objectives, made: made, failures: failures,
      notes: notes, isUnanswered: isUnanswered)
    do {
      guard let closed = try store.closedPeriod(kind: "weekly", name: period.name) else {
        if failures.isEmpty, !fresh.incidentsAreDoubtful,
          fresh.objectives.contains(where: { $0.period != nil })
        {
          try close(fresh, window: window, revision: 0)
        }
        return fresh
      }
      let stored = try FactsCodec.decode(closed.facts)
      guard failures.isEmpty, let revised = fresh.revising(stored) else {
        return stored
      }
      try close(revised, window: window, revision: closed.revision + 1)
      return revised
    } catch let error as HistoryError {
      throw HistoryText.failure(error, path: project.historyPath)
    }
  }

  private func close(_ facts: ReportFacts, window: Window, revision: Int) throws {
    try store.close(
      ClosedPeriod(
        kind: "weekly", name: facts.period.name, window: window, madeAt: facts.made,
        revision: revision, facts: try FactsCodec.encode(facts)))
  }
}
