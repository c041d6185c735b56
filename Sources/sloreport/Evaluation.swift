import Analytics
import Definitions
import History
import Model
import Reports

/// Loads an objective's history and computes its figures.
struct Evaluation {
  let project: Project
  let store: HistoryStore
  /// The machine's.
  let clock: Instant

  init(project: Project, store: HistoryStore) throws {
    self.project = project
    self.store = store
    clock = try InstantOption.now()
  }

  /// The figures as of an instant.
  ///
  /// With a report's period also its own counts, the trail of the seven before it, and what the incidents of the
  /// service used of the budget.
  func facts(
    of objective: Objective, asOf: Instant, period: ReportPeriod? = nil,
    incidents: [Incident]? = nil
  ) throws -> ObjectiveFacts {
    let zone = project.zone
    let ends = period.map(self.ends)
    let span = self.span(of: objective, asOf: asOf, ends: ends ?? [])
    let (series, firsts, spans) = try load(objective, span: span)
    let firstData = firstData(of: objective, among: firsts)
    let counted = try counted(by: objective)
    let raw = Measurement(
      objective, series: series, span: span, spans: spans, firstData: firstData ?? asOf,
      start: objective.window.window(at: asOf, in: zone).start, incidents: counted,
      setting: try setting(objective, asOf: asOf))
    let whole = Window(
      start: span.start, end: max(span.end, objective.window.window(at: asOf, in: zone).end))
    let excluded = objective.exclusions.reduce(WindowSet()) {
      $0.union($1.windows(in: whole, zone: zone))
    }
    let measurement = raw.excluding(excluded)
    let missing = objective.indicator.needed.filter { selector in
      !selector.name.isEmpty && !series.contains { selector.matches($0.id) }
    }.map { Caveat.noSeries($0.text) }
    let unknown = unknown(to: objective, among: counted)
    let judged = objective.window.window(at: asOf, in: zone)
    let origins = try origins(
      of: objective, series, in: Window(start: judged.start, end: min(judged.end, asOf)))
    let pulls = try PullDoubts(
      objective.indicator.selectors, firsts: firsts, clock: clock, project: project, store: store)
    let strangers = try strangers(to: objective, in: judged)
    let notes =
      try changes(of: objective, at: asOf) + partialAnswers(to: objective, in: judged)
      + strangers.notes + unknownLabels(of: objective, series)
    func assess(at instant: Instant, doubts: [Caveat]) -> Assessment {
      Assessment(
        objective, measurement, asOf: instant, firstData: firstData,
        staleAfter: project.configuration.staleAfter,
        doubts: pulls.doubts(in: reach(of: objective, at: instant), firstData: firstData) + doubts,
        notes: notes, zone: zone)
    }
    let trail = ends?.map { end -> Double? in
      let assessment = assess(at: end, doubts: [])
      guard assessment.state != .notJudged, let left = assessment.budget?.left, left.isFinite else {
        return nil
      }
      return left
    }
    var assessment = assess(
      at: asOf,
      doubts: missing + unknown + ahead(of: objective, among: counted)
        + strangers.doubts + origins)
    assessment.notes += self.excluded(from: assessment, raw: raw)
    let attribution = incidents.flatMap { incidents in
      assessment.budget.map { budget in
        Attribution(
          of: measurement.tally, in: assessment.elapsed, budget: budget, incidents: incidents,
          now: asOf, early: measurement.entryLength - .minutes(1),
          late: { lateness(of: objective, measurement, at: $0) })
      }
    }
    return ObjectiveFacts(
      assessment, measurement: measurement, period: period?.window(in: zone), trail: trail ?? [],
      incidents: incidents ?? [], attribution: attribution,
      incidentsKnown: try incidents.map { _ in
        try known(
          Feed.incidents(of: objective.service), in: assessment.elapsed.from(measurement.since))
      },
      excluded: ObjectiveFacts.ExcludedFacts(
        objective.exclusions, in: assessment.elapsed.from(measurement.since),
        period: period?.window(in: zone),
        raw: raw.tally, zone: zone),
      prometheus: period.flatMap { _ in
        PrometheusFacts(objective.indicator, series: series, in: assessment.elapsed)
      },
      quality: period.map { period in
        let asked = objective.indicator.selectors
        return DataQuality(
          of: series.filter { series in asked.contains { $0.matches(series.id) } },
          in: period.window(in: zone))
      }, zone: zone)
  }

