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
      return (
        name: service.name, title: service.title, incidents: try incidents(of: feed),
        known: try known(of: feed)
      )
    }
    return IncidentsFacts(feeds, in: window, asOf: asOf, by: key, incomplete: incomplete)
  }

  /// The incidents that lie in a window, as they were known at its end.
  func list(of services: [ServiceDefinition], in window: Window) throws -> [IncidentFacts] {
    try facts(of: services, in: window, asOf: window.end, by: .severity, incomplete: []).incidents
  }

  func incidents(of feed: String) throws -> [Incident] {
    do throws(HistoryError) {
      return try store.incidents(of: feed)
    } catch {
      throw HistoryText.failure(error, path: project.historyPath)
    }
  }

  private func known(of feed: String) throws -> WindowSet {
    do throws(HistoryError) {
      return try store.spans(of: feed)
    } catch {
      throw HistoryText.failure(error, path: project.historyPath)
    }
  }
}
