import Ingest
import Model
import Testing

@Suite("A query's progress")
struct QueryOrderTests {
  private func order(_ sql: String) -> QueryOrder {
    QueryOrder(
      feed: "db/q.sql", path: "q.sql", sql: sql, shape: .ratio,
      window: Window(start: Instant(seconds: 0), end: Instant(seconds: 86_400)))
  }

  // CRC-32C of "SELECT 1 ratio", by the definition, bit by bit.
  private func mark(until seconds: Int64, wanted: UInt32) -> FileMark {
    FileMark(
      path: "q.sql", bytes: 8, modified: seconds * 1_000_000_000, checksum: 0x2274_5DE7,
      wanted: wanted)
  }

  @Test("is whole, cut short, or nothing when its text or its file is another")
  func progress() {
    #expect(order("SELECT 1").progress(in: [mark(until: 7, wanted: 0)]) == .whole)
    #expect(
      order("SELECT 1").progress(in: [mark(until: 7, wanted: 1)]) == .until(Instant(seconds: 7)))
    #expect(
      order("-- comment\nSELECT  1").progress(in: [mark(until: 7, wanted: 0)]) == .whole)
    #expect(order("SELECT 2").progress(in: [mark(until: 7, wanted: 0)]) == nil)
    #expect(order("SELECT 1").progress(in: []) == nil)
  }
}
