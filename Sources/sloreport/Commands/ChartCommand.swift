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
    abstract: "Write one chart of the weekly report to a file.",
    discussion: """
      CHARTS:
      \(Figure.kinds.map { "  \(pad($0.name))\($0.shows)" }.joined(separator: "\n"))

      burndown, hours and level show one objective: the worst of those that are named, or of all; events \
      the first of them.

      EXAMPLES:
        sloreport chart days
        sloreport chart burndown checkout/availability --out burndown.pdf
        sloreport chart level checkout/latency --narrow --out phone.png --week 2026-W42
      """)

  private static func pad(_ name: String) -> String {
    name + String(repeating: " ", count: max(1, 12 - name.count))
  }

  @OptionGroup var common: CommonOptions
  @OptionGroup var instant: InstantOption

  @Argument(help: ArgumentHelp("The chart.", valueName: "name"))
  var name: String

  @Argument(help: "Objectives (service/slo or slo), or services; all when none is named.")
  var slo: [String] = []

  @Option(
    help: ArgumentHelp(
      "The file, ending in .svg, .png or .pdf; <name>.svg without it.", valueName: "file"))
  var out: String?

  @Flag(help: "The drawing for a phone, 342 pixels wide.")
  var narrow = false

  @Option(help: ArgumentHelp("The week, such as 2026-W42.", valueName: "week"))
  var week: String?

  @Flag(name: .customLong("no-collect"), help: "Draw from the history alone.")
  var noCollect = false

  func run() throws {
    guard let wanted = Figure.kinds.first(where: { $0.name == name }) else {
      let names = Figure.kinds.map(\.name)
      let hint = Spelling.nearest(to: name, among: names).map { "; did you mean \($0)?" }
      throw Failure(
        .usage,
        "no chart is named \(name)\(hint ?? "; there are: \(names.joined(separator: ", "))")")
    }
    let path = out ?? "\(name).svg"
    guard let picture = Picture(endingOf: path) else {
      throw Failure(.usage, "--out \(path): the file has to end in .svg, .png or .pdf")
    }
    let project = try Project(common)
    let now = try instant.instant()
    let objectives = try Choice.objectives(slo, of: project)
    let period = try WeeklyCommand.period(week, now: now, zone: project.zone)
    let store = try project.open(for: noCollect ? .read : .write)
    let collection = noCollect ? nil : try Collection(project, into: store, asOf: now)
    collection?.report()
    let figure: Figure?
    if wanted is Events {
      figure = try objectives.first.map {
        let events = try Evaluation(project: project, store: store).events(of: $0, in: period)
        return Figure(events, zone: project.zone)
      }
    } else {
      let facts = try WeeklyFacts(project: project, store: store).fresh(
        of: period, objectives: objectives, made: now, notes: [])
      figure = wanted.figure(of: Report(facts, zone: project.zone))
    }
    guard let figure else {
      throw Failure(.noInput, "there is nothing to draw: \(wanted.absence)")
    }
    let bytes: [UInt8]
    do {
      bytes = try picture.draw(figure, size: narrow ? .narrow : .wide)
    } catch {
      throw Failure(.internalError, "the chart could not be drawn: \(ChartText.reason(error))")
    }
    do {
      try ArtifactWriter.place(bytes, at: path)
    } catch {
      throw DeliveryText.failure(error)
    }
    if !common.quiet {
      guard
        Streams.print(
          "\(path): \(Wording.plain(figure.heading))\n\(Wording.plain(figure.description))\n")
      else {
        throw Failure(.inputOutput, "the chart is written, but the summary could not be printed")
      }
    }
    if let demand = collection?.demand { throw Verdict(status: demand) }
  }
}
