/// A straight line, chosen and measured on the item's own past, and how far from it the values may come.
///
/// Four forecasts are tried in each week of the past: all stays as today, and a line through the last 28 days, 90 days, and all
/// days. The one that missed least in the last 60 days is used; the band is widened to what its misses really were.
public struct Forecast: Hashable, Sendable {
  /// The four that are tried.
  ///
  /// The order decides between equals.
  public enum Line: String, Codable, Hashable, Sendable, CaseIterable {
    case allDays
    case days90
    case days28
    case stays

    /// The first day of a fit that ends before day `seen`, not before a cut.
    func start(after cut: Int, seen: Int) -> Int {
      switch self {
      case .allDays, .stays: cut
      case .days90: max(cut, seen - 90)
      case .days28: max(cut, seen - 28)
      }
    }
  }

  /// How often the interval held, counted by origins: a week's forecasts share most of their days.
  ///
  /// An origin counts once the last day of its horizon has a value. It held where that value lay inside of the 95 % interval that
  /// the method, the widening too, would have given there from what was known.
  public struct Record: Hashable, Sendable {
    public let held: Int
    public let origins: Int

    public init(held: Int, origins: Int) { (self.held, self.origins) = (held, origins) }
  }

  public struct Ends: Hashable, Sendable {
    public let start: Double
    public let end: Double

    public init(start: Double, end: Double) { (self.start, self.end) = (start, end) }
  }

  public let line: Line
  /// The first day of the fit.
  public let since: Int
  /// 0 where all stays.
  public let slopePerDay: Double
  /// The line, without the pattern of the week, on ``since`` and on ``lastDay``.
  public let fitted: Ends
  public let lastDay: Int
  public let lastValue: Double
  public let asOf: Int
  /// The days of the forecast: from the one after the last value to the last of the horizon.
  public let days: ClosedRange<Int>
  /// By day of ``days``.
  public let mean: [Double]
  public let lower80: [Double]
  public let upper80: [Double]
  public let lower95: [Double]
  public let upper95: [Double]
  /// Past misses were larger than the line promises.
  public let isWidened: Bool
  /// Mean absolute miss over that of *stays*; `nil` where nothing could be compared.
  public let scaledError: Double?
  public let record: Record
  /// Days that were left out as outliers.
  public let outliers: [Int]
  /// The days on which the level jumped.
  ///
  /// One alone cuts the past off; more are the nature of the item.
  public let jumps: [Int]
  /// What each day of the week is above the others, from that of the first value.
  public let weeklyPattern: WeeklyPattern?
  /// Why the line gives no date, however it meets a limit.
  public let doubt: NoPrediction?

  /// - Parameters:
  ///   - input: the item's values in absolute units.
  ///   - asOf: the day of the report, not before the last value.
  ///   - horizon: days after `asOf`.
  ///   - ceiling: what no value can exceed: 100 for percent.
  /// - Throws: ``NoPrediction/tooFewValues(_:)`` or ``NoPrediction/stale(days:)``.
  public init(
    _ input: DailyValues, asOf: Int, horizon: Int = 30, ceiling: Double = .infinity
  ) throws(NoPrediction) {
    guard let last = input.days.last, let lastValue = input.values.last, input.days.count >= 14
    else { throw .tooFewValues(input.days.count) }
    precondition(asOf >= last && horizon > 0)
    guard asOf - last <= 14 else { throw .stale(days: asOf - last) }
    let cleaned = CleanedDays(input)
    // A long gap leaves few of the last 400 days.
    guard cleaned.valueCount >= 14 else { throw .tooFewValues(cleaned.valueCount) }
    let test = BackTest(cleaned, horizon: horizon + asOf - last)
    guard let chosen = test.choice(mustStay: cleaned.hasRecentJump) else {
      throw .tooFewValues(cleaned.valueCount)
    }
    var variances = chosen.fit.promises(test.horizon)
    let (table, record) = test.record()
    isWidened = table.widen(&variances, seen: cleaned.count)

    let t = StudentT(degrees: chosen.fit.degrees)
    let (t80, t95) = (t.quantile(0.90), t.quantile(0.975))
    var (mean, half80, half95): ([Double], [Double], [Double]) = ([], [], [])
    chosen.fit.forEach(test.horizon) { ahead, value, _ in
      let pattern = cleaned.pattern?.profile[(cleaned.count - 1 + ahead) % 7] ?? 0
      mean.append((value + pattern) * cleaned.scale + cleaned.centre)
      let deviation = variances[ahead - 1].squareRoot() * cleaned.scale
      half80.append(t80 * deviation)
      half95.append(t95 * deviation)
    }
    func clipped(_ value: Double) -> Double { min(max(value, 0), ceiling) }
    self.mean = mean.map(clipped)
    lower80 = zip(mean, half80).map { clipped($0 - $1) }
    upper80 = zip(mean, half80).map { clipped($0 + $1) }
    lower95 = zip(mean, half95).map { clipped($0 - $1) }
    upper95 = zip(mean, half95).map { clipped($0 + $1) }
    line = chosen.line
    since = cleaned.firstDay + chosen.start
    slopePerDay = chosen.fit.slope * cleaned.scale
    func onLine(_ place: Int) -> Double {
      clipped(chosen.fit.level(at: place) * cleaned.scale + cleaned.centre)
    }
    fitted = Ends(start: onLine(chosen.start), end: onLine(cleaned.count - 1))
    (lastDay, self.lastValue, self.asOf) = (last, lastValue, asOf)
    days = last + 1...asOf + horizon
    scaledError = test.scaledError
    self.record = record
    outliers = cleaned.outliers.map { cleaned.firstDay + $0 }
    jumps = cleaned.jumps.map { cleaned.firstDay + $0 }
    weeklyPattern = cleaned.pattern?.scaled(by: cleaned.scale)
    doubt =
      if let newest = cleaned.jumps.last, cleaned.hasRecentJump {
        .recentJump(daysAgo: cleaned.count - newest)
      } else if chosen.line == .stays {
        .noTrend
      } else if test.isIrregular {
        .tooIrregular
      } else {
        nil
      }
  }
}
