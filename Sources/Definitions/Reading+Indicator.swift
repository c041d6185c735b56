import Model

extension Reading {
  mutating func indicator(_ entry: Entry) -> Indicator? {
    switch entry.key {
    case "ratio": ratio(entry)
    case "latency": latency(entry)
    case "slices": slices(entry)
    case "freshness": freshness(entry)
    default: availability(entry)
    }
  }

  private mutating func ratio(_ entry: Entry) -> Indicator? {
    guard
      let section = section(
        entry.value, at: entry.position, keys: ["source", "good", "total", "where"])
    else { return nil }
    let source = source(of: section)
    if section["good"] == nil, let total = section["total"], section["where"] == nil {
      if !section.suspected.contains("good") { note(.missingKey("good"), at: section.position) }
      _ = selector(total, source: source)
      return nil
    }
    guard let one = one(of: ["good", "where"], in: section) else { return nil }
    guard one.key == "good" else {
      if let total = section["total"] {
        note(.conflictingKeys(["where", "total"]), at: total.position)
      }
      return rows(one, source: source).map(Indicator.ratioRows)
    }
    let good = selector(one, source: source)
    let total = required("total", of: section).flatMap { selector($0, source: source) }
    guard let good, let total else { return nil }
    return .ratio(good: good, total: total)
  }

  private mutating func latency(_ entry: Entry) -> Indicator? {
    guard
      let section = section(
        entry.value, at: entry.position, keys: ["source", "histogram", "where", "at_most"])
    else { return nil }
    let series = series("histogram", of: section)
    let bound = required("at_most", of: section).flatMap {
      duration($0.value, least: .milliseconds(1))
    }
    guard let series, let bound else { return nil }
    guard !series.name.isEmpty, !series.name.hasSuffix("_bucket") else {
      return .latency(series, atMost: bound)
    }
    return .latency(series.named(series.name + "_bucket"), atMost: bound)
  }

  private mutating func slices(_ entry: Entry) -> Indicator? {
    guard
      let section = section(
        entry.value, at: entry.position,
        keys: ["source", "value", "where", "at_most", "at_least", "every"])
    else { return nil }
    let series = series("value", of: section)
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
        entry.value, at: entry.position, keys: ["source", "newest", "where", "at_most"])
    else { return nil }
    let series = series("newest", of: section)
    let bound = required("at_most", of: section).flatMap { duration($0.value) }
    guard let series, let bound else { return nil }
    return .freshness(series, atMost: bound)
  }

  private mutating func availability(_ entry: Entry) -> Indicator? {
    guard
      let section = section(
        entry.value, at: entry.position, keys: ["source", "up", "heartbeat", "where", "within"])
    else { return nil }
    let source = source(of: section)
    guard let one = one(of: ["up", "heartbeat", "where"], in: section) else { return nil }
    if one.key == "up" {
      if let within = section["within"] {
        note(.conflictingKeys(["up", "within"]), at: within.position)
      }
      return selector(one, source: source).map(Indicator.uptime)
    }
    let series = one.key == "where" ? rows(one, source: source) : selector(one, source: source)
    let within = required("within", of: section).flatMap { duration($0.value) }
    guard let series, let within else { return nil }
    return .heartbeat(series, within: within)
  }

  /// The series of a metric named at `key`, or the rows that `where` picks.
  private mutating func series(_ key: String, of section: Section) -> Selector? {
    let source = source(of: section)
    guard let one = one(of: [key, "where"], in: section) else { return nil }
    return one.key == "where" ? rows(one, source: source) : selector(one, source: source)
  }

  private mutating func source(of section: Section) -> String? {
    guard let value = required("source", of: section)?.value, let text = text(value) else {
      return nil
    }
    if sourceNames.contains(text.value) { return text.value }
    let nearest = Spelling.nearest(to: text.raw, among: sourceNames)
    note(.unknownSource(text.raw, nearest: nearest), at: value.position)
    return nil
  }

  /// Reads the selector even without a source, so that all findings come at once.
  private mutating func selector(_ entry: Entry, source: String?) -> Selector? {
    guard let text = text(entry.value) else { return nil }
    do throws(SelectorError) {
      let selector = try Selector(source: source ?? "", text: text.value)
      return source == nil ? nil : selector
    } catch {
      note(.badSelector(error), at: entry.value.position)
      return nil
    }
  }

  /// Rows have no name; each key of `where` is a column, and each value what it must hold.
  private mutating func rows(_ entry: Entry, source: String?) -> Selector? {
    guard let entries = entries(entry.value) else { return nil }
    var matchers: [Selector.Matcher] = []
    for entry in entries {
      guard let text = text(entry.value) else { continue }
      matchers.append(Selector.Matcher(label: entry.key, condition: .equal(text.value)))
    }
    return source.map { Selector(source: $0, name: "", matchers: matchers) }
  }
}
