import Analytics
import Model
import TestSupport
import Testing

@Suite("The assessment of an objective")
struct AssessmentTests {
  private let target: Target

  init() throws { target = try percent(99) }

  private let end = date(2026, 11, 29)

  /// A hundred events at noon of each of the last `days` days, those of the newest first.
  private func measurement(
    _ bad: [Int64], observed: [Window]? = nil, rejects: [Measurement.Reject] = [],
    unit: CountedUnit = .events
  ) -> Measurement {
    let days = bad.enumerated().map { back, bad in
      (minute: (end.seconds / 86_400 - 1 - Int64(back)) * 1440 + 720, bad: bad)
    }.reversed()
    return Measurement(
      tally: Tally(
        minutes: days.map(\.minute), good: days.map { 100 - $0.bad },
        total: days.map { _ in 100 }), unit: unit,
      observation: Observation(
        interval: .seconds(60),
        observed: WindowSet(
          observed ?? [Window(start: end - .days(Int64(bad.count)), end: end)])),
      rejects: rejects)
  }

  private func assess(
    _ objective: Objective, _ measurement: Measurement, asOf: Instant? = nil,
    firstData: Instant? = date(2026, 1, 1), zone: ZoneOffsets = .utc
  ) -> Assessment {
    Assessment(
      objective, measurement, asOf: asOf ?? end, firstData: firstData, staleAfter: .hours(1),
      zone: zone)
  }

  private func ratio(
    _ target: Target, window: WindowRule = .rolling(.days(28)), policy: BudgetPolicy = .standard
  ) -> Objective {
    objective(target, window: window, policy: policy)
  }

  // 28 days of 100 are 2800 events; 99 % allows 28.
  @Test(
    "is on course, at risk below a fifth left, overspent below nothing",
    arguments: [
      (0, .onCourse), (22, .onCourse), (23, .atRisk), (28, .atRisk), (29, .overspent),
    ] as [(Int64, Assessment.State)])
  func states(bad: Int64, state: Assessment.State) throws {
    // All on one day, so that the usual pace is 0.
    let found = assess(
      ratio(target), measurement([0, bad] + Array(repeating: 0, count: 26)))
    #expect(found.state == state)
    #expect(found.level?.bad == bad)
    #expect(found.doubts.isEmpty)
    #expect(found.coverage == 1_000_000_000)
    #expect(found.budget == found.budgetSoFar)
    #expect(found.budget?.allowedEvents == 28)
  }

  @Test("has a policy band unless there is no verdict")
  func band() throws {
    let found = assess(ratio(target), measurement([26] + Array(repeating: 0, count: 27)))
    #expect(found.band?.closesGate == true)  // 2 of 28 left are 7 %
    let doubted = assess(
      ratio(target),
      measurement(
        [26] + Array(repeating: 0, count: 27),
        rejects: [.init(minute: end.seconds / 60 - 1, count: 1)]))
    #expect(doubted.state == .notJudged)
    #expect(doubted.band == nil)
    #expect(doubted.doubts == [.rejected(1)])
  }

  @Test("is not judged without data, and says so once")
  func noData() {
    let found = assess(ratio(target), measurement([]))
    #expect(found.doubts == [.noData])
    #expect(found.state == .notJudged)
    #expect(found.level == nil && found.budget == nil && found.interval == nil)
    #expect(found.pace == nil && found.leftAhead == nil && found.exhaustedAt == nil)
    #expect(found.gaps == [Window(start: end - .days(28), end: end)])
  }

  @Test("is not judged without traffic; that is told apart from no data")
  func noTraffic() {
    let seen = measurement([], observed: [Window(start: end - .days(28), end: end)])
    #expect(assess(ratio(target), seen).doubts == [.noTraffic])
  }

  @Test("calls good above total rejected, and not a lack of traffic")
  func contradiction() {
    let minute = end.seconds / 60 - 5
    let found = assess(
      ratio(target),
      Measurement(
        tally: Tally(minutes: [minute], good: [5], total: [3]), unit: .events,
        observation: Observation(
          interval: .seconds(60), observed: WindowSet([Window(start: end - .days(28), end: end)])),
        rejects: [.init(minute: minute, count: 1)]))
    #expect(found.doubts == [.rejected(1)])
    #expect(found.level == nil)
  }

