public import Analytics
public import Model

/// What is known of an item of capacity.
public struct CapacityFacts: Codable, Hashable, Sendable {
  /// `service/item`, or `service/item/value` of a label.
  public let name: String
  public let title: String
  public let owner: String?
  /// `bytes`, `percent`, or what is counted.
  public let unit: String?
  /// The newest value; `nil` without any.
  @OrNull public private(set) var now: ValueFacts?
  /// Free space: the limit is met from above.
  public let fallsToLimit: Bool
  /// When each threshold is met; absent where there is none.
  @OrNull public private(set) var warning: CrossingFacts?
  @OrNull public private(set) var critical: CrossingFacts?
  @OrNull public private(set) var limit: CrossingFacts?
  /// The limit is measured, and was not.
  public let limitIsUnknown: Bool
  @OrNull public private(set) var forecast: OutlookFacts?
  /// Why there is no forecast.
  @OrNull public private(set) var doubt: DoubtFacts?
  public let leadTimeDays: Int?
  /// The day by which more has to be ordered: the earliest day of the limit less the lead time.
  @OrNull public private(set) var orderBy: CivilDate?
  /// The critical share, or else the limit, is passed or likely to be met inside the horizon.
  public let needsAction: Bool
  /// Complete days after the last that has a value.
  public let daysWithoutValue: Int
  /// Days whose value was below 0, which no size is: left out.
  public let negativeDays: Int
  /// Whether the days rise or fall, said only where it is proved; absent without any day, and where nobody asked.
  public let trend: TrendFacts?
  /// What the report before said of it; absent outside of a report, and where there was none.
  public internal(set) var before: EarlierFacts?
  /// The newest forecast of an earlier report whose last day has come.
  public internal(set) var kept: KeptFacts?
  /// One value for each complete local day that has any, the last 400.
  public let days: [DayFacts]

  public struct ValueFacts: Codable, Hashable, Sendable {
    public let at: Instant
    public let value: Double
    /// Of the limit as it is now; `nil` without one, and of free space.
    public let share: Double?
  }

  public struct DayFacts: Codable, Hashable, Sendable {
    public let day: CivilDate
    public let value: Double
  }

  public struct CrossingFacts: Codable, Hashable, Sendable {
    public enum Answer: String, Codable, Hashable, Sendable {
      case passed, date, notWithinHorizon, noPrediction
    }

    /// What has to be met, as it is on the day of the forecast.
    public let value: Double
    /// Of the limit; absent of the limit itself and of what falls.
    public let share: Double?
    /// What holds from which day on, since the first of ``CapacityFacts/days``.
    public let steps: [DayFacts]
    public let answer: Answer
    @OrNull public private(set) var earliest: CivilDate?
    @OrNull public private(set) var likely: CivilDate?
    @OrNull public private(set) var latest: CivilDate?
    /// Why nothing is predicted.
    @OrNull public private(set) var reason: DoubtFacts?
  }

  public struct DoubtFacts: Codable, Hashable, Sendable {
    public enum Reason: String, Codable, Hashable, Sendable {
      case noData, severalSeries, unusable, contradicting, tooFewValues, stale, recentJump, noTrend,
        tooIrregular
    }

    public let reason: Reason
    /// Series, readings, values or days.
    public let count: Int?
    /// More or better data would mend it.
    public let lacksData: Bool
  }

  /// The forecast for the last day of the horizon, and how it was made.
  public struct OutlookFacts: Codable, Hashable, Sendable {
    public let day: CivilDate
    public let mean: Double
    public let lower80: Double
    public let upper80: Double
    public let lower95: Double
    public let upper95: Double
    /// `allDays`, `days90`, `days28` or `stays`.
    public let line: Forecast.Line
    public let since: CivilDate
    public let slopePerDay: Double
    /// The line on the first day of the fit and on the last that was measured, without the pattern of the week.
    public let fittedStart: Double
    public let fittedEnd: Double
    /// Past misses were larger than the line promises.
    public let isWidened: Bool
    /// How often the 95 % interval held, of so many forecasts of the past that are due.
    public let held: Int
    public let origins: Int
    public let outliers: [CivilDate]
    public let jumps: [CivilDate]
    public let hasWeeklyPattern: Bool
    /// From the day after the last that was measured on.
    public let ahead: [AheadFacts]
  }

  /// A day to come.
  public struct AheadFacts: Codable, Hashable, Sendable {
    public let day: CivilDate
    public let mean: Double
    public let lower80: Double
    public let upper80: Double
    public let lower95: Double
    public let upper95: Double
  }

  /// What an earlier report said of the critical share, or of the limit where there is none.
  public struct EarlierFacts: Codable, Hashable, Sendable {
    public let answer: CrossingFacts.Answer
    public let likely: CivilDate?
    public let value: Double?
  }

