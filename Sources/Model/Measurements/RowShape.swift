/// What the rows of a table or a query are: the contract of their columns.
///
/// Further columns are labels.
public enum RowShape: String, Hashable, Sendable, CaseIterable {
  /// Good and total events of a bucket.
  case ratio
  /// Events of a bucket at or under a bound in seconds, cumulative.
  case latency
  /// A value of a bucket.
  case value
  /// What was measured at a moment.
  case levels
  /// Moments: of a success, a heartbeat.
  case moments
  /// A state that holds until the next row.
  case states
  case incidents

  /// The columns that must be there.
  public var columns: [String] {
    switch self {
    case .ratio: ["bucket", "good", "total"]
    case .latency: ["bucket", "le", "count"]
    case .value: ["bucket", "value"]
    case .levels: ["at", "value"]
    case .moments: ["at"]
    case .states: ["at", "up"]
    case .incidents: ["started_at"]
    }
  }
}
