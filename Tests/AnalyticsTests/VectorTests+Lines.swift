import Analytics
import Model
import Testing

extension VectorTests {
  /// Answers the vectors about straight lines: where they go, and when they are at the end.
  func line(_ vector: Vector) throws -> Datum {
    let given = vector.given
    guard vector.topic != "days_to_exhaustion" else { return .number(try daysLeft(given)) }
    let step = try given["step_s"].number()
    let end = try (given["range_end_s"] == .null ? given["at_s"] : given["range_end_s"]).number()
    let start = end - (try given["range_s"].number())
    var (times, values): ([Double], [Double]) = ([], [])
    for (index, value) in try notation(given["series"].text()).enumerated() {
      let time = Double(index) * step
      // A range of PromQL is open to the left.
      guard let value, start < time, time <= end else { continue }
      times.append(time)
      values.append(value)
    }
    let line = try #require(LineTrend(x: times, y: values))
    let exact = try #require(LeastSquares(x: times, y: values, degree: 1))
    #expect(abs(line.slope - exact.parameters[1]) < 1e-15)
    if vector.topic == "deriv" { return .number(line.slope) }
    let now = try (given["eval_s"] == .null ? given["at_s"] : given["eval_s"]).number()
    let then = now + (try given["ahead_s"].number())
    let there = exact.parameters[0] + exact.parameters[1] * then
    #expect(abs(line.value(at: then) - there) < 1e-11)
    return .number(line.value(at: then))
  }

  /// Days from the last value to the one on which nothing is left, when each day takes as much as the others.
  private func daysLeft(_ given: Datum) throws -> Double {
    let left = try given["remaining_pct"].number()
    let slope = try given["slope_pct_per_day"].number()
    let days = Array(0...40)
    let forecast = try Forecast(
      DailyValues(days: days, values: days.map { left - slope * Double(40 - $0) }), asOf: 40,
      horizon: 60)
    let answer = forecast.answer(to: CapacityLimit(0, kind: .below))
    guard case .date(let earliest, let likely, let latest) = answer else {
      throw VectorError.noSuchTopic("\(answer)")
    }
    #expect(earliest == likely && latest == likely)
    return Double(likely - 40)
  }
}