  /// A forecast of an earlier report beside what came.
  public struct KeptFacts: Codable, Hashable, Sendable {
    /// The last day that it knew.
    public let made: CivilDate
    public let day: CivilDate
    public let mean: Double
    public let lower95: Double
    public let upper95: Double
    /// The value of that day; absent where there is none.
    public let came: Double?

    /// It lies in the 95 % interval; absent where there is none.
    public var isInside: Bool? { came.map { lower95 <= $0 && $0 <= upper95 } }
  }

  /// - Parameters:
  ///   - assessment: the item and its forecast.
  ///   - withTrend: looks for trends, which takes many times as long as the forecast.
  public init(_ assessment: CapacityAssessment, withTrend: Bool = true) {
    let item = assessment.item
    name = ([item.fullName] + assessment.labels).joined(separator: "/")
    title = ([item.title] + assessment.labels).joined(separator: " ")
    owner = item.owner
    unit = item.unit
    let limit = assessment.limit
    let today = assessment.today
    let first = (assessment.days?.days.suffix(400).first).map { min($0, today) } ?? today
    fallsToLimit = item.limit?.side == .falling
    let share: (Double) -> Double? = { value in
      limit.flatMap { limit in
        let bound = limit.value(on: today)
        return limit.kind == .above && bound > 0 ? value / bound : nil
      }
    }
    now = assessment.newest.map { ValueFacts(at: $0.at, value: $0.value, share: share($0.value)) }
    let unsure: CapacityAssessment.Doubt?
    switch assessment.forecast {
    case .success(let found): (forecast, unsure) = (OutlookFacts(found), nil)
    case .failure(let found): (forecast, unsure) = (nil, found)
    }
    func crossing(_ threshold: CapacityLimit?, _ isLimit: Bool) -> CrossingFacts? {
      threshold.map { threshold in
        let value = threshold.value(on: today)
        return CrossingFacts(
          value: value, share: isLimit ? nil : share(value),
          steps: threshold.steps(from: first).map { DayFacts(Int($0.from), $0.value) },
          assessment.answer(to: threshold), unsure)
      }
    }
    warning = crossing(assessment.warning, false)
    critical = crossing(assessment.critical, false)
    self.limit = crossing(limit, true)
    limitIsUnknown = item.limit != nil && limit == nil
    doubt = unsure.map(DoubtFacts.init)
    leadTimeDays = item.leadTime.map { Int(($0.seconds / 86_400).rounded(.up)) }
    orderBy =
      if let leadTimeDays, let limit, let answer = assessment.answer(to: limit),
        let day = answer.orderBy(leadTime: leadTimeDays)
      {
        CivilDate(dayNumber: Int64(day))
      } else {
        nil
      }
    needsAction = assessment.needsAction
    daysWithoutValue = assessment.days?.days.last.map { today - $0 } ?? 0
    negativeDays = assessment.days?.negative ?? 0
    trend = (withTrend ? assessment.days : nil).map {
      TrendFacts(TrendFinding($0), WeeklyAnomalies($0))
    }
    days = (assessment.days.map { Array(zip($0.days, $0.values)) } ?? []).suffix(400).map {
      DayFacts($0.0, $0.1)
    }
  }

  /// It has a forecast that meets no threshold, of which there are some.
  var isCalm: Bool {
    forecast != nil && due != nil && !limitIsUnknown
      && [warning, critical, limit].compactMap(\.self).allSatisfy {
        $0.answer == .notWithinHorizon && $0.earliest == nil
      }
  }

  /// It has a forecast, and nothing to meet.
  var isUnlimited: Bool { forecast != nil && due == nil && !limitIsUnknown }

  /// More or better data would give a prediction.
  public var lacksPrediction: Bool { doubt?.lacksData == true || limitIsUnknown }

  /// What has to be met first for action: the critical share, or the limit where there is none.
  public var due: CrossingFacts? { critical ?? limit }

  /// The first of the last days on which a threshold is passed; `nil` where it is not, or was on all of ``days``.
  func passed(_ crossing: CrossingFacts) -> CivilDate? {
    guard crossing.answer == .passed else { return nil }
    let met = days.lastIndex { day in
      let bound = crossing.steps.last { $0.day <= day.day } ?? crossing.steps.first
      guard let bound else { return false }
      return fallsToLimit ? day.value > bound.value : day.value < bound.value
    }
    guard let met, met + 1 < days.count else { return nil }
    return days[met + 1].day
  }

  /// The same with what earlier reports said of the item.
  ///
  /// - Parameters:
  ///   - earlier: in the report before.
  ///   - forecast: the newest one whose last day has come.
  /// - Returns: a copy.
  public func beside(_ earlier: CapacityFacts?, _ forecast: OutlookFacts?) -> CapacityFacts {
    var facts = self
    facts.before = earlier.map {
      EarlierFacts(
        answer: $0.due?.answer ?? .noPrediction, likely: $0.due?.likely, value: $0.now?.value)
    }
    facts.kept = forecast.map { old in
      KeptFacts(
        made: old.ahead.first?.day.adding(days: -1) ?? old.day, day: old.day, mean: old.mean,
        lower95: old.lower95, upper95: old.upper95,
        came: days.last { $0.day == old.day }?.value)
    }
    return facts
  }

