import Analytics
public import Model

/// What `sum(increase(…))` of Prometheus shows for the counters of a ratio over the elapsed window.
///
/// It stretches the counted steps to the edges of its range; the report's own figures are the steps.
public struct PrometheusFacts: Codable, Hashable, Sendable {
  /// Up to Prometheus 2.x, where a range holds the reading at its start.
  public let version2: Increases
  /// From Prometheus 3.0 on.
  public let version3: Increases

  public struct Increases: Codable, Hashable, Sendable {
    /// `nil` where no counter was read twice.
    public let good: Double?
    public let total: Double?
  }

  /// `nil` for indicators that are no ratio of two counters.
  public init?(_ indicator: Indicator, series: [Series], in window: Window) {
    guard case .ratio(let good, let total) = indicator else { return nil }
    func increases(_ rule: ExtrapolatedIncrease.Rule) -> Increases {
      func sum(_ selector: Selector) -> Double? {
        let selected = series.filter { selector.matches($0.id) }
        return ExtrapolatedIncrease.sum(of: selected, in: window, by: rule)
      }
      return Increases(good: sum(good), total: sum(total))
    }
    (version2, version3) = (increases(.closed), increases(.leftOpen))
  }
}
