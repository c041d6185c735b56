/// Whether a series rises or falls, said only where it is proved.
public enum TrendFinding: Hashable, Sendable {
  case rising(TheilSen)
  case falling(TheilSen)
  case notYetATrend(Reason)

  public enum Reason: Hashable, Sendable {
    /// Fewer than 14 daily values.
    case tooFewValues(Int)
    /// Chance, and the memory of the values from day to day, explain the slope.
    case notProved
    /// The level changed on these days, and is even before and after.
    case changedLevel(days: [Int])
  }

  /// - Formula: a trend has a Mann–Kendall probability below 5 %, a Theil–Sen interval without 0, both with the correction of
  ///   Hamed and Rao where it asks for more, and a least-squares slope beyond 1.96 of its deviations for values with a memory of a
  ///   day. Weekly pattern and outlier days are taken out before; where the level shifted, also without the shifts.
  /// - Returns: slopes are per day.
  public init(_ input: DailyValues) {
    guard input.days.count >= 14 else {
      self = .notYetATrend(.tooFewValues(input.days.count))
      return
    }
    let cleaned = CleanedDays(input)
    let days = (0..<cleaned.count).filter { cleaned.isPresent[$0] }
    let values = days.map { cleaned.values[$0] }
    guard values.count >= 14 else {
      self = .notYetATrend(.tooFewValues(values.count))
      return
    }
    let slope = TrendFinding.proved(days, values)
    let shifts = LevelShifts(values).shifts
    var level = values
    for shift in shifts {
      for place in shift.place..<level.count { level[place] -= shift.change }
    }
    guard shifts.isEmpty || TrendFinding.proved(days, level) != nil else {
      self = .notYetATrend(
        .changedLevel(days: shifts.map { cleaned.firstDay + days[$0.place] }))
      return
    }
    guard let slope else {
      self = .notYetATrend(.notProved)
      return
    }
    let found = slope.scaled(by: cleaned.scale, centre: cleaned.centre, firstDay: cleaned.firstDay)
    self = slope.slope > 0 ? .rising(found) : .falling(found)
  }

  private static func proved(_ days: [Int], _ values: [Double]) -> TheilSen? {
    guard let test = MannKendall(values),
      test.probability(corrected: false) < 0.05, test.probability(corrected: true) < 0.05,
      let slope = TheilSen(
        x: days.map(Double.init), y: values, correction: test.correction),
      slope.lower > 0 || slope.upper < 0,
      let line = WindowSums(days: days, values: values).line(
        from: 0, to: days[days.count - 1] + 1),
      line.slope * slope.slope > 0, abs(line.slope) > 1.96 * line.slopeDeviation
    else { return nil }
    return slope
  }
}
