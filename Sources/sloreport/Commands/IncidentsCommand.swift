import ArgumentParser
import Definitions
import History
import Model
import Reports

struct IncidentsCommand: ParsableCommand {
  enum Key: String, ExpressibleByArgument, CaseIterable {
    case severity, service, cause

    var facts: IncidentsFacts.Key {
      switch self {
      case .severity: .severity
      case .service: .service
      case .cause: .cause
      }
    }
  }

  static let configuration = CommandConfiguration(
    commandName: "incidents",
    abstract: "List incidents, and the time to restore by severity, service or cause.",
    discussion: """
      Incidents that touch the window are listed; the table counts those that started in it. Without \
      a window, the last 30 days are meant.

      EXAMPLES:
        sloreport incidents
        sloreport incidents --month 2026-10 --by cause
        sloreport incidents checkout --from 2026-07-01 --to 2026-10-01 --format json
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var instant: InstantOption

  @Argument(help: "Services; all when none is named.")
  var service: [String] = []

  @OptionGroup var week: PeriodOption<Week>
  @OptionGroup var month: PeriodOption<Month>

  @Option(help: ArgumentHelp("The first day, in the report's zone.", valueName: "day"))
  var from: String?

  @Option(help: ArgumentHelp("The day after the last; now without it.", valueName: "day"))
  var to: String?

  @Option(help: ArgumentHelp("severity, service or cause.", valueName: "key"))
  var by = Key.severity

  @OptionGroup var output: FormatOption
  @OptionGroup var collect: CollectOption

  func run() throws {
    let project = try Project(common)
    let now = try instant.instant()
    let window = try window(now: now, zone: project.zone)
    let services = try chosen(from: project)
    let (facts, status) = try project.run(asOf: now, collect) { run in
      run.collection?.report()
      let incomplete = try PullDoubts.failures(
        Set(services.map { Feed.incidents(of: $0.name) }),
        touching: Window(start: window.start, end: min(window.end, max(window.start, now))),
        project: project, store: run.store)
      let facts = try IncidentRecord(project: project, store: run.store).facts(
        of: services, in: window, asOf: now, by: by.facts, incomplete: incomplete)
      return (facts, run.collection?.mustMend)
    }
    if !common.quiet {
      let text =
        switch output.format {
        case .json: String(decoding: try FactsCodec.encode(facts), as: UTF8.self)
        case .text: IncidentsWriter(facts, zone: project.zone).text()
        }
      try Streams.print(text, orFail: "the incidents could not be printed")
    }
    if let status { throw Verdict(status: status) }
    if !facts.incomplete.isEmpty || facts.isDoubtful { throw Verdict(status: .incomplete) }
  }

  private func chosen(from project: Project) throws -> [ServiceDefinition] {
    let all = project.configuration.services.filter { $0.incidents != nil }
    guard !all.isEmpty else {
      throw Failure(
        .configuration, "\(project.path): no service says where its `incidents` come from")
    }
    guard !service.isEmpty else { return all }
    return try service.map { name in
      if let found = all.first(where: { $0.name == name }) { return found }
      let hint = Spelling.nearest(to: name, among: all.map(\.name)).map { "; did you mean \($0)?" }
      throw Failure(.usage, "no service with incidents is named \(name)\(hint ?? "")")
    }
  }

  private func window(now: Instant, zone: ZoneOffsets) throws -> Window {
    guard [week.name, month.name, from ?? to].count(where: { $0 != nil }) < 2 else {
      throw Failure(.usage, "--week, --month and --from with --to exclude each other")
    }
    if let period = try week.period() ?? month.period() { return period.window(in: zone) }
    func start(of day: String, _ option: String) throws -> Instant {
      try ReportPeriod.read(day, .day, of: option).window(in: zone).start
    }
    let end = try to.map { try start(of: $0, "--to") } ?? now
    let start = try from.map { try start(of: $0, "--from") } ?? end - .days(30)
    guard start < end else { throw Failure(.usage, "--from \(start) is not before --to \(end)") }
    return Window(start: start, end: end)
  }
}
