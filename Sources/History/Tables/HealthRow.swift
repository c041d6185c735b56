import HistoryQueries
import Model

/// The failures of a source that later runs must know of.
struct HealthRow: Row {
  static let table = HistoryTable.health
  static let keyLength = 1
  static let all = HistoryQueries.healthAll
  static let put = HistoryQueries.healthPut

  let source: String
  let health: SourceHealth

  /// All sources are read together, so that a row with another name is noticed.
  var group: String? { "" }

  init(source: String, health: SourceHealth) {
    self.source = source
    self.health = health
  }

  init(_ columns: inout ColumnReader) throws(HistoryError) {
    source = try columns.text()
    health = SourceHealth(
      failures: Int(clamping: try columns.integer()), opened: try columns.optionalInstant(),
      throttles: Int(clamping: try columns.integer()), notBefore: try columns.optionalInstant())
  }

  func columns(_ columns: inout some Columns) {
    columns.add(source)
    columns.add(Int64(health.failures))
    columns.add(health.opened?.nanoseconds)
    columns.add(Int64(health.throttles))
    columns.add(health.notBefore?.nanoseconds)
  }
}
