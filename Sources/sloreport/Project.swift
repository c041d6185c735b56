import Analytics
import Definitions
import Glibc
import History
import Ingest
import Model
import Reports

/// A configuration with its place and its zone: what every command starts from.
struct Project {
  let configuration: Configuration
  let zone: ZoneOffsets
  /// The configuration's folder; relative paths start there.
  let folder: String
  let path: String
  let sources: [any Source]

  init(_ options: CommonOptions) throws {
    let path = options.config
    self.path = path
    folder = Files.folder(of: path)
    try Files.checkRights(path)
    let bytes: [UInt8]
    do {
      bytes = try Files.read(path)
    } catch let error where error.code == ENOENT {
      throw Failure(
        .configuration,
        "there is no configuration \(path); `sloreport init` writes one, -c names another")
    } catch {
      throw Failure(.configuration, "\(path) cannot be read: \(Files.words(error.code))")
    }
    let configuration: Configuration
    do {
      configuration = try DefinitionReader.read(bytes, environment: Project.environment())
    } catch {
      throw Failure(
        .configuration, error.findings.map { DefinitionText.line($0, in: options.config) })
    }
    self.configuration = configuration
    let kept = configuration.retention.fiveMinutes
    for objective in configuration.objectives {
      guard case .rolling(let length) = objective.window, length > kept else { continue }
      throw Failure(
        .configuration,
        "\(path): \(objective.fullName) looks back \(Wording.duration(length)), but `retention` keeps "
          + "five-minute cells for \(Wording.duration(kept)); raise `five_minutes` to the window")
    }
    zone = try Project.zone(configuration.timezone, at: configuration.timezonePosition, in: path)
    sources = try Project.sources(configuration, in: path)
  }

  /// The zone of a name that stands at a position of the configuration.
  static func zone(_ name: String, at position: Position?, in path: String) throws -> ZoneOffsets {
    do {
      return try ZoneLoader.load(name)
    } catch {
      switch error {
      case .unknown(let nearest):
        let finding = Finding(
          .unknownZone(name, nearest: nearest), at: position ?? Position(line: 1, column: 1))
        throw Failure(.configuration, DefinitionText.line(finding, in: path))
      case .noData:
        throw Failure(
          .configuration, "no time zone data in \(ZoneLoader.folder); install the package tzdata")
      case .damaged:
        throw Failure(.configuration, "the zone file \(ZoneLoader.folder)/\(name) is damaged")
      }
    }
  }

  func located(_ path: String) -> String { path.hasPrefix("/") ? path : "\(folder)/\(path)" }

  var historyPath: String { located(configuration.history) }

  var historyFolder: String {
    historyPath.lastIndex(of: "/").map { String(historyPath[...$0]) } ?? "."
  }

  /// What people call the system.
  var title: String {
    if let title = configuration.title { return title }
    guard let name = realpath(folder, nil) else { return "Reliability" }
    defer { free(name) }
    return String(cString: name).split(separator: "/").last.map(String.init) ?? "Reliability"
  }

  /// All that the objectives ask of a feed.
  func selectors(of source: String) -> [Selector] {
    (configuration.objectives.flatMap { $0.indicator.selectors + $0.indicator.createdSelectors }
      + configuration.capacity.flatMap(\.selectors)).filter { $0.source == source }
  }

  /// By feed, the labels by which the targets of its series differ.
  var targets: [String: TargetLabels] {
    sources.compactMap(\.files).reduce(into: [:]) { $0[$1.feed] = $1.targets }
  }

  /// All counters that the objectives ask for.
  var counters: [Selector] { configuration.objectives.flatMap(\.indicator.counters) }

  /// The service whose incidents are kept under a name.
  func incidentService(_ feed: String) -> ServiceDefinition? {
    configuration.services.first { $0.incidents?.feed == feed }
  }

  /// Whether another service has its incidents from the same files or query.
  func sharesIncidents(_ service: ServiceDefinition) -> Bool {
    configuration.services.count { $0.incidents?.origin == service.incidents?.origin } > 1
  }

  /// What the files of a service's incidents are to be read for; `nil` where the feed is none of files.
  private func incidentMark(of feed: String) -> UInt32? {
    guard let definition = incidentService(feed)?.incidents else { return nil }
    return sources.first { $0.name == definition.source }?.files?.mark(of: definition.mapping)
  }

  /// The source of files that a feed has its series from.
  func files(of feed: String) -> FilesSource? {
    sources.lazy.compactMap(\.files).first { $0.feed == feed }
  }

