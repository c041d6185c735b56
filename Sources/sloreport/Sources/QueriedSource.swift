import Definitions
import Ingest
import Model

/// A server that answers queries.
struct QueriedSource: Source {
  let definition: SourceDefinition
  let server: any QueryServer

  func pull(into collection: inout Collection) throws { try collection.pull(self) }

  /// What the server tells, the queries it was asked about, and all that is wrong.
  private func ask(
    _ project: Project
  ) -> (
    told: DatabaseDescription?, orders: [QueryOrder], faults: [(text: String, status: ExitStatus)]
  ) {
    var orders: [QueryOrder] = []
    var faults: [(text: String, status: ExitStatus)] = []
    for query in project.queries(of: name) {
      do throws(Failure) {
        orders.append(QueryOrder(query, sql: try project.sql(query), window: nil))
      } catch {
        faults.append((error.lines.joined(separator: "; "), error.status))
      }
    }
    do throws(IngestError) {
      let told = try server.describe(orders)
      faults += told.faults.compactMap(\.self).map {
        (IngestText.reason($0), IngestText.status($0))
      }
      return (told, orders, faults)
    } catch {
      return (nil, orders, faults + [(IngestText.reason(error), IngestText.status(error))])
    }
  }

  func faults(_ project: Project) -> [(text: String, status: ExitStatus)] { ask(project).faults }

  func findings(_ project: Project) -> [DoctorCommand.Finding] {
    func finding(_ text: String, failure: ExitStatus? = nil) -> DoctorCommand.Finding {
      .init("source \(name)", text, failure: failure)
    }
    let (told, orders, faults) = ask(project)
    let failed = faults.map { finding($0.text, failure: $0.status) }
    guard let told else { return failed }
    let trust =
      told.isLocal ? "on this machine" : told.isVerified ? "TLS, verified" : "not verified"
    let server =
      "PostgreSQL \(told.version) at \(told.place.address), database \(told.place.database), role \(told.place.role), \(trust)"
    return [finding(server)] + failed + told.notes.map { finding(DatabaseText.note($0)) }
      + (faults.isEmpty && !orders.isEmpty ? [finding("\(orders.count) queries are sound")] : [])
  }
}
