import Analytics
import Definitions
import History
import Ingest
import Model

/// What the facts of a period were made from: the files that were read, and the queries that were asked.
struct ReportInputs {
  let project: Project
  let store: HistoryStore

  private struct Input: Encodable {
    let feed: String
    let path: String
    /// Of a file.
    var bytes: Int64?
    /// CRC-32C of a file as it was read, or of a query and how its rows are read.
    let checksum: String
    /// Of a query, as it was asked.
    var text: String?
  }

  /// The list as text, in order of feed and path: the files that reach into the time a report of `period` needs, and the
  /// queries, of all that the configuration asks for.
  func list(of period: ReportPeriod) throws -> [UInt8] {
    let configuration = project.configuration
    let end = period.window(in: project.zone).end
    let start = NeededTime.start(
      ofReportsBy: period.unit, over: configuration.objectives.map(\.window), made: end)
    let selectors =
      configuration.objectives.flatMap(\.indicator.selectors)
      + configuration.capacity.flatMap(\.selectors)
    let feeds = Set(
      selectors.map(\.source)
        + configuration.services.filter { $0.incidents != nil }.map { Feed.incidents(of: $0.name) })
    var inputs: [Input] = []
    for feed in feeds.sorted() {
      if let query = project.query(feed) {
        guard let mark = try store.query(of: feed) else { continue }
        let sql = try project.sql(query)
        let isAsked = QueryOrder(query, sql: sql, window: nil).progress(mark) != nil
        inputs.append(
          Input(
            feed: Feed.text(of: feed), path: mark.path, checksum: hex(mark.checksum),
            text: isAsked ? sql : nil))
      } else {
        inputs += try store.files(of: feed)
          .filter { $0.ends == .max || Instant(minute: $0.ends) > start }
          .map {
            Input(
              feed: Feed.text(of: feed), path: $0.path, bytes: $0.bytes, checksum: hex($0.checksum))
          }
      }
    }
    return try FactsCodec.encode(inputs)
  }

  private func hex(_ checksum: UInt32) -> String {
    let digits = String(checksum, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
