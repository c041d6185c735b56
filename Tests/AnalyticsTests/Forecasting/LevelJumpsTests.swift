import Testing

@testable import Analytics

@Suite("Jumps of the level")
struct LevelJumpsTests {
  private func jumps(_ count: Int = 60, _ value: (Int) -> Double) throws -> [Int] {
    places(try ForecastSamples.noisy(count) { 500 + value($0) }.values)
  }

  private func places(_ values: [Double]) -> [Int] {
    LevelJumps(values, days: Array(values.indices)).places
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
    #expect(places([0, 0, 0, 0, 0, 0, 0, 9, 9, 9]) == [])
    #expect(places([0, 0, 0, 0, 0, 0, 0, 9, 9, 9, 9]) == [7])
  }

  // Falls by 38 where the median difference is 2. Medians of seven: 32 before, 6 after; |6 - 32 - 4 · 2| = 34 > 38 / 2.
  @Test("are the falls of a saw-tooth")
  func sawTooth() {
    #expect(places((0..<100).map { Double($0 % 20 * 2) }) == [20, 40, 60, 80])
  }

  @Test("are neither spikes, nor noise, nor a line")
  func none() throws {
    #expect(try jumps { $0 == 30 ? 50 : 0 } == [])
    #expect(try jumps { _ in 0 } == [])
    #expect(places((0..<60).map { 0.1 * Double($0) }) == [])
    #expect(places([]) == [])
  }

  // 0.8 a day: across a missing day a line rises by 1.6, which is no jump. One of 40 across two missing days is.
  @Test("a line does not jump where days are missing, a level does")
  func gaps() throws {
    let line = try ForecastSamples.noisy(100) { 20 + 0.8 * Double($0) }.values
    let days = (0..<100).filter { ![94, 60, 61, 62].contains($0) }
    #expect(LevelJumps(days.map { line[$0] }, days: days).places == [])
    let stepped = days.map { line[$0] + ($0 > 61 ? 40 : 0) }
    #expect(LevelJumps(stepped, days: days).places.map { days[$0] } == [63])
  }
}
