import Analytics
import Model
import Testing

@Suite("The incident behind a spending")
struct DropCauseTests {
  /// Ten minutes of 100 events, so many of them bad.
  private func measurement(_ bad: [Int64]) -> Measurement {
    Measurement(
      tally: Tally(
        minutes: bad.indices.map(Int64.init), good: bad.map { 100 - $0 },
        total: bad.map { _ in 100 }), unit: .events,
      observation: Observation(interval: .seconds(60), observed: WindowSet([span(0, 600)])))
  }

  /// The cause of the one spending in it.
  private func cause(_ measurement: Measurement, _ incidents: [Incident]) throws -> DropCause? {
    let line = BudgetTimeline(
      measurement.tally, window: span(0, 600), until: Instant(seconds: 600), total: 1000,
      target: try percent(90))
    let drops = line.drops(atMost: 5)
    try #require(drops.count == 1)
    return DropCause(
      of: drops[0], measurement, incidents: incidents, asOf: Instant(seconds: 600))
  }

  // 8 of 10 bad events lie in the minutes 2 and 3 and, booked late, in minute 4.
  @Test("is the one in whose time four fifths of it fell")
  func found() throws {
    let found = try #require(
      try cause(
        measurement([1, 0, 3, 3, 2, 1, 0, 0, 0, 0]),
        [incident("a", 120, 240), incident("b", 300, 360)]))
    #expect(found.incident.id == "a")
    #expect(found.part == 0.8)
  }

  @Test("is none below that, without down time, or elsewhere")
  func none() throws {
    let spent = measurement([2, 0, 3, 3, 1, 1, 0, 0, 0, 0])
    for other in [
      [incident("a", 120, 240)], [incident("a", 0, 600, .none)], [incident("a", 900, 960)], [],
    ] {
      #expect(try cause(spent, other) == nil)
    }
  }

  @Test("may be open still")
  func open() throws {
    let found = try cause(
      measurement([0, 0, 3, 3, 1, 1, 0, 0, 0, 0]), [incident("a", 60, nil)])
    #expect(found?.part == 1)
  }
}
