/// A promise: an indicator, a target and a window, for one service.
public struct Objective: Hashable, Sendable {
  /// What to do with time that was not measured.
  public enum MissingRule: String, Hashable, Sendable, CaseIterable {
    case ignore, bad
  }

  /// What is asked of series that end.
  public enum SeriesRule: String, Hashable, Sendable, CaseIterable {
    /// What ended must be explained, or there is no verdict.
    case explained
    /// Ends are only named.
    case mayEnd = "may_end"
  }

  public let service: String
  public let name: String
  /// What people call it; the name when nothing else is given.
  public let title: String
  public let owner: String?
  public let indicator: Indicator
  public let target: Target
  public let window: WindowRule
  public let method: BudgetingMethod
  public let missing: MissingRule
  public let policy: BudgetPolicy
  /// The share of the elapsed window that must be measured for a verdict, in parts per billion.
  public let minimumCoverage: Int64
  /// The history a verdict needs; never more than the window.
  public let minimumHistory: Duration
  /// Agreed time that does not count.
  public let exclusions: [Exclusion]
  public let series: SeriesRule
  /// What was promised to customers.
  public let agreement: Agreement?

  public init(
    service: String, name: String, title: String? = nil, owner: String? = nil,
    indicator: Indicator, target: Target, window: WindowRule,
    method: BudgetingMethod = .occurrences, missing: MissingRule = .ignore,
    policy: BudgetPolicy = .standard, minimumCoverage: Int64 = 900_000_000,
    minimumHistory: Duration = .days(14), exclusions: [Exclusion] = [],
    series: SeriesRule = .explained, agreement: Agreement? = nil
  ) {
    self.service = service
    self.name = name
    self.title = title ?? name
    self.owner = owner
    self.indicator = indicator
    self.target = target
    self.window = window
    self.method = method
    self.missing = missing
    self.policy = policy
    self.minimumCoverage = minimumCoverage
    self.minimumHistory = minimumHistory
    self.exclusions = exclusions
    self.series = series
    self.agreement = agreement
  }

  /// The same promise over another window.
  public func over(_ window: WindowRule) -> Objective {
    Objective(
      service: service, name: name, title: title, owner: owner, indicator: indicator,
      target: target, window: window, method: method, missing: missing, policy: policy,
      minimumCoverage: minimumCoverage, minimumHistory: minimumHistory, exclusions: exclusions,
      series: series, agreement: agreement)
  }

  /// "service/slo": how commands name it.
  public var fullName: String { "\(service)/\(name)" }
}
