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

  /// An objective's history over a span, measured.
  struct Measured {
    let series: [Series]
    let firsts: [Selector: Instant]
    /// The start of the oldest data that a verdict needs.
    let firstData: Instant?
    /// The incidents that the objective counts, where it does.
    let incidents: [IncidentEntry]
    /// With agreed time in it.
    let raw: Measurement
    let measurement: Measurement
  }

  /// The one road from an objective and a time to what was counted there.
  ///
  /// The time ends at `asOf`; at `ends`, which are earlier, the objective is assessed, too. It begins at `start` at the latest.
  func measured(
    _ objective: Objective, asOf: Instant, ends: [Instant] = [], from start: Instant? = nil
  ) throws -> Measured {
    let needed = NeededTime.ofFigures(objective, asOf: asOf, ends: ends, in: project.zone)
    let span = Window(start: min(start ?? needed.start, needed.start), end: asOf)
    let window = objective.window.window(at: asOf, in: project.zone)
    let (series, firsts, spans) = try load(objective, span: span)
    let firstData = objective.indicator.needed.compactMap { firsts[$0] }.min()
    let incidents = try counted(by: objective)
    let raw = Measurement(
      objective, series: series, span: span, spans: spans, firstData: firstData ?? asOf,
      start: window.start, incidents: incidents, setting: try setting(objective, asOf: asOf))
    let excluded = Exclusion.windows(
      of: objective.exclusions,
      in: Window(start: span.start, end: max(span.end, window.end)), zone: project.zone)
    return Measured(
      series: series, firsts: firsts, firstData: firstData, incidents: incidents, raw: raw,
      measurement: raw.excluding(excluded))
  }

  /// The figures as of an instant.
  ///
  /// With a report's period also its own counts, the trail of the periods before it, and what the incidents of the
  /// service used of the budget.
  ///
  /// Where objectives are judged over the period itself, `closed` has what became of periods before it, by their names; `nil`
  /// where they are judged over their own windows.
  func facts(
    of own: Objective, asOf: Instant, period: ReportPeriod? = nil,
    incidents: [Incident]? = nil, closed: [String: ResultFacts]? = nil
  ) throws -> ObjectiveFacts {
    let zone = project.zone
    let objective = closed == nil ? own : period.map { own.over(.calendar($0.unit)) } ?? own
    let before = period.map { NeededTime.periods(before: $0) }
    let unknown = before?.filter { closed?[$0.name] == nil }
    let ends = unknown?.map { $0.window(in: zone).end }
    let start = closed.flatMap { _ in
      period.map { period in
        min(
          period.window(in: zone).start - .days(3),
          own.window.window(at: asOf, in: zone).start)
      }
    }
    let found = try measured(objective, asOf: asOf, ends: ends ?? [], from: start)
    let (measurement, firstData) = (found.measurement, found.firstData)
    let judged = objective.window.window(at: asOf, in: zone)
    let pulls = try PullDoubts(
      objective.indicator.selectors, firsts: found.firsts, clock: clock, project: project,
      store: store)
    let strangers = try strangers(to: objective, in: judged)
    let notes =
      try changes(of: own, at: asOf) + partialAnswers(to: objective, in: judged)
      + strangers.notes + SelectorCaveats.unknownLabels(in: found.series, of: objective)
    func assess(_ objective: Objective, at instant: Instant, doubts: [Caveat]) -> Assessment {
      let needed = NeededTime.ofVerdict(objective, at: instant, in: zone)
      return Assessment(
        objective, measurement, asOf: instant, firstData: firstData,
        staleAfter: project.configuration.staleAfter,
        doubts: pulls.doubts(in: needed, firstData: firstData) + doubts,
        notes: notes, zone: zone)
    }
    func doubts(about objective: Objective, at instant: Instant) throws -> [Caveat] {
      let window = objective.window.window(at: instant, in: zone)
      return try SelectorCaveats.missing(from: found.series, of: objective)
        + SelectorCaveats.unmatched(found.incidents, by: objective)
        + SelectorCaveats.inFuture(found.incidents, of: objective, clock: clock)
        + self.strangers(to: objective, in: window).doubts
        + origins(
          of: objective, found.series,
          in: Window(start: window.start, end: min(window.end, instant)))
    }
    let results = try before?.map { earlier -> ResultFacts in
      if let closed = closed?[earlier.name] { return closed }
      let end = earlier.window(in: zone).end
      // A trail only hints; a verdict is held to all that one of now is.
      let doubts = closed == nil ? [] : try doubts(about: objective, at: end)
      return ResultFacts(assess(objective, at: end, doubts: doubts), of: earlier)
    }
    var assessment = assess(
      objective, at: asOf, doubts: try doubts(about: objective, at: asOf))
    assessment.notes += assessment.excludedBudget(raw: found.raw.tally, zone: zone)
    let attribution = incidents.flatMap { incidents in
      assessment.budget.map { budget in
        Attribution(
          of: measurement.tally, in: assessment.elapsed, budget: budget, incidents: incidents,
          now: asOf, early: measurement.entryLength - .minutes(1),
          late: { measurement.bookingDelay(of: objective.indicator, at: $0) })
      }
    }
    var facts = ObjectiveFacts(
      assessment, measurement: measurement, period: period?.window(in: zone),
      trail: closed == nil ? results?.map(\.judgedLeft) ?? [] : [],
      incidents: incidents ?? [], attribution: attribution,
      incidentsKnown: try incidents.map { _ in
        try known(
          Feed.incidents(of: objective.service), in: assessment.elapsed.from(measurement.since))
      },
      excluded: ObjectiveFacts.ExcludedFacts(
        objective.exclusions, in: assessment.elapsed.from(measurement.since),
        period: period?.window(in: zone),
        raw: found.raw.tally, zone: zone),
      prometheus: period.flatMap { _ in
        PrometheusFacts(objective.indicator, series: found.series, in: assessment.elapsed)
      },
      quality: period.map { period in
        let asked = objective.indicator.selectors
        return DataQuality(
          of: found.series.filter { series in asked.contains { $0.matches(series.id) } },
          in: period.window(in: zone))
      },
      past: period.map { _ in
        ObjectiveDays(
          objective, measurement,
          from: NeededTime.ofFigures(objective, asOf: asOf, ends: ends ?? [], in: zone).start,
          asOf: asOf, zone: zone)
      }, before: closed == nil ? period?.moved(by: -1).window(in: zone) : nil, zone: zone)
    if closed != nil, let period, let results {
      facts.look(
        at: period, earlier: results,
        own: assess(own, at: asOf, doubts: try doubts(about: own, at: asOf)), raw: found.raw,
        measurement: measurement, series: found.series, zone: zone)
    }
    return facts
  }

  /// The days of the year that ends with a period, as far as it has come.
  func year(
    of objective: Objective, endingWith period: ReportPeriod, asOf: Instant
  ) throws -> [StretchFacts] {
    let zone = project.zone
    let first = period.next.firstOfMonth(adding: -12)
    let found = try measured(
      objective.over(.calendar(period.unit)), asOf: asOf, from: zone.start(of: first))
    return StretchFacts.days(
      of: found.measurement, from: first,
      upTo: zone.date(at: asOf - .nanoseconds(1)).adding(days: 1), zone: zone)
  }

  /// What happened in an objective's window up to a period's end.
  func events(of objective: Objective, in period: ReportPeriod) throws -> EventsFacts {
    let asOf = period.window(in: project.zone).end
    let start = objective.window.window(at: asOf, in: project.zone).start
    return EventsFacts(
      objective.title, try measured(objective, asOf: asOf).raw,
      in: Window(start: start, end: asOf))
  }

  /// What an objective was in its window, where that is not what it is.
  private func changes(of objective: Objective, at instant: Instant) throws -> [Caveat] {
    let start = objective.window.window(at: instant, in: project.zone).start
    let promises = try store.promises(of: objective.fullName)
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

  /// What the rows of incidents name that is no service here.
  private func strangers(
    to objective: Objective, in window: Window
  ) throws -> (doubts: [Caveat], notes: [Caveat]) {
    guard case .incidents(let selector, _) = objective.indicator else { return ([], []) }
    return try IncidentRecord(project: project, store: store).strangers(selector.source, in: window)
  }

  /// How much of a window answers cover that their server called incomplete.
  private func partialAnswers(to objective: Objective, in window: Window) throws -> [Caveat] {
    let sources = Set(objective.indicator.selectors.map(\.source))
    let spans = try sources.reduce(WindowSet()) {
      try $0.union(store.spans(of: Feed.partial(of: $1)))
    }
    let length = spans.clipped(to: window).length
    return length > .zero ? [.partialAnswers(length)] : []
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
    for selector in Set(objective.indicator.selectors) {
      for loaded in try store.load(selector, in: reach) { series[loaded.id] = loaded }
      spans = spans.union(try store.spans(of: selector.source))
      if let oldest = try store.firstData(of: selector) { firsts[selector] = oldest }
    }
    for selector in Set(objective.indicator.createdSelectors) {
      for loaded in try store.load(selector, in: reach) { series[loaded.id] = loaded }
    }
    return (series.values.sorted { $0.id < $1.id }, firsts, spans)
  }

  /// Lives are judged by the time that a verdict needs, however far back a report looks.
  private func setting(_ objective: Objective, asOf: Instant) throws -> SeriesLives.Setting {
    if case .incidents = objective.indicator { return SeriesLives.Setting() }
    let span = NeededTime.ofFigures(objective, asOf: asOf, in: project.zone)
    let start = span.start - objective.indicator.lookBack
    let older = try Set(objective.indicator.selectors).reduce(into: Set<SeriesID>()) {
      $0.formUnion(try store.series(of: $1, startedBefore: start))
    }
    return SeriesLives.Setting(targets: project.targets, older: older, since: start)
  }
}
