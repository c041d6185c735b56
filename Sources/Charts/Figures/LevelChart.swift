public import Model

/// How close to perfect each day was, against a limit.
public struct LevelChart: Hashable, Sendable {
  public struct Period: Hashable, Sendable {
    public let window: Window
    /// What is missing to 1: 0.001 for 99.9 %, exactly 0 when nothing was bad; `nil` when nothing happened.
    public let short: Double?
    /// "Wed 14 Oct: 97.26 %".
    public let label: String
    /// On the wrong side of the limit.
    public let isBelow: Bool

    public init(window: Window, short: Double?, label: String, isBelow: Bool) {
      self.window = window
      self.short = short
      self.label = label
      self.isBelow = isBelow
    }
  }

  /// What stands in the plot when there is nothing to draw.
  public struct Absence: Hashable, Sendable {
    /// "No data", "No requests".
    public let title: String
    /// "21 Sep – 18 Oct", "nothing to judge".
    public let detail: String
    /// Missing data are hatched; time in which nothing happened is not.
    public let isMissing: Bool

    public init(title: String, detail: String, isMissing: Bool) {
      self.title = title
      self.detail = detail
      self.isMissing = isMissing
    }
  }

  public let domain: Window
  /// In order of time.
  public let periods: [Period]
  /// Where nothing was measured.
  public let gaps: [Window]
  /// What the limit leaves to 1; 0.001 for 99.9 %.
  public let allowance: Double
  /// At the axis, "99.90 %".
  public let limitLabel: String
  /// At the line's end, "objective".
  public let limitName: String
  /// The level of a usual day, beside the line's end: "99.98 %".
  public let typical: String?
  public let absence: Absence
  /// The zone of the calendar days on the axis.
  public let zone: ZoneOffsets

  public init(
    domain: Window, periods: [Period], gaps: [Window], allowance: Double, limitLabel: String,
    limitName: String, typical: String?, absence: Absence, zone: ZoneOffsets
  ) {
    self.domain = domain
    self.periods = periods
    self.gaps = gaps
    self.allowance = allowance
    self.limitLabel = limitLabel
    self.limitName = limitName
    self.typical = typical
    self.absence = absence
    self.zone = zone
  }
}