  /// What happened in an objective's window up to a period's end.
  func events(of objective: Objective, in period: ReportPeriod) throws -> EventsFacts {
    let asOf = period.window(in: project.zone).end
    let span = self.span(of: objective, asOf: asOf)
    let (series, firsts, spans) = try load(objective, span: span)
    let firstData = firstData(of: objective, among: firsts)
    let measurement = Measurement(
      objective, series: series, span: span, spans: spans, firstData: firstData ?? asOf,
      start: objective.window.window(at: asOf, in: project.zone).start,
      incidents: try counted(by: objective),
      setting: try setting(objective, asOf: asOf))
    let start = objective.window.window(at: asOf, in: project.zone).start
    return EventsFacts(objective.title, measurement, in: Window(start: start, end: asOf))
  }

  /// What agreed time hides of the budget: where the gate would be closed with it, where it holds a tenth of the budget, and
  /// where it was written down late.
  private func excluded(from assessment: Assessment, raw: Measurement) -> [Caveat] {
    let objective = assessment.objective
    guard let budget = assessment.budget, !objective.exclusions.isEmpty else { return [] }
    let all = raw.tally.counts(in: assessment.elapsed)
    let left = all.total - (assessment.level?.total ?? 0)
    let total = max(1, budget.total.addingClamped(max(0, left)))
    let whole = ErrorBudget(bad: all.bad, of: total, target: budget.target)
    guard all.bad > budget.bad, whole.left.isFinite else { return [] }
    let isLate = objective.exclusions.contains { exclusion in
      exclusion.isLate(in: assessment.elapsed, zone: project.zone)
        && exclusion.windows(in: assessment.elapsed, zone: project.zone).windows.contains {
          raw.tally.counts(in: $0).bad > 0
        }
    }
    let closes =
      whole.band(of: objective.policy).closesGate && assessment.band?.closesGate == false
    guard isLate || closes || budget.left - whole.left >= 0.1 else { return [] }
    return [.excluded(Int64((max(-1e9, whole.left) * 1e9).rounded()))]
  }

  /// What an objective was in its window, where that is not what it is.
  private func changes(of objective: Objective, at instant: Instant) throws -> [Caveat] {
    let start = objective.window.window(at: instant, in: project.zone).start
    let promises: [Promise]
    do throws(HistoryError) {
      promises = try store.promises(of: objective.fullName)
    } catch {
      throw HistoryText.failure(error, path: project.historyPath)
    }
    let now = Promise(objective, since: clock)
    // Each held until the next one; the last one is what it is now, unless nobody has written that down yet.
    let ends = promises.dropFirst().map(\.since) + [clock]
    let earlier = zip(promises, ends).filter { start < $1 }
    let higher = earlier.filter { $0.0.target > now.target }.max { $0.0.target < $1.0.target }
    let other = earlier.last { $0.0.window != now.window }
    return [
      higher.map { Caveat.lowered(from: $0.0.target, to: now.target, $0.1) },
      other.map { Caveat.otherWindow($0.0.window, $0.1) },
    ].compactMap(\.self)
  }

  /// The time of which data can change an objective's figures at an instant.
  func reach(of objective: Objective, at instant: Instant) -> Window {
    let start = objective.window.window(at: instant, in: project.zone).start
    return Window(start: min(start, instant) - objective.indicator.lookBack, end: instant)
  }

  /// The ends of the seven periods before one, oldest first.
  private func ends(before period: ReportPeriod) -> [Instant] {
    (1...7).reversed().map { period.moved(by: -$0).window(in: project.zone).end }
  }

  /// The time that the figures at an instant and at earlier ends of periods are computed from.
  private func span(of objective: Objective, asOf: Instant, ends: [Instant] = []) -> Window {
    let zone = project.zone
    let first = ends.first.map { objective.window.window(at: $0, in: zone).start } ?? asOf
    let start = objective.window.window(at: asOf, in: zone).start
    return Window(start: min(start, asOf - .days(29), first), end: asOf)
  }

  /// A condition that no incident there is meets is a mistake, or a service that nothing ever befell.
  private func unknown(to objective: Objective, among entries: [IncidentEntry]) -> [Caveat] {
    guard case .incidents(let selector, _) = objective.indicator, !selector.matchers.isEmpty,
      !entries.isEmpty, !entries.contains(where: { selector.matches($0) })
    else { return [] }
    return [.noSeries(selector.text)]
  }

  /// An incident that is announced for later is a mistake, as a time in another zone is; nobody plans one.
  private func ahead(of objective: Objective, among entries: [IncidentEntry]) -> [Caveat] {
    guard case .incidents(let selector, let severities) = objective.indicator else { return [] }
    let last = entries.filter { entry in
      selector.matches(entry) && entry.incident.map { severities.contains($0.severity) } ?? false
    }.map(\.started).max()
    return last.flatMap { $0 > clock + PullDoubts.tolerance ? [.inFuture($0, clock: clock)] : nil }
      ?? []
  }

