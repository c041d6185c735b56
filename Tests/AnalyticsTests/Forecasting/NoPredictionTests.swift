import Analytics
import Testing

@Suite("No prediction")
struct NoPredictionTests {
  @Test("is made of 13 values, or when the last is 15 days old")
  func refused() throws {
    let few = try ForecastSamples.days(13) { Double($0) }
    #expect(throws: NoPrediction.tooFewValues(13)) { try Forecast(few, asOf: 12) }
    let enough = try ForecastSamples.days(14) { Double($0) }
    #expect(throws: NoPrediction.stale(days: 15)) { try Forecast(enough, asOf: 28) }
    #expect(try Forecast(enough, asOf: 27).doubt == nil)
  }

  @Test("is made of a date while the jump is 13 days old")
  func jump() throws {
    func doubt(_ count: Int) throws -> NoPrediction? {
      let values = try ForecastSamples.noisy(count) { 100 + Double($0) + ($0 >= 100 ? 500 : 0) }
      return try Forecast(values, asOf: count - 1).doubt
    }
    #expect(try doubt(113) == .recentJump(daysAgo: 13))
    #expect(try doubt(114) == nil)
  }

  /// A walk of steps up to one half, and what is said of it.
  private func walk(seed: Int) throws -> Forecast {
    var chance = ForecastSamples.Chance(seed: seed)
    var level = 500.0
    let values = try ForecastSamples.days(200) { _ in
      level += chance.next() - 0.5
      return level
    }
    return try Forecast(values, asOf: 199)
  }

  @Test(
    "is made of a date for a walk: no trend where it stays best, too irregular where a line does")
  func walks() throws {
    let stays = try walk(seed: 1)
    #expect(stays.line == .stays)
    #expect(stays.doubt == .noTrend)
    let line = try walk(seed: 3)
    #expect(line.line == .days28)
    #expect(try #require(line.scaledError) > 1)
    #expect(line.doubt == .tooIrregular)
  }
}