  /// Worst first: what needs action by its day, then what is passed or near, what lacks data, and the rest by name.
  var rank: (Int, Int64, String) {
    let day = due?.likely?.dayNumber ?? due?.earliest?.dayNumber ?? .max
    if due?.answer == .passed { return (0, 0, name) }
    if needsAction { return (1, day, name) }
    if due?.earliest != nil { return (2, day, name) }
    // What has neither data nor a limit is the least.
    if doubt?.reason == .noData, due == nil, !limitIsUnknown { return (5, 0, name) }
    return (lacksPrediction ? 3 : 4, 0, name)
  }
}

extension CapacityFacts.DayFacts {
  fileprivate init(_ day: Int, _ value: Double) {
    self.init(day: CivilDate(dayNumber: Int64(day)), value: value)
  }
}

extension CapacityFacts.CrossingFacts {
  /// Of a budget, which is used up at 1.
  init(budget answer: LimitAnswer) { self.init(value: 1, share: nil, steps: [], answer, nil) }

  fileprivate init(
    value: Double, share: Double?, steps: [CapacityFacts.DayFacts], _ answer: LimitAnswer?,
    _ doubt: CapacityAssessment.Doubt?
  ) {
    func date(_ day: Int?) -> CivilDate? { day.map { CivilDate(dayNumber: Int64($0)) } }
    (self.value, self.share, self.steps) = (value, share, steps)
    earliest = date(answer?.earliest)
    switch answer {
    case .passed: (self.answer, likely, latest, reason) = (.passed, nil, nil, nil)
    case .date(_, let likely, let latest):
      (self.answer, self.likely, self.latest, reason) = (.date, date(likely), date(latest), nil)
    case .notWithinHorizon, .noLimit:
      (self.answer, likely, latest, reason) = (.notWithinHorizon, nil, nil, nil)
    case .noPrediction(let reason, _):
      (self.answer, likely, latest) = (.noPrediction, nil, nil)
      self.reason = CapacityFacts.DoubtFacts(.prediction(reason))
    case nil:
      (self.answer, likely, latest) = (.noPrediction, nil, nil)
      reason = doubt.map(CapacityFacts.DoubtFacts.init)
    }
  }
}

extension CapacityFacts.DoubtFacts {
  init(_ doubt: CapacityAssessment.Doubt) {
    lacksData = doubt.lacksData
    (reason, count) =
      switch doubt {
      case .noData: (.noData, nil)
      case .severalSeries(let count): (.severalSeries, count)
      case .unusable(let count): (.unusable, Int(clamping: count))
      case .contradicting(let count): (.contradicting, Int(clamping: count))
      case .prediction(.tooFewValues(let count)): (.tooFewValues, count)
      case .prediction(.stale(let days)): (.stale, days)
      case .prediction(.recentJump(let days)): (.recentJump, days)
      case .prediction(.noTrend): (.noTrend, nil)
      case .prediction(.tooIrregular): (.tooIrregular, nil)
      }
  }
}

extension CapacityFacts.OutlookFacts {
  fileprivate init(_ forecast: Forecast) {
    func date(_ day: Int) -> CivilDate { CivilDate(dayNumber: Int64(day)) }
    let last = forecast.mean.count - 1
    day = date(forecast.days.upperBound)
    mean = forecast.mean[last]
    (lower80, upper80) = (forecast.lower80[last], forecast.upper80[last])
    (lower95, upper95) = (forecast.lower95[last], forecast.upper95[last])
    line = forecast.line
    since = date(forecast.since)
    slopePerDay = forecast.slopePerDay
    (fittedStart, fittedEnd) = (forecast.fitted.start, forecast.fitted.end)
    isWidened = forecast.isWidened
    (held, origins) = (forecast.record.held, forecast.record.origins)
    outliers = forecast.outliers.map(date)
    jumps = forecast.jumps.map(date)
    hasWeeklyPattern = forecast.weeklyPattern != nil
    ahead = forecast.days.enumerated().map { place, day in
      CapacityFacts.AheadFacts(
        day: date(day), mean: forecast.mean[place], lower80: forecast.lower80[place],
        upper80: forecast.upper80[place], lower95: forecast.lower95[place],
        upper95: forecast.upper95[place])
    }
  }
}

extension [CapacityFacts] {
  /// The first, worst first, that has a forecast or is passed; else the first.
  var worst: CapacityFacts? {
    first { $0.forecast != nil || $0.due?.answer == .passed } ?? first
  }
}
