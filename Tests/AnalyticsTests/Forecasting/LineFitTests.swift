import Testing

@testable import Analytics

@Suite("A fitted line")
struct LineFitTests {
  // 3 + 2 x at x = 10 is 23.
  @Test("through points of a line is that line, and promises no miss")
  func exact() throws {
    let sums = WindowSums(days: Array(0..<10), values: (0..<10).map { 3 + 2 * Double($0) })
    let line = try #require(sums.line(from: 0, to: 10))
    #expect(line.slope == 2)
    #expect(line.intercept == 3)
    #expect(line.correlation == 0)
    #expect(line.degrees == 8)
    #expect(line.memory(1) == 0)
    #expect(line.value(1, memory: 0) == 23)
    #expect(line.variance(30, memory: 0) == 0)
    #expect(line.slopeDeviation == 0)
  }

  // Symmetric: a = b = 0, so the residuals are the values, r̄² = 1. Of 11 pairs 9 agree and 2 do not: c₁ = 7/11.
  // ρ = 7/11 + (1 + 28/11) / 12 = 41/44. e² = (1 + ρ² - 2 ρ · 7/11) · 12/9 = 1321/1452. s² = e² / (1 - ρ²) = 5284/765.
  // f = (1 + ρ) / (1 - ρ) = 85/3, so (12 - 2) / f < 4. Both caps hold: the level varies by s², the slope by 1.2 e² / 12.
  // Day 1 is x = 12, and x̄ = 5.5: reach = 6.5 - ρ · 5.5 = 1.375.
  @Test("remembers its last residual, by hand")
  func hand() throws {
    let values: [Double] = [1, 1, 1, -1, -1, -1, -1, -1, -1, 1, 1, 1]
    let line = try #require(WindowSums(days: Array(0..<12), values: values).line(from: 0, to: 12))
    let (rho, innovation, stationary) = (41.0 / 44, 1321.0 / 1452, 5284.0 / 765)
    #expect(abs(line.slope) < 1e-15 && abs(line.intercept) < 1e-15)
    #expect(abs(line.correlation - rho) < 1e-14)
    #expect(line.degrees == 4)
    #expect(abs(line.slopeDeviation - (innovation / 10).squareRoot()) < 1e-14)
    #expect(abs(line.memory(1) - rho) < 1e-14)
    #expect(abs(line.memory(3) - rho * rho * rho) < 1e-14)
    #expect(abs(line.value(1, memory: rho) - rho) < 1e-14)
    let ofLevel = stationary * (9.0 / 1936)
    let ofSlope = innovation / 10 * 1.375 * 1.375
    #expect(abs(line.variance(1, memory: rho) - innovation - ofLevel - ofSlope) < 1e-12)
  }

  @Test("forgets by the days since the last value")
  func gap() throws {
    let values: [Double] = [1, 1, 1, -1, -1, -1, -1, -1, -1, 1, 1, 1]
    let sums = WindowSums(
      values + [0, 0], isPresent: [Bool](repeating: true, count: 12) + [false, false])
    let line = try #require(sums.line(from: 0, to: 14))
    // Day 1 is x = 14, three days after the last value on day 11.
    #expect(abs(line.memory(1) - 68_921.0 / 85_184) < 1e-14)  // ρ³ = (41/44)³
  }

  @Test("that stays varies by the day, with four degrees at least")
  func level() {
    #expect(LevelFit(value: 5, variancePerDay: 2, steps: 3).variance(7) == 14)
    #expect(LevelFit(value: 5, variancePerDay: 2, steps: 3).degrees == 4)
    #expect(LevelFit(value: 5, variancePerDay: 2, steps: 9).degrees == 9)
  }
}
