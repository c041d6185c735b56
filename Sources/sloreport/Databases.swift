import Definitions
import History
import Ingest
import Model

/// Asks the databases of a configuration what they are, and whether they would run its queries.
struct Databases {
  let project: Project

  /// What one source told, or why it cannot be asked.
  struct Answer {
    let source: String
    let orders: [QueryOrder]
    let description: Result<DatabaseDescription, IngestError>
    /// Queries whose file cannot be read.
    let unreadable: [Failure]

    /// All that is wrong, with the words and the exit code for it.
    var faults: [(text: String, status: ExitStatus)] {
      var result = unreadable.map { ($0.lines.joined(separator: "; "), $0.status) }
      switch description {
      case .failure(let error):
        result.append((IngestText.reason(error), IngestText.status(error)))
      case .success(let description):
        result += description.faults.compactMap { fault in
          fault.map { (IngestText.reason($0), IngestText.status($0)) }
        }
      }
      return result
    }
  }

  func answers() -> [Answer] {
    project.configuration.sources.compactMap { source in
      switch source.kind {
      case .files: nil
      case .postgres(let access): answer(source.name, access)
      }
    }
  }

  private func answer(_ name: String, _ access: DatabaseAccess) -> Answer {
    var orders: [QueryOrder] = []
    var unreadable: [Failure] = []
    for question in project.questions(of: name) {
      do throws(Failure) {
        orders.append(QueryOrder(question, sql: try project.sql(question), window: nil))
      } catch {
        unreadable.append(error)
      }
    }
    let source = PostgresSource(name: name, access: access)
    let description = Result { () throws(IngestError) in try source.describe(orders) }
    return Answer(
      source: name, orders: orders, description: description, unreadable: unreadable)
  }
}
