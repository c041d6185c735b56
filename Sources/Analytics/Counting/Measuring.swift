public import Model

extension Measurement {
  /// Applies an objective's indicator to the series it selects.
  ///
  /// - Parameters:
  ///   - objective: its indicator, its budgeting method and its rule for missing data are used.
  ///   - loaded: all series that its selectors and their `x_created` match, loaded from `indicator.lookBack` before `span`.
  ///   - span: the time that is counted.
  ///   - spans: the time that pulls of tables and of incidents covered; not used for readings.
  ///   - firstData: the start of the oldest cell there is; nothing is known before it. `nil` for the whole span.
  ///   - start: that of the window to judge, where it lies inside of the span.
  ///   - incidents: the entries of the feed that the indicator names, where it counts incidents.
  ///   - setting: what is known about the series beside their readings.
  public init(
    _ objective: Objective, series loaded: [Series], span: Window, spans: WindowSet,
    firstData: Instant? = nil, start: Instant? = nil, incidents: [IncidentEntry] = [],
    setting: SeriesLives.Setting = .init()
  ) {
    let (series, cut) = JoinedCells.cut(loaded, at: span.end)
    let unresolved = WindowSet(
      [cut, start.flatMap { JoinedCells.unresolved(series, from: $0) }].compactMap(\.self))
    let since = firstData.map { Series.start(of: series, in: $0) }
    // Not asked of the series: a table without rows says that nothing happened.
    let rows = objective.indicator.selectors.allSatisfy(\.meansRows)
    let isQuery = rows && objective.indicator.selectors.allSatisfy { Feed.isQuery($0.source) }
    func seen(_ series: [Series]) -> Observation {
      guard rows else { return Observation(of: series) }
      let all = observed(series)
      return since.map { all.observing(all.observed.clipped(to: .all(from: $0))) } ?? all
    }
    func observed(_ series: [Series]) -> Observation {
      switch objective.indicator {
      case .freshness, .heartbeat:
        return Observation(interval: nil, observed: isQuery ? spans : spans.hull)
      // A value that is not there is not known, whoever was asked.
      case .slices: return Observation(ofBuckets: series, in: spans)
      default:
        return isQuery
          ? Observation(ofQuery: series, in: spans) : Observation(ofBuckets: series, in: spans)
      }
    }
    let created = objective.indicator.createdSelectors
    let starts = CounterStarts(
      series.filter { series in created.contains { $0.matches(series.id) } })
    let measured: Measurement
    func lives(good: [Series], total: [Series]) -> SeriesLives {
      SeriesLives(
        good: good, total: total, starts: starts, target: objective.target, setting: setting)
    }
    switch objective.indicator {
    case .ratio(let good, let total):
      let goods = series.filter { good.matches($0.id) }
      let totals = series.filter { total.matches($0.id) }
      measured = Measurement.counters(
        good: goods, total: totals, span: span, observation: seen(totals), starts: starts,
        lives: lives(good: goods, total: totals))
    case .ratioRows:
      measured = Measurement.rows(
        good: series.filter { $0.id.value(of: "column") == Array("good".utf8) },
        total: series.filter { $0.id.value(of: "column") == Array("total".utf8) }, span: span,
        observation: seen(series))
    case .latency(_, let bound):
      measured = Measurement.latency(
        series, atMost: bound, span: span, rows: rows, starts: starts, lives: lives,
        observation: seen)
    case .slices(_, let bound, let every):
      measured = Measurement.slices(
        series, bound: bound, every: every, span: span, observation: seen(series))
    case .freshness(_, let bound):
      measured = Measurement.recency(
        of: Recency.successes(inValuesOf: series), bound: bound, span: span,
        observation: seen(series),
        rejects: Measurement.rejects(of: series, more: Recency.unreadable(series)))
    case .heartbeat(_, let bound):
      measured = Measurement.recency(
        of: Recency.beats(of: series), bound: bound, span: span, observation: seen(series),
        rejects: Measurement.rejects(of: series))
    case .uptime:
      measured = Measurement.uptime(series, span: span, observation: seen(series))
    case .states(_, let bound):
      measured = Measurement.states(series, holdAtMost: bound, span: span)
    case .incidents(let selector, let severities):
      let meant = incidents.filter { selector.matches($0) }
      measured = Measurement.incidents(
        meant.compactMap(\.incident).filter { severities.contains($0.severity) }, span: span,
        spans: spans, rejects: meant.compactMap(\.unusable).map(Reject.init))
    }
    self = measured.budgeted(by: objective.method)
      .countingMissing(for: objective, in: span, since: since, unresolved: unresolved)
    grain = Measurement.grain(of: objective)
    self.since = since
    self.unresolved = unresolved
    guard !rows else {
      self.lives = SeriesLives(ofRows: series, setting: setting)
      return
    }
    switch objective.indicator {
    case .ratio, .latency: self.lives = measured.lives
    case .uptime:
      self.lives = SeriesLives(of: series, .checks, target: objective.target, setting: setting)
    case .slices(_, let bound, _):
      let checks = series.map { $0.checks(bound) }
      self.lives = SeriesLives(of: checks, .checks, target: objective.target, setting: setting)
    case .ratioRows, .freshness, .heartbeat, .states, .incidents:
      self.lives = SeriesLives(of: series, .gauge, target: objective.target, setting: setting)
    }
  }

