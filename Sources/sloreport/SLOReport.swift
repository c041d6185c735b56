import ArgumentParser
import Charts
import Definitions
import Delivery
import Glibc
import Printing

@main
struct SLOReport: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "sloreport",
    abstract: "Service levels, error budgets and reports from metric history.",
    discussion: """
      EXAMPLES:
        sloreport init --pack pricing-sync    write a configuration to start from
        sloreport weekly                      collect, then report last week
        sloreport monthly                     report last month, for management and customers
        sloreport check                       may we release? the exit code says so
        sloreport incidents                   what broke, and for how long
        sloreport forecast                    what fills up, when, and by when to order
        sloreport chart days                  one chart as a file: SVG, PNG or PDF
        sloreport archive verify              is every report still as it was written?

      EXIT CODES:
        0 done, gate open      1 gate closed          3 gate cannot decide
        4 report incomplete    64 wrong usage         65 damaged input
        66 no input            69 nothing reachable   70 internal error
        73 cannot create       74 input/output        75 another run holds the lock
        77 unsafe permissions  78 bad configuration
      """,
    version: "sloreport \(version)",
    subcommands: [
      InitCommand.self, ValidateCommand.self, CollectCommand.self, ReportCommand<Week>.self,
      ReportCommand<Month>.self, ReportCommand<Quarter>.self, ReportCommand<Day>.self,
      CheckCommand.self, IncidentsCommand.self, ForecastCommand.self, ChartCommand.self,
      ArchiveCommand.self, DoctorCommand.self,
    ])

  /// The parser suggests flags, but no commands.
  private static func checkName(_ name: String?) throws {
    let names = configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
    guard let name, !name.hasPrefix("-"), !names.contains(name) else { return }
    let hint = Spelling.nearest(to: name, among: names).map { "; did you mean \($0)?" }
    throw Failure(
      .usage,
      "no command is named \(name)\(hint ?? "; there are: \(names.joined(separator: ", "))")")
  }

  /// Without a command nothing was done, and nobody must take that for a success.
  func run() throws {
    Streams.write(Self.helpMessage() + "\n", to: STDERR_FILENO)
    throw Failure(.usage, "a command is missing")
  }

  private static func end(_ failure: Failure) -> ExitStatus {
    for line in failure.lines { Streams.report(line) }
    return failure.status
  }

  static func main() {
    Streams.prepare()
    var status = ExitStatus.done
    do {
      let arguments = try Arguments().rest
      try checkName(arguments.first)
      var command = try parseAsRoot(arguments)
      try command.run()
    } catch let verdict as Verdict {
      status = verdict.status
    } catch PrintError.interrupted(let signal) {
      // All is cleared away; the end is that of the signal.
      raise(signal)
      status = .internalError
    } catch let error as ChartError {
      let words = "the chart could not be drawn: \(ChartText.reason(error))"
      status = end(Failure(.internalError, words))
    } catch let error as DeliveryError {
      status = end(DeliveryText.failure(error))
    } catch let failure as Failure {
      status = end(failure)
    } catch {
      let code = exitCode(for: error)
      let text = fullMessage(for: error)
      if code == .success {
        status = Streams.print(text.hasSuffix("\n") ? text : text + "\n") ? .done : .inputOutput
      } else {
        Streams.write(text + "\n", to: STDERR_FILENO)
        status = code == .validationFailure ? .usage : .internalError
      }
    }
    Glibc.exit(status.rawValue)
  }
}
