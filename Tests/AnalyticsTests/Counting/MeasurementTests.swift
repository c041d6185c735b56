import Analytics
import Model
import Testing

@Suite("A measurement")
struct MeasurementTests {
  private func measurement(_ observed: [Window], interval: Duration? = .seconds(60)) -> Measurement
  {
    Measurement(
      tally: Tally(), unit: .events,
      observation: Observation(interval: interval, observed: WindowSet(observed)),
      rejects: [
        Measurement.Reject(minute: 0, count: 2), Measurement.Reject(minute: 1, count: 3),
        Measurement.Reject(minute: 9, count: 5),
      ])
  }

  @Test("covers the observed share of a window: 900 of 1000 s are 90 %")
  func coverage() {
    let seen = measurement([span(-50, 400), span(500, 2000)])
    #expect(seen.coverage(of: span(0, 1000)) == 900_000_000)
    #expect(seen.coverage(of: span(400, 500)) == 0)
    #expect(seen.coverage(of: span(500, 2000)) == 1_000_000_000)
    #expect(seen.coverage(of: span(0, 0)) == 0)
    // 1 ns short of an hour is not all of it.
    let short = Window(start: Instant(seconds: 0), end: Instant(nanoseconds: 3_599_999_999_999))
    #expect(measurement([short]).coverage(of: span(0, 3600)) == 999_999_999)
  }

  @Test("covers a window of 250 years without overflow")
  func long() {
    let all = Window(
      start: Instant(nanoseconds: -4_000_000_000_000_000_000),
      end: Instant(nanoseconds: 4_000_000_000_000_000_000))
    #expect(measurement([all]).coverage(of: all) == 1_000_000_000)
  }

  @Test("names gaps longer than a missed reading")
  func gaps() {
    let seen = measurement([span(0, 300), span(450, 600), span(751, 900)])
    // 150 s are 2.5 intervals, 151 s are more.
    #expect(seen.gaps(in: span(0, 900)) == [span(600, 751)])
    #expect(seen.gaps(in: span(0, 1200)) == [span(600, 751), span(900, 1200)])
    #expect(measurement([], interval: nil).gaps(in: span(0, 60)) == [span(0, 60)])
  }

  @Test("counts the rejects of the minutes that start in a window")
  func rejects() {
    let seen = measurement([])
    #expect(seen.rejected(in: span(0, 600)) == 10)
    #expect(seen.rejected(in: span(60, 540)) == 3)
    #expect(seen.rejected(in: span(120, 540)) == 0)
  }
}
