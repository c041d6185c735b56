import ArgumentParser
import Model
import Reports

struct CheckCommand: ParsableCommand {
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
  @OptionGroup var arguments: ObjectiveArguments
  @OptionGroup var output: FormatOption
  @OptionGroup var collect: CollectOption

  @Flag(help: "Use only ASCII signs.")
  var ascii = false

  func run() throws {
    let project = try Project(common)
    let objectives = try arguments.objectives(of: project)
    let check = try project.run(asOf: try instant.instant(), collect) { run in
      let evaluation = try Evaluation(project: project, store: run.store)
      return CheckFacts(
        asOf: run.asOf,
        objectives: try objectives.map { try evaluation.facts(of: $0, asOf: run.asOf) },
        incomplete: try PullDoubts.failures(project: project, store: run.store))
    }
    let status: ExitStatus =
      switch check.gate {
      case .open: .done
      case .closed: .gateClosed
      case .undecided: .undecided
      }
    if !(common.quiet && status == .done) {
      let writer = CheckWriter(check, zone: project.zone)
      let text =
        switch output.format {
        case .json: String(decoding: try FactsCodec.encode(writer.document), as: UTF8.self)
        case .text: writer.text(ascii: ascii || !Streams.isUTF8)
        }
      try Streams.print(text, orFail: "the answer could not be printed")
    }
    if status != .done { throw Verdict(status: status) }
  }
}
