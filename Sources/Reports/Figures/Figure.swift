public import Charts

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

  /// The figures there are, each in a file of its own.
  public static let kinds: [any FigureKind] = [
    BurnDown(), HourLoads(), Levels(), Budgets(), DayLoads(), Timeline(), Events(),
    ForecastFigure(), BurnRates(), Latencies(), Causes(), Restores(), Compared(), Year(),
  ]
}

/// A figure that can be asked for by its name.
public protocol FigureKind: Sendable {
  var name: String { get }
  /// What it shows, for the help.
  var shows: String { get }
  /// The report that it is made from.
  var report: ReportKind { get }
  /// What is missing where there is nothing to draw.
  var absence: String { get }
  /// By itself, of a report on the chosen objectives; `nil` where there is nothing to draw.
  func figure(of report: Report) -> Figure?
}

extension FigureKind {
  public var absence: String { "no objective is judged" }
  public var report: ReportKind { .weekly }
}
