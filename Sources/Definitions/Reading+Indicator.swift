import Model

extension Reading {
  mutating func indicator(_ entry: Entry, of service: ServiceContext) -> Indicator? {
    switch entry.key {
    case "ratio": ratio(entry)
    case "latency": latency(entry)
    case "slices": slices(entry)
    case "freshness": freshness(entry)
    default: availability(entry, of: service)
    }
  }

  private mutating func ratio(_ entry: Entry) -> Indicator? {
    guard
      let section = section(
        entry.value, at: entry.position, keys: ["source", "good", "total", "where", "query"])
    else { return nil }
    guard section["good"] != nil || section["total"] != nil else {
      return series(["good"], shape: .ratio, of: section).map { .ratioRows($0.selector) }
    }
    let source = source(of: section)
    if let other = section["where"] ?? section["query"] {
      let keys = section["good"] == nil ? [other.key, "total"] : ["good", other.key]
      note(
        .conflictingKeys(keys),
        at: max(other.position, section[keys[1]]?.position ?? other.position))
      return nil
    }
    let good = required("good", of: section).flatMap { selector($0, source: source) }
    let total = required("total", of: section).flatMap { selector($0, source: source) }
    guard let good, let total else { return nil }
    if let place = section["good"]?.value.position {
      warn(aboutGood: good, of: total, at: place)
    }
    return .ratio(good: good, total: total)
  }

  private mutating func latency(_ entry: Entry) -> Indicator? {
    guard
      let section = section(
        entry.value, at: entry.position, keys: ["source", "histogram", "where", "query", "at_most"])
    else { return nil }
    let series = series(["histogram"], shape: .latency, of: section)?.selector
    let bound = required("at_most", of: section).flatMap {
      duration($0.value, least: .milliseconds(1))
    }
    guard let series, let bound else { return nil }
    guard !series.meansRows, !series.name.hasSuffix("_bucket") else {
      return .latency(series, atMost: bound)
    }
    return .latency(series.named(series.name + "_bucket"), atMost: bound)
  }

  private mutating func slices(_ entry: Entry) -> Indicator? {
    guard
      let section = section(
        entry.value, at: entry.position,
        keys: ["source", "value", "where", "query", "at_most", "at_least", "every"])
    else { return nil }
    let series = series(["value"], shape: .value, of: section)?.selector
    let side = one(of: ["at_most", "at_least"], in: section)
    let limit = side.flatMap { number($0.value) }
    let every: Duration?
    if let entry = section["every"] { every = slice(entry.value) } else { every = .minutes(1) }
    guard let series, let side, let limit, let every else { return nil }
    return .slices(
      series, bound: side.key == "at_most" ? .atMost(limit) : .atLeast(limit), every: every)
  }

  private mutating func freshness(_ entry: Entry) -> Indicator? {
    guard
      let section = section(
        entry.value, at: entry.position, keys: ["source", "newest", "where", "query", "at_most"])
    else { return nil }
    let series = series(["newest"], shape: .moments, of: section)?.selector
    let bound = required("at_most", of: section).flatMap { duration($0.value) }
    guard let series, let bound else { return nil }
    return .freshness(series, atMost: bound)
  }

  private mutating func availability(_ entry: Entry, of service: ServiceContext) -> Indicator? {
    guard
      let section = section(
        entry.value, at: entry.position,
        keys: [
          "source", "up", "heartbeat", "where", "query", "within", "hold_at_most", "states",
          "incidents",
        ])
    else { return nil }
    if let incidents = section["incidents"] {
      return downTime(incidents, in: section, of: service)
    }
    let holds = section["up"] == nil && section["within"] == nil
    let found = series(
      ["up", "heartbeat"], shape: holds ? .states : .moments, of: section)
    guard
      section.entries.contains(where: { ["up", "heartbeat", "where", "query"].contains($0.key) })
    else { return nil }
    let counts = found?.key == "up"
    if let first = section["up"] ?? section["hold_at_most"], let within = section["within"] {
      note(.conflictingKeys([first.key, "within"]), at: within.position)
    }
    if found?.key == "heartbeat", let hold = section["hold_at_most"] {
      note(.conflictingKeys(["heartbeat", "hold_at_most"]), at: hold.position)
    }
    let bound: Duration?
    if counts, section["hold_at_most"] == nil {
      bound = nil
    } else if found?.key == "heartbeat" {
      bound = required("within", of: section).flatMap { duration($0.value) }
    } else {
      bound = one(of: ["within", "hold_at_most"], in: section).flatMap { duration($0.value) }
    }
    guard let selector = found?.selector else { return nil }
    if let words = section["states"] {
      if let other = section["within"] ?? section["up"] ?? section["heartbeat"] {
        note(.conflictingKeys([other.key, "states"]), at: words.position)
      }
      readStates(words, of: selector.source)
    }
    if counts, section["hold_at_most"] == nil { return .uptime(selector) }
    guard let bound else { return nil }
    return section["hold_at_most"] == nil
      ? .heartbeat(selector, within: bound) : .states(selector, holdAtMost: bound)
  }

