import Analytics
import Model
import Testing

@Suite("A burn rate")
struct BurnRateTests {
  // Target 99.9 % allows 0.001. 144 bad of 10 000 is 0.0144; 0.0144 / 0.001 = 14.4.
  @Test(
    "is the bad share over the allowed share",
    arguments: [
      (10_000, 10_000, 0), (9990, 10_000, 1), (9856, 10_000, 14.4), (0, 10_000, 1000),
      (0, 0, nil), (5, 4, nil), (-1, 4, nil),
    ] as [(Int64, Int64, Double?)])
  func share(good: Int64, total: Int64, expected: Double?) throws {
    let rate = BurnRate(
      EventCounts(good: good, total: total), against: try percent(99, perMille: 9))
    if let expected {
      #expect(abs(try #require(rate).multiple - expected) < 1e-9)
    } else {
      #expect(rate == nil)
    }
  }

  @Test("has no rate against 100 %")
  func everything() throws {
    #expect(BurnRate(EventCounts(good: 4, total: 5), against: try percent(100)) == nil)
  }

  @Test("of 2 empties 30 days in 15; of 0 never does")
  func exhaustion() throws {
    let target = try percent(99)
    let two = try #require(BurnRate(EventCounts(good: 98, total: 100), against: target))
    let length = try #require(two.timeToExhaustion(of: .days(30)))
    #expect(abs(length / .days(15) - 1) < 1e-9)
    let zero = try #require(BurnRate(EventCounts(good: 100, total: 100), against: target))
    #expect(zero.timeToExhaustion(of: .days(30)) == nil)
  }

  @Test("is watched over 1 h, 6 h, 1 d and 3 d for 30 days")
  func pairs() {
    let pairs = BurnWindow.pairs(for: .days(30))
    #expect(pairs.map(\.long) == [.hours(1), .hours(6), .days(1), .days(3)])
    #expect(pairs.map(\.short) == [.minutes(5), .minutes(30), .hours(2), .hours(6)])
    #expect(pairs.map(\.factor) == [14.4, 6, 3, 1])
  }

  @Test(
    "means the same shares of the budget in every window: 2, 5, 10 and 10 %",
    arguments: [1, 7, 28, 30, 31, 90] as [Int64])
  func scale(days: Int64) {
    let shares = BurnWindow.pairs(for: .days(days)).map {
      $0.factor * ($0.long / .days(days))
    }
    for (share, expected) in zip(shares, [0.02, 0.05, 0.1, 0.1]) {
      // Look-backs are whole seconds.
      #expect(abs(share - expected) < 0.0002)
    }
    let one = BurnWindow.factor(spending: 0.02, of: .days(days), in: .hours(1))
    #expect(abs(one - 0.02 * 24 * Double(days)) < 1e-9)
  }
}