  /// Rejects by minute; where the series count something, negative amounts are rejects too.
  static func rejects(of series: [Series], counting: Bool = false, more: [Reject] = []) -> [Reject]
  {
    var byMinute: [Int64: Int64] = [:]
    for reject in more { byMinute[reject.minute, default: 0] += reject.count }
    for series in series {
      for cell in series.cells {
        let negative = counting && cell.count > 0 && cell.low < 0 ? cell.count : 0
        guard cell.rejects + negative > 0 else { continue }
        byMinute[cell.minute, default: 0] += cell.rejects + negative
      }
    }
    return byMinute.map { Reject(minute: $0.key, count: $0.value) }
      .sorted { $0.minute < $1.minute }
  }

  /// The rejects of what is counted; a good series that is part of the total counts once.
  private static func rejects(of good: [Series], partOf total: [Series], more: [Reject] = [])
    -> [Reject]
  {
    let totals = Set(total.map(\.id))
    return rejects(
      of: total + good.filter { !totals.contains($0.id) }, counting: true, more: more)
  }

  /// Good and total from counters: see ``CounterIncrease``.
  static func counters(
    good: [Series], total: [Series], span: Window, observation: Observation,
    starts: CounterStarts, lives: SeriesLives
  ) -> Measurement {
    func steps(of series: Series) -> [CounterIncrease.Step] {
      let created = starts.starts(of: series.id)
      let known = lives.bases[series.id].map { ($0 + created).sorted { $0.at < $1.at } } ?? created
      let interval =
        known.isEmpty
        ? nil : LocalIntervals.first(of: series.cells) ?? observation.lastInterval
      return CounterIncrease.steps(
        of: series.cells, from: known,
        within: LocalIntervals.longest(interval?.nanoseconds ?? 0))
    }
    let goodSteps = good.map(steps)
    let totalSteps = total.map(steps)
    let whole = (goodSteps + totalSteps).allSatisfy { steps in
      steps.allSatisfy { $0.amount.rounded() == $0.amount }
    }
    func count(_ amount: Double) -> Int64 { Int64(clamping: whole ? amount : amount * 1e6) }
    var builder = TallyBuilder(span: span)
    for step in goodSteps.joined() {
      builder.add(good: count(step.amount), total: 0, at: step.minute)
    }
    for step in totalSteps.joined() {
      builder.add(good: 0, total: count(step.amount), at: step.minute)
    }
    let inside = totalSteps.map { steps in
      steps.filter { span.contains(Instant(minute: $0.minute)) }
    }
    let tally = builder.finish()
    var result = Measurement(
      tally: tally, unit: whole ? .events : .millionths, observation: observation,
      rejects: rejects(of: good, partOf: total),
      resets: Set(inside.joined().filter(\.isReset).map(\.minute)).sorted(),
      stepsOverGaps: Set(
        zip(total, inside).flatMap { stepsOverGaps(of: $0, among: $1, in: observation) }
      ).sorted { $0.start < $1.start })
    result.lives = lives
    return result
  }

