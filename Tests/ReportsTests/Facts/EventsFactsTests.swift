import Analytics
import Model
import Testing

@testable import Reports

@Suite("Events over time")
struct EventsFactsTests {
  private static let window = Sample.period.window(in: .utc)
  private static var start: Int64 { window.start.seconds }

  /// The same in each of 60 minutes, the first of which is half an hour after the week's start.
  private func facts(
    _ perMinute: Int64, unit: CountedUnit = .events, in window: Window = Self.window
  )
    -> EventsFacts
  {
    let minutes = (30..<90).map { Self.start / 60 + $0 }
    let counts = minutes.map { _ in perMinute }
    let noon = Self.window.start + .hours(12)
    let measurement = Measurement(
      tally: Tally(minutes: minutes, good: counts, total: counts), unit: unit,
      observation: Observation(
        interval: .minutes(1),
        observed: WindowSet([
          Window(start: Self.window.start, end: noon),
          Window(start: noon + .hours(1), end: Self.window.end),
        ])))
    return EventsFacts("Checkout", measurement, in: window)
  }

  @Test("ten a minute are shown by the minute")
  func minutes() {
    let facts = facts(10)
    #expect(facts.step == .minutes(1) && facts.values == Array(repeating: 10, count: 60))
    #expect(facts.times == (30..<90).map { Self.start + 60 * $0 })
  }

  // 30 minutes lie in the first hour, 30 in the second.
  @Test("fewer are summed up by the hour")
  func hours() {
    let facts = facts(9)
    #expect(facts.step == .hours(1) && facts.values == [270, 270])
    #expect(facts.times == [Self.start, Self.start + 3600])
  }

  @Test(
    "fractions are whole events again, time is in minutes",
    arguments: [
      (.millionths, 2_000_000), (.billionths, 2_000_000_000), (.time, 120_000_000_000),
    ] as [(CountedUnit, Int64)])
  func units(unit: CountedUnit, perMinute: Int64) {
    let values = facts(perMinute, unit: unit).values
    #expect(values.count == 2 && values.allSatisfy { abs($0 - 60) < 1e-9 })
  }

  @Test("only what lies in the window counts, with its gaps")
  func clips() {
    let noon = Self.window.start + .hours(12)
    let gap = Window(start: noon, end: noon + .hours(1))
    #expect(facts(9).gaps == [gap])
    let hour = facts(9, in: Window(start: Self.window.start, end: Self.window.start + .hours(1)))
    #expect(hour.values == [270] && hour.gaps.isEmpty)
  }
}
