import Analytics
import Testing

@Suite("A forecast")
struct ForecastTests {
  struct Example: CustomTestStringConvertible, Sendable {
    let name: String
    let line: Forecast.Line
    let since: Int
    let slope: Double
    let scaledError: Double
    let held: Int
    let origins: Int
    let isWidened: Bool
    /// Mean, 80 % and 95 % interval on the last day.
    let last: [Double]
    /// Mean and 95 % interval on the first day.
    let first: [Double]
    var testDescription: String { name }
  }

  // Computed by a second, plain implementation with numpy and scipy, which makes every window and every trial anew.
  static let examples = [
    Example(
      name: "growth", line: .allDays, since: 0, slope: 1.9774603491761704,
      scaledError: 0.1728551721224778, held: 9, origins: 9, isWidened: false,
      last: [
        796.0802719940582, 788.8808536395835, 803.2796903485329, 785.0149692868746,
        807.1455747012418,
      ], first: [738.5144652991372, 727.629711301287, 749.3992192969874]),
    Example(
      name: "weekly", line: .allDays, since: 0, slope: 0.5043033547498081,
      scaledError: 0.33874062790326565, held: 20, origins: 20, isWidened: false,
      last: [
        583.6959547836865, 579.7835045589202, 587.6084050084528, 577.6918207894879,
        589.7000887778851,
      ], first: [600.2906283289238, 594.366916107182, 606.2143405506657]),
    Example(
      name: "gaps", line: .days90, since: 210, slope: 1.6071072429349123,
      scaledError: 0.24223907888340407, held: 21, origins: 24, isWidened: true,
      last: [
        999.5122409899943, 984.8844236007133, 1014.1400583792754, 975.9254300365329,
        1023.0990519434557,
      ], first: [948.5881474670675, 936.8909900824273, 960.2853048517078]),
    Example(
      name: "walk", line: .days90, since: 310, slope: 0.3946855145458225,
      scaledError: 1.1613435333888213, held: 46, origins: 49, isWidened: true,
      last: [
        584.5736087503117, 553.1795472707572, 615.9676702298661, 527.7228837030983,
        641.424333797525,
      ], first: [577.4110106379699, 563.3772356448993, 591.4447856310404]),
  ]

