import Analytics
import Model
import Testing

/// The published examples of `Tests/Fixtures/vectors`, answered by our functions.
@Suite("The vectors of the field")
struct VectorTests {
  @Test("are answered as published, or as stated beside them", arguments: try Vector.all())
  func answered(vector: Vector) throws {
    guard !notBuilt.contains(vector.topic) else { return }
    _ = try verdict(on: vector)
  }

  @Test("are all decided: agreed with, stated beside, or not built")
  func decided() throws {
    var (agree, beside, open): ([String], [String], [String]) = ([], [], [])
    for vector in try Vector.all() {
      if notBuilt.contains(vector.topic) {
        open.append(vector.id)
      } else if try verdict(on: vector) {
        agree.append(vector.id)
      } else {
        beside.append(vector.id)
      }
    }
    #expect(agree.count == 106, "agree: \(agree.joined(separator: " "))")
    #expect(beside.count == 21, "stated beside: \(beside.joined(separator: " "))")
    #expect(open.count == 19, "not built: \(open.joined(separator: " "))")
    let topics = Set(try Vector.all().map(\.topic))
    #expect(notBuilt.subtracting(topics).isEmpty, "a topic that no vector has")
    #expect(Set(VectorTests.besides.keys).subtracting(try Vector.all().map(\.id)).isEmpty)
  }

  /// Topics that no function here answers (durations, G24 and G25, stand with the definitions).
  private let notBuilt: Set<String> = [
    "absent_for_minutes", "changes", "composite_ratio_timeslices", "detection_minutes",
    "detection_seconds", "duration_parse", "idelta", "irate",
    "mad_over_time", "probe_bounds", "serial_availability",
    "stddev_over_time", "stdvar_over_time", "strict_fields",
    "traffic_weighted_burn", "zero_failures_needed",
  ]

  /// Whether our answer is the published one; `false` for one that is stated beside it.
  private func verdict(on vector: Vector) throws -> Bool {
    let ours = try answer(vector)
    if let stated = VectorTests.besides[vector.id] {
      guard ours.agrees(with: stated, within: 1e-6) else {
        throw VectorError.differs(got: "\(ours)", expected: stated)
      }
      // An answer that agrees anyway need not stand beside.
      #expect(!ours.agrees(with: vector.expect, within: vector.tolerance))
      return false
    }
    guard ours.agrees(with: vector.expect, within: vector.tolerance) else {
      throw VectorError.differs(got: "\(ours)", expected: vector.expect)
    }
    return true
  }

