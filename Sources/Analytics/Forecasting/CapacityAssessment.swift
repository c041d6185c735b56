public import Model

/// What an item of capacity, or one of its label values, holds; what comes; and when a limit is met.
public struct CapacityAssessment: Hashable, Sendable {
  /// Why there is no forecast.
  public enum Doubt: Error, Hashable, Sendable {
    case noData
    /// So many series are meant at the same time.
    case severalSeries(Int)
    /// So many readings after the newest that could be used could not.
    case unusable(Int64)
    /// So many readings of the last 14 days contradict others of the same moment.
    case contradicting(Int64)
    case prediction(NoPrediction)

    /// More or better data would mend it.
    public var lacksData: Bool {
      switch self {
      case .noData, .severalSeries, .unusable, .contradicting, .prediction(.tooFewValues),
        .prediction(.stale):
        true
      case .prediction(.recentJump), .prediction(.noTrend), .prediction(.tooIrregular): false
      }
    }
  }

  public struct Reading: Hashable, Sendable {
    public let at: Instant
    public let value: Double
  }

  public let item: CapacityItem
  /// The values of the labels by which the item is split.
  public let labels: [String]
  public let newest: Reading?
  /// Of complete local days.
  public let days: DailyValues?
  public let limit: CapacityLimit?
  public let warning: CapacityLimit?
  public let critical: CapacityLimit?
  public let forecast: Result<Forecast, Doubt>
  /// The local day of the instant of computation.
  public let today: Int

  /// - Parameters:
  ///   - item: what is assessed.
  ///   - labels: the values of the labels by which it is split.
  ///   - series: those that the item means, of these label values.
  ///   - limits: those of a measured limit.
  ///   - asOf: the instant of computation.
  ///   - horizon: days after it.
  ///   - zone: that of the days.
  public init(
    _ item: CapacityItem, labels: [String] = [], series: [Series], limits: [Series] = [],
    asOf: Instant, horizon: Int, zone: ZoneOffsets
  ) {
    self.item = item
    self.labels = labels
    today = Int(zone.date(at: asOf - .nanoseconds(1)).dayNumber)
    let side = item.limit?.side ?? .rising
    let limit = item.limit.flatMap {
      CapacityLimit($0, measured: limits, before: asOf, zone: zone)
    }
    self.limit = limit
    warning = item.limit?.warning.flatMap { threshold in limit?.threshold(threshold) }
    critical = item.limit?.critical.flatMap { threshold in limit?.threshold(threshold) }
    let filled = series.filter { series in series.cells.contains { $0.count > 0 } }
    guard let only = filled.first, filled.count == 1 else {
      (newest, days) = (nil, nil)
      forecast = .failure(filled.isEmpty ? .noData : .severalSeries(filled.count))
      return
    }
    newest = only.cells.last { $0.count > 0 && $0.last >= 0 }.map {
      Reading(at: Instant(nanoseconds: $0.lastTime), value: $0.last)
    }
    let days = DailyValues(of: only.cells, item.daily, side: side, before: asOf, zone: zone)
    self.days = days
    let last = newest?.at ?? Instant(nanoseconds: .min)
    let after = only.cells.filter { last.minute < $0.minute }
    let unusable = after.reduce(Int64(0)) { $0 + $1.rejects + ($1.count > 0 ? 1 : 0) }
    let contradicting = only.cells.filter { (asOf - .days(14)).minute <= $0.minute }
      .reduce(Int64(0)) { $0 + $1.conflicts }
    guard unusable == 0, contradicting == 0 else {
      forecast = .failure(unusable > 0 ? .unusable(unusable) : .contradicting(contradicting))
      return
    }
    do throws(NoPrediction) {
      forecast = .success(
        try Forecast(
          days, asOf: today, horizon: horizon,
          ceiling: item.unit == "percent" ? 100 : .infinity))
    } catch {
      forecast = .failure(.prediction(error))
    }
  }

  /// When a limit is met; `nil` where nothing is predicted and it is not passed.
  public func answer(to limit: CapacityLimit) -> LimitAnswer? {
    if let newest, limit.isMet(by: newest.value, on: today) { return .passed }
    return try? forecast.get().answer(to: limit)
  }

  /// It is passed, or its likely day is inside the horizon: of the critical share, or of the limit where there is none.
  public var needsAction: Bool {
    guard let due = critical ?? limit, let answer = answer(to: due) else { return false }
    return switch answer {
    case .passed, .date: true
    case .noLimit, .notWithinHorizon, .noPrediction: false
    }
  }
}

extension CapacityLimit {
  /// `nil` where a measured limit has no reading.
  fileprivate init?(
    _ limit: CapacityItem.Limit, measured: [Series], before asOf: Instant, zone: ZoneOffsets
  ) {
    let kind: Kind = limit.side == .rising ? .above : .below
    switch limit.bound {
    case .dated(let steps):
      self.init(
        steps.map { Step(from: $0.from.map { Int($0.dayNumber) } ?? .min, value: $0.value) },
        kind: kind)
    case .measured:
      let cells = measured.count == 1 ? measured[0].cells : []
      let last = cells.last { $0.count > 0 }
      let days = DailyValues(of: cells, .last, side: limit.side, before: asOf, zone: zone)
      var steps = zip(days.days, days.values).map { Step(from: $0, value: $1) }
      if let last {
        let today = Int(zone.date(at: Instant(nanoseconds: last.lastTime - 1)).dayNumber)
        steps.append(Step(from: today, value: last.last))
      }
      guard !steps.isEmpty else { return nil }
      self.init(steps, kind: kind)
    }
  }

  fileprivate func threshold(_ threshold: CapacityItem.Threshold) -> CapacityLimit {
    switch threshold {
    case .share(let parts): share(Double(parts) / 1e9)
    case .value(let value): CapacityLimit(value, kind: kind)
    }
  }
}
