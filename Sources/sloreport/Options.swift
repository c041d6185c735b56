import ArgumentParser
import Definitions
import Glibc
import Model
import Reports

/// The options of every command that works from a configuration.
struct CommonOptions: ParsableArguments {
  @Option(
    name: [.customShort("c"), .customLong("config")],
    help: ArgumentHelp("The configuration file.", valueName: "file"))
  var config = "sloreport.yaml"

  @Flag(name: .long, help: "Say nothing on success, so that cron mails only trouble.")
  var quiet = false
}

/// The instant of computation.
struct InstantOption: ParsableArguments {
  @Option(
    name: .customLong("as-of"),
    help: ArgumentHelp(
      "Compute as of this instant, such as 2026-10-19T06:00:00Z, instead of now.",
      valueName: "instant"))
  var asOf: String?

  /// The words for the years of which dates are read.
  static let years = "of the years \(Instant.years.lowerBound) to \(Instant.years.upperBound)"

  /// The time of the clock.
  static func now() throws -> Instant {
    var now = timespec()
    guard clock_gettime(CLOCK_REALTIME, &now) == 0 else {
      throw Failure(.internalError, "the clock cannot be read")
    }
    return Instant(seconds: Int64(now.tv_sec)) + .nanoseconds(now.tv_nsec)
  }

  /// The instant, on whole minutes.
  func instant() throws -> Instant {
    guard let asOf else { return Instant(minute: try InstantOption.now().minute) }
    guard let instant = Instant(iso: asOf) else {
      throw Failure(
        .usage,
        "--as-of: invalid instant \(asOf) \(InstantOption.years); write it like 2026-10-19T06:00:00Z"
      )
    }
    return Instant(minute: instant.minute)
  }
}

/// Whether what is new is pulled first.
struct CollectOption: ParsableArguments {
  @Flag(name: .customLong("no-collect"), help: "Pull nothing; work from the history alone.")
  var noCollect = false
}

/// The objectives that are meant, or the items of capacity.
struct ObjectiveArguments: ParsableArguments {
  @Argument(help: "Objectives (service/slo or slo), or services; all when none is named.")
  var slo: [String] = []

  func items(of project: Project) throws -> [CapacityItem] {
    try Choice.items(slo, of: project)
  }

  func objectives(of project: Project) throws -> [Objective] {
    try Choice.of(slo, among: project.configuration.objectives, noun: "objective")
  }
}

/// What is meant by a full name, by its service or by its own name.
protocol Named: Equatable {
  var fullName: String { get }
  var service: String { get }
  var name: String { get }
}

extension Objective: Named {}
extension CapacityItem: Named {}

enum Choice {
  /// As ``of(_:among:noun:)``.
  static func items(_ names: [String], of project: Project) throws -> [CapacityItem] {
    let all = project.configuration.capacity
    guard !all.isEmpty else {
      throw Failure(
        .configuration, "\(project.path): no service has `capacity`; add what can fill up there")
    }
    return try of(names, among: all, noun: "capacity item")
  }

  /// All that any of the names means, in the order of the configuration; all where none is given.
  static func of<Item: Named>(
    _ names: [String], among all: [Item], noun: String
  ) throws(Failure) -> [Item] {
    guard !names.isEmpty else { return all }
    var chosen: [Item] = []
    for name in names {
      let found = all.filter { $0.fullName == name || $0.service == name || $0.name == name }
      guard found.isEmpty else {
        chosen += found
        continue
      }
      let known = all.flatMap { [$0.fullName, $0.service, $0.name] }
      let hint = Spelling.nearest(to: name, among: known).map { "; did you mean \($0)?" } ?? ""
      throw Failure(.usage, "no \(noun) is named \(name)\(hint)")
    }
    return all.filter(chosen.contains)
  }
}

enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

struct FormatOption: ParsableArguments {
  @Option(help: ArgumentHelp("text or json.", valueName: "format"))
  var format = OutputFormat.text
}

/// A unit of the calendar, for an option that names one of its periods.
protocol CalendarUnit {
  static var unit: ReportPeriod.Unit { get }
}

/// A unit of the calendar that there is a report of.
protocol ReportedUnit: CalendarUnit {
  static var kind: ReportKind { get }
}

extension ReportedUnit {
  static var unit: ReportPeriod.Unit { kind.unit }
}

enum Day: ReportedUnit {
  static let kind = ReportKind.daily
}

enum Week: ReportedUnit {
  static let kind = ReportKind.weekly
}

enum Month: ReportedUnit {
  static let kind = ReportKind.monthly
}

enum Quarter: ReportedUnit {
  static let kind = ReportKind.quarterly
}

/// `--week 2026-W42`, `--month 2026-10`.
struct PeriodOption<Calendar: CalendarUnit>: ParsableArguments {
  @Option(
    name: .customLong(Calendar.unit.rawValue),
    help: ArgumentHelp(
      "The \(Calendar.unit), such as \(Calendar.unit.example).",
      valueName: Calendar.unit.rawValue))
  var name: String?

  /// The period that is named; `nil` where none is.
  func period() throws -> ReportPeriod? {
    try name.map { try ReportPeriod.read($0, Calendar.unit, of: "--\(Calendar.unit)") }
  }

  /// The complete period that is named, else the last one.
  func complete(at now: Instant, in zone: ZoneOffsets) throws -> ReportPeriod {
    guard let period = try period() else {
      return .lastComplete(Calendar.unit, at: now, in: zone)
    }
    guard period.window(in: zone).end <= now else {
      throw Failure(
        .usage,
        "\(Calendar.unit) \(period.name) is not over yet; a report covers a complete \(Calendar.unit)"
      )
    }
    return period
  }
}

extension ReportPeriod {
  /// The period of a name given for an option.
  static func read(_ name: String, _ unit: Unit, of option: String) throws -> ReportPeriod {
    if let period = ReportPeriod(unit, name: name) { return period }
    throw Failure(
      .usage,
      "\(option): invalid \(unit) \(name) \(InstantOption.years); write it like \(unit.example)")
  }
}

extension ReportPeriod.Unit {
  var example: String {
    switch self {
    case .day: "2026-10-18"
    case .week: "2026-W42"
    case .month: "2026-10"
    case .quarter: "2026-Q4"
    }
  }
}
