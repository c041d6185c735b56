import ArgumentParser
import Definitions
import Model

struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check the configuration; every finding with its line and column.",
    discussion: """
      EXAMPLES:
        sloreport validate
        sloreport validate -c /etc/sloreport/sloreport.yaml
      """)

  @OptionGroup var common: CommonOptions

  func run() throws {
    let project = try Project(common)
    guard !common.quiet else { return }
    let configuration = project.configuration
    func counted(_ number: Int, _ noun: String) -> String {
      "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
    let text =
      "\(project.path): \(counted(configuration.objectives.count, "objective")) from "
      + "\(counted(configuration.sources.count, "source")), zone \(project.zone.name). No findings.\n"
    guard Streams.print(text) else {
      throw Failure(.inputOutput, "the result could not be printed")
    }
  }
}
