import Analytics
import ArgumentParser
import Definitions
import Glibc
import History
import Model
import Reports

struct CheckCommand: ParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Gate a release on the error budget; the exit code is the answer.",
    discussion: """
      0: every gate is open. 1: a policy closes one. 3: cannot decide, because data are missing, \
      stale, partial or damaged; a gate that cannot see is closed.

      EXAMPLES:
        sloreport check
        sloreport check pricing-sync/sync-success --format json
        sloreport check --no-collect && deploy
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var instant: InstantOption

  @Argument(help: "Objectives (service/slo or slo), or services; all when none is named.")
  var slo: [String] = []

  @Option(help: ArgumentHelp("text or json.", valueName: "format"))
  var format = Format.text

  @Flag(name: .customLong("no-collect"), help: "Decide from the history alone.")
  var noCollect = false

  @Flag(help: "Use only ASCII signs.")
  var ascii = false

  func run() throws {
    let project = try Project(common)
    let now = try instant.instant()
    let objectives = try Choice.objectives(slo, of: project)
    let store = try project.open(for: noCollect ? .read : .write)
    if !noCollect { _ = try Collection(project, into: store, asOf: now) }
    let evaluation = try Evaluation(project: project, store: store)
    let check = CheckFacts(
      asOf: now, objectives: try objectives.map { try evaluation.facts(of: $0, asOf: now) },
      incomplete: try PullDoubts.failures(project: project, store: store))
    let status: ExitStatus =
      switch check.gate {
      case .open: .done
      case .closed: .gateClosed
      case .undecided: .undecided
      }
    if !(common.quiet && status == .done) {
      let writer = CheckWriter(check, zone: project.zone)
      let printed: Bool
      switch format {
      case .json:
        printed = Streams.print(
          String(decoding: try FactsCodec.encode(writer.document), as: UTF8.self))
      case .text:
        let plain = ascii || !Streams.isUTF8
        printed = Streams.print(writer.text(ascii: plain))
      }
      guard printed else { throw Failure(.inputOutput, "the answer could not be printed") }
    }
    if status != .done { throw Verdict(status: status) }
  }
}
