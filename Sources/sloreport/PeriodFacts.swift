import Analytics
import Definitions
import History
import Model
import Reports

/// The facts of a period: made anew, taken from a closed one, or a revision of one.
struct PeriodFacts {
  private let project: Project
  private let store: HistoryStore
  private let evaluation: Evaluation
  private let made: Instant
  private let notes: [ReportFacts.SourceNote]
  private let kind: ReportKind

  init(_ run: Run, _ kind: ReportKind) throws {
    (project, store, made) = (run.project, run.store, run.asOf)
    evaluation = try Evaluation(project: project, store: store)
    notes = run.collection?.notes ?? []
    self.kind = kind
  }

  /// The facts of some objectives as the history has them now, of a period that may not be over.
  func fresh(
    of period: ReportPeriod, objectives chosen: [Objective], capacity items: [CapacityItem] = []
  ) throws -> ReportFacts {
    let zone = project.zone
    let window = period.window(in: zone)
    let asOf = min(window.end, made)
    let record = IncidentRecord(project: project, store: store)
    let services = project.configuration.services.filter { $0.incidents != nil }
    var incidents: [String: [Incident]] = [:]
    for service in services {
      incidents[service.name] = try record.entries(of: Feed.incidents(of: service.name))
        .compactMap(\.incident)
    }
    let results = kind.judgesItself ? try results(before: period, of: chosen) : nil
    var objectives: [ObjectiveFacts] = []
    for objective in chosen {
      Streams.progress("computing \(objective.fullName)")
      objectives.append(
        try evaluation.facts(
          of: objective, asOf: asOf, period: period, incidents: incidents[objective.service],
          closed: results.map { $0[objective.fullName] ?? [:] }))
    }
    Streams.endProgress()
    let withNext = Window(start: window.start, end: period.moved(by: 1).window(in: zone).end)
    func found(in window: Window) throws -> IncidentsFacts? {
      services.isEmpty
        ? nil
        : try record.facts(
          of: services, in: window, asOf: min(window.end, made), by: .severity, incomplete: [])
    }
    let current = try found(in: window)
    let before = try found(in: period.moved(by: -1).window(in: zone))
    var facts = ReportFacts(
      kind: kind, title: project.title,
      period: ReportFacts.Period(
        name: period.name, start: window.start, end: window.end, zone: zone.name,
        zoneRelease: zone.release), made: made, program: "sloreport \(SLOReport.version)",
      objectives: objectives,
      incomplete: try failures(touching: period, of: chosen, and: services),
      clockChanges: zone.changes(in: withNext).map {
        ReportFacts.ClockChange(at: $0.at, shift: $0.shift)
      },
      incidents: current?.incidents, incidentsKnown: current?.known,
      incidentsUnusable: current?.unusable, sourceNotes: notes.isEmpty ? nil : notes,
      incidentsBefore: before.flatMap { $0.known >= 1 && !$0.isDoubtful ? $0.all.started : nil },
      services: project.configuration.services.map {
        ReportFacts.ServiceFacts(
          name: $0.name, title: $0.title, owner: $0.owner, tellsIncidents: $0.incidents != nil)
      },
      capacity: items.isEmpty
        ? nil
        : try Capacity(project: project, store: store).facts(
          of: items, in: period, kind, asOf: asOf),
      capacityIncomplete: items.isEmpty
        ? nil
        : try Capacity(project: project, store: store).doubts(
          of: items, asOf: asOf, clock: evaluation.clock),
      restores: kind.judgesItself && !services.isEmpty
        ? try restores(upTo: period, found: found) : nil)
    switch kind {
    case .daily, .weekly: break
    case .monthly, .quarterly:
      if let first = facts.first, let objective = chosen.first(where: { $0.fullName == first }) {
        facts.add(
          year: try evaluation.year(of: objective, endingWith: period, asOf: asOf), of: first)
      }
    }
    return facts
  }

  /// What closed reports say of the periods before one, by objective and period; of objectives that are still defined as then.
  private func results(
    before period: ReportPeriod, of objectives: [Objective]
  ) throws -> [String: [String: ResultFacts]] {
    var results: [String: [String: ResultFacts]] = [:]
    for earlier in NeededTime.periods(before: period) {
      guard let closed = try store.closedPeriod(kind: kind.rawValue, name: earlier.name) else {
        continue
      }
      let facts = try FactsCodec.decode(closed.facts)
      for objective in facts.objectives
      where objectives.contains(where: { objective.hasDefinition(of: $0) }) {
        results[objective.name, default: [:]][earlier.name] =
          ResultFacts(objective, period: earlier.name)
      }
    }
    return results
  }

  /// The closed incidents of twelve periods.
  private func restores(
    upTo last: ReportPeriod, found: (Window) throws -> IncidentsFacts?
  ) throws -> [RestoreFacts] {
    try (0..<12).reversed().map { back in
      let period = last.moved(by: -back)
      let window = period.window(in: project.zone)
      let facts = try found(window)
      let lengths = (facts?.incidents ?? []).compactMap { incident -> Double? in
        guard window.contains(incident.started), incident.severity != .none else { return nil }
        return incident.resolved.map { Double(($0 - incident.started).nanoseconds) / 1e9 }
      }
      return RestoreFacts(
        period: period.name, start: window.start, lengths: lengths,
        isKnown: facts.map { $0.known >= 0.9999 && !$0.isDoubtful } ?? false)
    }
  }

  /// What could not be read and can change a figure of the period, or one of that before, which it is compared with.
  private func failures(
    touching period: ReportPeriod, of objectives: [Objective], and services: [ServiceDefinition]
  ) throws -> [ReportFacts.Failure] {
    let own = period.window(in: project.zone)
    var reach: [String: Window] = [:]
    func add(_ feed: String, from start: Instant) {
      reach[feed] = Window(start: min(start, reach[feed]?.start ?? start), end: own.end)
    }
    for objective in objectives {
      let needed = NeededTime.ofVerdict(objective, at: own.end, in: project.zone)
      let start = min(needed.start, own.start)
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

  /// All facts of a period that is not over.
  func draft(of period: ReportPeriod) throws -> ReportFacts {
    try fresh(
      of: period, objectives: project.configuration.objectives,
      capacity: project.configuration.capacity)
  }

  /// The facts of all objectives, and what is true only now; a complete period is closed by its first report.
  func facts(of period: ReportPeriod) throws -> (facts: ReportFacts, now: [String]) {
    let fresh = try draft(of: period)
    guard let closed = try store.closedPeriod(kind: kind.rawValue, name: period.name) else {
      if fresh.isSettled, !fresh.incidentsAreDoubtful,
        fresh.objectives.contains(where: { $0.period != nil })
      {
        try close(fresh, of: period, revision: 0)
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
    try close(revised, of: period, revision: closed.revision + 1)
    return (revised, now)
  }

  private func close(_ facts: ReportFacts, of period: ReportPeriod, revision: Int) throws {
    try store.close(
      ClosedPeriod(
        kind: kind.rawValue, name: period.name, window: period.window(in: project.zone),
        madeAt: facts.made, revision: revision, facts: try FactsCodec.encode(facts),
        inputs: try ReportInputs(project: project, store: store).list(of: period)))
  }
}
