import Analytics
import Model
import Testing

@Suite("The days of an objective")
struct ObjectiveDaysTests {
  private static let start = Instant(
    seconds: CivilDate(year: 2026, month: 8, day: 1).dayNumber * 86_400)

  /// One event a minute for so many days; `bad` says how many of a day's first minutes are bad.
  private func days(
    _ count: Int64, window: WindowRule = .rolling(.days(7)), target: Int64 = 990_000_000,
    from first: Int64 = 0, seen: WindowSet? = nil, bad: (Int64) -> Int64
  ) throws -> ObjectiveDays {
    let begin = Self.start.seconds / 60
    let minutes = Array(begin..<begin + count * 1440)
    let end = Self.start + .days(count)
    let tally = Tally(
      minutes: minutes,
      good: minutes.map { ($0 - begin) % 1440 < bad(($0 - begin) / 1440) ? 0 : 1 },
      total: minutes.map { _ in 1 })
    var measurement = Measurement(
      tally: tally, unit: .events,
      observation: Observation(
        interval: .seconds(60),
        observed: seen ?? WindowSet([Window(start: Self.start, end: end)])))
    measurement.since = Self.start + .days(first)
    let selector = Selector(source: "m", name: "x")
    let objective = Objective(
      service: "shop", name: "a", title: "a",
      indicator: .ratio(good: selector, total: selector),
      target: try Target(partsPerBillion: target), window: window)
    return ObjectiveDays(objective, measurement, from: Self.start, asOf: end, zone: .utc)
  }

  // 144 of 1,440 are 0.1. Of 7 days 10,080 × 1 % = 100.8 are allowed: one such day used 1.4286 of it.
  @Test("have the bad share of each, and what was used of a rolling window at its end")
  func values() throws {
    let found = try days(10) { $0 == 8 ? 144 : 0 }
    #expect(found.badShares.values == [0, 0, 0, 0, 0, 0, 0, 0, 0.1, 0])
    #expect(found.used.days.count == 4)
    #expect(
      zip(found.used.values, [0, 0, 144 / 100.8, 144 / 100.8]).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test("leave out what was hardly measured, what lies before the history, and windows that do")
  func leftOut() throws {
    let half = WindowSet([
      Window(start: Self.start, end: Self.start + .days(5) + .hours(11)),
      Window(start: Self.start + .days(6), end: Self.start + .days(10)),
    ])
    let found = try days(10, from: 2, seen: half) { _ in 0 }
    let first = Int(CivilDate(year: 2026, month: 8, day: 1).dayNumber)
    #expect(found.badShares.days == [2, 3, 4, 6, 7, 8, 9].map { first + $0 })
    #expect(found.used.days == [8, 9].map { first + $0 })
  }

  @Test("have no used share of a calendar window, or where nothing bad is allowed")
  func withoutBudget() throws {
    #expect(try days(30, window: .calendar(.month)) { _ in 1 }.used.days == [])
    #expect(try days(30, target: 1_000_000_000) { _ in 1 }.used.days == [])
  }

  // Errors that grow by 1 a day: after 40 days the last 7 have 33 … 39 = 252 bad of 100.8 allowed.
  @Test("say when the budget is used up: passed, a date, or not within the horizon")
  func usedUp() throws {
    #expect(try days(40) { $0 }.usedUp() == .passed)
    // The last 7 of 60 days have 6 × 7 = 42 and more by 0.7 a week … a date comes where the line is sure.
    guard
      case .date(let earliest, let likely, _)? = try days(
        60, target: 970_000_000, bad: { $0 / 2 + 10 }
      )
      .usedUp()
    else {
      Issue.record(
        "\(String(describing: try days(60, target: 970_000_000) { $0 / 2 + 10 }.usedUp()))")
      return
    }
    // 302.4 are allowed in a week. The week that ends with day n has Σ (k/2 + 10) = 7 n/2 + 59.5 or so: n = 69.
    let day69 = Int(CivilDate(year: 2026, month: 8, day: 1).dayNumber) + 69
    #expect(abs(likely - day69) <= 2 && earliest <= likely)
    #expect(try days(60) { _ in 5 }.usedUp() == .notWithinHorizon(earliest: nil))
    #expect(try days(12) { _ in 5 }.usedUp() == nil)
  }
}
