import Analytics
import Model
import TestSupport
import Testing

@Suite("What agreed time hides of the budget")
struct ExcludedBudgetTests {
  private let end = date(2026, 11, 29)

  /// 28 days of 100 events at noon, of which so many are bad on the last day, which is agreed time.
  private func left(bad: Int64, others: Int64 = 0, entered: Instant? = nil) throws -> [Caveat] {
    let days = (1...28).map { end.seconds / 86_400 - $0 }.reversed()
    let agreed = Window(start: end - .days(1), end: end)
    let raw = Tally(
      minutes: days.map { $0 * 1440 + 720 },
      good: days.enumerated().map { 100 - ($0.offset == 27 ? bad : $0.offset == 5 ? others : 0) },
      total: days.map { _ in 100 })
    let whole = Window(start: end - .days(28), end: end)
    let objective = Objective(
      service: "shop", name: "orders",
      indicator: .ratio(good: selector("good"), total: selector("total")),
      target: try percent(90), window: .rolling(.days(28)),
      exclusions: [Exclusion(.once(agreed), reason: "move", entered: entered)])
    let measurement = Measurement(
      tally: raw, unit: .events,
      observation: Observation(interval: .seconds(60), observed: WindowSet([whole])))
    return Assessment(
      objective, measurement.excluding(WindowSet([agreed])), asOf: end, firstData: whole.start,
      staleAfter: .days(7), zone: .utc
    ).excludedBudget(raw: raw, zone: .utc)
  }

  // 2800 events allow 280 bad ones: 29 are more than a tenth, and leave 251 / 280; 27 are not worth a word.
  @Test("is named from a tenth of the budget on")
  func tenth() throws {
    #expect(try left(bad: 29) == [.excluded(896_428_571)])
    #expect(try left(bad: 27).isEmpty)
    #expect(try left(bad: 0).isEmpty)
  }

  @Test("is named however little it is, where it was written down after it was over")
  func late() throws {
    #expect(try left(bad: 14, entered: end + .hours(1)) == [.excluded(950_000_000)])
    #expect(try left(bad: 14, entered: end - .days(2)).isEmpty)
  }
}