  /// What words for states mean; all objectives of a source or query share them.
  private mutating func readStates(_ entry: Entry, of source: String) {
    for word in entries(entry.value) ?? [] {
      guard let text = choice(word.value, CheckState.allCases.map(\.rawValue)),
        let state = CheckState(rawValue: text)
      else { continue }
      let name = word.key.lowercased()
      if let first = states[source]?[name], first != state {
        note(.conflictingState(word.key, first: first.rawValue), at: word.position)
      }
      states[source, default: [:]][name] = state
    }
  }

  /// `incidents: all` counts every severity as down, a list those that it names.
  private mutating func downTime(
    _ entry: Entry, in section: Section, of service: ServiceContext
  ) -> Indicator? {
    for other in section.entries where !["incidents", "where"].contains(other.key) {
      note(.conflictingKeys(["incidents", other.key]), at: other.position)
    }
    guard service.hasIncidents else {
      note(.noIncidents(service: service.name), at: entry.position)
      return nil
    }
    var severities = Severity.down
    if case .list(let items) = entry.value.content {
      // One without down time takes nothing off.
      severities = Set(items.compactMap { severity($0, among: ["critical", "major", "minor"]) })
      if severities.isEmpty { note(.missingKey("all"), at: entry.position) }
    } else if choice(entry.value, ["all"]) == nil {
      return nil
    }
    var matchers: [Selector.Matcher] = []
    if let filter = section["where"],
      let named = self.section(filter.value, at: filter.position, keys: ["service"])
    {
      matchers = conditions(named.entries)
    }
    let feed = Feed.incidents(of: service.name)
    return .incidents(
      Selector.rows(of: feed, matchers), severities: severities)
  }

  /// The series of a metric named at one of `keys`, the rows of a file that `where` picks, or those of a query.
  mutating func series(_ keys: [String], shape: RowShape, of section: Section) -> (
    key: String, selector: Selector
  )? {
    let source = source(of: section)
    let asked = section["query"]
    if asked != nil || source?.isDatabase == true {
      if let other = section.entries.first(where: { keys.contains($0.key) }) {
        note(.conflictingKeys(["query", other.key]), at: other.position)
      }
      guard let source, let query = query(of: section, in: source), let path = query.path else {
        return nil
      }
      add(QueryDefinition(source: source.name, path: path, shape: shape, position: query.position))
      let matchers = section["where"].flatMap { entries($0.value) }.map { conditions($0) } ?? []
      return (
        "query", Selector.rows(of: Feed.query(path, of: source.name), matchers)
      )
    }
    guard let one = one(of: keys + ["where"], in: section) else { return nil }
    let selector = one.key == "where" ? rows(one, source: source) : selector(one, source: source)
    return selector.map { (one.key, $0) }
  }

  private mutating func add(_ query: QueryDefinition) {
    guard let first = queries.first(where: { $0.feed == query.feed }) else {
      return queries.append(query)
    }
    if first.shape != query.shape {
      note(
        .conflictingShapes(query.path, firstLine: first.position.line), at: query.position)
    }
  }

  /// Reads the selector even without a source, so that all findings come at once.
  private mutating func selector(_ entry: Entry, source: SourceDefinition?) -> Selector? {
    guard let text = text(entry.value) else { return nil }
    do throws(SelectorError) {
      let selector = try Selector(source: source?.feed ?? "", text: text.value)
      warn(about: selector, at: entry.value.position)
      return source == nil ? nil : selector
    } catch {
      note(.badSelector(error), at: entry.value.position)
      return nil
    }
  }

  /// Rows have no name; each key of `where` is a column, and each value what it must hold.
  private mutating func rows(_ entry: Entry, source: SourceDefinition?) -> Selector? {
    guard let entries = entries(entry.value) else { return nil }
    let matchers = conditions(entries)
    return source.map { Selector.rows(of: $0.feed, matchers) }
  }

  private mutating func conditions(_ entries: [Entry]) -> [Selector.Matcher] {
    var matchers: [Selector.Matcher] = []
    for entry in entries {
      guard let text = text(entry.value) else { continue }
      matchers.append(Selector.Matcher(label: entry.key, condition: .equal(text.value)))
    }
    return matchers
  }
}

extension SourceDefinition {
  fileprivate var isDatabase: Bool {
    switch kind {
    case .files: false
    case .postgres: true
    }
  }
}
