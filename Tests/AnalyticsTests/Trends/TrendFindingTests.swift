import Analytics
import TestSupport
import Testing

@Suite("A finding of a trend")
struct TrendFindingTests {
  @Test("is made where the slope is proved, in units a day")
  func proved() throws {
    let values = try ForecastSamples.noisy(90) { 500 + 0.2 * Double($0) }
    guard case .rising(let slope) = TrendFinding(values) else {
      Issue.record("\(TrendFinding(values))")
      return
    }
    #expect(abs(slope.slope - 0.2) < 0.01)
    #expect(slope.lower < 0.2 && 0.2 < slope.upper)
    #expect(abs(slope.intercept - 500) < 1)
    let falling = try ForecastSamples.noisy(90) { 500 - 0.2 * Double($0) }
    guard case .falling = TrendFinding(falling) else {
      Issue.record("\(TrendFinding(falling))")
      return
    }
  }

  @Test("is not made with 13 values, in noise, or of a level that changed once")
  func notYet() throws {
    #expect(
      TrendFinding(try ForecastSamples.days(13) { Double($0) })
        == .notYetATrend(.tooFewValues(13)))
    #expect(
      TrendFinding(try ForecastSamples.noisy(90) { _ in 500 }) == .notYetATrend(.notProved))
    #expect(TrendFinding(try ForecastSamples.days(90) { _ in 5 }) == .notYetATrend(.notProved))
    let stepped = TrendFinding(try ForecastSamples.noisy(120) { $0 >= 60 ? 520 : 500 })
    #expect(stepped == .notYetATrend(.changedLevel(days: [60])))
  }

  @Test("is rare in what only wanders or remembers")
  func rare() throws {
    var random = SeededGenerator(seed: 4)
    var wrong = 0
    for memory in [0.0, 0.5, 0.8] {
      for _ in 0..<60 {
        var wave = 0.0
        let values = try ForecastSamples.days(120) { _ in
          wave = memory * wave + Double.random(in: -1...1, using: &random)
          return 500 + wave
        }
        if case .notYetATrend = TrendFinding(values) { continue }
        wrong += 1
      }
    }
    // One in twenty is what the rules allow: 9 of 180.
    #expect(wrong <= 9, "\(wrong) of 180")
  }
}
