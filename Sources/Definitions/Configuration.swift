public import Model

/// What `sloreport.yaml` says.
public struct Configuration: Hashable, Sendable {
  /// The name of the whole system, when the file gives one.
  public let title: String?
  /// An IANA zone name, not yet looked up; "UTC" when the file names none.
  public let timezone: String
  /// Where the zone is named; `nil` when it is not.
  public let timezonePosition: Position?
  public let sources: [SourceDefinition]
  /// In the order of their first use.
  public let queries: [QueryDefinition]
  /// What words for states mean, by the source of files or the feed of the query.
  public let states: [String: StateWords]
  public let services: [ServiceDefinition]
  /// At least one, in the order of the file.
  public let objectives: [Objective]
  /// In the order of the file.
  public let capacity: [CapacityItem]
  /// Data older than this is stale.
  public let staleAfter: Duration
  /// The path of the history file as written: relative to the configuration's folder.
  public let history: String
  /// The folder for reports as written: relative to the configuration's folder.
  public let output: String
  public let retention: Retention
  /// What is valid but probably a mistake, in order of position.
  public let warnings: [Finding]

  /// How long each tier of the history is kept; days are kept for ever.
  public struct Retention: Hashable, Sendable {
    public let minute: Duration
    public let fiveMinutes: Duration
    public let hour: Duration
  }
}

/// A named place that measurements come from.
public struct SourceDefinition: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case files(FilesDefinition)
    case postgres(DatabaseAccess)
  }

  public let name: String
  public let kind: Kind

  /// The name under which the history keeps its data.
  public var feed: String {
    switch kind {
    case .files(let files): Feed.files(of: name, files.origin)
    case .postgres: name
    }
  }
}

public struct FilesDefinition: Hashable, Sendable {
  /// A path with wildcards and named parts ("m/{instance}-*.prom"), relative to the configuration's folder.
  public let pattern: String
  /// Whether samples without a time of their own take the file's time of modification.
  public let timeFromModification: Bool
  /// How its tables are written; `nil` when that is to be recognised.
  public let csv: TableDefinition?
  /// Labels that every series gets, beside those that the pattern names.
  public let labels: [Label]
  /// The labels by which targets differ, where they are given.
  public let target: [String]?
  /// Whether answers of a server are read that it calls incomplete.
  public let acceptsPartial: Bool

  public init(
    pattern: String, timeFromModification: Bool, csv: TableDefinition? = nil, labels: [Label] = [],
    target: [String]? = nil, acceptsPartial: Bool = false
  ) {
    self.pattern = pattern
    self.timeFromModification = timeFromModification
    self.csv = csv
    self.labels = labels
    self.target = target
    self.acceptsPartial = acceptsPartial
  }

  public var origin: Origin { Origin(pattern: pattern, labels: labels, table: csv?.text ?? "") }
}

/// How the tables of a source are written, as far as it is declared.
public struct TableDefinition: Hashable, Sendable {
  /// One character of ASCII.
  public let delimiter: UInt8?
  /// With `%Y %y %m %b %d %H %I %p %M %S %f %z` for its parts.
  public let time: String?
  /// An IANA zone name, not yet looked up.
  public let timezone: String?
  public let timezonePosition: Position?
  /// What columns are called, by the name that they have otherwise.
  public let columns: [String: String]

  /// All that is said of rows of measurements; empty when nothing is.
  var text: String {
    var parts = columns.filter { !IncidentMapping.columns.contains($0.key) }
      .map { "\($0.key)=\($0.value)" }.sorted()
    if let delimiter { parts.append("delimiter \(delimiter)") }
    if let time { parts.append("time \(time)") }
    if let timezone { parts.append("timezone \(timezone)") }
    return parts.joined(separator: "\n")
  }

  /// The columns that may be called otherwise.
  public static let columnNames =
    ["time", "good", "total", "le", "count", "value", "metric", "state"] + IncidentMapping.columns
}

/// A file of SQL that objectives read from a source.
public struct QueryDefinition: Hashable, Sendable {
  public let source: String
  /// Relative to the configuration's folder.
  public let path: String
  public let shape: RowShape
  /// Where the file is named first.
  public let position: Position

  /// The name under which the history keeps its rows.
  public var feed: String { Feed.query(path, of: source) }
}

/// A service with its name in reports.
public struct ServiceDefinition: Hashable, Sendable {
  public let name: String
  /// What people call it; the name when nothing else is given.
  public let title: String
  public let owner: String?
  public let incidents: IncidentsDefinition?
  /// Those of the file and of the service, which hold for all its objectives.
  public let exclusions: [Exclusion]
}

/// Where the incidents of a service come from.
public struct IncidentsDefinition: Hashable, Sendable {
  public let source: String
  /// The file of SQL, relative to the configuration's folder; `nil` when the source is files.
  public let query: String?
  public let mapping: IncidentMapping
  /// From when on the files together hold every incident; `nil` when it is not said.
  public let since: Instant?
  public let position: Position

  public var feed: String { Feed.incidents(of: mapping.service) }

  /// What makes incidents of one id the same one, though several services name them.
  public var origin: String { query.map { Feed.query($0, of: source) } ?? source }
}
