import Definitions
import Ingest
import Model

/// A source of the configuration as the commands use it: for each kind there is a type, and a line in ``Project/sources(_:)``.
protocol Source {
  var definition: SourceDefinition { get }
  /// The source, where what it tells lies in files.
  var files: FilesSource? { get }

  /// Pulls what is new.
  func pull(into collection: inout Collection) throws
  /// What `doctor` tells of it.
  func findings(_ project: Project) -> [DoctorCommand.Finding]
  /// What is wrong with the source and its queries when it is asked, with the words and the exit code for it.
  func faults(_ project: Project) -> [(text: String, status: ExitStatus)]
}

extension Source {
  var name: String { definition.name }
  var feed: String { definition.feed }
  var files: FilesSource? { nil }

  func faults(_ project: Project) -> [(text: String, status: ExitStatus)] { [] }
}

extension Project {
  /// The sources of a configuration that lies at a path.
  static func sources(_ configuration: Configuration, in path: String) throws -> [any Source] {
    try configuration.sources.map { source in
      switch source.kind {
      case .files(let files):
        FilesSource(
          definition: source, files: files,
          table: try table(files, states: configuration.states[source.feed], in: path),
          folder: Files.folder(of: path))
      case .postgres(let access):
        QueriedSource(
          definition: source, server: PostgresSource(name: source.name, access: access))
      }
    }
  }

  /// How the tables of a source are written.
  private static func table(
    _ files: FilesDefinition, states: StateWords?, in path: String
  ) throws -> TableForm {
    let csv = files.csv
    let zone = try csv?.timezone.map { name in
      try Project.zone(name, at: csv?.timezonePosition, in: path)
    }
    return TableForm(
      delimiter: csv?.delimiter, time: csv?.time, zone: zone, columns: csv?.columns ?? [:],
      states: states ?? StateWords())
  }
}