  private func answer(_ vector: Vector) throws -> Datum {
    let given = vector.given
    switch vector.topic {
    case "increase", "rate", "delta", "resets", "staleness", "avg_over_time",
      "quantile_over_time":
      return try counter(vector)
    case "deriv", "predict_linear", "days_to_exhaustion": return try line(vector)
    case "histogram_quantile_classic", "histogram_fraction_classic", "histogram_quantile_native",
      "histogram_fraction_native", "histogram_avg_native", "apdex":
      return try histogram(vector)
    case "budget_minutes": return .number(try minutesLeft(given))
    case "budget_seconds": return .number(try minutesLeft(given) * 60)
    case "budget_share": return .number(try share(given))
    case "budget_events", "budget_windows", "occurrences_budget":
      let total = try (given["total"] == .null ? given["windows"] : given["total"]).number()
      return try each(given["target"]) {
        Double(ErrorBudget(bad: 0, of: Int64(total), target: try target($0)).allowedEvents)
      }
    case "budget_remaining_pct":
      let good = Int64((try given["status"].number() * 1000).rounded())
      let target = try target(given["target"].number() / 100)
      return .number(ErrorBudget(bad: 100_000 - good, of: 100_000, target: target).left * 100)
    case "budget_consumed":
      let target = try target(given["target"].number())
      return .list(
        try given["good_total"].list.map { pair in
          guard let level = try level(pair) else { return "none" }
          return .number(ErrorBudget(bad: level.bad, of: level.total, target: target).consumed)
        })
    case "burn_rate": return try burnRate(given)
    case "burn_factor", "burn_thresholds_table": return try factors(given)
    case "max_burn":
      return try each(given["target"]) {
        BurnRate(EventCounts(good: 0, total: 1), against: try target($0))?.multiple ?? .nan
      }
    case "time_to_exhaustion_hours":
      let window = Duration.days(Int64(try given["window_days"].number()))
      return try each(given["burn"]) { burn in
        // Of 1000 events 99.9 % allows one: as many bad ones as the rate says.
        let rate = BurnRate(
          EventCounts(good: 1000 - Int64(burn), total: 1000), against: try target(0.999))
        return (rate?.timeToExhaustion(of: window)).map { $0 / .hours(1) } ?? .nan
      }
    case "low_traffic": return try lowTraffic(given)
    case "sli_ratio":
      return .number(try level(.list([given["good"], given["total"]]))?.share ?? .nan)
    case "calendar_burn_down": return try burnDown(given)
    case "calendar_expected_line": return try evenLine(given)
    case "scaled_windows":
      let pairs = BurnWindow.pairs(for: .days(Int64(try given["window_days"].number())))
      return .map([
        "long_min": .list(pairs.map { .number($0.long / .minutes(1)) }),
        "short_min": .list(pairs.map { .number($0.short / .minutes(1)) }),
        "factors": .list(pairs.map { .number($0.factor) }),
      ])
    case "slo_generator_report": return try report(given)
    case "event_validity":
      return .list(
        try given["good_bad"].list.map { pair in
          let (good, bad) = (try pair.list[0].number(), try pair.list[1].number())
          let level = ServiceLevel(EventCounts(good: Int64(good), total: Int64(good + bad)))
          return level.map { .number($0.share) } ?? "none"
        })
    case "occurrences", "timeslices", "ratio_timeslices": return try budgeting(given, vector.topic)
    case "timeslices_budget", "slices_per_window": return try sliceBudget(given)
    case "ratio_timeslices_attack": return try attack(given)
    case "time_slice_uptime", "time_slice_uptime_groups": return try sliceUptime(given)
    case "timeslices_low_traffic":
      let (all, bad) = (try given["slices"].number(), try given["bad_slices"].number())
      let counts = EventCounts(good: Int64(all - bad), total: Int64(all))
      let rate = BurnRate(counts, against: try target(given["target"].number()))
      return .number(rate?.multiple ?? .nan)
    case "uptime_pct":
      let period = Duration.days(Int64(try given["period_days"].number())).nanoseconds
      let down = Duration.hours(Int64(try given["down_h"].number())).nanoseconds
      let level = ServiceLevel(EventCounts(good: period - down, total: period))
      return .number((level?.share ?? .nan) * 100)
    case "week_start", "quarter_start", "month_end_day", "calendar_window",
      "rolling_window_start", "month_seconds", "month_divisor":
      return try calendar(given, vector.topic)
    case "objective_range":
      let targets =
        given["target"] == .null
        ? try given["targetPercent"].numbers().map { $0 / 100 } : try given["target"].numbers()
      return .list(targets.map { (try? target($0)) == nil ? "error" : "ok" })
    case "wilson_interval":
      let interval = RatioInterval(
        good: Int64(try given["good"].number()), total: Int64(try given["total"].number()))
      return .list([.number(interval?.lower ?? .nan), .number(interval?.upper ?? .nan)])
    case "config_error":
      let pairs = BurnWindow.pairs(for: .days(Int64(try given["window_days"].number())))
      return pairs.count == 4 ? "no error" : "error"
    case "float_noise":
      let objective = try percent(99, perMille: 9)
      return .list([
        .number(Double(objective.partsPerBillion) / 1e9),
        .number(Double(objective.allowance) / 1e9),
      ])
    default: return try incidents(vector)
    }
  }

  // MARK: Budgets and burn

  private func minutesLeft(_ given: Datum) throws -> Double {
    let window = try given["window_days"].number() * 86_400e9
    let spent = given["spent_min"] == .null ? 0 : try given["spent_min"].number() * 60e9
    let budget = ErrorBudget(
      bad: Int64(spent), of: Int64(window), target: try target(given["target"].number()))
    return Double(budget.allowedEvents) * budget.left / 60e9
  }

  private func share(_ given: Datum) throws -> Double {
    let target = try target(given["target"].number())
    if given["total"] != .null {
      let bad = Int64(try given["bad"].number())
      return ErrorBudget(bad: bad, of: Int64(try given["total"].number()), target: target).consumed
    }
    let bad = try given["err"].number() * given["minutes"].number() * 60e9
    let window = Duration.days(Int64(try given["window_days"].number()))
    return ErrorBudget(bad: Int64(bad), of: window.nanoseconds, target: target).consumed
  }

