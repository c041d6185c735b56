import Model

/// What an objective takes from its service.
struct ServiceContext {
  let name: String
  let owner: String?
  let policy: BudgetPolicy
  let exclusions: [Exclusion]
  let hasIncidents: Bool
  let staleAfter: Duration
}

extension Reading {
  mutating func objective(_ entry: Entry, of service: ServiceContext) -> Objective? {
    let kinds = ["ratio", "latency", "slices", "freshness", "availability"]
    guard
      let section = section(
        entry.value, at: entry.position,
        keys: [
          "title", "objective", "window", "method", "missing", "minimum_coverage",
          "minimum_history", "policy", "exclusions", "series", "sla",
        ] + kinds)
    else { return nil }
    let title = section["title"].flatMap { text($0.value)?.value }
    let target = required("objective", of: section).flatMap { self.target($0.value) }
    let window = required("window", of: section).flatMap { self.window($0.value) }
    let indicator = one(of: kinds, in: section).flatMap { self.indicator($0, of: service) }
    let method = section["method"].flatMap { self.method($0) } ?? .occurrences
    let missing = section["missing"].flatMap {
      choice($0.value, Objective.MissingRule.allCases.map(\.rawValue))
    }
    let coverage = section["minimum_coverage"].flatMap { share($0.value) } ?? 900_000_000
    let history = section["minimum_history"].flatMap { duration($0.value) } ?? .days(14)
    let policy = section["policy"].flatMap { self.policy($0) } ?? service.policy
    let exclusions = section["exclusions"].map { self.exclusions($0) } ?? []
    let series = section["series"].flatMap {
      choice($0.value, Objective.SeriesRule.allCases.map(\.rawValue))
    }
    let agreement = section["sla"].flatMap { self.agreement($0, of: indicator) }
    guard let target, let window, let indicator else { return nil }
    let result = Objective(
      service: service.name, name: entry.key, title: title, owner: service.owner,
      indicator: indicator,
      target: target, window: window, method: method,
      missing: missing.flatMap(Objective.MissingRule.init) ?? .ignore, policy: policy,
      minimumCoverage: coverage, minimumHistory: history,
      exclusions: service.exclusions + exclusions,
      series: series.flatMap(Objective.SeriesRule.init) ?? .explained, agreement: agreement)
    warn(about: result, in: section, staleAfter: service.staleAfter)
    return result
  }

  /// `7d` is the last seven days, `week` the calendar week.
  private mutating func window(_ value: Value) -> WindowRule? {
    guard let text = text(value) else { return nil }
    guard text.value.utf8.first.map({ (0x30...0x39).contains($0) }) ?? false else {
      return choice(value, ReportPeriod.Unit.allCases.map(\.rawValue))
        .flatMap(ReportPeriod.Unit.init).map(WindowRule.calendar)
    }
    guard let length = duration(value, least: .minutes(1)) else { return nil }
    let (seconds, rest) = length.components
    guard rest == 0, seconds % 60 == 0 else {
      note(.outOfRange(text.raw, .wholeMinutes), at: value.position)
      return nil
    }
    return .rolling(length)
  }

  private mutating func method(_ entry: Entry) -> BudgetingMethod? {
    if case .text(let text) = entry.value.content,
      !["timeslices", "ratio_timeslices"].contains(text)
    {
      return choice(entry.value, ["occurrences"]).map { _ in .occurrences }
    }
    guard
      let section = section(
        entry.value, at: entry.position, keys: ["timeslices", "ratio_timeslices", "target"]),
      let kind = one(of: ["timeslices", "ratio_timeslices"], in: section)
    else { return nil }
    let every = slice(kind.value)
    if kind.key == "ratio_timeslices" {
      if let target = section["target"] {
        note(.conflictingKeys(["ratio_timeslices", "target"]), at: target.position)
      }
      return every.map { .ratioTimeslices(every: $0) }
    }
    let target = required("target", of: section).flatMap { self.target($0.value) }
    guard let every, let target else { return nil }
    return .timeslices(every: every, target: target)
  }

  mutating func policy(_ entry: Entry) -> BudgetPolicy? {
    guard let section = section(entry.value, at: entry.position, keys: ["name", "bands"]) else {
      return nil
    }
    let name = required("name", of: section).flatMap { text($0.value)?.value }
    guard let list = required("bands", of: section) else { return nil }
    guard case .list(let items) = list.value.content else {
      note(.wrongType(expected: .list), at: list.value.position)
      return nil
    }
    let before = findings.count
    var bands: [BudgetPolicy.Band] = []
    var unbounded = 0
    var first: [Int64: Int] = [:]
    for item in items {
      guard
        let section = self.section(
          item, at: item.position, keys: ["below", "name", "action", "gate"])
      else { continue }
      var below: Int64?
      if let bound = section["below"] {
        below = share(bound.value)
        if let below, let line = first[below] {
          note(.duplicate(rawText(bound.value), firstLine: line), at: bound.value.position)
        }
        if let below { first[below] = bound.position.line }
      } else if !section.suspected.contains("below") {
        unbounded += 1
      }
      let name = required("name", of: section).flatMap { text($0.value)?.value }
      let action = section["action"].flatMap { text($0.value)?.value }
      let gate = section["gate"].flatMap { choice($0.value, ["open", "closed"]) }
      bands.append(
        BudgetPolicy.Band(
          below: below, name: name ?? "", action: action, closesGate: gate == "closed"))
    }
    if findings.count == before, unbounded != 1 {
      note(.unboundedBands(count: unbounded), at: list.position)
    }
    guard findings.count == before, let name else { return nil }
    let policy = BudgetPolicy(name: name, bands: bands)
    warn(about: policy, at: list.position)
    return policy
  }
}
