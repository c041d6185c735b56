import Testing

@testable import Analytics

@Suite("A chosen fit")
struct ChosenFitTests {
  private func level(steps: Double) -> ChosenFit.Fit {
    .level(LevelFit(value: 5, variancePerDay: 2, steps: steps))
  }

  @Test("that stays has one value and promises more each day")
  func stays() {
    var values: [Double] = []
    level(steps: 9).forEach(3) { _, value, _ in values.append(value) }
    #expect(values == [5, 5, 5])
    #expect(level(steps: 9).promises(3) == [2, 4, 6])
    #expect(level(steps: 9).slope == 0)
    #expect(level(steps: 9).degrees == 9)
  }

  @Test("that is a line has the line's values and variances")
  func line() throws {
    let input = try ForecastSamples.series("gaps")
    let line = try #require(
      WindowSums(days: input.days, values: input.values).line(from: 0, to: 299))
    let fit = ChosenFit.Fit.line(line)
    #expect(fit.slope == line.slope)
    #expect(fit.degrees == line.degrees)
    var aheads: [Int] = []
    fit.forEach(30) { ahead, value, variance in
      aheads.append(ahead)
      let memory = line.memory(ahead)
      #expect(abs(value - line.value(ahead, memory: memory)) < 1e-9)
      #expect(abs(variance - line.variance(ahead, memory: memory)) < 1e-9)
    }
    #expect(aheads == Array(1...30))
  }

  // t(0.975) is 2.7764 with 4 degrees and 1.9840 with 100; the deviation is 3.
  @Test("holds what lies inside of its 95 % interval")
  func holds() {
    #expect(level(steps: 1).holds(3 * 2.776, variance: 9))
    #expect(!level(steps: 1).holds(3 * 2.777, variance: 9))
    #expect(level(steps: 100).holds(-3 * 1.983, variance: 9))
    #expect(!level(steps: 100).holds(-3 * 1.985, variance: 9))
    #expect(level(steps: 100).holds(0, variance: 0))
    #expect(!level(steps: 100).holds(0.001, variance: 0))
  }
}
