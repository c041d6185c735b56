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
        sloreport validate --strict      end with 78 on a warning, too
        sloreport validate --connect     have each query read by its server, not run
        sloreport validate -c /etc/sloreport/sloreport.yaml
      """)

  @OptionGroup var common: CommonOptions

  @Flag(help: "Ask the databases whether they would run the queries.")
  var connect = false

  @Flag(help: "Take warnings for errors.")
  var strict = false

  func run() throws {
    let project = try Project(common)
    let databases = try checkQueries(of: project)
    let warnings = (project.configuration.warnings + (try project.queryWarnings()))
      .sorted { $0.position < $1.position }
    if strict || !common.quiet {
      for warning in warnings { Streams.report(DefinitionText.line(warning, in: project.path)) }
    }
    let status = strict && !warnings.isEmpty ? ExitStatus.configuration : .done
    if !common.quiet { try print(project, warnings.count, databases) }
    if status != .done { throw Verdict(status: status) }
  }

  private func print(_ project: Project, _ warnings: Int, _ databases: String) throws {
    let configuration = project.configuration
    func counted(_ number: Int, _ noun: String) -> String {
      Wording.plain(Wording.counted(number, noun))
    }
    let text =
      "\(project.path): \(counted(configuration.objectives.count, "objective")) from "
      + "\(counted(configuration.sources.count, "source")), zone \(project.zone.name)\(databases). "
      + (warnings == 0 ? "No findings.\n" : "\(counted(warnings, "warning")).\n")
    try Streams.print(text, orFail: "the result could not be printed")
  }

  /// What was found of the queries, for the result's line.
  private func checkQueries(of project: Project) throws -> String {
    let queries = project.sources.flatMap { project.queries(of: $0.name) }
    guard connect else {
      for query in queries { _ = try project.sql(query) }
      return ""
    }
    let faults = project.sources.flatMap { source in
      source.faults(project).map { ("source \(source.name): \($0.text)", $0.status) }
    }
    guard let first = faults.first else {
      let count = queries.count
      return ", \(Wording.counted(count, "query")) \(count == 1 ? "is" : "are") sound"
    }
    throw Failure(first.1, faults.map(\.0))
  }
}