  private func burnRate(_ given: Datum) throws -> Datum {
    guard given["good_total"] != .null else {
      let good = Int64((try given["sli"].number() * 1e6).rounded())
      let rate = BurnRate(
        EventCounts(good: good, total: 1_000_000), against: try target(given["target"].number()))
      return .number(rate?.multiple ?? .nan)
    }
    return .list(
      try zip(given["good_total"].list, given["target"].numbers()).map { pair, goal in
        let counts = EventCounts(
          good: Int64(try pair.list[0].number()), total: Int64(try pair.list[1].number()))
        return BurnRate(counts, against: try target(goal)).map { .number($0.multiple) } ?? "none"
      })
  }

  private func factors(_ given: Datum) throws -> Datum {
    let window: Duration
    var rows: [(share: Double, hours: Double)]
    if given["rows"] != .null {
      rows = try given["rows"].list.map { (try $0.list[0].number(), try $0.list[1].number()) }
    } else if given["shares"] != .null {
      rows = Array(zip(try given["shares"].numbers(), try given["long_h"].numbers()))
    } else {
      // The vendor's table names no shares; these are what its note says.
      let shares =
        try given["window_days"].number() == 7 ? [0.1, 0.2, 0.4] : [0.02, 0.05, 0.1]
      rows = Array(zip(shares, try given["long_h"].numbers()))
    }
    window =
      given["window_h"] == .null
      ? .days(Int64(try given["window_days"].number()))
      : .hours(Int64(try given["window_h"].number()))
    return .list(
      rows.map {
        .number(BurnWindow.factor(spending: $0.share, of: window, in: .hours(Int64($0.hours))))
      })
  }

  private func lowTraffic(_ given: Datum) throws -> Datum {
    let hourly = Int64(try given["requests_per_hour"].number())
    let bad = Int64(try given["bad"].number())
    let target = try target(given["target"].number())
    let month = hourly * 24 * Int64(try given["window_days"].number())
    let budget = ErrorBudget(bad: bad, of: month, target: target)
    let counts = EventCounts(good: hourly - bad, total: hourly)
    return .map([
      "hour_error_ratio": .number(1 - (ServiceLevel(counts)?.share ?? .nan)),
      "budget_events": .number(Double(bad) / budget.consumed),
      "budget_share": .number(budget.consumed),
      "burn_1h": .number(BurnRate(counts, against: target)?.multiple ?? .nan),
    ])
  }

  private func report(_ given: Datum) throws -> Datum {
    let (good, bad) = (Int64(try given["good"].number()), Int64(try given["bad"].number()))
    let target = try target(given["goal"].number())
    let budget = ErrorBudget(bad: bad, of: good + bad, target: target)
    let counts = EventCounts(good: good, total: good + bad)
    let sli = ServiceLevel(counts)?.share ?? .nan
    let window = Int64(try given["window_s"].number())
    let minutes = Double(ErrorBudget(bad: 0, of: window, target: target).allowedEvents) / 60
    return .map([
      "sli": .number(sli), "gap": .number(sli - Double(target.partsPerBillion) / 1e9),
      "burn": .number(BurnRate(counts, against: target)?.multiple ?? .nan),
      "remaining_min": .number(budget.left * minutes), "budget_min": .number(minutes),
      "error_min": .number(budget.consumed * minutes),
    ])
  }

  private func burnDown(_ given: Datum) throws -> Datum {
    #expect(given["period"] == "2025-11")
    let window = Window(start: date(2025, 11, 1), end: date(2025, 12, 1))
    let days = try given["daily_availability_pct"].numbers()
    let tally = Tally(
      minutes: days.indices.map { window.start.seconds / 60 + Int64($0) * 1440 },
      good: days.map { Int64(($0 * 100).rounded()) }, total: days.map { _ in 10_000 })
    let line = BudgetTimeline(
      tally, window: window, until: date(2025, 11, 8), total: 30 * 10_000,
      target: try target(given["target"].number()))
    return .list(line.points.dropFirst().dropLast().map { .number($0.left * 100) })
  }

  /// What is left when the same share is spent every day.
  private func evenLine(_ given: Datum) throws -> Datum {
    let days = Int64(try given["period_days"].number())
    let tally = Tally(
      minutes: (0..<days).map { $0 * 1440 }, good: Array(repeating: 99, count: Int(days)),
      total: Array(repeating: 100, count: Int(days)))
    let line = BudgetTimeline(
      tally, window: span(0, days * 86_400), until: Instant(seconds: days * 86_400),
      total: days * 100, target: try percent(99))
    return try each(given["day"]) { line.points[Int($0)].left * 100 }
  }

