public import Analytics
public import Model

/// Whether daily values rise or fall, as far as it is proved.
public struct TrendFacts: Codable, Hashable, Sendable {
  public enum Answer: String, Codable, Hashable, Sendable {
    case rising, falling, changedLevel, notProved, tooFewValues
  }

  public let answer: Answer
  /// By day, with its 95 % interval; absent unless the values rise or fall.
  public let slope: Double?
  public let lower: Double?
  public let upper: Double?
  /// The days on which the level changed.
  public let changes: [CivilDate]
  /// Days unlike their weekday and the days around them.
  public let anomalies: [AnomalyFacts]

  public struct AnomalyFacts: Codable, Hashable, Sendable {
    public let day: CivilDate
    public let value: Double
    public let expected: Double
  }

  init(
    answer: Answer, slope: Double?, lower: Double?, upper: Double?, changes: [CivilDate],
    anomalies: [AnomalyFacts]
  ) {
    self.answer = answer
    (self.slope, self.lower, self.upper) = (slope, lower, upper)
    (self.changes, self.anomalies) = (changes, anomalies)
  }

  public init(_ finding: TrendFinding, _ unusual: WeeklyAnomalies) {
    let (slope, days): (TheilSen?, [Int])
    (answer, slope, days) =
      switch finding {
      case .rising(let line): (.rising, line, [])
      case .falling(let line): (.falling, line, [])
      case .notYetATrend(.tooFewValues): (.tooFewValues, nil, [])
      case .notYetATrend(.notProved): (.notProved, nil, [])
      case .notYetATrend(.changedLevel(let days)): (.changedLevel, nil, days)
      }
    (self.slope, lower, upper) = (slope?.slope, slope?.lower, slope?.upper)
    changes = days.map { CivilDate(dayNumber: Int64($0)) }
    anomalies = unusual.anomalies.map {
      AnomalyFacts(
        day: CivilDate(dayNumber: Int64($0.day)), value: $0.value, expected: $0.expected)
    }
  }
}
