import Analytics
import Model
import Testing

@Suite("Daily values from cells")
struct DailyValuesCellsTests {
  /// Readings at noon and an hour later of days of October 2026, UTC.
  private func gauge(_ values: [(day: Int, noon: Double, later: Double)]) -> [Cell] {
    var builder = CellBuilder()
    for value in values {
      let noon = date(2026, 10, value.day) + .hours(12)
      builder.add(value.noon, at: noon.nanoseconds)
      builder.add(value.later, at: (noon + .hours(1)).nanoseconds)
    }
    return builder.finish()
  }

  private let first = Int(CivilDate(year: 2026, month: 10, day: 1).dayNumber)

  @Test(
    "are the worst, the mean or the last of each day",
    arguments: [
      (.worst, .rising, [9, 5]), (.worst, .falling, [7, 3]), (.mean, .rising, [8, 4]),
      (.last, .rising, [7, 5]),
    ] as [(CapacityItem.Daily, CapacityItem.Side, [Double])])
  func which(daily: CapacityItem.Daily, side: CapacityItem.Side, expected: [Double]) {
    let found = DailyValues(
      of: gauge([(1, 9, 7), (3, 3, 5)]), daily, side: side, before: date(2026, 10, 4), zone: .utc)
    #expect(found.days == [first, first + 2])
    #expect(found.values == expected)
  }

  @Test("are of complete days alone")
  func complete() {
    let cells = gauge([(1, 9, 7), (2, 3, 5)])
    let noon = date(2026, 10, 2) + .hours(18)
    let running = DailyValues(of: cells, .worst, side: .rising, before: noon, zone: .utc)
    #expect(running.days == [first])
    let ended = DailyValues(
      of: cells, .worst, side: .rising, before: date(2026, 10, 3), zone: .utc)
    #expect(ended.days == [first, first + 1])
  }

  // 25 October has 25 hours in Berlin: 23:30 there is 22:30 UTC, and still that day.
  @Test("are of local days")
  func local() {
    var builder = CellBuilder()
    builder.add(1, at: (date(2026, 10, 24) + .hours(23)).nanoseconds)
    builder.add(2, at: (date(2026, 10, 25) + .minutes(22 * 60 + 30)).nanoseconds)
    let found = DailyValues(
      of: builder.finish(), .worst, side: .rising, before: date(2026, 10, 26), zone: berlin)
    #expect(found.days == [first + 24])
    #expect(found.values == [2])
  }

  @Test("are none without readings")
  func none() {
    #expect(
      DailyValues(of: [], .worst, side: .rising, before: date(2026, 10, 3), zone: .utc).days == [])
  }
}
