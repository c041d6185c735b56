import Analytics
import Model
import Testing

@Suite("A service credit")
struct CreditTests {
  private let october = Window(start: date(2026, 10, 1), end: date(2026, 11, 1))

  /// 5 % below 99.9 %, 25 % below 99 %, everything below 95 %.
  private func agreement(notice: Duration? = nil, least: Int64 = 0) -> Agreement {
    Agreement(
      window: .month, notice: notice, minimumPerMinute: least,
      tiers: [
        .init(below: 990_000_000, credit: 250_000_000),
        .init(below: 999_000_000, credit: 50_000_000),
        .init(below: 950_000_000, credit: 1_000_000_000),
      ])
  }

  /// Events by the minute, from noon of the 10th on.
  private func credit(
    _ minutes: [(good: Int64, total: Int64)], _ agreement: Agreement,
    _ exclusions: [Exclusion] = []
  ) -> Credit {
    let first = (date(2026, 10, 10) + .hours(12)).minuteUp
    let tally = Tally(
      minutes: minutes.indices.map { first + Int64($0) }, good: minutes.map(\.good),
      total: minutes.map(\.total))
    let measurement = Measurement(
      tally: tally, unit: .events,
      observation: Observation(interval: .seconds(60), observed: WindowSet([october])))
    return Credit(agreement, measurement, exclusions: exclusions, in: october, zone: .utc)
  }

  // Of 10 000 events: below 99.9 % from 11 bad on, below 99 % from 101, below 95 % from 501; exactly on a bound is not below.
  @Test(
    "is that of the lowest bound that the good share is below",
    arguments: [
      (0, nil), (10, nil), (11, 50_000_000), (100, 50_000_000), (101, 250_000_000),
      (500, 250_000_000), (501, 1_000_000_000), (10_000, 1_000_000_000),
    ] as [(Int64, Int64?)])
  func tiers(bad: Int64, expected: Int64?) {
    #expect(credit([(10_000 - bad, 10_000)], agreement()).tier?.credit == expected)
  }

  @Test("is none without events")
  func nothing() {
    let found = credit([], agreement())
    #expect(found.tier == nil && found.counts.total == 0)
  }

  // The second minute, all of it bad, is agreed time from 12:01 to 12:02.
  private func maintenance(entered: Instant?) -> Exclusion {
    let start = date(2026, 10, 10) + .hours(12) + .minutes(1)
    return Exclusion(
      .once(Window(start: start, end: start + .minutes(1))), reason: "maintenance",
      entered: entered)
  }

  // 1 000 good and 1 000 bad: 50 % is below all bounds; without the agreed minute everything is good.
  @Test(
    "leaves out agreed time that was written down early enough",
    arguments: [
      (Optional(Duration.hours(48)), true), (.hours(49), true), (.hours(47), false), (nil, false),
    ])
  func notice(ahead: Duration?, counts: Bool) {
    let start = date(2026, 10, 10) + .hours(12) + .minutes(1)
    let found = credit(
      [(1000, 1000), (0, 1000)], agreement(notice: .hours(48)),
      [maintenance(entered: ahead.map { start - $0 })])
    #expect((found.tier == nil) == counts)
    #expect(found.excluded.length == (counts ? .minutes(1) : .zero))
    #expect(found.late.length == (counts ? .zero : .minutes(1)))
  }

  @Test("leaves out any agreed time where no notice is asked for")
  func anyNotice() {
    let found = credit([(1000, 1000), (0, 1000)], agreement(), [maintenance(entered: nil)])
    #expect(found.tier == nil && found.counts.total == 1000)
  }

  // Nine events all bad are left out below ten a minute, ten are not: 990 of 1 000 are exactly 99 %.
  @Test("leaves out minutes with too few events")
  func quiet() {
    let found = credit([(990, 990), (0, 9)], agreement(least: 10))
    #expect(found.tier == nil && found.quiet.total == 9 && found.counts.total == 990)
    let busy = credit([(990, 990), (0, 10)], agreement(least: 10))
    #expect(busy.tier?.credit == 50_000_000 && busy.quiet.total == 0)
  }

  @Test("counts the period alone")
  func period() {
    let tally = Tally(
      minutes: [
        (october.start - .minutes(1)).minuteUp, october.start.minuteUp, october.end.minuteUp,
      ],
      good: [0, 100, 0], total: [100, 100, 100])
    let measurement = Measurement(
      tally: tally, unit: .events,
      observation: Observation(interval: .seconds(60), observed: WindowSet([october])))
    let found = Credit(agreement(), measurement, exclusions: [], in: october, zone: .utc)
    #expect(found.tier == nil && found.counts.total == 100)
  }
}
