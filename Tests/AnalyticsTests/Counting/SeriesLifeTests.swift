import Model
import Testing

@testable import Analytics

@Suite("One series and its stretches of time")
struct SeriesLifeTests {
  private func minutes(_ values: [Double?]) throws -> SeriesLife {
    try #require(SeriesLife(samples(values), .bad))
  }

  // Minutes 0 to 4, then three readings missed: 4 intervals are more than 2.5.
  @Test("is cut where more than 2.5 intervals lie between readings, not at one that is missed")
  func runs() throws {
    let life = try minutes([0, 1, nil, 3, 4, nil, nil, nil, 8, 9])
    #expect(life.runs.map(\.start) == [0, 480_000_000_000])
    #expect(life.runs.map(\.end) == [240_000_000_000, 540_000_000_000])
    #expect(life.runs.map(\.interval) == [60_000_000_000, 60_000_000_000])
  }

  // 15 readings a minute apart, then 15 five minutes apart: at the change half of the steps around are long.
  @Test("goes on where the interval changes")
  func changedInterval() throws {
    var builder = CellBuilder()
    for number in 0..<Int64(30) {
      let minute = number < 15 ? number : 14 + (number - 14) * 5
      builder.add(Double(number), at: minute * 60_000_000_000)
    }
    let series = Series(
      id: SeriesID(source: "m", name: "x"), kind: .samples, cells: builder.finish())
    let life = try #require(SeriesLife(series, .bad))
    #expect(life.runs.count == 1)
    #expect(life.runs[0].interval == 300_000_000_000)
  }

  // Steps of 1, 2, 10 and 3, a restart to 2, and 4: of a step over five minutes a fifth counts.
  @Test("knows its amounts, also of parts of a step, and its largest step")
  func amounts() throws {
    let life = try minutes([0, 1, 3, 13, 16, 2, 6, nil, nil, nil, nil, 31])
    let minute: Int64 = 60_000_000_000
    #expect(life.amount(after: 0, upTo: 4 * minute).total == 16)
    #expect(life.amount(after: 4 * minute, upTo: 6 * minute).total == 6)
    #expect(life.amount(after: 6 * minute, upTo: 7 * minute).total == 5)
    #expect(life.amount(after: 6 * minute, upTo: 7 * minute).bad == 5)
    #expect(life.steps.largest == 10)
  }

  @Test("is none without a reading")
  func none() {
    #expect(SeriesLife(samples([]), .bad) == nil)
  }
}
