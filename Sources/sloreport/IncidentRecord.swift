import Analytics
import Definitions
import History
import Model
import Reports

/// Loads the incidents of services.
struct IncidentRecord {
  let project: Project
  let store: HistoryStore

  func facts(
    of services: [ServiceDefinition], in window: Window, asOf: Instant, by key: IncidentsFacts.Key,
    incomplete: [ReportFacts.Failure]
  ) throws -> IncidentsFacts {
    let feeds = try services.map { service in
      let feed = Feed.incidents(of: service.name)
      return IncidentFeed(
        name: service.name, title: service.title,
        origin: service.incidents?.origin ?? service.name, entries: try entries(of: feed),
        known: try known(of: feed), excluded: excluded(of: service, in: window))
    }
    return IncidentsFacts(feeds, in: window, asOf: asOf, by: key, incomplete: incomplete)
  }

  /// What is known of the incidents of a feed's service.
  ///
  /// Where several services name the same file or query, each has the rows that name it, or no service at all.
  func entries(of feed: String) throws -> [IncidentEntry] {
    let entries = try store.incidents(of: feed)
    guard let service = project.incidentService(feed), project.sharesIncidents(service) else {
      return entries
    }
    let names = names(of: service)
    return entries.filter { entry in
      entry.services.isEmpty || entry.services.contains { names.contains($0.lowercased()) }
    }
  }

  private func names(of service: ServiceDefinition) -> Set<String> {
    [service.name.lowercased(), service.title.lowercased()]
  }

  /// What speaks against the names of services in the rows of a shared file or query: a name that is no service here.
  ///
  /// It is a doubt where it is like the service's own name, and where the service was never named and the configuration does
  /// not say `since:` when it is known to have had no incident; else it is only named, where its row lies in the window.
  func strangers(_ feed: String, in window: Window) throws -> (doubts: [Caveat], notes: [Caveat]) {
    guard let service = project.incidentService(feed), project.sharesIncidents(service) else {
      return ([], [])
    }
    let known = project.configuration.services.reduce(into: Set<String>()) {
      $0.formUnion(names(of: $1))
    }
    let own = names(of: service)
    var (isNamed, alike, others, recent) = (false, Set<String>(), Set<String>(), Set<String>())
    for entry in try store.incidents(of: feed) {
      for name in entry.services {
        let plain = name.lowercased()
        if own.contains(plain) { isNamed = true }
        if known.contains(plain) { continue }
        others.insert(name)
        guard entry.mayLie(in: window) else { continue }
        recent.insert(name)
        if own.contains(where: { IncidentRecord.isLike($0, plain) }) { alike.insert(name) }
      }
    }
    func caveat(_ names: Set<String>) -> [Caveat] {
      names.isEmpty ? [] : [.unnamedService(service.name, others: Array(names.sorted().prefix(3)))]
    }
    if !alike.isEmpty { return (caveat(alike), []) }
    if !isNamed, service.incidents?.since == nil { return (caveat(others), []) }
    return ([], caveat(recent))
  }

  /// Whether one may be meant by the other: it is misspelt, or one of several words.
  private static func isLike(_ name: String, _ other: String) -> Bool {
    Spelling.nearest(to: other, among: [name]) != nil
      || min(name.utf8.count, other.utf8.count) > 2
        && (name.contains(other) || other.contains(name))
  }

  /// The time for which the incidents of a feed are known: what its pulls covered, and all before that since when the
  /// configuration says that they are.
  func known(of feed: String) throws -> WindowSet {
    let spans = try store.spans(of: feed)
    guard let since = project.incidentService(feed)?.incidents?.since,
      let end = spans.windows.last?.end, since < end
    else { return spans }
    return spans.union(WindowSet([Window(start: since, end: end)]))
  }

  /// The agreed time of a service's incidents: of the objectives that count them, where there are any.
  private func excluded(of service: ServiceDefinition, in window: Window) -> WindowSet {
    let lists = project.configuration.objectives.filter { objective in
      guard case .incidents = objective.indicator else { return false }
      return objective.service == service.name
    }.map(\.exclusions)
    let shared = lists.first?.filter { exclusion in lists.allSatisfy { $0.contains(exclusion) } }
    return Exclusion.windows(of: shared ?? service.exclusions, in: window, zone: project.zone)
  }
}
