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
  /// The level of a typical day, beside the line's end: "99.98 %".
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

  /// Whether every further nine takes the same room, so that usual days and bad ones can both be read.
  ///
  /// So when the worst day lacks more than 30 times what is missing on a usual good one, and more than the
  /// least span of the other scale, four times the allowance.
  public var stretchesNines: Bool {
    func shorts(below: Bool) -> [Double] {
      periods.filter { $0.isBelow == below }.compactMap(\.short).sorted()
    }
    let good = shorts(below: false)
    guard !good.isEmpty, let worst = shorts(below: true).last else { return false }
    return worst > 4 * allowance && worst > 30 * good[good.count / 2]
  }

  /// The drawing, laid out with `metrics`; when nothing was measured it says why.
  ///
  /// Points that are not finite are left out.
  public func scene(
    size: ChartSize, metrics: any TextMetrics = FixedTextMetrics(), title: String,
    description: String
  ) -> Scene {
    var drawing = LevelDrawing(chart: self, size: size, metrics: metrics)
    return drawing.scene(title: title, description: description)
  }
}
