import Model

/// Reads our own dialect, `sloreport.yaml`.
public enum DefinitionReader {
  /// Reads a whole file; `${NAME}` in a value is replaced, as text, by the environment's `NAME`.
  ///
  /// - Throws: ``DefinitionError`` with everything that is wrong. Damaged YAML, a key that stands
  ///   twice and a limit exceeded end the reading at once.
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
    if reading.findings.isEmpty, configuration.objectives.isEmpty {
      reading.findings.append(Finding(.noObjectives, at: Position(line: 1, column: 1)))
    }
    guard reading.findings.isEmpty else {
      // A finding inside an alias comes again with each use.
      var seen: Set<Finding> = []
      let findings = reading.findings.filter { seen.insert($0).inserted }
      throw DefinitionError(findings: findings.sorted { $0.position < $1.position })
    }
    return configuration
  }
}

extension Reading {
  fileprivate mutating func configuration(_ root: Value?) -> Configuration {
    let start = Position(line: 1, column: 1)
    let file = section(
      root ?? Value(position: start, content: .nothing), at: start,
      keys: [
        "title", "timezone", "stale_after", "history", "reports", "retention", "sources", "policy",
        "services",
      ])
    let sources = file?["sources"].map { self.sources($0) } ?? []
    sourceNames = sources.map(\.name)
    let policy = file?["policy"].flatMap { self.policy($0) } ?? .standard
    var services: [ServiceDefinition] = []
    var objectives: [Objective] = []
    if let entry = file?["services"] {
      for service in named(entry) {
        guard
          let section = section(
            service.value, at: service.position, keys: ["title", "owner", "policy", "slos"])
        else { continue }
        let owner = section["owner"].flatMap { text($0.value)?.value }
        let title = section["title"].flatMap { text($0.value)?.value } ?? service.key
        services.append(ServiceDefinition(name: service.key, title: title, owner: owner))
        let policy = section["policy"].flatMap { self.policy($0) } ?? policy
        guard let slos = required("slos", of: section) else { continue }
        for slo in named(slos) {
          if let objective = objective(slo, service: service.key, owner: owner, policy: policy) {
            objectives.append(objective)
          }
        }
      }
    }
    return Configuration(
      title: file?["title"].flatMap { text($0.value)?.value },
      timezone: file?["timezone"].flatMap { text($0.value)?.value } ?? "UTC",
      timezonePosition: file?["timezone"]?.value.position,
      sources: sources, services: services, objectives: objectives,
      staleAfter: file?["stale_after"].flatMap { duration($0.value) } ?? .hours(24),
      history: file?["history"].flatMap { text($0.value)?.value } ?? "sloreport.db",
      output: file?["reports"].flatMap { text($0.value)?.value } ?? "reports",
      retention: retention(file?["retention"]))
  }

  private mutating func sources(_ entry: Entry) -> [SourceDefinition] {
    var sources: [SourceDefinition] = []
    for source in named(entry) {
      let section = section(source.value, at: source.position, keys: ["files", "time"])
      let files = section.flatMap { required("files", of: $0) }
      let pattern = files.flatMap { text($0.value)?.value }
      let time = section?["time"].flatMap { choice($0.value, ["mtime"]) }
      // With a finding noted, the source still counts as named, so that references to it stand.
      sources.append(
        SourceDefinition(
          name: source.key, pattern: pattern ?? "", timeFromModification: time != nil))
    }
    return sources
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
