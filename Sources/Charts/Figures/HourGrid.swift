/// A few days, every hour: a row a day, a cell an hour of the wall clock.
public struct HourGrid: Hashable, Sendable {
  public struct Row: Hashable, Sendable {
    /// "Mon 12 Oct".
    public let title: String
    /// For each of the 24 hours its cells: none where the clocks skip it, two where it comes twice.
    public let hours: [[LoadCell]]
    /// At the right, "40 798".
    public let total: String
    /// Whether the total is one to look at.
    public let standsOut: Bool

    public init(title: String, hours: [[LoadCell]], total: String, standsOut: Bool) {
      self.title = title
      self.hours = hours
      self.total = total
      self.standsOut = standsOut
    }
  }

  public let rows: [Row]
  /// Over the totals, "bad requests".
  public let totalHeading: String

  public init(rows: [Row], totalHeading: String) {
    self.rows = rows
    self.totalHeading = totalHeading
  }

  /// The drawing, laid out with `metrics`, 155 pixels high for seven rows.
  public func scene(
    size: ChartSize, metrics: any TextMetrics = FixedTextMetrics(), title: String,
    description: String
  ) -> Scene {
    HourGridDrawing(grid: self, size: size, metrics: metrics)
      .scene(title: title, description: description)
  }
}
