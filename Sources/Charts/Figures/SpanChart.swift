public import Model

/// What happened where and when: a row a place, a bar from start to end.
public struct SpanChart: Hashable, Sendable {
  public struct Bar: Hashable, Sendable {
    /// The heaviest first.
    public enum Weight: Hashable, Sendable, CaseIterable {
      case heavy, middle, light
    }

    public let window: Window
    /// Not over at the domain's end: an arrow to the edge.
    public let isOpen: Bool
    public let weight: Weight
    /// Beside the bar, "INC-236: 2 h 14 min".
    public let label: String
    public let standsOut: Bool

    public init(window: Window, isOpen: Bool, weight: Weight, label: String, standsOut: Bool) {
      self.window = window
      self.isOpen = isOpen
      self.weight = weight
      self.label = label
      self.standsOut = standsOut
    }
  }

  public struct Row: Hashable, Sendable {
    public let title: String
    /// In order of their start; those that overlap are stacked.
    public let bars: [Bar]

    public init(title: String, bars: [Bar]) {
      self.title = title
      self.bars = bars
    }
  }

  public let domain: Window
  public let rows: [Row]
  /// Where nothing is known: hatched.
  public let gaps: [Window]
  /// What is said when there is no bar, "No incidents"; the rows stay.
  public let empty: String
  /// The zone of the calendar days on the axis.
  public let zone: ZoneOffsets

  public init(domain: Window, rows: [Row], gaps: [Window], empty: String, zone: ZoneOffsets) {
    self.domain = domain
    self.rows = rows
    self.gaps = gaps
    self.empty = empty
    self.zone = zone
  }

  /// The drawing, laid out with `metrics`.
  ///
  /// It is 32 pixels high and 28 more a row, on the narrow one 44; bars at the same time make a row higher.
  /// Of the labels those of open and of heavy bars are placed first; those without room are left out.
  public func scene(
    size: ChartSize, metrics: any TextMetrics = FixedTextMetrics(), title: String,
    description: String
  ) -> Scene {
    var drawing = SpanDrawing(chart: self, size: size, metrics: metrics)
    return drawing.scene(title: title, description: description)
  }
}