  /// The steps of a series that counted something, and over a gap of it.
  private static func stepsOverGaps(
    of series: Series, among steps: [CounterIncrease.Step], in observation: Observation
  ) -> [Window] {
    // No gap of any series is shorter.
    let least = LocalIntervals.longest(observation.shortestInterval?.nanoseconds ?? 0)
    let long = steps.filter { $0.amount > 0 && $0.first - $0.after > least }
    if long.isEmpty { return [] }
    let gaps = Set(LocalIntervals(of: series.cells).gaps.map(\.window))
    return long.map {
      Window(start: Instant(nanoseconds: $0.after), end: Instant(nanoseconds: $0.first))
    }.filter { gaps.contains($0) }
  }

  /// Good and total from rows of amounts; negative ones are left out.
  static func rows(good: [Series], total: [Series], span: Window, observation: Observation)
    -> Measurement
  {
    var builder = TallyBuilder(span: span)
    let whole = (good + total).allSatisfy { series in
      series.cells.allSatisfy { $0.sum.rounded() == $0.sum }
    }
    let scale = whole ? 1 : 1e6
    for series in good {
      for cell in series.cells where cell.low >= 0 {
        builder.add(good: Int64(clamping: cell.sum * scale), total: 0, at: cell.minute)
      }
    }
    for series in total {
      for cell in series.cells where cell.low >= 0 {
        builder.add(good: 0, total: Int64(clamping: cell.sum * scale), at: cell.minute)
      }
    }
    let tally = builder.finish()
    return Measurement(
      tally: tally, unit: whole ? .events : .millionths, observation: observation,
      rejects: rejects(of: good, partOf: total, more: tally.contradictions))
  }

  /// Slices of time by their worst value.
  static func slices(
    _ series: [Series], bound: Bound, every: Duration, span: Window, observation: Observation
  ) -> Measurement {
    let length = max(1, every.nanoseconds / 60_000_000_000)
    var worst: [Int64: Bool] = [:]
    for series in series {
      for cell in series.cells where cell.count > 0 {
        let slice = cell.minute.dividedDown(by: length) * length
        let keeps = bound.holds(in: cell)
        worst[slice] = (worst[slice] ?? true) && keeps
      }
    }
    var builder = TallyBuilder(span: span)
    for (slice, keeps) in worst { builder.add(good: keeps ? 1 : 0, total: 1, at: slice) }
    return Measurement(
      tally: builder.finish(), unit: .slices, observation: observation,
      rejects: rejects(of: series))
  }

  /// Checks that found the target up, over all checks.
  ///
  /// Readings other than 0 and 1 are rejected.
  static func uptime(_ series: [Series], span: Window, observation: Observation) -> Measurement {
    var builder = TallyBuilder(span: span)
    var odd: [Reject] = []
    for cell in series.flatMap(\.cells) where cell.count > 0 {
      let up = cell.sum
      if cell.low == 0 || cell.low == 1, cell.high == 0 || cell.high == 1, up.rounded() == up {
        builder.add(good: Int64(clamping: up), total: cell.count, at: cell.minute)
      } else {
        odd.append(Reject(minute: cell.minute, count: cell.count))
      }
    }
    return Measurement(
      tally: builder.finish(), unit: .checks, observation: observation,
      rejects: rejects(of: series, more: odd))
  }

  /// Observed time that is no longer than `bound` after a success.
  static func recency(
    of successes: [Instant], bound: Duration, span: Window, observation: Observation,
    rejects: [Reject]
  ) -> Measurement {
    let recency = Recency(successes: successes, bound: bound, observed: observation.observed)
    var builder = TallyBuilder(span: span)
    builder.add(recency.fresh.clipped(to: span), isGood: true)
    builder.add(recency.known.clipped(to: span), isGood: false)
    return Measurement(
      tally: builder.finish(), unit: .time,
      observation: observation.observing(recency.known),
      rejects: rejects)
  }

