public import Charts
public import Model

/// A chart with its caption: drawn for a page and for a phone, and said in words.
public struct Figure: Sendable {
  /// Its id on the page, and the name of its files.
  public let name: String
  public let heading: String
  /// What is drawn: measure, unit, period.
  public let subheading: String
  /// What it shows, with key numbers, units and dates.
  public let description: String
  private let draw: @Sendable (ChartSize, String, String) -> Scene

  /// `draw` is given the size, the title and the description of the drawing.
  init(
    name: String, heading: String, subheading: String, description: String,
    draw: @escaping @Sendable (ChartSize, String, String) -> Scene
  ) {
    self.name = name
    self.heading = heading
    self.subheading = subheading
    self.description = description
    self.draw = draw
  }

  public func scene(_ size: ChartSize) -> Scene { draw(size, heading, description) }

  /// The figures of a weekly report in their order on the page; those that have nothing to show are left out.
  public static func weekly(_ facts: ReportFacts, zone: ZoneOffsets) -> [Figure] {
    WeeklyStory(facts: facts, zone: zone).figures
  }

  /// The names of the figures, each with what it shows.
  public enum Name: String, CaseIterable, Sendable {
    case burndown, hours, level, budgets, days, incidents, events

    public var shows: String {
      switch self {
      case .burndown: "the error budget left through an objective's window"
      case .hours: "each hour of the week against its allowance"
      case .level: "the SLI of each day of four weeks"
      case .budgets: "the error budgets left, small and side by side"
      case .days: "every objective, each day of four weeks"
      case .incidents: "the incidents of the week by service"
      case .events: "how much happened in an objective's window, minute by minute"
      }
    }
  }

  /// One figure by itself, of the worst objective or of all.
  ///
  /// `nil` when the facts have nothing to draw it from: no service that tells of incidents, no budget that is judged; and
  /// never any events, which take ``EventsFacts``.
  public init?(_ name: Name, of facts: ReportFacts, zone: ZoneOffsets) {
    let story = WeeklyStory(facts: facts, zone: zone)
    let worst = story.worst ?? facts.objectives.first
    let found: Figure? =
      switch name {
      case .burndown: worst.map(story.burnDown)
      case .hours: worst.flatMap(story.hourGrid)
      case .level: worst.flatMap(story.levels)
      case .budgets: story.budgets(facts.objectives, heading: "Error budgets left")
      case .days: story.dayGrid
      case .incidents: story.timeline
      case .events: nil
      }
    guard let found else { return nil }
    self = found
  }
}

extension WeeklyStory {
  /// The figures of the page in its order; those that have nothing to show are left out.
  var figures: [Figure] {
    [opening].compactMap(\.self) + details + [timeline].compactMap(\.self)
  }

  /// The burn-down on the first page.
  ///
  /// An objective of 100 % has no budget to burn.
  var opening: Figure? { worst.flatMap { $0.allowsNothing ? nil : burnDown($0) } }

  /// The figures of the second page, but for the incidents.
  ///
  /// A level that was kept needs no drawing.
  var details: [Figure] {
    let level = worst.flatMap { $0.state == .onCourse ? nil : levels($0) }
    return [worst.flatMap(hourGrid), level, otherBudgets, dayGrid].compactMap(\.self)
  }

  /// The objective that the report looks at closely: the worst that is judged.
  var worst: ObjectiveFacts? { facts.objectives.first { $0.state != .notJudged } }
}
