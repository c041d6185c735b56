import Analytics
import Model
import Testing

@Suite("When a gate opens again")
struct GateOpeningTests {
  private let asOf = date(2026, 10, 19)

  /// A hundred events a day over 28 days at 90 %; on some days, counted back from yesterday, a number of them was bad.
  private func assessed(_ bad: [Int64: Int64], _ window: WindowRule) throws -> (Assessment, Tally) {
    let days = (1...28).reversed().map { asOf - .days(Int64($0)) }
    let tally = Tally(
      minutes: days.map(\.minute),
      good: (1...28).reversed().map { 100 - (bad[Int64($0)] ?? 0) }, total: days.map { _ in 100 })
    let span = Window(start: asOf - .days(28), end: asOf)
    let measurement = Measurement(
      tally: tally, unit: .events,
      observation: Observation(interval: .seconds(60), observed: WindowSet([span])))
    let objective = Objective(
      service: "a", name: "b",
      indicator: .ratio(
        good: Selector(source: "m", name: "x"), total: Selector(source: "m", name: "x")),
      target: try percent(90), window: window)
    return (
      Assessment(
        objective, measurement, asOf: asOf, firstData: span.start, staleAfter: .days(1), zone: .utc),
      tally
    )
  }

  // 28 days allow 280. 200 bad 20 days ago and 60 yesterday leave 7 %: closed below 10 %. The 200 leave the window on the ninth
  // midnight from now: 28 - 20 + 1.
  @Test("is the midnight at which enough old spending has left a rolling window")
  func rolling() throws {
    let (assessment, tally) = try assessed([20: 200, 1: 60], .rolling(.days(28)))
    #expect(assessment.band?.closesGate == true)
    #expect(assessment.opensAgain(tally, zone: .utc) == asOf + .days(9))
  }

  @Test("is the end of a calendar window, and unknown where the gate is open")
  func calendar() throws {
    let (closed, tally) = try assessed([1: 100, 2: 100, 3: 80], .calendar(.month))
    #expect(closed.opensAgain(tally, zone: .utc) == date(2026, 11, 1))
    let (open, calm) = try assessed([:], .rolling(.days(28)))
    #expect(open.opensAgain(calm, zone: .utc) == nil)
  }
}
