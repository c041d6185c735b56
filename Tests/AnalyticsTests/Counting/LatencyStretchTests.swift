import Analytics
import Model
import Testing

@Suite("How slow the events of a stretch were")
struct LatencyStretchTests {
  private let day = Window(start: Instant(seconds: 86_400), end: Instant(seconds: 172_800))

  /// A bucket whose counter stands at the day's start and rises by so much in it.
  private func bucket(_ bound: String, _ rise: Double, instance: String = "a") -> Series {
    var builder = CellBuilder()
    builder.add(100, at: day.start.nanoseconds)
    builder.add(100 + rise, at: day.start.nanoseconds + 3_600_000_000_000)
    return Series(
      id: SeriesID(
        source: "m", name: "x_bucket", labels: [Label("instance", instance), Label("le", bound)]),
      kind: .samples, cells: builder.finish())
  }

  // 50 of 100 within 0.1 s, 94 within 0.5, 99 within 1, one beyond: half at 0.1, 95 % at 1, 99 % at 1.
  @Test("is told by the smallest bound that so many kept")
  func bounds() {
    let found = LatencyStretch.stretches(
      of: [bucket("0.1", 50), bucket("0.5", 94), bucket("1", 99), bucket("+Inf", 100)], in: [day])
    #expect(found[0]?.half == 0.1 && found[0]?.most == 1 && found[0]?.nearlyAll == 1)
  }

  @Test("reaches beyond the largest bound, and is unknown without events")
  func ends() {
    let beyond = LatencyStretch.stretches(
      of: [bucket("0.1", 90), bucket("+Inf", 100)],
      in: [day, Window(start: day.end, end: day.end + .days(1))])
    #expect(beyond[0]?.half == 0.1 && beyond[0]?.most == .infinity)
    #expect(beyond[1] == nil)
    #expect(LatencyStretch.stretches(of: [bucket("0.1", 5)], in: [day])[0] == nil)
  }

  // b has no bucket at 0.5: of its ten only the nine within 0.1 are known there. 50 + 9 of 110 are 54 %, 94 + 9 are 93.6 %.
  @Test("counts of several histograms what each knows")
  func several() {
    let found = LatencyStretch.stretches(
      of: [
        bucket("0.1", 50), bucket("0.5", 94), bucket("1", 99), bucket("+Inf", 100),
        bucket("0.1", 9, instance: "b"), bucket("1", 10, instance: "b"),
        bucket("+Inf", 10, instance: "b"),
      ], in: [day])
    #expect(found[0]?.half == 0.1 && found[0]?.most == 1 && found[0]?.nearlyAll == 1)
  }
}