  /// Books time that was not measured as bad, where the objective asks for that and time is what it counts.
  ///
  /// That is the time itself, every slice that lies in a gap, or every check that was due.
  func countingMissing(
    for objective: Objective, in span: Window, since: Instant?, unresolved: WindowSet
  ) -> Measurement {
    guard objective.missing == .bad else { return self }
    var builder = TallyBuilder(span: span)
    for position in tally.minutes.indices {
      let counts = tally.counts(at: position..<position + 1)
      builder.add(good: counts.good, total: counts.total, at: tally.minutes[position])
    }
    let missing = observation.observed.union(unresolved).gaps(in: span.from(since))
    let minute: Int64 = 60_000_000_000
    let (every, weight): (Int64, Int64)
    switch (objective.method, objective.indicator) {
    case (.timeslices(let length, _), _), (.occurrences, .slices(_, _, let length)):
      (every, weight) = (max(1, length.nanoseconds / minute), 1)
    case (.ratioTimeslices(let length), _):
      (every, weight) = (max(1, length.nanoseconds / minute), 1_000_000_000)
    case (.occurrences, .uptime):
      for gap in missing.windows {
        for (time, checks) in observation.due(in: gap) {
          builder.add(good: 0, total: checks, at: Cell.minute(ofSample: time))
        }
      }
      (every, weight) = (1, 0)
    case (.occurrences, _):
      guard unit == .time else { return self }
      builder.add(missing, isGood: false)
      (every, weight) = (1, 0)
    }
    let measured = Set(tally.minutes)
    for gap in missing.windows where weight > 0 {
      var start = (gap.start.minuteUp - 1).dividedDown(by: every) * every + every
      let end = gap.end.nanoseconds.dividedDown(by: minute)
      while start + every <= end {
        if !measured.contains(start) { builder.add(good: 0, total: weight, at: start) }
        start += every
      }
    }
    var result = self
    result.tally = builder.finish()
    result.missingIsBad = true
    return result
  }
}

extension Series {
  /// Its readings as checks that found the bound kept; a cell of several keeps it with all or with none.
  fileprivate func checks(_ bound: Bound) -> Series {
    var checks = self
    for place in cells.indices where cells[place].count > 0 {
      checks.cells[place].sum = bound.holds(in: cells[place]) ? Double(cells[place].count) : 0
    }
    return checks
  }

  /// The first reading of the cell that starts at an instant; the instant where there is none.
  fileprivate static func start(of series: [Series], in first: Instant) -> Instant {
    let minute = Cell.minute(ofRow: first.nanoseconds)
    let readings = series.compactMap { $0.cells.first { $0.count > 0 } }
      .filter { $0.minute == minute }.map(\.firstTime)
    return readings.min().map { max(first, Instant(nanoseconds: $0)) } ?? first
  }
}

extension Window {
  /// All time from an instant on.
  fileprivate static func all(from start: Instant) -> Window {
    Window(start: start, end: Instant(nanoseconds: .max))
  }
}

extension WindowSet {
  /// From the start of the first window to the end of the last: several files cover the time between them as one would.
  fileprivate var hull: WindowSet {
    guard let first = windows.first, let last = windows.last else { return self }
    return WindowSet([Window(start: first.start, end: last.end)])
  }
}

extension Tally {
  /// Minutes whose good exceeds their total: such counts contradict each other and are rejected, never clamped.
  var contradictions: [Measurement.Reject] {
    minutes.indices.compactMap { position in
      let counts = counts(at: position..<position + 1)
      return counts.good > counts.total || counts.good < 0
        ? Measurement.Reject(minute: minutes[position], count: 1) : nil
    }
  }
}

extension Bound {
  /// Whether all readings of a cell that has any keep to the bound.
  public func holds(in cell: Cell) -> Bool {
    switch self {
    case .atMost(let limit): cell.high <= limit
    case .atLeast(let limit): cell.low >= limit
    }
  }
}
