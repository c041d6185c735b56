import Analytics
import Model
import Testing

@Suite("Data quality")
struct DataQualityTests {
  private func nano(_ seconds: Int64) -> Int64 { seconds * 1_000_000_000 }

  private func series(_ readings: [(Int64, Double)], _ labels: [Label] = []) -> Series {
    var builder = CellBuilder()
    for (time, value) in readings { builder.add(value, at: nano(time)) }
    return Series(
      id: SeriesID(source: "m", name: "x", labels: labels), kind: .samples, cells: builder.finish())
  }

  private let stale = Double(bitPattern: Cell.staleMark)

  @Test("of a series counts each kind of flaw")
  func counts() {
    // 60 twice, 30 after 60, NaN at 120, a mark at 180, a fall at 240.
    let flaws = Flaws(
      of: series([(60, 1), (60, 2), (30, 1), (120, .nan), (180, stale), (240, 0), (300, 1)]),
      isCounter: true)
    var expected = Flaws()
    (expected.accepted, expected.rejected, expected.duplicated) = (4, 1, 1)
    (expected.disordered, expected.stale, expected.resets) = (1, 1, 1)
    // Steps of 30, 180, and 60 s; the median is 60, and 180 s could have held two more.
    expected.missing = 2
    #expect(flaws == expected)
    #expect(flaws.count == 7)
  }

  @Test("of a gauge knows no restart, and of rows nothing that is missing")
  func gauges() {
    let gauge = series([(0, 5), (60, 3), (120, 9)])
    #expect(Flaws(of: gauge, isCounter: false).count == 0)
    #expect(Flaws(of: gauge, isCounter: true).resets == 1)
    let table = rows([(0, 1), (1, 1), (2, 1), (60, 1)], [])
    #expect(Flaws(of: table, isCounter: true).count == 0)
  }

  // 15 s apart; one missed is no gap, 0 to 45 is 3 intervals: 2 missed.
  @Test("counts the samples of gaps longer than 2.5 intervals alone")
  func missing() {
    let times: [Int64] = [0, 15, 30, 60, 75, 90, 135, 150, 165, 180]
    #expect(Flaws(of: series(times.map { ($0, 1) }), isCounter: false).missing == 2)
    #expect(Flaws(of: series([]), isCounter: true) == Flaws())
    #expect(Flaws(of: series([(0, 1)]), isCounter: true).missing == 0)
  }

  @Test("of an objective adds up its series inside the window, and names the worst of several")
  func window() {
    let good = series([(30, 1), (90, 1)], [Label("pod", "a")])
    let bad = series(
      [(30, .nan), (90, 1), (90, 1), (150, .nan), (210, .nan)], [Label("pod", "b")])
    let quality = DataQuality(of: [good, bad], in: span(60, 180))
    #expect(quality.flaws.rejected == 1)
    #expect(quality.flaws.duplicated == 1)
    #expect(quality.flaws.accepted == 2)
    #expect(quality.worst == bad.id)
    #expect(DataQuality(of: [bad], in: span(60, 180)).worst == nil)
    #expect(DataQuality(of: [good, good], in: span(60, 180)).worst == nil)
  }
}
