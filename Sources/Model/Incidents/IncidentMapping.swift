/// How the rows of a table become the incidents of a service.
public struct IncidentMapping: Hashable, Sendable {
  /// Our columns.
  public static let columns = [
    "id", "title", "service", "severity", "started_at", "detected_at", "acknowledged_at",
    "resolved_at", "cause",
  ]

  public let service: String
  /// The names that the rows have for our columns, where they differ.
  public let columns: [String: String]
  /// What texts in the column `severity` mean, in lower case, before the usual ones are tried.
  public let severities: [String: Severity]

  public init(
    service: String, columns: [String: String] = [:], severities: [String: Severity] = [:]
  ) {
    self.service = service
    self.columns = columns
    self.severities = severities
  }

  /// The name that the rows have for one of our columns.
  public func column(_ name: String) -> String { columns[name] ?? name }

  /// The severity that a text means, whatever its case; `nil` when it is none.
  public func severity(_ text: String) -> Severity? {
    let text = text.lowercased()
    if let severity = severities[text] { return severity }
    switch text {
    case "1", "critical", "sev1", "sev-1", "p1": return .critical
    case "2", "major", "sev2", "sev-2", "p2": return .major
    case "3", "minor", "sev3", "sev-3", "p3": return .minor
    case "0", "none", "maintenance": return Severity.none
    default: return nil
    }
  }
}
