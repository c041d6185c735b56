import ArgumentParser
import Charts
import Definitions
import Delivery
import History
import Model
import Reports

struct ChartCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chart",
    abstract: "Write one chart of a report to a file.",
    discussion: """
      CHARTS:
      \(Figure.kinds.map { "  \(pad($0.name))\($0.shows)" }.joined(separator: "\n"))

      burndown, hours and level show one objective: the worst of those that are named, or of all; events \
      the first of them. forecast shows the worst of the capacity items that are named, or of all. \
      \(Figure.kinds.filter { $0.report == .monthly }.map(\.name).joined(separator: ", ")) show a month.

      EXAMPLES:
        sloreport chart days
        sloreport chart burndown checkout/availability --out burndown.pdf
        sloreport chart forecast warehouse/database-size
        sloreport chart level checkout/latency --narrow --out phone.png --week 2026-W42
      """)

  private static func pad(_ name: String) -> String {
    name + String(repeating: " ", count: max(1, 12 - name.count))
  }

  @OptionGroup var common: CommonOptions
  @OptionGroup var instant: InstantOption

  @Argument(help: ArgumentHelp("The chart.", valueName: "name"))
  var name: String

  @OptionGroup var arguments: ObjectiveArguments

  @Option(
    help: ArgumentHelp(
      "The file, ending in .svg, .png or .pdf; <name>.svg without it.", valueName: "file"))
  var out: String?

  @Flag(help: "The drawing for a phone, 342 pixels wide.")
  var narrow = false

  @OptionGroup var week: PeriodOption<Week>
  @OptionGroup var month: PeriodOption<Month>
  @OptionGroup var collect: CollectOption

  func run() throws {
    guard let wanted = Figure.kinds.first(where: { $0.name == name }) else {
      let names = Figure.kinds.map(\.name)
      let hint = Spelling.nearest(to: name, among: names).map { "; did you mean \($0)?" }
      throw Failure(
        .usage,
        "no chart is named \(name)\(hint ?? "; there are: \(names.joined(separator: ", "))")")
    }
    let path = out ?? "\(name).svg"
    let picture = try Picture(option: "--out", path: path)
    let project = try Project(common)
    let now = try instant.instant()
    let subject =
      wanted is ForecastFigure
      ? Subject.items(try arguments.items(of: project))
      : .objectives(try arguments.objectives(of: project))
    let period = try period(of: wanted, at: now, in: project.zone)
    let (found, status) = try project.run(asOf: now, collect) { run in
      run.collection?.report()
      return (try figure(wanted, of: subject, in: period, run), run.collection?.mustMend)
    }
    guard let figure = found else {
      throw Failure(.noInput, "there is nothing to draw: \(wanted.absence)")
    }
    try ArtifactWriter.place(
      try picture.draw(figure, size: narrow ? .narrow : .wide), at: path)
    if !common.quiet {
      try Streams.print(
        "\(path): \(Wording.plain(figure.heading))\n\(Wording.plain(figure.description))\n",
        orFail: "the chart is written, but the summary could not be printed")
    }
    if let status { throw Verdict(status: status) }
  }

  /// The week or the month that a chart is of.
  private func period(
    of wanted: any FigureKind, at now: Instant, in zone: ZoneOffsets
  ) throws -> ReportPeriod {
    switch wanted.report.unit {
    case .month, .quarter:
      guard week.name == nil else {
        throw Failure(.usage, "--week: the chart \(name) shows a month; use --month")
      }
      return try month.complete(at: now, in: zone)
    case .week, .day:
      guard month.name == nil else {
        throw Failure(.usage, "--month: the chart \(name) shows a week; use --week")
      }
      return try week.complete(at: now, in: zone)
    }
  }

  /// What a chart shows.
  private enum Subject {
    case objectives([Objective])
    case items([CapacityItem])
  }

  private func figure(
    _ wanted: any FigureKind, of subject: Subject, in period: ReportPeriod, _ run: Run
  ) throws -> Figure? {
    let facts: ReportFacts
    switch subject {
    case .objectives(let objectives):
      if wanted is Events {
        return try objectives.first.map {
          Figure(
            try Evaluation(project: run.project, store: run.store).events(of: $0, in: period),
            zone: run.project.zone)
        }
      }
      facts = try PeriodFacts(run, wanted.report).fresh(of: period, objectives: objectives)
    case .items(let items):
      facts = try PeriodFacts(run, wanted.report).fresh(of: period, objectives: [], capacity: items)
    }
    return wanted.figure(of: Report(facts, zone: run.project.zone))
  }
}
