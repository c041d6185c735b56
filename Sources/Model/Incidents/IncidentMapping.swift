/// How the rows of a table become the incidents of a service.
public struct IncidentMapping: Hashable, Sendable {
  /// Our columns.
  public static let columns = [
    "id", "title", "service", "severity", "status", "started_at", "detected_at",
    "acknowledged_at", "resolved_at", "cause",
  ]

  /// What a word in the column `severity` or `status` says.
  public enum Meaning: Hashable, Sendable {
    case severity(Severity)
    /// There was no incident.
    case withdrawn

    public static let critical = Meaning.severity(.critical)
    public static let major = Meaning.severity(.major)
    public static let minor = Meaning.severity(.minor)
    public static let none = Meaning.severity(.none)
  }

  public let service: String
  /// The names that the rows have for our columns, where they differ.
  public let columns: [String: String]
  /// What texts in the columns `severity` and `status` mean, in lower case, before the usual ones are tried.
  public let severities: [String: Meaning]

  public init(
    service: String, columns: [String: String] = [:], severities: [String: Meaning] = [:]
  ) {
    self.service = service
    self.columns = columns
    self.severities = severities
  }

  /// The name that the rows have for one of our columns.
  public func column(_ name: String) -> String { columns[name] ?? name }

  /// What a text means, whatever its case; `nil` when nobody says.
  public func meaning(_ text: String) -> Meaning? {
    let text = text.lowercased()
    if let meaning = severities[text] { return meaning }
    switch text {
    case "1", "critical", "sev1", "sev-1", "p1": return .critical
    case "2", "major", "sev2", "sev-2", "p2": return .major
    case "3", "minor", "sev3", "sev-3", "p3": return .minor
    case "0", "none", "maintenance": return Meaning.none
    case "withdrawn": return .withdrawn
    default: return nil
    }
  }
}
