/// What fills up or runs out: values of a service, and the limit that they must not reach.
public struct CapacityItem: Hashable, Sendable {
  /// Which value of a day counts.
  public enum Daily: String, Hashable, Sendable, CaseIterable {
    /// The largest, of free space the smallest.
    case worst
    case mean, last
  }

  /// The side of the limit that the values come from.
  public enum Side: Hashable, Sendable {
    /// They rise to it: used space.
    case rising
    /// They fall to it: free space.
    case falling
  }

  public enum Bound: Hashable, Sendable {
    /// In the order of their first days; the first has none.
    case dated([Step])
    /// What was measured holds until the next reading.
    case measured(Selector)
  }

  public struct Step: Hashable, Sendable {
    /// The first local day; `nil` for all days before the next step.
    public let from: CivilDate?
    public let value: Double

    public init(from: CivilDate?, value: Double) {
      self.from = from
      self.value = value
    }
  }

  /// Where a warning is due.
  public enum Threshold: Hashable, Sendable {
    /// A share of the limit, in parts per billion.
    case share(Int64)
    case value(Double)
  }

  public struct Limit: Hashable, Sendable {
    public let bound: Bound
    public let side: Side
    public let warning: Threshold?
    public let critical: Threshold?

    public init(_ bound: Bound, side: Side, warning: Threshold?, critical: Threshold?) {
      self.bound = bound
      self.side = side
      self.warning = warning
      self.critical = critical
    }
  }

  public let service: String
  public let name: String
  public let title: String
  public let owner: String?
  /// A gauge, or rows of a value.
  public let value: Selector
  public let limit: Limit?
  public let daily: Daily
  /// The labels by whose values the item is split.
  public let by: [String]
  /// How long it takes from the order to the new capacity.
  public let leadTime: Duration?
  /// What is counted; `bytes` and `percent` are printed as such.
  public let unit: String?

  public init(
    service: String, name: String, title: String? = nil, owner: String? = nil, value: Selector,
    limit: Limit? = nil, daily: Daily = .worst, by: [String] = [], leadTime: Duration? = nil,
    unit: String? = nil
  ) {
    self.service = service
    self.name = name
    self.title = title ?? name
    self.owner = owner
    self.value = value
    self.limit = limit
    self.daily = daily
    self.by = by
    self.leadTime = leadTime
    self.unit = unit
  }

  public var fullName: String { "\(service)/\(name)" }

  /// The series that it reads.
  public var selectors: [Selector] {
    guard case .measured(let limit)? = limit?.bound else { return [value] }
    return [value, limit]
  }
}
