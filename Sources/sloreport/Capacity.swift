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
    of item: CapacityItem, asOf: Instant, horizonDays: Int, withTrend: Bool
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

  /// Why what is known of items may not be all there is.
  ///
  /// Sources that could not be read, queries that were not asked as they are now, clocks that differ; only what touches the last 14
  /// days, without which there is no forecast.
  func doubts(
    of items: [CapacityItem], asOf: Instant, clock: Instant
  ) throws -> [ReportFacts.Failure] {
    let selectors = items.flatMap(\.selectors)
    var found = try PullDoubts.failures(
      Set(selectors.map(\.source)), project: project, store: store)
    let window = Window(start: asOf - .days(14), end: asOf)
    for selector in selectors {
      let first = try store.firstData(of: selector)
      let pulls = try PullDoubts(
        [selector], firsts: first.map { [selector: $0] } ?? [:], clock: clock, project: project,
        store: store)
      for caveat in pulls.doubts(in: window, firstData: first) {
        if case .sourceFailed = caveat { continue }
        let failure = ReportFacts.Failure(
          source: Feed.text(of: selector.source),
          reason: Wording.caveat(CaveatFacts(caveat), in: project.zone))
        if !found.contains(failure) { found.append(failure) }
      }
    }
    return found
  }

  /// Items as of a period's end, or of an instant in it, each beside what the reports of earlier periods said of it.
  func facts(
    of items: [CapacityItem], in period: ReportPeriod, _ kind: ReportKind, asOf: Instant
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
    func byName(_ report: ReportFacts?) -> [String: CapacityFacts] {
      Dictionary(report?.capacity?.map { ($0.name, $0) } ?? [], uniquingKeysWith: { one, _ in one })
    }
    let before = byName(try closed(period.moved(by: -1)))
    // The newest report whose forecasts have all come; some may not have been made.
    let due = (1...40).first {
      lastDay(period.moved(by: -$0)).adding(days: horizon) <= lastDay(period)
    }
    var forecasts: [String: CapacityFacts.OutlookFacts] = [:]
    for back in due.map({ $0..<$0 + 4 }) ?? 0..<0 {
      for (name, item) in byName(try closed(period.moved(by: -back))) where forecasts[name] == nil {
        forecasts[name] = item.forecast
      }
    }
    return try items.flatMap { item in
      Streams.progress("computing \(item.fullName)")
      return try facts(
        of: item, asOf: asOf, horizonDays: horizon, withTrend: true
      ).map {
        facts in
        facts.beside(before[facts.name], forecasts[facts.name])
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
