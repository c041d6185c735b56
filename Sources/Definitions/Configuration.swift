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
  public let services: [ServiceDefinition]
  /// At least one, in the order of the file.
  public let objectives: [Objective]
  /// Data older than this is stale.
  public let staleAfter: Duration
  /// The path of the history file as written: relative to the configuration's folder.
  public let history: String
  /// The folder for reports as written: relative to the configuration's folder.
  public let output: String
  public let retention: Retention

  /// How long each tier of the history is kept; days are kept for ever.
  public struct Retention: Hashable, Sendable {
    public let minute: Duration
    public let fiveMinutes: Duration
    public let hour: Duration
  }
}

/// A named place that measurements come from.
public struct SourceDefinition: Hashable, Sendable {
  public let name: String
  /// A path with wildcards ("snapshots/*.om.gz"), relative to the configuration's folder.
  public let pattern: String
  /// Whether samples without a time of their own take the file's time of modification.
  public let timeFromModification: Bool
}

/// A service as it is called in reports.
public struct ServiceDefinition: Hashable, Sendable {
  public let name: String
  /// What people call it; the name when nothing else is given.
  public let title: String
  public let owner: String?
}
