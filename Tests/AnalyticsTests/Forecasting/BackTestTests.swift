import Testing

@testable import Analytics

@Suite("A back-test")
struct BackTestTests {
  // 10 + 2 t on 100 days, in 64ths: origins 100, 93, … 23. Those from 93 to 30 are measured; *stays* misses 2 h after h days,
  // K (K + 1) in K days: 7, 14, 21, 28, and 30 six times: 56 + 210 + 462 + 812 + 6 · 930 = 7120.
  @Test("of a line chooses the line through all days, which misses nothing")
  func line() throws {
    let days = CleanedDays(try ForecastSamples.days(100) { 10 + 2 * Double($0) })
    let test = BackTest(days, horizon: 30)
    #expect(test.origins.count == 12)
    let chosen = try #require(test.choice(mustStay: false))
    #expect(chosen.line == .allDays)
    #expect(chosen.start == 0)
    #expect(chosen.seen == 100)
    #expect(abs(chosen.fit.slope * 64 - 2) < 1e-12)
    #expect(test.missed < 1e-9)
    #expect(abs(test.missedByStaying - 7120.0 / 64) < 1e-9)
    #expect(!test.isIrregular)
    #expect(try #require(test.scaledError) < 1e-9)
  }

  // The value 30 days after an origin is known for 65, 58, … 30.
  @Test("counts its record by origins whose horizon has ended")
  func record() throws {
    let days = CleanedDays(try ForecastSamples.days(100) { 10 + 2 * Double($0) })
    #expect(
      BackTest(days, horizon: 30).record().record == Forecast.Record(held: 6, origins: 6))
    // 69 days are too few for any but 30.
    #expect(BackTest(days, horizon: 69).record().record == Forecast.Record(held: 1, origins: 1))
    #expect(BackTest(days, horizon: 71).record().record == Forecast.Record(held: 0, origins: 0))
  }

  @Test("chooses a shorter line where the slope changed")
  func bend() throws {
    let days = CleanedDays(try ForecastSamples.noisy(200) { 500 + Double(max(0, $0 - 130)) })
    let chosen = try #require(BackTest(days, horizon: 30).choice(mustStay: false))
    #expect(chosen.line == .days28)
    #expect(chosen.start == 172)
    #expect(abs(chosen.fit.slope * days.scale - 1) < 0.1)
  }

  @Test("stays where no line is to be trusted")
  func stays() throws {
    let days = CleanedDays(try ForecastSamples.days(100) { 10 + 2 * Double($0) })
    let chosen = try #require(BackTest(days, horizon: 30).choice(mustStay: true))
    #expect(chosen.line == .stays)
    // Steps of 2, in 64ths: 4 / 64² = 0.0009765625 a day.
    #expect(chosen.fit.promises(3) == [0.0009765625, 0.001953125, 0.0029296875])
  }

  // The jump is on day 100: unknown to origins before day 114, whose days from 100 on do not count.
  @Test("compares nothing across the only jump")
  func jump() throws {
    let days = CleanedDays(
      try ForecastSamples.days(150) { 10 + 2 * Double($0) + ($0 >= 100 ? 900 : 0) })
    #expect(days.jumps == [100])
    let test = BackTest(days, horizon: 30)
    #expect(test.missed < 1e-9)
    #expect(try #require(test.choice(mustStay: false)).start == 100)
  }

  @Test("of fewer than 20 days has one origin and nothing to compare")
  func short() throws {
    let test = BackTest(
      CleanedDays(try ForecastSamples.days(19) { Double($0) }), horizon: 30)
    #expect(test.origins.count == 1)
    #expect(test.scaledError == nil)
    #expect(try #require(test.choice(mustStay: false)).line == .allDays)
  }
}
