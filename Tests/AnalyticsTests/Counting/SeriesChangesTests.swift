import Model
import Testing

@testable import Analytics

@Suite("Series that come and go")
struct SeriesChangesTests {
  /// One reading a minute from `first` to `last`, rising by one.
  private func series(_ name: String, _ first: Int64, _ last: Int64, from value: Double) -> Series {
    var builder = CellBuilder()
    for minute in first...last {
      builder.add(value + Double(minute - first), at: minute * 60_000_000_000)
    }
    return Series(
      id: SeriesID(source: "m", name: name), kind: .samples, cells: builder.finish())
  }

  @Test("names a counter first seen above zero, and one that ends before the others")
  func names() {
    let all = [
      series("a", 0, 60, from: 0), series("born", 10, 60, from: 50), series("gone", 0, 20, from: 0),
    ]
    let changes = SeriesChanges(of: all, interval: .minutes(1))
    #expect(changes.arrivals == [.init(at: Instant(seconds: 600), value: 50)])
    #expect(changes.ends == [Instant(seconds: 1200)])
  }

  // 2.5 intervals are allowed: a series that starts two minutes later, or at zero, is nothing to speak of.
  @Test("says nothing of series that start together, start at zero, or are alone")
  func isQuiet() {
    let all = [
      series("a", 0, 60, from: 0), series("b", 2, 58, from: 9), series("zero", 10, 60, from: 0),
    ]
    #expect(SeriesChanges(of: all, interval: .minutes(1)) == SeriesChanges())
    #expect(SeriesChanges(of: [], interval: nil) == SeriesChanges())
  }
}
