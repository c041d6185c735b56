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
      let (known, unusable) = try known(of: feed, in: window)
      return IncidentFeed(
        name: service.name, title: service.title, incidents: try incidents(of: feed), known: known,
        unusable: unusable)
    }
    return IncidentsFacts(feeds, in: window, asOf: asOf, by: key, incomplete: incomplete)
  }

  func incidents(of feed: String) throws -> [Incident] {
    do throws(HistoryError) {
      return try store.incidents(of: feed)
    } catch {
      throw HistoryText.failure(error, path: project.historyPath)
    }
  }

  /// The time for which the incidents of a feed are known, and the rows that could not be used and may lie in a window.
  private func known(of feed: String, in window: Window) throws -> (WindowSet, Int64) {
    do throws(HistoryError) {
      let rejects = try store.load(Selector(source: feed, name: ""), in: window)
      return (
        try store.spans(of: feed), rejects.flatMap(\.cells).map(\.rejects).max() ?? 0
      )
    } catch {
      throw HistoryText.failure(error, path: project.historyPath)
    }
  }
}