  // MARK: Slices

  private func budgeting(_ given: Datum, _ topic: String) throws -> Datum {
    let good = try given["good"].numbers().map { Int64($0) }
    let total = try given["valid"].numbers().map { Int64($0) }
    let minutes = good.indices.map(Int64.init)
    let goal = try target(given["target"].number())
    let method: BudgetingMethod =
      switch topic {
      case "timeslices":
        .timeslices(every: .minutes(1), target: try target(given["slice_target"].number()))
      case "ratio_timeslices": .ratioTimeslices(every: .minutes(1))
      default: .occurrences
      }
    let counts = Measurement(
      tally: Tally(minutes: minutes, good: good, total: total), unit: .events,
      observation: Observation(interval: nil, observed: WindowSet())
    ).budgeted(by: method).tally.counts(in: span(0, 600))
    let level = try #require(ServiceLevel(counts))
    let consumed = ErrorBudget(bad: level.bad, of: level.total, target: goal).consumed
    var found: [String: Datum] = [
      "sli": .number(level.share), "consumed_pct": .number(consumed * 100),
    ]
    if topic == "timeslices" { found["good_slices"] = .number(Double(level.good)) }
    return .map(found)
  }

  private func sliceBudget(_ given: Datum) throws -> Datum {
    let length = try given["slice_min"].number()
    let slices = Int64(try given["window_days"].number() * 1440 / length)
    let budget = ErrorBudget(bad: 0, of: slices, target: try target(given["target"].number()))
    let allowed = Double(budget.allowedEvents)
    return .map([
      "slices": .number(Double(slices)), "bad_allowed": .number(allowed),
      "minutes": .number(allowed * length),
    ])
  }

  /// The minutes of attack at which the budget is used up, between the last whole one that is inside and the next.
  private func attack(_ given: Datum) throws -> Datum {
    let minutes = Int64(try given["window_days"].number()) * 1440
    let goal = try target(given["target"].number())
    func left(after attack: Int64) throws -> Double {
      let usual = Int64(try given["baseline"].number() * 100)
      let attacked = Int64(try given["attack_availability"].number() * 100)
      let events = Measurement(
        tally: Tally(
          minutes: Array(0..<minutes), good: (0..<minutes).map { $0 < attack ? attacked : usual },
          total: (0..<minutes).map { _ in 100 }), unit: .events,
        observation: Observation(interval: nil, observed: WindowSet()))
      let counts = events.budgeted(by: .ratioTimeslices(every: .minutes(1))).tally
        .counts(in: span(0, minutes * 60))
      return ErrorBudget(bad: counts.bad, of: counts.total, target: goal).left
    }
    let (before, after) = (try left(after: 822), try left(after: 823))
    #expect(before > 0 && after < 0)
    return .number(822 + before / (before - after))
  }

  private func sliceUptime(_ given: Datum) throws -> Datum {
    let minutes = Int(try given["window_min"].number())
    let length = Int64(try given["slice_min"].number())
    let groups =
      given["bad_slices"] == .null ? Int(try given["bad_slices_disjoint_groups"].number()) : 1
    let series = (0..<groups).map { group in
      samples(
        (0..<minutes).map { $0 == 100 * (group + 1) ? 9 : 1 }, "g",
        [Label("group", String(group))], from: 60)
    }
    let window = span(0, Int64(minutes) * 60)
    let measured = Measurement(
      objective(
        try percent(99), .slices(selector("g"), bound: .atMost(2), every: .minutes(length))),
      series: series, span: window, spans: WindowSet())
    return .number((ServiceLevel(measured.tally.counts(in: window))?.share ?? .nan) * 100)
  }

  // MARK: Calendar

