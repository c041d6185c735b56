public import Model

/// What was measured day by day, where it goes, and when it meets its limits.
public struct FanChart: Hashable, Sendable {
  /// One value for a day, drawn in the day's middle.
  public struct Day: Hashable, Sendable {
    public let day: CivilDate
    public let value: Double

    public init(_ day: CivilDate, _ value: Double) { (self.day, self.value) = (day, value) }
  }

  /// A day that is still to come: the likely value, and two ranges around it.
  public struct Expected: Hashable, Sendable {
    public let day: CivilDate
    public let mean: Double
    public let range80: ClosedRange<Double>
    public let range95: ClosedRange<Double>

    public init(
      _ day: CivilDate, mean: Double, range80: ClosedRange<Double>, range95: ClosedRange<Double>
    ) {
      (self.day, self.mean) = (day, mean)
      (self.range80, self.range95) = (range80, range95)
    }
  }

  /// The straight line through the past that the forecast goes on with.
  public struct Fit: Hashable, Sendable {
    public let from: Day
    public let to: Day
    /// Where it starts: "the fit starts 20 Aug".
    public let label: String

    public init(from: Day, to: Day, label: String) {
      (self.from, self.to, self.label) = (from, to, label)
    }
  }

  /// What is said in bold, and what below it.
  public struct Words: Hashable, Sendable {
    public let label: String
    public let detail: String

    public init(_ label: String, detail: String = "") {
      (self.label, self.detail) = (label, detail)
    }
  }

  /// A level that the values should not meet.
  public struct Limit: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
      case warning, critical, limit
    }

    /// On which side of the line it is bad to be.
    public enum Side: Hashable, Sendable {
      case above, below
    }

    /// The level from one day on; the first one holds before its day too.
    public struct Step: Hashable, Sendable {
      public let from: CivilDate
      public let value: Double
      /// "90 %", "limit 1 TiB".
      public let label: String

      public init(from: CivilDate, value: Double, label: String) {
        (self.from, self.value, self.label) = (from, value, label)
      }
    }

    public let kind: Kind
    public let bad: Side
    /// In order of time.
    public let steps: [Step]
    public let crossing: Crossing?

    public init(_ kind: Kind, bad: Side = .above, steps: [Step], crossing: Crossing? = nil) {
      (self.kind, self.bad, self.steps, self.crossing) = (kind, bad, steps, crossing)
    }
  }

  /// Where the values meet a limit, or met it.
  public struct Crossing: Hashable, Sendable {
    /// Marked on the line; `nil` where no such day is known.
    public let likely: CivilDate?
    public let earliest: CivilDate?
    /// `nil` for later than the axis, where there is an earliest day.
    public let latest: CivilDate?
    /// "90 % on 18 Nov", "likely 14–22 Nov"; "80 % passed 12 Oct".
    public let words: Words

    public init(
      likely: CivilDate?, earliest: CivilDate? = nil, latest: CivilDate? = nil, words: Words
    ) {
      (self.likely, self.earliest, self.latest) = (likely, earliest, latest)
      self.words = words
    }
  }

  /// The axis, from its first day to the forecast's last.
  public let days: ClosedRange<CivilDate>
  /// The last day of the past; what comes after is shaded.
  public let asOf: CivilDate
  /// In order of time; the days missing between the first and ``asOf`` are hatched.
  public let measured: [Day]
  public let fit: Fit?
  /// In order of time, without missing days; empty where nothing is predicted.
  public let expected: [Expected]
  /// The most important first: its words get the better places.
  public let limits: [Limit]
  /// Beside the last value, "84.9 % today".
  public let last: String
  /// At the end of the forecast: "93 %", "92–94 %".
  public let end: Words?
  /// In the shade: "no date" and why, "falling".
  public let note: Words?
  /// What the plot says when nothing was measured.
  public let absence: Absence
  /// What no value can be below or above: nothing is drawn there.
  public let least: Double?
  public let most: Double?
  /// The axis spans at least so much, that noise stays small: a tenth of the largest value, unless given.
  public let leastSpan: Double?
  /// Follows each number at the axis: "%", "GiB".
  public let unit: String
  /// The zone of the days.
  public let zone: ZoneOffsets

  public init(
    days: ClosedRange<CivilDate>, asOf: CivilDate, measured: [Day], fit: Fit? = nil,
    expected: [Expected] = [], limits: [Limit] = [], last: String, end: Words? = nil,
    note: Words? = nil, absence: Absence, least: Double? = nil, most: Double? = nil,
    leastSpan: Double? = nil, unit: String, zone: ZoneOffsets
  ) {
    self.days = days
    self.asOf = asOf
    self.measured = measured
    self.fit = fit
    self.expected = expected
    self.limits = limits
    self.last = last
    self.end = end
    self.note = note
    self.absence = absence
    self.least = least
    self.most = most
    self.leastSpan = leastSpan
    self.unit = unit
    self.zone = zone
  }

  /// The drawing, 680 × 252 or 342 × 280 pixels; without any value the past is hatched and says why.
  ///
  /// The axis shows all that was measured and is likely. A limit that would squeeze this into less than a fifth of the
  /// height is named at the edge with an arrow. Fewer than 14 values are drawn as points.
  public func scene(
    size: ChartSize, metrics: any TextMetrics = FixedTextMetrics(), title: String,
    description: String
  ) -> Scene {
    var drawing = FanDrawing(chart: self, size: size, metrics: metrics)
    return drawing.scene(title: title, description: description)
  }
}
