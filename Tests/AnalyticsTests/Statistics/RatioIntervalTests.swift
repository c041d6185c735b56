import Analytics
import TestSupport
import Testing

@Suite("The Wilson interval")
struct RatioIntervalTests {
  // 9 of 10: z² = 3.8415; centre (0.9 + 0.19207) / 1.38415 = 0.78899,
  // half 1.95996 · sqrt(0.009 + 0.0096037) / 1.38415 = 0.19314; 0.59585 … 0.98212.
  @Test("of 9 in 10 is 0.59585 to 0.98212")
  func hand() throws {
    let interval = try #require(RatioInterval(good: 9, total: 10))
    #expect(abs(interval.lower - 0.59585) < 5e-6)
    #expect(abs(interval.upper - 0.982124) < 5e-6)
  }

  @Test("is not there without events")
  func none() {
    #expect(RatioInterval(good: 0, total: 0) == nil)
  }

  // All good: upper 1, lower 1 / (1 + z²/n) = 10 / 13.8415 = 0.72247.
  @Test("ends at 1 for all good and at 0 for all bad, also by the last digit")
  func ends() throws {
    let all = try #require(RatioInterval(good: 10, total: 10))
    #expect(abs(all.lower - 0.72247) < 5e-6)
    let none = try #require(RatioInterval(good: 0, total: 10))
    #expect(abs(none.upper - (1 - 0.72247)) < 5e-6)
    for total in [1, 2, 3, 7, 10, 99, 12_345, 1_000_003, .max] as [Int64] {
      #expect(try #require(RatioInterval(good: total, total: total)).upper == 1)
      #expect(try #require(RatioInterval(good: 0, total: total)).lower == 0)
    }
  }

  @Test("holds the share, mirrors, and narrows with the number of events")
  func laws() throws {
    var random = SeededGenerator(seed: 31)
    for _ in 0..<1000 {
      let total = Int64.random(in: 1...1_000_000, using: &random)
      let good = Int64.random(in: 0...total, using: &random)
      let interval = try #require(RatioInterval(good: good, total: total))
      let share = Double(good) / Double(total)
      #expect(0 <= interval.lower && interval.upper <= 1)
      #expect(interval.lower <= share && share <= interval.upper)
      let mirrored = try #require(RatioInterval(good: total - good, total: total))
      #expect(abs(mirrored.lower - (1 - interval.upper)) < 1e-12)
      let more = try #require(RatioInterval(good: 4 * good, total: 4 * total))
      #expect(more.upper - more.lower < interval.upper - interval.lower)
    }
  }
}
