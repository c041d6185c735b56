import Model

/// Reads our own dialect, `sloreport.yaml`.
public enum DefinitionReader {
  /// Reads a whole file; `${NAME}` in a value is replaced, as text, by the environment's `NAME`.
  ///
  /// - Throws: ``DefinitionError`` with everything that is wrong. Damaged YAML, a duplicate
  ///   key and an exceeded limit end the reading at once.
  public static func read(_ bytes: [UInt8], environment: [String: String])
    throws(DefinitionError) -> Configuration
  {
    let root: Value?
    do {
      root = try Document(bytes).root
    } catch {
      throw DefinitionError(findings: [error])
    }
    var reading = Reading(environment: environment)
    let configuration = reading.configuration(root)
    if reading.errors.isEmpty, configuration.objectives.isEmpty {
      reading.findings.append(Finding(.noObjectives, at: Position(line: 1, column: 1)))
    }
    guard reading.errors.isEmpty else { throw DefinitionError(findings: reading.errors) }
    return configuration
  }
}

extension Reading {
  fileprivate var errors: [Finding] { findings(areWarnings: false) }

  /// In order of position; a finding inside an alias comes again with each use.
  private func findings(areWarnings: Bool) -> [Finding] {
    var seen: Set<Finding> = []
    return findings.filter { $0.isWarning == areWarnings && seen.insert($0).inserted }
      .sorted { $0.position < $1.position }
  }

  fileprivate mutating func configuration(_ root: Value?) -> Configuration {
    let start = Position(line: 1, column: 1)
    let file = section(
      root ?? Value(position: start, content: .nothing), at: start,
      keys: [
        "title", "timezone", "stale_after", "history", "reports", "retention", "sources", "policy",
        "exclusions", "services",
      ])
    if let entry = file?["sources"] { readSources(entry) }
    let policy = file?["policy"].flatMap { self.policy($0) } ?? .standard
    let exclusions = file?["exclusions"].map { self.exclusions($0) } ?? []
    let staleAfter = file?["stale_after"].flatMap { duration($0.value) } ?? .hours(24)
    var services: [ServiceDefinition] = []
    var objectives: [Objective] = []
    var capacity: [CapacityItem] = []
    if let entry = file?["services"] {
      for service in named(entry) {
        guard
          let section = section(
            service.value, at: service.position,
            keys: ["title", "owner", "policy", "exclusions", "slos", "incidents", "capacity"])
        else { continue }
        let owner = section["owner"].flatMap { text($0.value)?.value }
        let title = section["title"].flatMap { text($0.value)?.value } ?? service.key
        let incidents = section["incidents"].flatMap { self.incidents($0, of: service.key) }
        let policy = section["policy"].flatMap { self.policy($0) } ?? policy
        let own = section["exclusions"].map { self.exclusions($0) } ?? []
        services.append(
          ServiceDefinition(
            name: service.key, title: title, owner: owner, incidents: incidents,
            exclusions: exclusions + own))
        for item in section["capacity"].map({ named($0) }) ?? [] {
          if let item = self.capacity(item, service: service.key, owner: owner) {
            capacity.append(item)
          }
        }
        guard
          let slos = section["slos"]
            ?? (section["capacity"] == nil ? required("slos", of: section) : nil)
        else { continue }
        for slo in named(slos) {
          let context = ServiceContext(
            name: service.key, owner: owner, policy: policy,
            exclusions: exclusions + own, hasIncidents: section["incidents"] != nil,
            staleAfter: staleAfter)
          if let objective = objective(slo, of: context) { objectives.append(objective) }
        }
      }
    }
    return Configuration(
      title: file?["title"].flatMap { text($0.value)?.value },
      timezone: file?["timezone"].flatMap { text($0.value)?.value } ?? "UTC",
      timezonePosition: file?["timezone"]?.value.position,
      sources: sources, queries: queries,
      states: states.mapValues { StateWords($0) }, services: services, objectives: objectives,
      capacity: capacity,
      staleAfter: staleAfter,
      history: file?["history"].flatMap { text($0.value)?.value } ?? "sloreport.db",
      output: file?["reports"].flatMap { text($0.value)?.value } ?? "reports",
      retention: retention(file?["retention"]), warnings: findings(areWarnings: true))
  }

  /// A tier that is not named is kept at least as long as the finer one before it.
  private mutating func retention(_ entry: Entry?) -> Configuration.Retention {
    let keys = ["minute", "five_minutes", "hour"]
    let section = entry.flatMap { self.section($0.value, at: $0.position, keys: keys) }
    var kept: [Duration] = []
    for (key, standard) in zip(keys, [Duration.days(30), .days(90), .days(365)]) {
      let finer = kept.last ?? .zero
      let value = section?[key]?.value
      let length = value.flatMap { duration($0, least: .days(1)) }
      if let value, let length, length < finer {
        note(.outOfRange(rawText(value), .atLeastFinerTier), at: value.position)
      }
      kept.append(max(finer, length ?? standard))
    }
    return Configuration.Retention(minute: kept[0], fiveMinutes: kept[1], hour: kept[2])
  }
}