  /// What is asked for a feed; `nil` for files.
  func query(_ feed: String) -> ConfiguredQuery? {
    sources.lazy.flatMap { queries(of: $0.name) }.first { $0.feed == feed }
  }

  /// What a feed is read for: by each selector of its files; incidents, and a query, as a whole.
  func asked(of feed: String) -> [(asked: Asked, selector: Selector?)] {
    if query(feed) != nil || incidentMark(of: feed) != nil {
      return [(asked(of: feed, for: .rows(of: feed)), nil)]
    }
    var found: [(asked: Asked, selector: Selector?)] = []
    for selector in selectors(of: feed) {
      let one = asked(of: feed, for: selector)
      if !found.contains(where: { $0.asked == one }) { found.append((one, selector)) }
    }
    return found
  }

  /// What a feed is read for by one of its selectors.
  func asked(of feed: String, for selector: Selector) -> Asked {
    if query(feed) != nil { return .query }
    if let mark = incidentMark(of: feed) { return Asked(parts: ["\(mark)"]) }
    return Asked(selector, form: files(of: feed)?.form ?? 0)
  }

  /// How far a feed was collected for some selectors, as it is configured now; `nil` for not at all.
  func progress(
    of feed: String, for selectors: [Selector], in store: HistoryStore
  ) throws(HistoryError) -> QueryProgress? {
    if let query = query(feed) {
      // A query that cannot be read is named by the pull.
      guard let sql = try? sql(query) else { return nil }
      return QueryOrder(query, sql: sql, window: nil).progress(try store.query(of: feed))
    }
    let known = try store.asked(of: feed)
    if !known.isEmpty {
      return selectors.allSatisfy { selector in
        known.contains { $0.covers(self.asked(of: feed, for: selector)) }
      } ? .whole : nil
    }
    // A history of an earlier release knows the files alone.
    let asked = incidentMark(of: feed) ?? files(of: feed)?.mark(of: self.selectors(of: feed))
    let marks = try store.files(of: feed)
    return marks.isEmpty || marks.contains { $0.wanted == asked } ? .whole : nil
  }

  /// The names under which the history keeps what a source tells.
  func feeds(of source: String) -> [String] {
    let own = sources.filter { $0.name == source }.map(\.feed)
    return Set(own + queries(of: source).map(\.feed) + incidents(of: source).map(\.feed))
      .sorted()
  }

  /// Where the incidents come from that a source tells.
  func incidents(of source: String) -> [IncidentsDefinition] {
    configuration.services.compactMap(\.incidents).filter { $0.source == source }
  }

  /// All that is asked of a database.
  func queries(of source: String) -> [ConfiguredQuery] {
    configuration.queries.filter { $0.source == source }.map {
      ConfiguredQuery(
        feed: $0.feed, path: $0.path, shape: $0.shape, mapping: nil,
        states: configuration.states[$0.feed] ?? StateWords(), position: $0.position)
    }
      + incidents(of: source).compactMap { definition in
        definition.query.map {
          ConfiguredQuery(
            feed: definition.feed, path: $0, shape: .incidents, mapping: definition.mapping,
            states: StateWords(), position: definition.position)
        }
      }
  }

  /// The text of a query's file.
  func sql(_ query: ConfiguredQuery) throws(Failure) -> String {
    try Files.checkRights(located(query.path))
    do {
      return String(decoding: try Files.read(located(query.path), limit: 1 << 20), as: UTF8.self)
    } catch {
      throw Failure(
        .configuration,
        "\(path):\(query.position.line):\(query.position.column): the query \(query.path) cannot be read: "
          + Files.words(error.code))
    }
  }

  /// Warnings of queries that do not say which time they are asked for.
  func queryWarnings() throws(Failure) -> [Finding] {
    var found: [Finding] = []
    for query in sources.flatMap({ queries(of: $0.name) }) {
      let order = QueryOrder(query, sql: try sql(query), window: nil)
      let missing = order.missingBounds
      if missing.isEmpty || order.tellsOnlyNow { continue }
      found.append(
        Finding(
          .warning(.queryWithoutBounds(query.path, missing: missing)), at: query.position))
    }
    return found
  }

  private static func environment() -> [String: String] {
    var result: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      let pair = String(cString: text).split(separator: "=", maxSplits: 1)
      if pair.count == 2 { result[String(pair[0])] = String(pair[1]) }
      entry += 1
    }
    return result
  }
}

extension Asked {
  /// A query, as its text is now.
  static let query = Asked(parts: ["query"])
}
