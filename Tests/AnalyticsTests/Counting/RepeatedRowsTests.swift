import Analytics
import Model
import Testing

@Suite("Rows that came again")
struct RepeatedRowsTests {
  /// Twenty rows, one a minute, so many of which came again.
  private func table(_ repeated: Int64, at minute: Int = 3) -> Series {
    var series = rows(
      (0..<20).map { (minute: $0, amount: 1) }, [Label("column", "good")])
    series.cells[minute].duplicates = repeated
    return series
  }

  // One of twenty is a twentieth.
  @Test("matter from a twentieth of all rows on")
  func twentieth() {
    #expect(RepeatedRows.count(in: [table(1)], window: span(0, 1200)) == 1)
    #expect(RepeatedRows.count(in: [table(1), table(0)], window: span(0, 1200)) == nil)
    #expect(RepeatedRows.count(in: [table(2), table(0)], window: span(0, 1200)) == 2)
    #expect(RepeatedRows.count(in: [table(0)], window: span(0, 1200)) == nil)
  }

  @Test("count inside of the window, and no samples")
  func inside() {
    #expect(RepeatedRows.count(in: [table(1)], window: span(240, 1200)) == nil)
    var readings = samples([1, 2])
    readings.cells[0].duplicates = 5
    #expect(RepeatedRows.count(in: [readings], window: span(0, 1200)) == nil)
  }
}
