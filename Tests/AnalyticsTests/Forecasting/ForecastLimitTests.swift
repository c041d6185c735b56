import Analytics
import Testing

@Suite("When a limit is met")
struct ForecastLimitTests {
  /// 10 + 2 t on 100 days: the last value is 208.
  private func line() throws -> Forecast {
    try Forecast(ForecastSamples.days(100) { 10 + 2 * Double($0) }, asOf: 99)
  }

  // 10 + 2 t = 250 at t = 120.
  @Test("is a date, to the day, on an exact line")
  func date() throws {
    let answer = try line().answer(to: CapacityLimit(250))
    #expect(answer == .date(earliest: 120, likely: 120, latest: 120))
    #expect(answer.orderBy(leadTime: 14) == 106)
    #expect(try line().answer(to: CapacityLimit(250.001)).earliest == 121)
  }

  @Test("is passed at the limit and beyond it")
  func passed() throws {
    #expect(try line().answer(to: CapacityLimit(208)) == .passed)
    #expect(try line().answer(to: CapacityLimit(0)) == .passed)
    #expect(try line().answer(to: CapacityLimit(300).share(0.6)) == .passed)
  }

  // 268 is reached on day 129, the last of 30.
  @Test("is not within the horizon a day after its end, and there is none without a limit")
  func notWithin() throws {
    #expect(
      try line().answer(to: CapacityLimit(268)) == .date(earliest: 129, likely: 129, latest: 129))
    #expect(try line().answer(to: CapacityLimit(268.1)) == .notWithinHorizon(earliest: nil))
    #expect(try line().answer(to: CapacityLimit(.infinity)) == .notWithinHorizon(earliest: nil))
    #expect(try line().answer(to: nil) == .noLimit)
  }

  @Test("is as late as the limit of each day says, and the line does not know of it")
  func resized() throws {
    // Passed until day 99; 220 holds from then on, 240 from day 104: 2 t + 10 reaches 220 on day 105, 240 on day 115.
    let raised = CapacityLimit([
      .init(from: 104, value: 240), .init(from: .min, value: 200), .init(from: 99, value: 220),
    ])
    #expect(try line().answer(to: raised) == .date(earliest: 115, likely: 115, latest: 115))
    // A limit that is lowered on day 110 to what the line has then passed: 230 on that day.
    let lowered = CapacityLimit([.init(from: .min, value: 400), .init(from: 110, value: 215)])
    #expect(try line().answer(to: lowered) == .date(earliest: 110, likely: 110, latest: 110))
  }

  // 300 - 2 t on 100 days: 102 at the last; 50 at t = 125.
  @Test("mirrors for what must not fall below")
  func below() throws {
    let forecast = try Forecast(ForecastSamples.days(100) { 300 - 2 * Double($0) }, asOf: 99)
    #expect(
      forecast.answer(to: CapacityLimit(50, kind: .below))
        == .date(earliest: 125, likely: 125, latest: 125))
    #expect(forecast.answer(to: CapacityLimit(102, kind: .below)) == .passed)
    #expect(
      forecast.answer(to: CapacityLimit(10, kind: .below)) == .notWithinHorizon(earliest: nil))
  }

  @Test("lies between its earliest and its latest day")
  func order() throws {
    let forecast = try Forecast(ForecastSamples.series("growth"), asOf: 119)
    var dates = 0
    for limit in stride(from: 700.0, to: 900, by: 1) {
      switch forecast.answer(to: CapacityLimit(limit)) {
      case .date(let earliest, let likely, let latest):
        dates += 1
        #expect(120...149 ~= earliest && earliest <= likely && likely <= latest ?? 150)
      case .notWithinHorizon(let earliest):
        #expect(earliest.map { 120...149 ~= $0 } ?? true)
      case .passed: #expect(limit <= forecast.lastValue)
      case .noLimit, .noPrediction: Issue.record("\(limit)")
      }
    }
    #expect(dates > 20)
  }

  @Test("is a date of today at the earliest, where the last value is older")
  func stale() throws {
    let forecast = try Forecast(
      ForecastSamples.days(100) { 10 + 2 * Double($0) }, asOf: 109)
    // 210 would have been reached on day 100.
    #expect(
      forecast.answer(to: CapacityLimit(210)) == .date(earliest: 109, likely: 109, latest: 109))
  }

  @Test("is not said of what wanders, though the earliest day is")
  func irregular() throws {
    let forecast = try Forecast(ForecastSamples.series("walk"), asOf: 399)
    guard
      case .noPrediction(.tooIrregular, let earliest) = forecast.answer(to: CapacityLimit(600))
    else {
      Issue.record("\(forecast.answer(to: CapacityLimit(600)))")
      return
    }
    #expect(400...429 ~= earliest)
  }
}
