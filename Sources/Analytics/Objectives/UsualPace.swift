public import Model

/// The median share of the budget spent on a day, over the last 28 complete local days that were measured.
///
/// The median, so that one outage does not forecast a second.
public struct UsualPace: Hashable, Sendable {
  public let sharePerDay: Double
  public let days: Int

  private static let daysLookedAt = 28
  /// The time before an instant that its complete local days may begin in.
  static let reach = Duration.days(Int64(daysLookedAt) + 1)

  /// Needs seven days with any data, which lie after the start of history; `nil` with fewer.
  public init?(
    _ tally: Tally, until: Instant, since: Instant? = nil, zone: ZoneOffsets, total: Int64,
    target: Target
  ) {
    guard total > 0, target.allowance > 0 else { return nil }
    let last = zone.date(at: until)
    var spent: [Double] = []
    for back in 1...UsualPace.daysLookedAt {
      let day = ReportPeriod(.day, containing: last.adding(days: -back)).window(in: zone)
      let counts = tally.counts(in: day)
      guard counts.total > 0, since.map({ $0 <= day.start }) ?? true else { continue }
      spent.append(ErrorBudget(bad: counts.bad, of: total, target: target).consumed)
    }
    guard spent.count >= 7 else { return nil }
    spent.sort()
    let middle = spent.count / 2
    sharePerDay =
      spent.count % 2 == 1 ? spent[middle] : (spent[middle - 1] + spent[middle]) / 2
    days = spent.count
  }
}
