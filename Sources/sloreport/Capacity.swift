import Analytics
import History
import Model
import Reports

/// Loads the values of capacity items and computes what comes.
struct Capacity {
  let project: Project
  let store: HistoryStore

  /// How far back values are of use.
  static let reach = Duration.days(401)
  /// How far ahead a report looks.
  static let horizonDays = 30

  /// The item as of an instant: one, or one for each value of the labels by which it is split.
  func facts(
    of item: CapacityItem, asOf: Instant, horizonDays: Int, withTrend: Bool = true
  ) throws(HistoryError) -> [CapacityFacts] {
    let window = Window(start: asOf - Capacity.reach, end: asOf)
    let values = try store.load(item.value, in: window).map { $0.before(asOf) }
    var limits: [Series] = []
    if case .measured(let selector)? = item.limit?.bound {
      limits = try store.load(selector, in: window).map { $0.before(asOf) }
    }
    let groups = Dictionary(grouping: values) { $0.values(of: item.by) }
    // An item without any series lacks data; it does not vanish.
    let names = groups.isEmpty ? [[]] : groups.keys.sorted { $0.lexicographicallyPrecedes($1) }
    return names.map { labels in
      // A limit without the labels is that of all; that of other labels is none.
      let own = limits.filter { limit in
        let values = limit.values(of: item.by)
        return values == labels || values.allSatisfy(\.isEmpty)
      }
      return CapacityFacts(
        CapacityAssessment(
          item, labels: labels, series: groups[labels] ?? [], limits: own, asOf: asOf,
          horizon: horizonDays, zone: project.zone), withTrend: withTrend)
    }
  }

  /// Items as of a period's end, each beside what the reports of earlier periods said of it.
  func facts(
    of items: [CapacityItem], in period: ReportPeriod, _ kind: ReportKind
  ) throws -> [CapacityFacts] {
    let (zone, horizon) = (project.zone, Capacity.horizonDays)
    func lastDay(_ period: ReportPeriod) -> CivilDate {
      zone.date(at: period.window(in: zone).end - .nanoseconds(1))
    }
    func closed(_ period: ReportPeriod) throws -> ReportFacts? {
      try store.closedPeriod(kind: kind.rawValue, name: period.name).map {
        try FactsCodec.decode($0.facts)
      }
    }
    func earlier(_ report: ReportFacts, _ facts: CapacityFacts) -> CapacityFacts? {
      report.capacity?.first { $0.name == facts.name }
    }
    let before = try closed(period.moved(by: -1))
    // The newest report whose forecasts have all come; some may not have been made.
    let due = (1...40).first {
      lastDay(period.moved(by: -$0)).adding(days: horizon) <= lastDay(period)
    }
    var old: ReportFacts?
    for back in due.map({ $0..<$0 + 4 }) ?? 0..<0 where old == nil {
      old = try closed(period.moved(by: -back))
    }
    return try items.flatMap { item in
      Streams.progress("computing \(item.fullName)")
      return try facts(of: item, asOf: period.window(in: zone).end, horizonDays: horizon).map {
        facts in
        facts.beside(
          before.flatMap { earlier($0, facts) }, old.flatMap { earlier($0, facts)?.forecast })
      }
    }
  }
}

extension Series {
  /// What each label says; empty for one that is missing.
  fileprivate func values(of labels: [String]) -> [String] {
    labels.map { label in
      id.value(of: label).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
  }

  fileprivate func before(_ end: Instant) -> Series {
    var series = self
    series.cells.removeAll { Instant(minute: $0.minute) >= end }
    return series
  }
}
