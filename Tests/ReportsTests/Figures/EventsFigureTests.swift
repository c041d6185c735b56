import Analytics
import Model
import Testing

@testable import Charts
@testable import Reports

@Suite("The figure of events")
struct EventsFigureTests {
  private func figure(_ unit: CountedUnit, perMinute: Int64?) -> Figure {
    let window = Sample.period.window(in: .utc)
    let first = window.start.seconds / 60
    let minutes = perMinute == nil ? [] : Array(first..<first + 60)
    let counts = minutes.map { _ in perMinute ?? 0 }
    let measurement = Measurement(
      tally: Tally(minutes: minutes, good: counts, total: counts), unit: unit,
      observation: Observation(interval: .minutes(1), observed: WindowSet([window])))
    return Figure(EventsFacts("Checkout", measurement, in: window), zone: .utc)
  }

  @Test(
    "each unit has a noun, and fractions are whole again",
    arguments: [
      (.events, 1000, "Events in 1 min", "60 000 in all, at most 1000 in 1 min"),
      (.checks, 1, "Checks in 1 h", "60 in all, at most 60 in 1 h"),
      (.slices, 1, "Slices in 1 h", "60 in all, at most 60 in 1 h"),
      (.millionths, 1_000_000, "Events in 1 h", "60 in all, at most 60 in 1 h"),
      (.billionths, 1_000_000_000, "Slices in 1 h", "60 in all, at most 60 in 1 h"),
      (.time, 60_000_000_000, "Minutes measured in 1 h", "60 in all, at most 60 in 1 h"),
    ] as [(CountedUnit, Int64, String, String)])
  func says(unit: CountedUnit, perMinute: Int64, noun: String, text: String) {
    let figure = figure(unit, perMinute: perMinute)
    #expect(Wording.plain(figure.subheading).hasPrefix(noun + ", Mon 12 – Sun 18 October 2026."))
    let description = Wording.plain(figure.description)
    #expect(description.hasSuffix("\(text), on Mon 12 Oct 00:00."), "\(description)")
  }

  @Test("nothing is none")
  func nothing() {
    #expect(figure(.events, perMinute: nil).description.hasSuffix(": none."))
    #expect(!figure(.events, perMinute: nil).scene(.wide).marks.isEmpty)
  }
}
