import ArgumentParser
import Definitions
import Delivery
import History
import Model
import Reports

/// The report of a unit of the calendar.
struct ReportCommand<Calendar: ReportedUnit>: ParsableCommand {
  static var configuration: CommandConfiguration {
    let (name, unit) = (Calendar.kind.rawValue, Calendar.unit.rawValue)
    return CommandConfiguration(
      commandName: name,
      abstract: "Report the last complete \(unit): HTML, Markdown, JSON, charts and tables.",
      discussion: """
        Collects what is new, computes every objective as of the \(unit)'s end, and replaces the folder \
        reports/<\(unit)> in one step. A \(unit) that was reported before keeps its figures; \
        late data make a marked revision.

        EXAMPLES:
          sloreport \(name)
          sloreport \(name) --\(unit) \(Calendar.unit.example)
          sloreport \(name) --so-far
          sloreport \(name) --pdf
          sloreport \(name) --no-collect --out /var/www/reports --quiet
        """)
  }

  @OptionGroup var common: CommonOptions
  @OptionGroup var instant: InstantOption
  @OptionGroup var named: PeriodOption<Calendar>

  @Option(help: ArgumentHelp("Where the folder of the report goes.", valueName: "folder"))
  var out: String?

  @Flag(help: "Print the page on US Letter instead of A4.")
  var letter = false

  @Flag(
    help: "Add a PDF of the page, printed by the Chromium or the WeasyPrint on the PATH.")
  var pdf = false

  @Flag(
    name: .customLong("catch-up"),
    help: "Also make each report that is missing since the last one.")
  var catchUp = false

  @Flag(
    name: .customLong("so-far"),
    help: ArgumentHelp("A marked draft of the running \(Calendar.unit), which closes nothing."))
  var soFar = false

  @OptionGroup var collect: CollectOption

  func validate() throws {
    guard !soFar || named.name == nil && !catchUp else {
      throw ValidationError("--so-far: the running \(Calendar.unit) alone; leave the others out")
    }
  }

  func run() throws {
    let project = try Project(common)
    let now = try instant.instant()
    let last = try named.complete(at: now, in: project.zone)
    let root = out ?? project.located(project.configuration.output)
    let archive = try ReportArchive(root: root, of: project)
    try project.run(asOf: now, collect, writes: true) { run in
      run.collection?.report()
      if let collection = run.collection, collection.isEmpty, !collection.failures.isEmpty,
        try !hasData(run)
      {
        throw Failure(
          collection.mustMend ?? .unreachable,
          "no source could be read and the history holds nothing to report")
      }
      let failures = try PullDoubts.failures(project: project, store: run.store)
      if collect.noCollect { Streams.report(failures) }
      var (isComplete, damage) = (failures.isEmpty, Failure?.none)
      for period in try periods(upTo: last, at: now, run) {
        let outcome = try make(period, run, root: root, archive, made: now)
        isComplete = outcome.isComplete && isComplete
        damage = damage ?? outcome.damage
      }
      if let damage { throw damage }
      if let status = run.collection?.mustMend { throw Verdict(status: status) }
      if !isComplete { throw Verdict(status: .incomplete) }
    }
  }

  /// Those that are to be made, oldest first.
  private func periods(
    upTo last: ReportPeriod, at now: Instant, _ run: Run
  ) throws -> [ReportPeriod] {
    if soFar { return [ReportPeriod(Calendar.unit, containing: now, in: run.project.zone)] }
    guard catchUp else { return [last] }
    var missing: [ReportPeriod] = []
    // Ten years of weeks: where none was made before, the last alone is.
    for back in 0..<520 {
      let period = last.moved(by: -back)
      if try run.store.closedPeriod(kind: Calendar.kind.rawValue, name: period.name) != nil {
        return missing.isEmpty ? [last] : missing.reversed()
      }
      missing.append(period)
    }
    return [last]
  }

  /// Makes one report: whether all of it is there, and what is wrong with the archive that should name it.
  private func make(
    _ period: ReportPeriod, _ run: Run, root: String, _ archive: ReportArchive, made: Instant
  ) throws -> (isComplete: Bool, damage: Failure?) {
    let (facts, trueNow) =
      soFar
      ? (try PeriodFacts(run, Calendar.kind).draft(of: period), [])
      : try PeriodFacts(run, Calendar.kind).facts(of: period)
    if !common.quiet { trueNow.forEach(Streams.report) }
    // A closed period keeps its zone, whatever the configuration says now.
    let zone = try Project.zone(facts.period.zone, at: nil, in: common.config)
    let report = Report(facts, zone: zone)
    let artifacts = try ReportFiles(
      report, paper: letter ? .letter : .a4, printing: pdf ? try ArtifactWriter(root: root) : nil)
    let folder = soFar ? "\(period.name)-so-far" : period.name
    var damage: Failure?
    if soFar {
      try ArtifactWriter(root: root).replace(folder, with: artifacts.files)
    } else {
      damage = try archive.deliver(
        report, artifacts.files,
        closed: try run.store.closedPeriod(kind: Calendar.kind.rawValue, name: period.name),
        made: made)
    }
    if !common.quiet {
      try Streams.print(
        report.summary(
          page: "\(root)/\(folder)/\(artifacts.page)", program: try Arguments().program,
          config: common.config),
        orFail: "the report is written, but the summary could not be printed")
    }
    let isComplete =
      facts.incomplete.isEmpty && !artifacts.areIncomplete
      && !facts.objectives.contains { $0.dataEnd == nil } && !facts.incidentsAreDoubtful
    return (isComplete, damage)
  }

  private func hasData(_ run: Run) throws(HistoryError) -> Bool {
    for selector in run.project.configuration.objectives.flatMap(\.indicator.selectors) {
      if try run.store.firstData(of: selector) != nil { return true }
      if !Feed.isFiles(selector.source), try !run.store.spans(of: selector.source).isEmpty {
        return true
      }
    }
    return false
  }
}
