import Analytics
import Model
import TestSupport
import Testing

@Suite("A tally")
struct TallyTests {
  private let tally = Tally(minutes: [0, 1, 5, 6], good: [9, 10, 0, 5], total: [10, 10, 2, 5])

  @Test(
    "holds the minutes that start inside a window",
    arguments: [
      (0, 420, 24, 27),  // all: 9 + 10 + 0 + 5 of 10 + 10 + 2 + 5
      (0, 60, 9, 10),
      (60, 360, 10, 12),
      (120, 300, 0, 0),
      (1, 361, 15, 17),  // minute 0 began before, minute 6 began at 360
      (420, 420, 0, 0),
      (-600, 0, 0, 0),
    ] as [(Int64, Int64, Int64, Int64)])
  func windows(from: Int64, to: Int64, good: Int64, total: Int64) {
    #expect(tally.counts(in: span(from, to)) == EventCounts(good: good, total: total))
  }

  @Test("has nothing in it when it is empty")
  func empty() {
    #expect(Tally().counts(in: span(0, 60)) == EventCounts(good: 0, total: 0))
    #expect(Tally().range(of: span(0, 60)) == 0..<0)
  }

  @Test("adds days up to their month, in a zone with a day of 23 and one of 25 hours")
  func daysAddUp() {
    var random = SeededGenerator(seed: 3)
    // Every 10 minutes of 2026.
    let first = date(2026, 1, 1).seconds / 60
    let minutes = (0..<52_560).map { first + Int64($0) * 10 }
    let total = minutes.map { _ in Int64.random(in: 1...1000, using: &random) }
    let good = total.map { Int64.random(in: 0...$0, using: &random) }
    let year = Tally(minutes: minutes, good: good, total: total)
    var lengths: Set<Duration> = []
    for month in 1...12 {
      let whole = ReportPeriod(.month, containing: CivilDate(year: 2026, month: month, day: 1))
      var (sumGood, sumTotal): (Int64, Int64) = (0, 0)
      for day in 1...CivilDate.daysIn(month: month, of: 2026) {
        let window = ReportPeriod(
          .day, containing: CivilDate(year: 2026, month: month, day: day)
        ).window(in: berlin)
        lengths.insert(window.length)
        sumGood += year.counts(in: window).good
        sumTotal += year.counts(in: window).total
      }
      #expect(
        year.counts(in: whole.window(in: berlin)) == EventCounts(good: sumGood, total: sumTotal))
    }
    #expect(lengths == [.hours(23), .hours(24), .hours(25)])
  }

  @Test("stops at the largest count, and is exact again in a window that fits")
  func overflow() {
    let huge = Tally(
      minutes: [0, 1, 2], good: [.max, .max, 3], total: [.max, .max, 4])
    #expect(huge.counts(in: span(0, 180)) == EventCounts(good: .max, total: .max))
    #expect(huge.counts(in: span(120, 180)) == EventCounts(good: 3, total: 4))
    let below = Tally(minutes: [0, 1], good: [.min, .min], total: [.max, .max])
    #expect(below.counts(in: span(0, 120)).bad == .max)
  }
}
