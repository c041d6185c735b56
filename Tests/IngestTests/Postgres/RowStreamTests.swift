import Foundation
import Model
import Testing

@testable import Ingest

@Suite("A stream of rows")
struct RowStreamTests {
  let database: TestDatabase

  init() throws { database = try TestDatabase.shared.get() }

  private func query(_ sql: String, _ columns: [RowQuery.Column]) -> RowQuery {
    RowQuery(sql: sql, window: order("", .value).window, columns: columns)
  }

  /// What a closure gathers.
  private final class Found {
    var (rows, portions, sum, bytes) = (0, 0, Int64(0), 0)
    var values: [String] = []
  }

  // Rows are numbered from 1, so that they add up to n (n + 1) / 2; each text is as long as its number says, up to 99.
  @Test("lends every row once, in portions, and the queries in their order")
  func everyRow() throws {
    let found = Found()
    var places: [Int] = []
    let source = PostgresSource(name: "w", access: database.access())
    try source.stream([
      query(
        "SELECT n, repeat('x', (n % 100)::int), :from AS at FROM generate_series(1, 20000) n",
        [.whole, .bytes, .time]),
      query("SELECT 7::int2, NULL, 'infinity'::timestamptz", [.whole, .bytes, .time]),
    ]) { place, rows in
      if places.last != place { places.append(place) }
      found.portions += 1
      for row in 0..<rows.rows where place == 0 {
        found.rows += 1
        found.sum += rows.whole(row, 0) ?? 0
        found.bytes += rows.value(row, 1)?.count ?? 0
        #expect(rows.microseconds(row, 2) == order("", .value).window.start.nanoseconds / 1000)
      }
      guard place == 1 else { return }
      found.values.append("\(rows.whole(0, 0) ?? 0) \(rows.value(0, 1)?.count ?? -1)")
      #expect(rows.microseconds(0, 2) == .max)
    }
    #expect(places == [0, 1])
    #expect(found.rows == 20_000)
    #expect(found.sum == 20_000 * 20_001 / 2)
    #expect(found.bytes == 200 * 4950)
    #expect(found.portions > 10)
    #expect(found.values == ["7 -1"])
  }

  @Test("refuses columns of other types, and too few of them")
  func columns() throws {
    func reason(_ sql: String, _ columns: [RowQuery.Column]) -> DatabaseFault.Reason? {
      do throws(IngestError) {
        let source = PostgresSource(name: "w", access: database.access())
        try source.stream([query(sql, columns)]) { _, _ in Issue.record("lent") }
        return nil
      } catch {
        guard case .database(let fault) = error.reason else { return nil }
        return fault.reason
      }
    }
    #expect(reason("SELECT 1.5 AS a", [.whole]) == .columnType(column: "a", type: 1700))
    #expect(reason("SELECT now()::timestamp AS a", [.time]) == .columnType(column: "a", type: 1114))
    #expect(reason("SELECT 1 AS a", [.bytes]) == .columnType(column: "a", type: 23))
    #expect(reason("SELECT 1 AS a", [.whole, .time]) == .missingColumns(["2"], found: ["a"]))
  }
}
