import Charts
public import Model

/// When an item of capacity fills up.
public struct ForecastFigure: FigureKind {
  public let name = "forecast"
  public let shows = "where a capacity item goes, and when it meets its limits"
  public let absence = "no service has `capacity`"

  public init() {}

  public func figure(of report: Report) -> Figure? { figure(report.story) }

  /// Of the worst item that has a forecast, or else of the worst.
  func figure(_ story: Story) -> Figure? {
    story.capacity.worst.map {
      Figure(
        $0, asOf: story.zone.date(at: story.facts.period.end - .nanoseconds(1)), zone: story.zone)
    }
  }
}

extension Figure {
  /// - Parameters:
  ///   - item: what fills up.
  ///   - asOf: the last day of the past.
  ///   - zone: that of the days.
  public init(_ item: CapacityFacts, asOf: CivilDate, zone: ZoneOffsets) {
    let drawing = Fan(item, asOf: asOf)
    let chart = drawing.chart(in: zone)
    self.init(
      name: "forecast", heading: drawing.heading, subheading: drawing.subheading,
      description: drawing.description
    ) { size, title, description in
      chart.scene(size: size, title: title, description: description)
    }
  }
}

/// What the drawing of an item shows.
private struct Fan {
  let item: CapacityFacts
  let asOf: CivilDate
  private let words: CapacityWords
  /// Values are drawn in a unit that suits their size.
  private let scale: (factor: Double, unit: String)
  private let first: CivilDate

  init(_ item: CapacityFacts, asOf: CivilDate) {
    (self.item, self.asOf) = (item, asOf)
    words = CapacityWords(item)
    let largest = (item.days.map(\.value) + (item.forecast?.ahead.map(\.upper95) ?? [])).max() ?? 0
    scale = Wording.scale(for: max(largest, item.limit?.value ?? 0), unit: item.unit)
    let quarter = asOf.adding(days: -90)
    let start = min(quarter, item.forecast?.since ?? quarter)
    first = max(item.days.first?.day ?? quarter, start)
  }

  var heading: String {
    guard let due = item.due else { return Wording.heading(item.title, "") }
    if due.answer == .passed {
      return Wording.heading(item.title, " has passed \(words.dueName)")
    }
    guard let likely = due.likely else { return Wording.heading(item.title, "") }
    return Wording.heading(
      item.title, " is likely to meet \(words.dueName) on \(Wording.date(likely))")
  }

  var subheading: String {
    let unit = scale.unit.isEmpty ? "" : ", \(scale.unit)"
    let bands =
      item.forecast == nil
      ? "" : " Dashed: the fit. Shaded: 80 and 95\(Wording.space)% of what is likely."
    return "\(item.title)\(unit), by day.\(bands)"
  }

  var description: String {
    let dates = [("warning", item.warning), ("critical", item.critical), ("limit", item.limit)]
      .compactMap { name, crossing in crossing.map { "\(name) \(words.date(of: $0))" } }
    return
      "\(item.title): now \(words.now), \(item.forecast.map { "on \(Wording.date($0.day)) " } ?? "")\(words.ahead). "
      + (dates.isEmpty ? "" : "\(Wording.listed(dates).capitalizedFirst). ")
      + words.method.capitalizedFirst.ended
  }

  func chart(in zone: ZoneOffsets) -> FanChart {
    let forecast = item.forecast
    let last = forecast?.day ?? asOf.adding(days: 30)
    let shown = item.days.filter { $0.day >= first }
    return FanChart(
      days: first...max(first, last), asOf: asOf,
      measured: shown.map { FanChart.Day($0.day, scaled($0.value)) }, fit: fit,
      expected: forecast?.ahead.map { day in
        FanChart.Expected(
          day.day, mean: scaled(day.mean),
          range80: scaled(day.lower80)...scaled(day.upper80),
          range95: scaled(day.lower95)...scaled(day.upper95))
      } ?? [],
      limits: limits, last: "\(words.now) \(shown.last?.day == asOf ? "today" : "at last")",
      end: forecast.map { _ in FanChart.Words(words.aheadMean, detail: words.aheadRange) },
      note: note,
      absence: Absence(
        title: "No data", detail: Wording.days(from: first, to: asOf), isMissing: true),
      least: 0, most: item.unit == "percent" ? 100 : nil, unit: scale.unit, zone: zone)
  }

  private func scaled(_ value: Double) -> Double { value / scale.factor }

  private var fit: FanChart.Fit? {
    guard let forecast = item.forecast, let end = item.days.last?.day, forecast.since < end else {
      return nil
    }
    // A fit that starts left of the axis is drawn from there on.
    let start = max(forecast.since, first)
    let whole = Double(end.dayNumber - forecast.since.dayNumber)
    let part = Double(start.dayNumber - forecast.since.dayNumber) / whole
    let value = forecast.fittedStart + (forecast.fittedEnd - forecast.fittedStart) * part
    return FanChart.Fit(
      from: FanChart.Day(start, scaled(value)), to: FanChart.Day(end, scaled(forecast.fittedEnd)),
      label: start == forecast.since ? "the fit starts \(Wording.date(start))" : "")
  }

  private var limits: [FanChart.Limit] {
    let all: [(FanChart.Limit.Kind, CapacityFacts.CrossingFacts?)] = [
      (.critical, item.critical), (.limit, item.limit), (.warning, item.warning),
    ]
    return all.compactMap { kind, crossing in
      guard let crossing else { return nil }
      let name = crossing.share.map { Wording.used($0) }
      return FanChart.Limit(
        kind, bad: item.fallsToLimit ? .below : .above,
        steps: crossing.steps.map {
          FanChart.Limit.Step(
            from: $0.day, value: scaled($0.value),
            label: name ?? "\(kind.noun) \(words.quantity($0.value))")
        },
        crossing: mark(crossing, name ?? kind.noun))
    }
  }

  private func mark(_ crossing: CapacityFacts.CrossingFacts, _ name: String) -> FanChart.Crossing? {
    switch crossing.answer {
    case .passed:
      let day = item.passed(crossing)
      let since = day.map { " \(Wording.date($0))" } ?? ""
      return FanChart.Crossing(
        likely: day.flatMap { $0 < first ? nil : $0 },
        words: FanChart.Words("\(name) passed\(since)"))
    case .date:
      return crossing.likely.map {
        FanChart.Crossing(
          likely: $0, earliest: crossing.earliest, latest: crossing.latest,
          words: FanChart.Words(
            "\(name) on \(Wording.date($0))", detail: CapacityWords.range(crossing, around: $0)))
      }
    case .notWithinHorizon, .noPrediction: return nil
    }
  }

  private var note: FanChart.Words? {
    if let doubt = item.doubt {
      return FanChart.Words("no prediction", detail: CapacityWords.doubt(doubt))
    }
    if let reason = item.due?.reason {
      return FanChart.Words("no date", detail: CapacityWords.doubt(reason))
    }
    guard let forecast = item.forecast, forecast.slopePerDay < 0, !item.fallsToLimit else {
      return nil
    }
    return FanChart.Words("falling")
  }
}

extension FanChart.Limit.Kind {
  fileprivate var noun: String {
    switch self {
    case .warning: "warning"
    case .critical: "critical"
    case .limit: "limit"
    }
  }
}
