/// When a limit is met, one of four answers; and no limit.
public enum LimitAnswer: Hashable, Sendable {
  case noLimit
  /// The last value meets it.
  case passed
  /// The mean does not meet it; `earliest` is the day on which the 95 % interval does.
  case notWithinHorizon(earliest: Int?)
  /// `latest` is `nil` where the 80 % interval still reaches below the limit at the end of the horizon.
  case date(earliest: Int, likely: Int, latest: Int?)
  /// The interval meets the limit, and no date can be trusted.
  case noPrediction(NoPrediction, earliest: Int)

  public var earliest: Int? {
    switch self {
    case .noLimit, .passed: nil
    case .notWithinHorizon(let earliest): earliest
    case .date(let earliest, _, _), .noPrediction(_, let earliest): earliest
    }
  }

  /// The day by which more has to be ordered: the earliest day less the time it takes.
  public func orderBy(leadTime days: Int) -> Int? { earliest.map { $0 - days } }
}

extension Forecast {
  /// When a limit, as it holds on each day, is met.
  ///
  /// - Formula: passed where the last value meets it. Else `earliest` is the first day, not before `asOf`, whose 95 % bound meets
  ///   it; `likely` the one whose mean does; `latest` the one whose other 80 % bound does.
  /// - Edge cases: a value within a billionth of the limit meets it, since the last digit of a line is rounding.
  public func answer(to limit: CapacityLimit?) -> LimitAnswer {
    guard let limit else { return .noLimit }
    if limit.isMet(by: lastValue, on: asOf) { return .passed }
    let (near, far) = limit.kind == .above ? (upper95, lower80) : (lower95, upper80)
    guard let earliest = firstDay(of: near, meeting: limit) else {
      return .notWithinHorizon(earliest: nil)
    }
    if let doubt { return .noPrediction(doubt, earliest: earliest) }
    guard let likely = firstDay(of: mean, meeting: limit) else {
      return .notWithinHorizon(earliest: earliest)
    }
    return .date(
      earliest: earliest, likely: likely, latest: firstDay(of: far, meeting: limit))
  }

  private func firstDay(of values: [Double], meeting limit: CapacityLimit) -> Int? {
    days.first { day in
      guard day >= asOf else { return false }
      let (value, bound) = (values[day - days.lowerBound], limit.value(on: day))
      let rounding = 1e-9 * abs(bound)
      return switch limit.kind {
      case .above: value >= bound - rounding
      case .below: value <= bound + rounding
      }
    }
  }
}