  private func calendar(_ given: Datum, _ topic: String) throws -> Datum {
    func start(_ unit: ReportPeriod.Unit, _ text: String) throws -> Instant {
      ReportPeriod(unit, containing: try instant(text), in: .utc).window(in: .utc).start
    }
    let months = [(2026, 2), (2028, 2), (2026, 4), (2026, 1)].map { year, month in
      ReportPeriod(.month, containing: CivilDate(year: year, month: month, day: 9))
        .window(in: .utc).length
    }
    switch topic {
    case "week_start": return .text(stamp(try start(.week, given["at"].text())) + ":00Z")
    case "quarter_start":
      return .list(
        try given["at"].list.map { .text(String(stamp(try start(.quarter, $0.text())).prefix(10))) }
      )
    case "month_end_day":
      return .list(
        try given["at"].list.map { at in
          let month = ReportPeriod(.month, containing: try instant(at.text()), in: .utc)
          return .number(Double(month.next.adding(days: -1).day))
        })
    case "calendar_window":
      let rule = WindowRule.calendar(given["every"] == "1w" ? .week : .month)
      let window = rule.window(at: try instant(given["now"].text()), in: .utc)
      // The published answer is a pair of dates, or of times.
      let dates = vectorHasDates(given)
      return .list(
        [window.start, window.end].map {
          .text(dates ? String(stamp($0).prefix(10)) : stamp($0) + "Z")
        }
      )
    case "rolling_window_start":
      let lengths = ["30d": 30, "1M": 30, "1Q": 90] as [String: Int64]
      return .list(
        try given["length"].list.map { length in
          let rule = WindowRule.rolling(.days(lengths[try length.text()] ?? 0))
          let window = rule.window(at: try instant(given["now"].text()), in: .utc)
          return .text(stamp(window.start) + "Z")
        })
    case "month_seconds": return .list(months.map { .number($0 / .seconds(1)) })
    default: return .list(months.map { .number($0 / .days(1)) })
    }
  }

  private func vectorHasDates(_ given: Datum) -> Bool {
    if case .text(let now) = given["now"] { return now.count == 10 }
    return false
  }

  /// Reads `2026-10-18`, `2026-10-18T08:31Z` and `2026-10-18T08:31:59Z`.
  private func instant(_ text: String) throws -> Instant {
    let parts = text.split(whereSeparator: { "-T:Z".contains($0) }).compactMap { Int64($0) }
    guard parts.count >= 3 else { throw VectorError.notAText(.text(text)) }
    let time = (parts + [0, 0, 0])[3..<6]
    let day = date(Int(parts[0]), Int(parts[1]), Int(parts[2]))
    return day + .seconds(time.reduce(0) { $0 * 60 + $1 })
  }

  /// `2026-10-18T08:31`.
  private func stamp(_ instant: Instant) -> String {
    let local = ZoneOffsets.utc.local(instant)
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    return "\(local.date.year)-\(two(local.date.month))-\(two(local.date.day))"
      + "T\(two(local.second / 3600)):\(two(local.second / 60 % 60))"
  }

  // MARK: Reading

  private func target(_ share: Double) throws -> Target {
    try Target(partsPerBillion: Int64((share * 1e9).rounded()))
  }

  private func level(_ pair: Datum) throws -> ServiceLevel? {
    ServiceLevel(
      EventCounts(good: Int64(try pair.list[0].number()), total: Int64(try pair.list[1].number())))
  }

  /// A number for a number, a list for a list.
  func each(_ given: Datum, _ answer: (Double) throws -> Double) throws -> Datum {
    if case .list(let list) = given {
      return .list(try list.map { .number(try answer($0.number())) })
    }
    return .number(try answer(given.number()))
  }
}

extension Vector {
  /// How exactly the source prints its answers.
  fileprivate var tolerance: Double {
    switch id {
    case "F53", "G10", "G11", "G01", "G03", "G07", "G12", "I05": 1e-3
    case "F19", "I06": 1.5e-5
    default: 1e-6
    }
  }
}

extension Datum {
  /// Numbers within a relative tolerance, or within an absolute one below 1; maps by the keys of the published answer.
  fileprivate func agrees(with published: Datum, within tolerance: Double) -> Bool {
    switch (self, published) {
    case (.number(let one), .number(let other)):
      return abs(one - other) <= tolerance * max(1, abs(other))
    case (.list(let one), .list(let other)):
      return one.count == other.count
        && zip(one, other).allSatisfy { $0.agrees(with: $1, within: tolerance) }
    case (.list(let one), .number) where one.count == 1:
      return one[0].agrees(with: published, within: tolerance)
    case (.map(let one), .map(let other)):
      return other.allSatisfy { key, value in
        one[key].map { $0.agrees(with: value, within: tolerance) } ?? false
      }
    default: return self == published
    }
  }
}

extension Datum: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByStringLiteral
{
  init(floatLiteral value: Double) { self = .number(value) }
  init(integerLiteral value: Int) { self = .number(Double(value)) }
  init(stringLiteral value: String) { self = .text(value) }
}
