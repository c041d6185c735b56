public import Model

extension Measurement {
  /// Applies an objective's indicator to the series it selects.
  ///
  /// - Parameters:
  ///   - objective: its indicator, its budgeting method and its rule for missing data are used.
  ///   - series: all series its selectors and their companions match, loaded from `indicator.lookBack` before `span`.
  ///   - span: the time that is counted.
  ///   - spans: the time for which pulls of tables and of incidents spoke; not used for readings.
  ///   - incidents: those of the feed that the indicator names, where it counts incidents.
  public init(
    _ objective: Objective, series: [Series], span: Window, spans: WindowSet,
    incidents: [Incident] = []
  ) {
    // Not asked of the series: a table without rows says that nothing happened.
    let rows = objective.indicator.selectors.allSatisfy { $0.name.isEmpty }
    let isQuery = rows && objective.indicator.selectors.allSatisfy { Feed.isQuery($0.source) }
    func seen(_ series: [Series]) -> Observation {
      guard rows else { return Observation(of: series) }
      switch objective.indicator {
      case .freshness, .heartbeat: return Observation(interval: nil, observed: spans)
      // A value that is not there is not known, whoever was asked.
      case .slices: return Observation(ofBuckets: series, in: spans)
      default:
        return isQuery
          ? Observation(ofQuery: series, in: spans) : Observation(ofBuckets: series, in: spans)
      }
    }
    let companions = objective.indicator.companions
    let starts = CounterStarts(
      series.filter { told in companions.contains { $0.matches(told.id) } })
    let measured: Measurement
    switch objective.indicator {
    case .ratio(let good, let total):
      let totals = series.filter { total.matches($0.id) }
      measured = Measurement.counters(
        good: series.filter { good.matches($0.id) }, total: totals, span: span,
        observation: seen(totals), starts: starts)
    case .ratioRows:
      measured = Measurement.rows(
        good: series.filter { $0.id.value(of: "column") == Array("good".utf8) },
        total: series.filter { $0.id.value(of: "column") == Array("total".utf8) }, span: span,
        observation: seen(series))
    case .latency(_, let bound):
      measured = Measurement.latency(
        series, atMost: bound, span: span, rows: rows, starts: starts, observation: seen)
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
      measured = Measurement.incidents(
        incidents.filter { severities.contains($0.severity) && selector.matches($0) },
        span: span, spans: spans, rejects: Measurement.rejects(of: series))
    }
    self = measured.budgeted(by: objective.method).countingMissing(for: objective, in: span)
    grain = Measurement.grain(of: objective)
    if case .incidents = objective.indicator { rejectsRepeat = true }
    guard !rows else { return }
    let counted =
      switch objective.indicator {
      case .ratio(_, let total): series.filter { total.matches($0.id) }
      case .latency: series.filter { $0.id.bucketBound == .infinity }
      default: series
      }
    changes = SeriesChanges(of: counted, interval: observation.interval, starts: starts)
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
    good: [Series], total: [Series], span: Window, observation: Observation, starts: CounterStarts
  ) -> Measurement {
    let longest = observation.interval.map { $0 * 2.5 } ?? .zero
    func steps(of series: Series) -> [CounterIncrease.Step] {
      CounterIncrease.steps(
        of: series.cells, from: starts.starts(of: series.id), within: longest.nanoseconds)
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
    let inside = totalSteps.joined().filter { span.contains(Instant(seconds: $0.minute * 60)) }
    let overGaps = inside.filter {
      $0.amount > 0 && Duration.nanoseconds($0.first - $0.after) > longest
    }
    let tally = builder.finish()
    return Measurement(
      tally: tally, unit: whole ? .events : .millionths, observation: observation,
      rejects: rejects(of: good, partOf: total),
      resets: Set(inside.filter(\.isReset).map(\.minute)).sorted(),
      stepsOverGaps: Set(
        overGaps.map {
          Window(start: Instant(nanoseconds: $0.after), end: Instant(nanoseconds: $0.first))
        }
      ).sorted { $0.start < $1.start })
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
      observation: Observation(interval: observation.interval, observed: recency.known),
      rejects: rejects)
  }

  /// Books time that was not measured as bad, where the objective asks for that and time is what it counts.
  ///
  /// That is the time itself, every slice that lies in a gap, or every check that was due.
  func countingMissing(for objective: Objective, in span: Window) -> Measurement {
    guard objective.missing == .bad else { return self }
    var builder = TallyBuilder(span: span)
    for position in tally.minutes.indices {
      let counts = tally.counts(at: position..<position + 1)
      builder.add(good: counts.good, total: counts.total, at: tally.minutes[position])
    }
    let missing = observation.observed.gaps(in: span)
    let minute: Int64 = 60_000_000_000
    let (every, weight): (Int64, Int64)
    switch (objective.method, objective.indicator, observation.interval) {
    case (.timeslices(let length, _), _, _), (.occurrences, .slices(_, _, let length), _):
      (every, weight) = (max(1, length.nanoseconds / minute), 1)
    case (.ratioTimeslices(let length), _, _):
      (every, weight) = (max(1, length.nanoseconds / minute), 1_000_000_000)
    case (.occurrences, .uptime, let interval?) where interval > .zero:
      // More often than every minute: as many in each minute.
      let length = interval.nanoseconds
      (every, weight) = (max(1, length / minute), max(1, minute / length))
    case (.occurrences, _, _):
      guard unit == .time else { return self }
      builder.add(missing, isGood: false)
      (every, weight) = (1, 0)
    }
    let measured = Set(tally.minutes)
    for gap in missing.windows where weight > 0 {
      var start = (gap.start.nanoseconds - 1).dividedDown(by: every * minute) * every + every
      while (start + every) * minute <= gap.end.nanoseconds {
        if !measured.contains(start) { builder.add(good: 0, total: weight, at: start) }
        start += every
      }
    }
    return Measurement(
      tally: builder.finish(), unit: unit, observation: observation, rejects: rejects,
      resets: resets, stepsOverGaps: stepsOverGaps, buckets: buckets, missingIsBad: true)
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

extension Int64 {
  /// The nearest whole number, stopping at the ends of the range; 0 for NaN.
  init(clamping value: Double) {
    if value.isNaN {
      self = 0
    } else if value >= 9.2e18 {
      self = .max
    } else if value <= -9.2e18 {
      self = .min
    } else {
      self = Int64(value.rounded())
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