  @Test("agrees with a second implementation", arguments: ForecastTests.examples)
  func agrees(example: Example) throws {
    let values = try ForecastSamples.series(example.name)
    let forecast = try Forecast(values, asOf: values.days[values.days.count - 1])
    #expect(forecast.line == example.line)
    #expect(forecast.since == example.since)
    #expect(abs(forecast.slopePerDay - example.slope) < 1e-9)
    #expect(abs(try #require(forecast.scaledError) - example.scaledError) < 1e-9)
    #expect(forecast.record == Forecast.Record(held: example.held, origins: example.origins))
    #expect(forecast.isWidened == example.isWidened)
    #expect(forecast.outliers == (example.name == "gaps" ? [150] : []))
    #expect((forecast.weeklyPattern != nil) == (example.name == "weekly"))
    let last = [
      forecast.mean, forecast.lower80, forecast.upper80, forecast.lower95, forecast.upper95,
    ].map { $0[29] }
    for (ours, expected) in zip(last, example.last) { #expect(abs(ours - expected) < 1e-8) }
    let first = [forecast.mean, forecast.lower95, forecast.upper95].map { $0[0] }
    for (ours, expected) in zip(first, example.first) { #expect(abs(ours - expected) < 1e-8) }
  }

  // 10 + 2 t: on day 69 it is 148. Origins 165, 158, … 32 have 30 days after them: 20.
  @Test("of an exact line is that line, without width")
  func exactLine() throws {
    let values = try ForecastSamples.days(200) { 10 + 2 * Double($0) }
    let forecast = try Forecast(values, asOf: 199)
    #expect(abs(forecast.mean[29] - 468) < 1e-9)
    #expect(forecast.upper95[29] - forecast.lower95[29] < 1e-9)
    #expect(abs(forecast.slopePerDay - 2) < 1e-12)
    #expect(forecast.record == Forecast.Record(held: 20, origins: 20))
    #expect(forecast.days == 200...229)
    #expect(forecast.doubt == nil)
  }

  @Test("of what never changes is that value, without width, and no trend is claimed")
  func constant() throws {
    let values = try ForecastSamples.days(100) { _ in 42 }
    let forecast = try Forecast(values, asOf: 99)
    #expect(forecast.mean == [Double](repeating: 42, count: 30))
    #expect(forecast.lower95 == forecast.upper95)
    #expect(forecast.scaledError == nil)
    #expect(forecast.answer(to: CapacityLimit(43)) == .notWithinHorizon(earliest: nil))
  }

  @Test("needs 14 values, the last of them at most 14 days old")
  func refused() throws {
    let few = try ForecastSamples.days(13) { Double($0) }
    #expect(throws: NoPrediction.tooFewValues(13)) { try Forecast(few, asOf: 12) }
    let none = try DailyValues(days: [], values: [])
    #expect(throws: NoPrediction.tooFewValues(0)) { try Forecast(none, asOf: 12) }
    let enough = try ForecastSamples.days(14) { Double($0) }
    #expect(throws: NoPrediction.stale(days: 15)) { try Forecast(enough, asOf: 28) }
    let stale = try Forecast(enough, asOf: 27)
    // 14 days are between, and 30 follow.
    #expect(stale.days == 14...57)
    #expect(stale.mean.count == 44)
  }

  @Test("counts the values of the last 400 days")
  func old() throws {
    let old = try DailyValues(
      days: Array(0..<50) + Array(1000..<1013), values: [Double](repeating: 1, count: 63))
    #expect(throws: NoPrediction.tooFewValues(13)) { try Forecast(old, asOf: 1012) }
  }

  @Test("is the same in any unit and at any time")
  func laws() throws {
    let values = try ForecastSamples.series("gaps")
    let forecast = try Forecast(values, asOf: 299)
    let moved = try Forecast(
      DailyValues(days: values.days.map { $0 + 20_000 }, values: values.values), asOf: 20_299)
    #expect(moved.mean == forecast.mean)
    #expect(moved.since == forecast.since + 20_000)
    // 2⁴⁰ moves the point of a binary number and no digit.
    let factor = 1_099_511_627_776.0
    let large = try Forecast(
      DailyValues(days: values.days, values: values.values.map { $0 * factor }), asOf: 299)
    #expect(large.mean == forecast.mean.map { $0 * factor })
    #expect(large.upper95 == forecast.upper95.map { $0 * factor })
    #expect(large.scaledError == forecast.scaledError)
  }

  @Test("holds beside the largest numbers there are")
  func extremes() throws {
    for scale in [1e-300, 1e-3, 1e15, 1e300] {
      let values = try ForecastSamples.days(60) { scale * (1 + Double($0) * 0.01) }
      let forecast = try Forecast(values, asOf: 59)
      #expect(abs(forecast.mean[29] / scale - 1.89) < 1e-9)
      #expect(forecast.upper95.allSatisfy { $0.isFinite })
    }
    // 10¹⁵ and steps of a thousandth, of which its doubles know eighths.
    let fine = try ForecastSamples.days(60) { 1e15 + Double($0) * 1e-3 }
    #expect(try Forecast(fine, asOf: 59).mean.allSatisfy { abs($0 - 1e15) < 10 })
  }

  @Test("stays between nothing and what is possible")
  func clipped() throws {
    let falling = try ForecastSamples.days(60) { max(0, 60 - Double($0)) + Double($0 % 3) }
    #expect(try Forecast(falling, asOf: 59).lower95.allSatisfy { $0 >= 0 })
    let percent = try ForecastSamples.days(60) { min(100, 70 + Double($0) / 2 + Double($0 % 3)) }
    let forecast = try Forecast(percent, asOf: 59, ceiling: 100)
    #expect(forecast.upper95[29] == 100)
    #expect(forecast.mean.allSatisfy { $0 <= 100 })
  }

  // The level rises by 500 on day 100 of 150: 50 days old, the fit starts there.
  @Test("starts after the only jump, once it is 14 days old")
  func jump() throws {
    let values = try ForecastSamples.noisy(150) { 100 + Double($0) + ($0 >= 100 ? 500 : 0) }
    let forecast = try Forecast(values, asOf: 149)
    #expect(forecast.jumps == [100])
    #expect(forecast.since >= 100)
    #expect(abs(forecast.mean[29] - (100 + 179 + 500)) < 10)
  }

  @Test("trusts no line while the jump is younger")
  func recentJump() throws {
    let values = try ForecastSamples.noisy(110) { 100 + Double($0) + ($0 >= 100 ? 500 : 0) }
    let forecast = try Forecast(values, asOf: 109)
    #expect(forecast.line == .stays)
    #expect(forecast.doubt == .recentJump(daysAgo: 10))
    guard case .noPrediction(.recentJump(daysAgo: 10), _) = forecast.answer(to: CapacityLimit(720))
    else {
      Issue.record("\(forecast.answer(to: CapacityLimit(720)))")
      return
    }
  }

  // 20 … 99.2 by 0.8: 100 is met on day 100, with or without a reading of day 94.
  @Test("a missing day in a steady rise changes no date")
  func missingDay() throws {
    let whole = try ForecastSamples.noisy(100) { 20 + 0.8 * Double($0) }
    let kept = whole.days.indices.filter { $0 != 94 }
    let gap = try DailyValues(
      days: kept.map { whole.days[$0] }, values: kept.map { whole.values[$0] })
    let limit = CapacityLimit(120)
    let dates = try [whole, gap].map {
      try Forecast($0, asOf: try #require(whole.days.last)).answer(to: limit)
    }
    guard case .date(_, let likely, _) = dates[0], case .date(_, let again, _) = dates[1] else {
      Issue.record("\(dates)")
      return
    }
    #expect(abs(likely - again) <= 1)
  }

  // 93 days at 50, then 4 more each day: 78 on the last. It is not forecast to empty again.
  @Test("what began to fill in these days stays where it is, with a doubt")
  func knee() throws {
    let values = try ForecastSamples.noisy(100) { 50 + max(0, 4 * Double($0 - 92)) }
    let found = try Forecast(values, asOf: try #require(values.days.last))
    #expect(found.line == .stays && found.doubt == .recentJump(daysAgo: 5))
    #expect(abs(try #require(found.mean.last) - 78) < 2)
  }
}
