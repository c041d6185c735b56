public import Model

/// What is left of a full amount, over time.
public struct DepletionChart: Sendable {
  /// One step of the line: what is left from this moment on, 1 is full.
  public struct Step: Hashable, Sendable {
    public let at: Instant
    public let left: Double

    public init(at: Instant, left: Double) {
      self.at = at
      self.left = left
    }
  }

  /// A span to point at, with its name.
  public struct Highlight: Hashable, Sendable {
    public let window: Window
    public let label: String

    public init(window: Window, label: String) {
      self.window = window
      self.label = label
    }
  }

  /// A level that matters, drawn across the plot.
  public struct Threshold: Hashable, Sendable {
    public let share: Double
    /// Bold, "gate closes".
    public let label: String
    /// Below it, "below 10 %".
    public let detail: String

    public init(share: Double, label: String, detail: String) {
      self.share = share
      self.label = label
      self.detail = detail
    }
  }

  /// A fall of the line to be named.
  public struct Drop: Hashable, Sendable {
    public let at: Instant
    /// Bold, "INC-236: −84 points".
    public let label: String
    /// Below it, "Wed 14 Oct, 2 h 14 min".
    public let detail: String?

    public init(at: Instant, label: String, detail: String? = nil) {
      self.at = at
      self.label = label
      self.detail = detail
    }
  }

  /// The time axis.
  public let domain: Window
  /// What comes after is "still to come".
  public let now: Instant
  /// Sorted by time.
  public let points: [Step]
  /// Where nothing was measured: hatched, the line broken, its level going on afterwards.
  public let gaps: [Window]
  /// Whether to draw the even way from full to empty.
  public let even: Bool
  /// Whether the first fall below zero is a moment to mark: not where amounts come back later.
  public let marksZero: Bool
  /// The share left at the domain's end at the usual pace, dotted from `now` on.
  public let pace: Double?
  public let highlight: Highlight?
  public let threshold: Threshold?
  /// The largest first; those that find no place are left out.
  public let drops: [Drop]
  /// Beside the last value, bold.
  public let endLabel: String
  public let endDetail: String?
  public let endPaint: Paint
  /// The zone of the calendar days on the axis.
  public let zone: ZoneOffsets

  public init(
    domain: Window, now: Instant, points: [Step], gaps: [Window] = [], even: Bool = true,
    marksZero: Bool = true,
    pace: Double? = nil, highlight: Highlight? = nil, threshold: Threshold? = nil,
    drops: [Drop] = [], endLabel: String, endDetail: String? = nil, endPaint: Paint,
    zone: ZoneOffsets
  ) {
    self.domain = domain
    self.now = now
    self.points = points
    self.gaps = gaps
    self.even = even
    self.marksZero = marksZero
    self.pace = pace
    self.highlight = highlight
    self.threshold = threshold
    self.drops = drops
    self.endLabel = endLabel
    self.endDetail = endDetail
    self.endPaint = endPaint
    self.zone = zone
  }

  /// The drawing, laid out with `metrics`; without any point the plot is hatched and says "No data".
  ///
  /// Percentages run down to the lowest value, at most to −100 %; an arrow with the true value marks what lies
  /// beyond. Points that are not finite are left out.
  public func scene(
    size: ChartSize, metrics: any TextMetrics = FixedTextMetrics(), title: String,
    description: String
  ) -> Scene {
    var drawing = DepletionDrawing(
      chart: self, form: size == .wide ? .wide : .narrow, metrics: metrics)
    return drawing.scene(title: title, description: description)
  }

  /// A drawing of 326 × 96 pixels, to be read among others: always from 100 % to 0.
  ///
  /// Below zero the line runs along the lower edge, and the end value alone says how far it went.
  public func small(
    metrics: any TextMetrics = FixedTextMetrics(), title: String, description: String
  ) -> Scene {
    var drawing = DepletionDrawing(chart: self, form: .small, metrics: metrics)
    return drawing.small(title: title, description: description)
  }
}
