public import Model

/// Many things, every day: a row a thing, a cell a day, stronger for more of the day's allowance.
public struct DayGrid: Hashable, Sendable {
  public struct Row: Hashable, Sendable {
    public let title: String
    /// One for each of the grid's days.
    public let cells: [LoadCell]
    /// At the right, "3 of 28".
    public let summary: String

    public init(title: String, cells: [LoadCell], summary: String) {
      self.title = title
      self.cells = cells
      self.summary = summary
    }
  }

  /// Consecutive, oldest first.
  public let days: [CivilDate]
  public let rows: [Row]
  /// Over the summaries, "Days over".
  public let summaryHeading: String

  public init(days: [CivilDate], rows: [Row], summaryHeading: String) {
    self.days = days
    self.rows = rows
    self.summaryHeading = summaryHeading
  }

  /// The drawing, laid out with `metrics`.
  ///
  /// It is 34 pixels high and 23 more a row, on the narrow one 18 and 38, with the key below.
  public func scene(
    size: ChartSize, metrics: any TextMetrics = FixedTextMetrics(), title: String,
    description: String
  ) -> Scene {
    DayGridDrawing(grid: self, size: size, metrics: metrics)
      .scene(title: title, description: description)
  }
}
