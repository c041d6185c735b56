import ArgumentParser
import Definitions
import History
import Model
import Reports

struct CollectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "collect",
    abstract: "Pull what is new from the sources into the history.",
    discussion: """
      Files that were read before and did not change are skipped. A damaged file is left out and
      named; the others are kept.

      EXAMPLES:
        sloreport collect
        sloreport collect --quiet -c /etc/sloreport/sloreport.yaml
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var instant: InstantOption

  func run() throws {
    let project = try Project(common)
    let store = try project.open(for: .write)
    let collection = try Collection(project, into: store, asOf: try instant.instant())
    for failure in collection.failures {
      Streams.report("source \(failure.source): \(failure.reason)")
    }
    if !common.quiet {
      let conflicts =
        collection.conflicts > 0
        ? ", \(collection.conflicts) minutes that contradict what was known: the later file counts"
        : ""
      let late =
        collection.late > 0
        ? ", \(collection.late) minutes too old for what is kept at one minute" : ""
      let text =
        collection.files == 0
        ? "Nothing new.\n"
        : "\(collection.files) file\(collection.files == 1 ? "" : "s") read, \(Wording.plain(Wording.count(Int64(collection.readings)))) "
          + "readings, \(Wording.plain(Wording.count(Int64(collection.cells)))) minutes kept\(conflicts)\(late).\n"
      guard Streams.print(text) else {
        throw Failure(.inputOutput, "the summary could not be printed")
      }
    }
    if let status = collection.statuses.first { throw Verdict(status: status) }
  }
}
