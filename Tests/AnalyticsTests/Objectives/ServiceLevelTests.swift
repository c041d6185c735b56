import Analytics
import Model
import TestSupport
import Testing

@Suite("A service level")
struct ServiceLevelTests {
  @Test("is good over total: 999 of 1000 is 99.9 %")
  func share() throws {
    let level = try #require(ServiceLevel(EventCounts(good: 999, total: 1000)))
    #expect(level.share == 0.999)
    #expect(level.bad == 1)
  }

  @Test(
    "is not there for counts that have none",
    arguments: [(0, 0), (1, 0), (9999, 9), (-1, 5), (1, -1), (0, -1), (.min, .max)]
      as [(Int64, Int64)])
  func none(good: Int64, total: Int64) {
    #expect(ServiceLevel(EventCounts(good: good, total: total)) == nil)
  }

  @Test(
    "meets a target exactly at it, and misses it by one event",
    arguments: [
      (999_000_000, 999, 1000, true), (999_000_000, 998, 1000, false),
      (950_000_000, 19, 20, true), (333_333_333, 1, 3, true), (333_333_334, 1, 3, false),
      (1_000_000_000, 7, 7, true), (1_000_000_000, .max - 1, .max, false),
      (999_999_999, .max, .max, true), (500_000_000, 0, 0, false), (1, 0, 5, false),
    ] as [(Int64, Int64, Int64, Bool)])
  func exact(parts: Int64, good: Int64, total: Int64, met: Bool) throws {
    let target = try Target(partsPerBillion: parts)
    #expect(target.isMet(by: EventCounts(good: good, total: total)) == met)
    if let level = ServiceLevel(EventCounts(good: good, total: total)) {
      #expect(target.isMet(by: level) == met)
    }
  }

  @Test("meets a target from the smallest sufficient count on")
  func bruteForce() throws {
    var random = SeededGenerator(seed: 23)
    for _ in 0..<2000 {
      let total =
        Int64.random(in: 1...Int64.max, using: &random) >> Int.random(in: 0..<60, using: &random)
      guard total > 0 else { continue }
      let parts = Int64.random(in: 1...1_000_000_000, using: &random)
      let target = try Target(partsPerBillion: parts)
      // ceil(parts * total / 10^9), in wide integers.
      let product = parts.multipliedFullWidth(by: total)
      let (quotient, remainder) = Int64(1_000_000_000).dividingFullWidth(product)
      let needed = quotient + (remainder > 0 ? 1 : 0)
      #expect(target.isMet(by: EventCounts(good: needed, total: total)))
      #expect(!target.isMet(by: EventCounts(good: needed - 1, total: total)))
      let level = try #require(ServiceLevel(EventCounts(good: needed, total: total)))
      #expect((0...1).contains(level.share))
    }
  }
}
