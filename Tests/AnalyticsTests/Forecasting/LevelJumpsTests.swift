import Testing

@testable import Analytics

@Suite("Jumps of the level")
struct LevelJumpsTests {
  private func jumps(_ count: Int = 60, _ value: (Int) -> Double) throws -> [Int] {
    LevelJumps(try ForecastSamples.noisy(count) { 500 + value($0) }.values).places
  }

  @Test("are found up and down, at the first value of the new level")
  func one() throws {
    #expect(try jumps { $0 >= 30 ? 50 : 0 } == [30])
    #expect(try jumps { $0 >= 30 ? -50 : 0 } == [30])
    #expect(try jumps { 2 * Double($0) + ($0 >= 30 ? 50 : 0) } == [30])
  }

  @Test("need seven values before and four after")
  func edges() throws {
    #expect(try jumps { $0 >= 56 ? 50 : 0 } == [56])
    #expect(try jumps { $0 >= 57 ? 50 : 0 } == [])
    #expect(try jumps { $0 >= 7 ? 50 : 0 } == [7])
    #expect(try jumps { $0 >= 6 ? 50 : 0 } == [])
    #expect(LevelJumps([0, 0, 0, 0, 0, 0, 0, 9, 9, 9]).places == [])
    #expect(LevelJumps([0, 0, 0, 0, 0, 0, 0, 9, 9, 9, 9]).places == [7])
  }

  // Falls by 38 where the median difference is 2. Medians of seven: 32 before, 6 after; |6 - 32 - 4 · 2| = 34 > 38 / 2.
  @Test("are the falls of a saw-tooth")
  func sawTooth() {
    #expect(LevelJumps((0..<100).map { Double($0 % 20 * 2) }).places == [20, 40, 60, 80])
  }

  @Test("are neither spikes, nor noise, nor a line")
  func none() throws {
    #expect(try jumps { $0 == 30 ? 50 : 0 } == [])
    #expect(try jumps { _ in 0 } == [])
    #expect(LevelJumps((0..<60).map { 0.1 * Double($0) }).places == [])
    #expect(LevelJumps([]).places == [])
  }
}
