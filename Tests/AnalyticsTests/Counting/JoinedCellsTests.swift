import Model
import TestSupport
import Testing

@testable import Analytics

@Suite("Minutes that were joined to longer cells")
struct JoinedCellsTests {
  /// One event a minute, read at its end, in cells of an hour.
  private func hours(_ count: Int64, _ name: String = "total") -> Series {
    let cells = (0..<count).map { hour in
      var cell = Cell(minute: hour * 60)
      for minute in hour * 60 + 1...hour * 60 + 60 {
        cell.add(Double(minute), at: minute * 60_000_000_000)
      }
      return cell
    }
    return Series(
      id: SeriesID(source: "m", name: name, labels: []), kind: .samples, cells: cells)
  }

  @Test("end where a cell would go on after the instant, and say from when on nothing is known")
  func cut() {
    let (left, unresolved) = JoinedCells.cut([hours(3)], at: Instant(seconds: 9000))
    #expect(left.first?.cells.count == 2)
    #expect(unresolved == span(7200, 9000))
    let whole = JoinedCells.cut([hours(3)], at: Instant(seconds: 10_800))
    #expect(whole.series == [hours(3)])
    #expect(whole.unresolved == nil)
  }

  @Test("end together: what another series knows of that time does not count either")
  func together() {
    let minutes = samples((0...160).map(Double.init), "good")
    let (left, unresolved) = JoinedCells.cut([hours(3), minutes], at: Instant(seconds: 9600))
    #expect(unresolved == span(7200, 9600))
    #expect(left.map { $0.cells.last?.lastTime } == [7_200_000_000_000, 7_200_000_000_000])
  }

  @Test("of rows hold what starts at the instant or later")
  func rowsOfAnHour() {
    var cell = Cell(minute: 0)
    for minute in Int64(0)..<60 { cell.add(1, at: minute * 60_000_000_000) }
    let series = Series(
      id: SeriesID(source: "m", name: "", labels: []), kind: .rows, cells: [cell])
    #expect(JoinedCells.cut([series], at: Instant(seconds: 3540)).unresolved == span(0, 3540))
    #expect(JoinedCells.cut([series], at: Instant(seconds: 3600)).unresolved == nil)
  }

  // 6 hours; the window goes from 1:30 to 4:30. Of the cells those of 2 and 3 o'clock lie in it: 120 events in 120 of
  // 180 minutes.
  @Test("inside a window count where they lie in it as a whole; the rest is not measured")
  func measured() throws {
    let window = span(5400, 16_200)
    let found = Measurement(
      objective(try percent(99), .ratio(good: selector("total"), total: selector("total"))),
      series: [hours(6)], span: span(0, 16_200), spans: WindowSet(), start: window.start)
    #expect(found.tally.counts(in: window) == EventCounts(good: 120, total: 120))
    #expect(found.unresolved.windows == [span(5400, 7200), span(14_400, 16_200)])
    #expect(found.coverage(of: window) == 666_666_666)
    #expect(found.gaps(in: window).isEmpty)
  }

  @Test("are not missing checks, where missing ones are bad")
  func checks() throws {
    let up = hours(6, "up").cells.map { cell in
      var cell = cell
      (cell.low, cell.high, cell.first, cell.last, cell.sum) = (1, 1, 1, 1, 60)
      return cell
    }
    let series = Series(
      id: SeriesID(source: "m", name: "up", labels: []), kind: .samples, cells: up)
    let found = Measurement(
      objective(try percent(99), .uptime(selector("up")), missing: .bad), series: [series],
      span: span(0, 16_200), spans: WindowSet(), start: Instant(seconds: 5400))
    #expect(found.tally.counts(in: span(5400, 16_200)) == EventCounts(good: 120, total: 120))
  }
}