  // 21 of 28 days with 100 events each: 2100, of which 21 may be bad.
  @Test("is judged on the days since history starts, from the minimum on")
  func young() {
    var seen = measurement([20] + Array(repeating: 0, count: 20))
    seen.since = end - .days(21)
    let found = assess(ratio(target), seen, firstData: end - .days(21))
    #expect(found.doubts.isEmpty)
    #expect(found.coverage == 1_000_000_000)
    #expect(found.historyStart == end - .days(21))
    #expect(
      found.notes == [.youngHistory(.days(21), of: .days(28), since: end - .days(21))])
    #expect(found.budget?.allowedEvents == 21)
    #expect(found.gaps.isEmpty)
    var few = measurement(Array(repeating: 0, count: 13))
    few.since = end - .days(13)
    #expect(
      assess(ratio(target), few, firstData: end - .days(13)).doubts
        == [.history(.days(13), needed: .days(14))])
    // 6 hours are less than 1 % of 28 days.
    var whole = measurement(Array(repeating: 0, count: 28))
    whole.since = end - .days(28) + .hours(6)
    #expect(assess(ratio(target), whole, firstData: end - .days(28)).notes.isEmpty)
    // An old history that starts before the window is nothing to speak of.
    var old = measurement(Array(repeating: 0, count: 28))
    old.since = end - .days(99)
    #expect(assess(ratio(target), old, firstData: end - .days(99)).historyStart == nil)
  }

  // From 11 to 24 November, 14 days with 100 events each, and 6 days to come: 2000 in 20 days, 20 may be bad.
  @Test("projects the total of a calendar month from the start of history to its end")
  func youngMonth() {
    let asOf = date(2026, 11, 25)
    let days = (0..<14).map { (date(2026, 11, 11).seconds / 86_400 + $0) * 1440 + 720 }
    var seen = Measurement(
      tally: Tally(
        minutes: days, good: days.map { _ in 100 }, total: days.map { _ in 100 }),
      unit: .events,
      observation: Observation(
        interval: .seconds(60),
        observed: WindowSet([Window(start: date(2026, 11, 11), end: asOf)])))
    seen.since = date(2026, 11, 11)
    let found = assess(
      ratio(target, window: .calendar(.month)), seen, asOf: asOf, firstData: date(2026, 11, 11))
    #expect(found.doubts.isEmpty)
    #expect(found.budget?.total == 2000)
    #expect(found.budget?.allowedEvents == 20)
    #expect(found.budgetSoFar?.total == 1400)
  }

  @Test("needs nine tenths of the elapsed window: exactly that is enough")
  func coverage() {
    func found(missing: Duration) -> Assessment {
      assess(
        ratio(target),
        measurement(
          Array(repeating: 0, count: 28),
          observed: [Window(start: end - .days(28) + missing, end: end)]))
    }
    // A tenth of 28 days is 67.2 hours.
    #expect(found(missing: .minutes(4032)).doubts.isEmpty)
    #expect(
      found(missing: .minutes(4033)).doubts == [.coverage(899_975_198, needed: 900_000_000)])
  }

  @Test("needs history of 14 days, or of the window where that is shorter")
  func history() {
    let month = measurement(Array(repeating: 0, count: 28))
    let young = assess(ratio(target), month, firstData: end - .days(13))
    #expect(young.doubts == [.history(.days(13), needed: .days(14))])
    #expect(assess(ratio(target), month, firstData: end - .days(14)).doubts.isEmpty)
    let week = ratio(target, window: .rolling(.days(7)))
    #expect(assess(week, month, firstData: end - .days(7)).doubts.isEmpty)
    #expect(
      assess(week, month, firstData: nil).doubts == [.history(.zero, needed: .days(7))])
  }

  @Test("is not judged when the newest data are older than allowed")
  func stale() {
    let seen = { (age: Duration) in
      self.measurement(
        Array(repeating: 0, count: 28),
        observed: [Window(start: self.end - .days(28), end: self.end - age)])
    }
    #expect(assess(ratio(target), seen(.hours(1))).doubts.isEmpty)
    #expect(
      assess(ratio(target), seen(.minutes(61))).doubts
        == [.stale(.minutes(61), allowed: .hours(1))])
  }

  @Test("is not judged while a source fails, and tells the end of its data")
  func sourceFailed() {
    let found = Assessment(
      ratio(target), measurement(Array(repeating: 0, count: 28)), asOf: end,
      firstData: date(2026, 1, 1), staleAfter: .hours(1),
      doubts: [.sourceFailed("a.om: empty", others: 0)],
      zone: .utc)
    #expect(found.doubts == [.sourceFailed("a.om: empty", others: 0)])
    #expect(found.state == .notJudged)
    #expect(found.dataEnd == end)
    #expect(assess(ratio(target), measurement([])).dataEnd == nil)
  }

  @Test("meets its objective exactly at it, and 100 % with nothing bad")
  func boundaries() throws {
    let everything = assess(
      ratio(try percent(100)), measurement(Array(repeating: 0, count: 28)))
    #expect(everything.state == .onCourse)
    #expect(everything.burns.allSatisfy { $0.long == nil && !$0.isFast })
    let one = assess(
      ratio(try percent(100)), measurement([1] + Array(repeating: 0, count: 27)))
    #expect(one.state == .overspent)
    #expect(one.budget?.left == -.infinity)
    #expect(one.leftAhead == nil)
  }

  @Test("projects the total of a running calendar window")
  func calendar() throws {
    // November, as of the 29th at 00:00: 28 of 30 days have passed, 2800 events so far, 3000 expected.
    let month = ratio(target, window: .calendar(.month))
    let found = assess(month, measurement([0, 15] + Array(repeating: 0, count: 26)))
    #expect(found.window == Window(start: date(2026, 11, 1), end: date(2026, 12, 1)))
    #expect(found.elapsed.length == .days(28))
    #expect(found.budget?.total == 3000)
    #expect(found.budgetSoFar?.total == 2800)
    #expect(found.budget?.left == 0.5)
    #expect(found.aheadAt == date(2026, 12, 1))
    #expect(found.leftAhead == 0.5)
    // As of the month's end the month itself is judged.
    let closed = assess(month, measurement([0]), asOf: date(2026, 12, 1))
    #expect(closed.window == found.window)
    #expect(closed.budget == closed.budgetSoFar)
  }

  @Test("says what is left ahead at the usual pace: 1 bad a day of 30 allowed, two days to go")
  func ahead() throws {
    let month = ratio(target, window: .calendar(.month))
    let found = assess(month, measurement(Array(repeating: 1, count: 28)))
    // Used: 28 of 30. Left after two more days: nothing, so it is not used up before the end.
    #expect(abs(try #require(found.leftAhead)) < 1e-9)
    let faster = assess(month, measurement([4] + Array(repeating: 1, count: 27)))
    // 31 of 30 are gone already.
    #expect(faster.state == .overspent)
    #expect(faster.exhaustedAt == nil)
    let earlier = assess(
      month, measurement([2] + Array(repeating: 1, count: 27)))
    // 29 of 30 used at 1 a day: it lasts a day, and a moment later there is none.
    #expect(earlier.exhaustedAt == end + .hours(25))
    #expect(earlier.state == .atRisk)
  }

  @Test("gives back in a rolling window what leaves it")
  func rolling() throws {
    // 1 bad a day, for 28 days and the 28 before: a steady state keeps 0 left.
    let steady = assess(ratio(target), measurement(Array(repeating: 1, count: 56)))
    #expect(steady.budget?.left == 0)
    #expect(abs(try #require(steady.leftAhead)) < 1e-9)
    #expect(steady.aheadAt == end + .days(7))
    // 14 bad on the oldest day of the window, none since: half is given back within a week.
    let better = assess(
      ratio(target), measurement(Array(repeating: 0, count: 27) + [14]))
    #expect(better.budget?.left == 0.5)
    #expect(better.leftAhead == 1)
  }

  @Test("spends no more in a rolling window than fits into it")
  func shortWindow() throws {
    // A window of a day with 1 of 1 allowed used on each: a week on, the window again holds one day.
    let day = ratio(target, window: .rolling(.days(1)))
    let found = assess(day, measurement(Array(repeating: 1, count: 28)))
    #expect(found.budget?.left == 0)
    #expect(abs(try #require(found.leftAhead)) < 1e-9)
  }

  @Test("is fast when both look-backs are above their factor")
  func burns() throws {
    let minute = end.seconds / 60
    func found(_ bad: [(Int64, Int64)]) -> Assessment {
      let tally = Tally(
        minutes: bad.map { minute - $0.0 }, good: bad.map { 100 - $0.1 },
        total: bad.map { _ in 100 })
      return assess(
        ratio(target, window: .rolling(.days(30))),
        Measurement(
          tally: tally, unit: .events,
          observation: Observation(interval: .seconds(60), observed: WindowSet())))
    }
    // 15 % bad at an allowance of 1 % is a rate of 15, in the last hour and in the last 5 minutes.
    let fast = found([(59, 15), (3, 15)])
    #expect(fast.burns.map(\.isFast) == [true, true, true, true])
    #expect(abs(try #require(fast.burns[0].long).multiple - 15) < 1e-9)
    // Over: the last 5 minutes are clean; the longer look-backs still see it.
    let over = found([(59, 50), (28, 50), (3, 0)])
    #expect(over.burns.map(\.isFast) == [false, true, true, true])
    #expect(try #require(over.burns[0].long).multiple > 14.4)
    #expect(over.burns[0].short?.multiple == 0)
    // No traffic in the last 5 minutes is no evidence.
    let quiet = found([(59, 50)])
    #expect(quiet.burns[0].short == nil)
    #expect(!quiet.burns[0].isFast)
  }

  @Test("is undecided where chance could tell otherwise")
  func undecided() throws {
    let seen = assess(ratio(target), measurement([20] + Array(repeating: 0, count: 27)))
    // 20 of 2800 bad: 99.29 %, interval 98.9 … 99.5 %.
    #expect(seen.isUndecided)
    let clear = assess(ratio(try percent(90)), measurement(Array(repeating: 0, count: 28)))
    #expect(!clear.isUndecided)
    let time = assess(ratio(target), measurement([20], unit: .time))
    #expect(time.interval == nil && !time.isUndecided)
  }

  @Test("counts days of 23 and 25 hours by the local calendar")
  func zones() {
    for (day, hours) in [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)] as [(Instant, Int64)] {
      let asOf = day + .hours(12)
      let found = assess(
        ratio(target, window: .calendar(.day)), measurement([0]), asOf: asOf, zone: berlin)
      #expect(found.window.length == .hours(hours))
      #expect(found.window.start == day - .hours(1) || found.window.start == day - .hours(2))
    }
  }

  @Test("is a total function: never NaN, whatever the counts")
  func law() throws {
    var random = SeededGenerator(seed: 41)
    for _ in 0..<150 {
      let minutes = (0..<600).map { end.seconds / 60 - 30 * 1440 + Int64($0) * 72 }
      let scale: Int64 = [3, 1000, .max].randomElement(using: &random) ?? 3
      let total = minutes.map { _ in Int64.random(in: 0...scale, using: &random) }
      let good = total.map {
        Int.random(in: 0..<50, using: &random) == 0
          ? Int64.random(in: .min...Int64.max, using: &random)
          : Int64.random(in: $0 / 2...$0, using: &random)
      }
      let windows: [WindowRule] = [
        .rolling(.days(28)), .rolling(.hours(5)), .calendar(.day), .calendar(.month),
        .calendar(.quarter),
      ]
      for window in windows {
        let target = try Target(
          partsPerBillion: Bool.random(using: &random)
            ? 1_000_000_000 : Int64.random(in: 1...1_000_000_000, using: &random))
        let found = assess(
          ratio(target, window: window),
          Measurement(
            tally: Tally(minutes: minutes, good: good, total: total), unit: .events,
            observation: Observation(
              interval: .seconds(60),
              observed: WindowSet([Window(start: end - .days(30), end: end)]))), zone: berlin)
        if let level = found.level { #expect((0...1).contains(level.share)) }
        #expect(found.budget.map { $0.left.isNaN || $0.consumed.isNaN } != true)
        #expect(found.leftAhead?.isNaN != true)
        #expect(found.interval.map { $0.lower.isNaN || $0.upper.isNaN } != true)
        #expect((0...1_000_000_000).contains(found.coverage))
        if let exhausted = found.exhaustedAt { #expect(exhausted > found.asOf) }
      }
    }
  }
}
