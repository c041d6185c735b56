import Analytics
import Model
import Testing

@Suite("The usual pace")
struct UsualPaceTests {
  /// At noon of each of the days before 30 November 2026, newest first: that many bad of 100.
  private func tally(_ bad: [Int64?]) -> Tally {
    let days = bad.enumerated().compactMap { back, bad in
      bad.map {
        (minute: (date(2026, 11, 29).seconds / 86_400 - Int64(back)) * 1440 + 720, bad: $0)
      }
    }.reversed()
    return Tally(
      minutes: days.map(\.minute), good: days.map { 100 - $0.bad }, total: days.map { _ in 100 })
  }

  private func pace(_ bad: [Int64?], total: Int64 = 1000) throws -> UsualPace? {
    UsualPace(
      tally(bad), until: date(2026, 11, 30), zone: .utc, total: total, target: try percent(90))
  }

  // 90 % of 1000 allows 100 bad: one bad event is 1 % of the budget.
  @Test("is the median of the days, so that one outage does not count")
  func median() throws {
    let found = try #require(try pace([1, 2, 3, 90, 4, 5, 6]))
    #expect(abs(found.sharePerDay - 0.04) < 1e-12)
    #expect(found.days == 7)
  }

  @Test("is the middle between two days for an even number of them")
  func even() throws {
    let found = try #require(try pace([1, 2, 3, 4, 5, 6, 7, 8]))
    #expect(abs(found.sharePerDay - 0.045) < 1e-12)
  }

  // The tenth day before starts before history does: 3 of the nine others are the middle.
  @Test("leaves out days that start before history does")
  func young() throws {
    let bad: [Int64] = [1, 2, 3, 4, 5, 1, 2, 3, 4, 90]
    let found = UsualPace(
      tally(bad), until: date(2026, 11, 30), since: date(2026, 11, 20) + .hours(9), zone: .utc,
      total: 1000, target: try percent(90))
    #expect(found?.days == 9)
    #expect(abs((found?.sharePerDay ?? 0) - 0.03) < 1e-12)
  }

  @Test("passes over days without data, and needs seven with some")
  func few() throws {
    #expect(try pace([1, 2, 3, 4, 5, 6]) == nil)
    let found = try #require(try pace([1, nil, 2, nil, nil, 3, 4, 5, 6, 7]))
    #expect(found.days == 7)
    #expect(abs(found.sharePerDay - 0.04) < 1e-12)
  }

  @Test("looks at 28 days and not further")
  func reach() throws {
    let found = try #require(
      try pace(Array(repeating: 0, count: 28) + Array(repeating: 90, count: 40)))
    #expect(found.days == 28)
    #expect(found.sharePerDay == 0)
  }

  @Test("has none against 100 % or of no total")
  func none() throws {
    let bad: [Int64?] = Array(repeating: 1, count: 20)
    #expect(try pace(bad, total: 0) == nil)
    #expect(
      UsualPace(
        tally(bad), until: date(2026, 11, 30), zone: .utc, total: 10, target: try percent(100))
        == nil)
  }

  @Test("cuts the days at local midnight, also the one of 25 hours")
  func local() throws {
    // Berlin: 25 October 2026 lasts from 24 Oct 22:00 to 25 Oct 23:00 UTC.
    let day = date(2026, 10, 25).seconds / 60
    let bad = [day - 120: 1, day + 22 * 60 + 59: 2] as [Int64: Int64]
    let others = (1...6).map { (day - 120 - $0 * 1440, Int64(5)) }
    let all = (bad.map { ($0.key, $0.value) } + others).sorted { $0.0 < $1.0 }
    let tally = Tally(
      minutes: all.map(\.0), good: all.map { 100 - $0.1 }, total: all.map { _ in 100 })
    let found = try #require(
      UsualPace(
        tally, until: Instant(seconds: (day + 23 * 60) * 60), zone: berlin, total: 1000,
        target: try percent(90)))
    // Seven days: 1 + 2 = 3 % on the long one, 5 % on the six before.
    #expect(found.days == 7)
    #expect(abs(found.sharePerDay - 0.05) < 1e-12)
  }
}