  /// Conditions that exclude values of a label that no series has: `cod!="500"` leaves every error in.
  private func unknownLabels(of objective: Objective, _ series: [Series]) -> [Caveat] {
    objective.indicator.selectors.flatMap { selector -> [Caveat] in
      let matched = series.filter { selector.matches($0.id) }
      if matched.isEmpty { return [] }
      return selector.matchers.compactMap { matcher in
        switch matcher.condition {
        case .equal, .like: return nil
        case .notEqual, .notLike:
          return matched.contains { $0.id.value(of: matcher.label) == nil }
            ? .unknownLabel(matcher.label, selector.text) : nil
        }
      }
    }
  }

  /// What the rows of incidents name that is no service here.
  private func strangers(
    to objective: Objective, in window: Window
  ) throws -> (doubts: [Caveat], notes: [Caveat]) {
    guard case .incidents(let selector, _) = objective.indicator else { return ([], []) }
    return try IncidentRecord(project: project, store: store).strangers(selector.source, in: window)
  }

  /// How much of a window answers cover that their server called incomplete.
  private func partialAnswers(to objective: Objective, in window: Window) throws -> [Caveat] {
    do throws(HistoryError) {
      var spans = WindowSet()
      for source in Set(objective.indicator.selectors.map(\.source)) {
        spans = spans.union(try store.spans(of: Feed.partial(of: source)))
      }
      let length = spans.clipped(to: window).length
      return length > .zero ? [.partialAnswers(length)] : []
    } catch {
      throw HistoryText.failure(error, path: project.historyPath)
    }
  }

  /// The share of a window of which a feed's incidents are known.
  private func known(_ feed: String, in window: Window) throws -> Double {
    let known = try IncidentRecord(project: project, store: store).known(of: feed)
    return known.clipped(to: window).length / max(.seconds(1), window.length)
  }

  /// The incidents that an objective counts, where it does.
  private func counted(by objective: Objective) throws -> [IncidentEntry] {
    guard case .incidents(let selector, _) = objective.indicator else { return [] }
    return try IncidentRecord(project: project, store: store).entries(of: selector.source)
  }

  /// How long after an event it is booked: a counter's step belongs to the next reading.
  private func lateness(
    of objective: Objective, _ measurement: Measurement, at instant: Instant
  ) -> Duration {
    switch objective.indicator {
    case .ratio, .latency:
      objective.indicator.selectors.contains { $0.name.isEmpty }
        ? .zero : measurement.observation.interval(at: instant) ?? .zero
    case .ratioRows, .slices, .freshness, .heartbeat, .uptime, .states, .incidents: .zero
    }
  }

  /// The start of the oldest data that a verdict needs.
  private func firstData(of objective: Objective, among firsts: [Selector: Instant]) -> Instant? {
    objective.indicator.needed.compactMap { firsts[$0] }.min()
  }

  private func load(_ objective: Objective, span: Window) throws -> (
    series: [Series], firsts: [Selector: Instant], spans: WindowSet
  ) {
    let reach = Window(start: span.start - objective.indicator.lookBack, end: span.end)
    var series: [SeriesID: Series] = [:]
    var firsts: [Selector: Instant] = [:]
    var spans = WindowSet()
    if case .incidents(let selector, _) = objective.indicator {
      let known = try IncidentRecord(project: project, store: store).known(of: selector.source)
      let first = known.windows.first.map { [objective.indicator.selectors[0]: $0.start] }
      return ([], first ?? [:], known)
    }
    do throws(HistoryError) {
      for selector in Set(objective.indicator.selectors) {
        for loaded in try store.load(selector, in: reach) { series[loaded.id] = loaded }
        spans = spans.union(try store.spans(of: selector.source))
        if let oldest = try store.firstData(of: selector) { firsts[selector] = oldest }
      }
      for selector in Set(objective.indicator.companions) {
        for loaded in try store.load(selector, in: reach) { series[loaded.id] = loaded }
      }
    } catch {
      throw HistoryText.failure(error, path: project.historyPath)
    }
    return (series.values.sorted { $0.id < $1.id }, firsts, spans)
  }

  /// Lives are judged by the time that a verdict needs, however far back a report looks.
  private func setting(_ objective: Objective, asOf: Instant) throws -> SeriesLives.Setting {
    if case .incidents = objective.indicator { return SeriesLives.Setting() }
    let start = span(of: objective, asOf: asOf).start - objective.indicator.lookBack
    do throws(HistoryError) {
      var older: Set<SeriesID> = []
      for selector in Set(objective.indicator.selectors) {
        older.formUnion(try store.series(of: selector, startedBefore: start))
      }
      return SeriesLives.Setting(targets: project.targets, older: older, since: start)
    } catch {
      throw HistoryText.failure(error, path: project.historyPath)
    }
  }
}
