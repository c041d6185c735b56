import Model

extension Reading {
  /// `sla: { window: month, exclusion_notice: 48h, minimum_per_minute: 10, tiers: [{ below: 99.9%, credit: 5% }] }`.
  mutating func agreement(_ entry: Entry, of indicator: Indicator?) -> Agreement? {
    guard
      let section = section(
        entry.value, at: entry.position,
        keys: ["window", "exclusion_notice", "minimum_per_minute", "tiers"])
    else { return nil }
    let unit = required("window", of: section).flatMap {
      choice($0.value, ReportPeriod.Unit.allCases.map(\.rawValue))
    }
    let notice = section["exclusion_notice"].flatMap { duration($0.value) }
    let least = section["minimum_per_minute"].flatMap { wholeNumber($0, of: indicator) }
    guard let list = required("tiers", of: section) else { return nil }
    guard case .list(let items) = list.value.content, !items.isEmpty else {
      note(.wrongType(expected: .list), at: list.value.position)
      return nil
    }
    let before = findings.count
    var tiers: [Agreement.Tier] = []
    for item in items {
      guard let tier = self.section(item, at: item.position, keys: ["below", "credit"]),
        let bound = required("below", of: tier), let below = share(bound.value),
        let paid = required("credit", of: tier), let credit = share(paid.value)
      else { continue }
      // A lower level is worse, and costs more.
      if tiers.contains(where: { ($0.below > below) != ($0.credit < credit) }) {
        note(.outOfRange(rawText(paid.value), .creditsRise), at: paid.value.position)
      }
      tiers.append(Agreement.Tier(below: below, credit: credit))
    }
    guard findings.count == before, let unit = unit.flatMap(ReportPeriod.Unit.init) else {
      return nil
    }
    return Agreement(window: unit, notice: notice, minimumPerMinute: least ?? 0, tiers: tiers)
  }

  /// Events a minute, of what counts events.
  private mutating func wholeNumber(_ entry: Entry, of indicator: Indicator?) -> Int64? {
    guard let value = number(entry.value) else { return nil }
    guard value >= 1, value <= 1e12, value.rounded() == value else {
      note(.outOfRange(rawText(entry.value), .wholeNumber), at: entry.value.position)
      return nil
    }
    switch indicator {
    case .ratio, .ratioRows, .latency, nil: return Int64(value)
    case .slices, .freshness, .heartbeat, .uptime, .states, .incidents:
      note(.outOfRange(rawText(entry.value), .onlyOfEvents), at: entry.position)
      return nil
    }
  }
}
