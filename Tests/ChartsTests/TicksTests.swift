import Testing

@testable import Charts

@Suite("Ticks")
struct TicksTests {
  @Test(
    "are round, whatever the range",
    arguments: [
      (0.0, 100.0, 5, [0.0, 25, 50, 75, 100]),
      (0, 1, 6, [0, 0.2, 0.4, 0.6, 0.8, 1]),
      (0, 7, 5, [0, 2, 4, 6, 8]),
      (-3, 3, 7, [-3, -2, -1, 0, 1, 2, 3]),
      (8.1, 14.1, 4, [8, 10, 12, 14]),
      (0, 4_800_000, 5, [0, 1e6, 2e6, 3e6, 4e6, 5e6]),
      (99.2, 100, 5, [99.2, 99.4, 99.6, 99.8, 100]),
    ])
  func areRound(low: Double, high: Double, count: Int, expected: [Double]) {
    #expect(Ticks.over(low...high, about: count).values == expected)
  }

  @Test("come with as many decimals as tell them apart")
  func decimals() {
    #expect(Ticks.over(0...1, about: 6).decimals == 1)
    #expect(Ticks.over(0...100, about: 5).decimals == 0)
    #expect(Ticks.over(0...1e-4, about: 5).decimals == 6)  // 0.000025
    #expect(Ticks.over(0...0.1, about: 5).decimals == 3)  // 0.025
  }

  @Test("rise evenly, number about as many as asked, and stay near the range")
  func laws() {
    var seed: UInt64 = 7
    func next() -> Double {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(seed >> 11) / Double(1 << 53)
    }
    for _ in 0..<500 {
      let size = (0..<Int(next() * 12)).reduce(1e-3) { value, _ in value * 10 }
      let low = (next() - 0.5) * size
      let high = low + (0.01 + next()) * size
      let asked = 2 + Int(next() * 8)
      let ticks = Ticks.over(low...high, about: asked).values
      #expect((2...2 * asked + 1).contains(ticks.count), "\(low) \(high) \(asked)")
      let step = ticks[1] - ticks[0]
      for (one, two) in zip(ticks, ticks.dropFirst()) {
        #expect(abs(two - one - step) < 1e-6 * step)
      }
      #expect(ticks[0] > low - 1.5 * step && ticks[ticks.count - 1] < high + 1.5 * step)
    }
  }

  @Test("of one value are that value, of no numbers none")
  func edges() {
    #expect(Ticks.over(5...5, about: 5).values == [5])
    #expect(Ticks.over(0...0, about: 5).values == [0])
    #expect(Ticks.over(0...Double.infinity, about: 5).values == [])
    #expect(Ticks.over(-1e300...1e300, about: 5).values == [])
    #expect(Ticks.over(1e9...1e9.nextUp, about: 5).values == [1e9])
  }
}
