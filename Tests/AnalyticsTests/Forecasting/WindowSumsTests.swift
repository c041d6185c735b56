import Testing

@testable import Analytics

@Suite("Sums over windows")
struct WindowSumsTests {
  // Without the days before it, a window has nothing to subtract: its sums are added up directly.
  @Test("lead to the line that sums of the window alone lead to")
  func window() throws {
    let input = try ForecastSamples.series("gaps")
    let all = WindowSums(days: input.days, values: input.values)
    for start in [0, 1, 57, 110, 160] {
      for end in [start + 28, start + 90] {
        let inside = zip(input.days, input.values).filter { start..<end ~= $0.0 }
        let alone = WindowSums(days: inside.map(\.0), values: inside.map(\.1))
        let last = inside[inside.count - 1].0
        let (one, two) = (
          try #require(all.line(from: start, to: end)),
          try #require(alone.line(from: 0, to: last + 1))
        )
        #expect(abs(one.slope - two.slope) < 1e-9)
        #expect(abs(one.intercept - two.intercept) < 1e-7)
        #expect(abs(one.correlation - two.correlation) < 1e-9)
        #expect(abs(one.degrees - two.degrees) < 1e-6)
        #expect(abs(one.slopeDeviation - two.slopeDeviation) < 1e-9)
      }
    }
  }

  @Test("know the last day with a value, and make no line of nine")
  func edges() {
    let sums = WindowSums([1, 4, 0, 6], isPresent: [true, true, false, true])
    #expect(sums.lastBefore == [-1, 0, 1, 1, 3])
    let ten = WindowSums(days: Array(0..<10), values: (0..<10).map(Double.init))
    #expect(ten.line(from: 0, to: 10) != nil)
    #expect(ten.line(from: 1, to: 10) == nil)
    #expect(ten.line(from: 0, to: 9) == nil)
  }

  // 1, 4, none, 6: 3² in one day, 2² in two: (9 + 4 / 2) / 2 = 5.5 a day. From day 1 on only 4 / 2.
  @Test("tell how neighbours differ, per day between them")
  func level() throws {
    let sums = WindowSums([1, 4, 0, 6], isPresent: [true, true, false, true])
    let all = try #require(sums.level(from: 0, to: 4))
    #expect(all.value == 6)
    #expect(all.variancePerDay == 5.5)
    #expect(all.steps == 2)
    #expect(try #require(sums.level(from: 1, to: 4)).variancePerDay == 2)
    #expect(try #require(sums.level(from: 0, to: 3)).value == 4)
    #expect(sums.level(from: 3, to: 4) == nil)
    #expect(sums.level(from: 0, to: 1) == nil)
  }
}
