/// Days that are far from what their weekday and the days around them lead to expect.
public struct WeeklyAnomalies: Hashable, Sendable {
  public struct Anomaly: Hashable, Sendable {
    public let day: Int
    public let value: Double
    public let expected: Double
    /// How many times the usual spread the value is away,
    ///   and as far from the seven before it and from the seven after it alone: beside a change of level no day is unusual.
    public let deviations: Double
  }

  /// In the order of days.
  public let anomalies: [Anomaly]
  /// Whether the weekdays differ enough to be told apart.
  public let hasPattern: Bool

  /// - Formula: a day is expected at the median of the up to seven values before and seven after it, without their weekly pattern
  ///   and each moved to it along their median slope, and its own weekday's part. It is an anomaly when it is more than 6 times 1.4826 · median |difference| away.
  /// - Edge cases: none with fewer than 28 values, or where more than half of the days are as expected to the last digit.
  public init(_ input: DailyValues) {
    guard input.days.count >= 28 else {
      (anomalies, hasPattern) = ([], false)
      return
    }
    let first = input.days[0]
    var values = [Double](repeating: 0, count: input.days[input.days.count - 1] - first + 1)
    var isPresent = [Bool](repeating: false, count: values.count)
    for (day, value) in zip(input.days, input.values) {
      values[day - first] = value
      isPresent[day - first] = true
    }
    let pattern = WeeklyPattern(values, isPresent: isPresent, count: input.days.count)
    hasPattern = pattern != nil
    func part(_ day: Int) -> Double { pattern?.profile[(day - first) % 7] ?? 0 }
    let plain = zip(input.days, input.values).map { $1 - part($0) }
    let expected = plain.indices.map { place in
      let near = (max(0, place - 7)..<min(plain.count, place + 8)).filter { $0 != place }
      let steps = near.map { Double(input.days[$0] - input.days[place]) }
      let slope = PairwiseSlopes(x: steps, y: near.map { plain[$0] }).median ?? 0
      return Median.of(zip(near, steps).map { plain[$0] - slope * $1 }) ?? 0
    }
    let misses = zip(plain, expected).map { $0 - $1 }
    let slope = PairwiseSlopes(x: input.days.map(Double.init), y: plain).median ?? 0
    /// How far a value is from the days on one side of it; infinite where there are none.
    func distance(_ place: Int, from side: Range<Int>) -> Double {
      guard !side.isEmpty else { return .infinity }
      let moved = side.map { plain[$0] - slope * Double(input.days[$0] - input.days[place]) }
      return abs(plain[place] - (Median.of(moved) ?? 0))
    }
    let spread = 1.4826 * (Median.of(misses.map(abs)) ?? 0)
    guard spread > 0 else {
      anomalies = []
      return
    }
    anomalies = misses.indices.compactMap { place in
      guard abs(misses[place]) > 6 * spread,
        distance(place, from: max(0, place - 7)..<place) > 6 * spread,
        distance(place, from: place + 1..<min(plain.count, place + 8)) > 6 * spread,
        // The last days have hardly any after them: three alike before them are another level.
        place + 3 < plain.count || distance(place, from: max(0, place - 3)..<place) > 6 * spread
      else { return nil }
      let day = input.days[place]
      return Anomaly(
        day: day, value: input.values[place], expected: expected[place] + part(day),
        deviations: misses[place] / spread)
    }
  }
}
