import ArgumentParser
import Definitions
import History
import Model
import Reports

struct IncidentsCommand: ParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

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

  @Option(help: ArgumentHelp("The week, such as 2026-W42.", valueName: "week"))
  var week: String?

  @Option(help: ArgumentHelp("The month, such as 2026-10.", valueName: "month"))
  var month: String?

  @Option(help: ArgumentHelp("The first day, in the report's zone.", valueName: "day"))
  var from: String?

  @Option(help: ArgumentHelp("The day after the last; now without it.", valueName: "day"))
  var to: String?

  @Option(help: ArgumentHelp("severity, service or cause.", valueName: "key"))
  var by = Key.severity

  @Option(help: ArgumentHelp("text or json.", valueName: "format"))
  var format = Format.text

  @Flag(name: .customLong("no-collect"), help: "List from the history alone.")
  var noCollect = false

  func run() throws {
    let project = try Project(common)
    let now = try instant.instant()
    let window = try window(now: now, zone: project.zone)
    let services = try chosen(from: project)
    let store = try project.open(for: noCollect ? .read : .write)
    let collection = noCollect ? nil : try Collection(project, into: store, asOf: now)
    collection?.report()
    let incomplete = try PullDoubts.failures(
      Set(services.map { Feed.incidents(of: $0.name) }),
      touching: Window(start: window.start, end: min(window.end, max(window.start, now))),
      project: project, store: store)
    let facts = try IncidentRecord(project: project, store: store).facts(
      of: services, in: window, asOf: now, by: by.facts, incomplete: incomplete)
    if !common.quiet {
      let text =
        switch format {
        case .json: String(decoding: try FactsCodec.encode(facts), as: UTF8.self)
        case .text: IncidentsWriter(facts, zone: project.zone).text()
        }
      guard Streams.print(text) else {
        throw Failure(.inputOutput, "the incidents could not be printed")
      }
    }
    if let demand = collection?.demand { throw Verdict(status: demand) }
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
    guard [week, month, from ?? to].count(where: { $0 != nil }) < 2 else {
      throw Failure(.usage, "--week, --month and --from with --to exclude each other")
    }
    func period(_ unit: ReportPeriod.Unit, _ name: String, like: String) throws -> Window {
      guard let period = ReportPeriod(unit, name: name) else {
        throw Failure(
          .usage, "\(name) is no \(unit.rawValue) \(InstantOption.years); write it like \(like)")
      }
      return period.window(in: zone)
    }
    if let week { return try period(.week, week, like: "2026-W42") }
    if let month { return try period(.month, month, like: "2026-10") }
    func day(_ name: String) throws -> Instant { try period(.day, name, like: "2026-10-01").start }
    let end = try to.map(day) ?? now
    let start = try from.map(day) ?? end - .days(30)
    guard start < end else { throw Failure(.usage, "--from \(start) is not before --to \(end)") }
    return Window(start: start, end: end)
  }
}
