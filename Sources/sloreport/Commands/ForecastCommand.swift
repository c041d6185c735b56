import ArgumentParser
import Charts
import Definitions
import Delivery
import Model
import Reports

struct ForecastCommand: ParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, markdown, csv
  }

  static let configuration = CommandConfiguration(
    commandName: "forecast",
    abstract: "Say when capacity runs out, how sure that is, and by when to order.",
    discussion: """
      The items of `capacity:`, worst first. 0: none is near. 1: a critical share (or the limit, where \
      there is none) is passed, or its likely date is inside the horizon. 3: an item has no \
      prediction for lack of data.

      EXAMPLES:
        sloreport forecast
        sloreport forecast warehouse/database-size --days 90
        sloreport forecast --format csv > capacity.csv
        sloreport forecast warehouse/database-size --chart size.png
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var instant: InstantOption

  @Argument(help: "Items (service/item or item), or services; all when none is named.")
  var item: [String] = []

  @Option(help: ArgumentHelp("How many days ahead: 1 to 90.", valueName: "days"))
  var days = 30

  @Option(help: ArgumentHelp("text, json, markdown or csv.", valueName: "format"))
  var format = Format.text

  @Option(
    help: ArgumentHelp(
      "Also draw the worst item, to a file ending in .svg, .png or .pdf.", valueName: "file"))
  var chart: String?

  @OptionGroup var collect: CollectOption

  @Flag(help: "Use only ASCII signs.")
  var ascii = false

  func run() throws {
    guard (1...90).contains(days) else {
      throw Failure(.usage, "--days \(days) is out of range: 1 to 90")
    }
    let picture = try chart.map { try Picture(option: "--chart", path: $0) }
    let project = try Project(common)
    let items = try Choice.items(item, of: project)
    let facts = try project.run(asOf: try instant.instant(), collect) { run in
      run.collection?.report()
      let capacity = Capacity(project: project, store: run.store)
      // What was collected in this minute counts.
      let asOf =
        instant.asOf == nil && run.collection != nil
        ? Instant(minute: try InstantOption.now().minuteUp) : run.asOf
      var found: [CapacityFacts] = []
      for item in items {
        Streams.progress("computing \(item.fullName)")
        found += try capacity.facts(
          of: item, asOf: asOf, horizonDays: days, withTrend: format == .json)
      }
      Streams.endProgress()
      return ForecastFacts(
        asOf: asOf, horizonDays: days, items: found,
        incomplete: try capacity.doubts(of: items, asOf: run.asOf, clock: InstantOption.now()))
    }
    let status: ExitStatus =
      switch facts.outcome {
      case .calm: .done
      case .needsAction: .gateClosed
      case .lacksData: .undecided
      }
    if let picture, let chart, let worst = facts.worst {
      let today = project.zone.date(at: facts.asOf - .nanoseconds(1))
      try ArtifactWriter.place(
        try picture.draw(Figure(worst, asOf: today, zone: project.zone), size: .wide), at: chart)
    }
    if !(common.quiet && status == .done) {
      let writer = ForecastWriter(facts, zone: project.zone)
      let text =
        switch format {
        case .text: writer.text(columns: Streams.columns, ascii: ascii || !Streams.isUTF8)
        case .json: String(decoding: try FactsCodec.encode(facts), as: UTF8.self)
        case .markdown: writer.markdown()
        case .csv: writer.csv()
        }
      try Streams.print(text, orFail: "the forecast could not be printed")
    }
    if status != .done { throw Verdict(status: status) }
  }
}
