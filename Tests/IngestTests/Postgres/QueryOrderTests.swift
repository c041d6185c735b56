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
  private func mark(_ progress: QueryProgress, _ path: String = "q.sql") -> QueryMark {
    QueryMark(path: path, checksum: 0x2274_5DE7, progress: progress)
  }

  @Test("is whole, cut short, or nothing when its text is another; its file may have another name")
  func progress() {
    let seven = QueryProgress.until(Instant(seconds: 7))
    #expect(order("SELECT 1").progress(mark(.whole)) == .whole)
    #expect(order("SELECT 1").progress(mark(seven)) == seven)
    #expect(order("-- comment\nSELECT  1").progress(mark(.whole, "r.sql")) == .whole)
    #expect(order("SELECT 2").progress(mark(.whole)) == nil)
    #expect(order("SELECT 1").progress(nil) == nil)
  }
}
