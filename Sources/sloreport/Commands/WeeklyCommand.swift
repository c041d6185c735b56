import ArgumentParser
import Charts
import Definitions
import Delivery
import Glibc
import History
import Model
import Reports

struct WeeklyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "weekly",
    abstract: "Report the last complete week: HTML, Markdown, JSON and the charts.",
    discussion: """
      Collects what is new, computes every objective as of the week's end, and replaces the folder \
      reports/<week> in one step. A week that was reported before keeps its figures; \
      late data make a marked revision.

      EXAMPLES:
        sloreport weekly
        sloreport weekly --week 2026-W42
        sloreport weekly --no-collect --out /var/www/reports --quiet
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var instant: InstantOption

  @Option(help: ArgumentHelp("The week to report, such as 2026-W42.", valueName: "week"))
  var week: String?

  @Option(help: ArgumentHelp("Where the folder of the report goes.", valueName: "folder"))
  var out: String?

  @Flag(help: "Print the page on US Letter instead of A4.")
  var letter = false

  @Flag(name: .customLong("no-collect"), help: "Report from the history alone.")
  var noCollect = false

  func run() throws {
    let project = try Project(common)
    let now = try instant.instant()
    let period = try WeeklyCommand.period(week, now: now, zone: project.zone)
    let root = out ?? project.located(project.configuration.output)
    let writer = try deliver { () throws(DeliveryError) in try ArtifactWriter(root: root) }
    if noCollect, access(project.historyPath, F_OK) != 0 {
      throw HistoryText.failure(.absent, path: project.historyPath)
    }
    let store = try project.open(for: .write)
    let collection = noCollect ? nil : try Collection(project, into: store, asOf: now)
    collection?.report()
    if let collection, collection.isEmpty, !collection.failures.isEmpty {
      guard try hasData(project, store) else {
        throw Failure(
          collection.demand ?? .unreachable,
          "no source could be read and the history holds nothing to report")
      }
    }
    let failures = try PullDoubts.failures(project: project, store: store)
    if noCollect { Streams.report(failures) }
    let (facts, trueNow) = try WeeklyFacts(project: project, store: store).facts(
      of: period, made: now, notes: collection?.notes ?? [])
    if !common.quiet { trueNow.forEach(Streams.report) }
    // A closed week keeps its zone, whatever the configuration says now.
    let zone = try Project.zone(facts.period.zone, at: nil, in: common.config)
    let report = Report(facts, zone: zone)
    let artifacts = try WeeklyCommand.artifacts(report, paper: letter ? .letter : .a4)
    try deliver { () throws(DeliveryError) in
      try writer.replace(period.name, with: artifacts.files)
    }
    let incomplete =
      !facts.incomplete.isEmpty || !failures.isEmpty || artifacts.chartsMissing
      || facts.objectives.contains { $0.dataEnd == nil } || facts.incidentsAreDoubtful
    if !common.quiet {
      let summary = report.summary(
        page: "\(root)/\(period.name)/weekly.html", program: try Arguments().program,
        config: common.config)
      guard Streams.print(summary) else {
        throw Failure(.inputOutput, "the report is written, but the summary could not be printed")
      }
    }
    if let demand = collection?.demand { throw Verdict(status: demand) }
    if incomplete { throw Verdict(status: .incomplete) }
  }

  /// The week of a name, or the last complete one.
  static func period(_ week: String?, now: Instant, zone: ZoneOffsets) throws -> ReportPeriod {
    guard let week else { return .lastComplete(.week, at: now, in: zone) }
    guard let period = ReportPeriod(.week, name: week) else {
      throw Failure(
        .usage, "--week \(week) is no week \(InstantOption.years); write it like 2026-W42")
    }
    guard period.window(in: zone).end <= now else {
      throw Failure(.usage, "week \(week) is not over yet; a weekly report covers a complete week")
    }
    return period
  }

  private func hasData(_ project: Project, _ store: HistoryStore) throws -> Bool {
    do {
      return try project.configuration.objectives.flatMap(\.indicator.selectors).contains {
        try store.firstData(of: $0) != nil
          || !Feed.isFiles($0.source) && !store.spans(of: $0.source).isEmpty
      }
    } catch let error as HistoryError {
      throw HistoryText.failure(error, path: project.historyPath)
    }
  }

  private func deliver<Result>(
    _ work: () throws(DeliveryError) -> Result
  ) throws -> Result {
    do {
      return try work()
    } catch {
      throw DeliveryText.failure(error)
    }
  }

  /// The files of a report.
  ///
  /// Where the drawing library is missing, the page still has its charts, and their files are left out.
  static func artifacts(_ report: Report, paper: Paper) throws
    -> (files: [Artifact], chartsMissing: Bool)
  {
    var charts: [Artifact] = []
    var missing = false
    do {
      for figure in report.figures {
        for format in [Picture.png, .svg] {
          charts.append(
            Artifact(
              path: "charts/\(figure.name).\(format.rawValue)",
              bytes: try format.draw(figure, size: .wide)))
        }
      }
    } catch {
      Streams.report("the charts' PNG and SVG files could not be drawn: \(ChartText.reason(error))")
      (charts, missing) = ([], true)
    }
    let page = try report.page(paper: paper)
    let text = report.markdown(withCharts: !missing)
    let name = report.facts.kind.rawValue
    return (
      charts + [
        Artifact(path: "\(name).html", bytes: Array(page.utf8)),
        Artifact(path: "\(name).md", bytes: Array(text.utf8)),
        Artifact(
          path: "\(name).json", bytes: try FactsCodec.encode(ReportDocument(report))),
      ], missing
    )
  }
}
