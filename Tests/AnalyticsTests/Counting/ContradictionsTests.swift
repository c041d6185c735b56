import Analytics
import Model
import Testing

@Suite("Contradictions between files")
struct ContradictionsTests {
  private func conflicting(_ minutes: [Int64], _ name: String = "total") -> Series {
    var series = samples([1, 2, 3, 4, 5, 6], name)
    for place in series.cells.indices where minutes.contains(series.cells[place].minute) {
      series.cells[place].conflicts = 1
    }
    return series
  }

  private func conflictingRows(_ minutes: [Int64]) -> Series {
    var series = rows((0..<6).map { ($0, 1) }, [Label("column", "good")])
    for minute in minutes { series.cells[Int(minute)].conflicts = 1 }
    return series
  }

  @Test("are those of the series with the most minutes of them, from the first on")
  func worst() throws {
    let found = try #require(
      Contradictions(
        in: [conflicting([1], "few"), conflicting([2, 3], "many")], window: span(0, 600)))
    #expect(found.id.text == "many")
    #expect(found.minutes == 2)
    #expect(found.first == Instant(minute: 2))
  }

  @Test("count inside of the window alone")
  func window() {
    #expect(Contradictions(in: [conflicting([1])], window: span(120, 600)) == nil)
    #expect(Contradictions(in: [conflicting([])], window: span(0, 600)) == nil)
    #expect(Contradictions(in: [], window: span(0, 600)) == nil)
  }

  @Test("of rows are corrections up to two minutes")
  func rows() {
    #expect(Contradictions(in: [conflictingRows([1, 2])], window: span(0, 600)) == nil)
    #expect(Contradictions(in: [conflictingRows([1, 2, 3])], window: span(0, 600))?.minutes == 3)
  }

  private func rows(_ amounts: [(Int64, Double)], _ labels: [Label]) -> Series {
    AnalyticsTests.rows(amounts.map { (minute: $0.0, amount: $0.1) }, labels)
  }
}
