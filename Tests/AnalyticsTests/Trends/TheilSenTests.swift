import Analytics
import Testing

@Suite("The slope of Theil and Sen")
struct TheilSenTests {
  // scipy 1.17, theilslopes.
  @Test("and its interval are those of scipy")
  func scipy() throws {
    let x = (0..<12).map(Double.init)
    let few = try #require(TheilSen(x: x, y: [3, 5, 4, 4, 8, 9, 7, 11, 10, 10, 15, 13]))
    #expect(abs(few.slope - 1) < 1e-15)
    #expect(abs(few.intercept - 3) < 1e-14)
    #expect(abs(few.lower - 2.0 / 3) < 1e-15)
    #expect(abs(few.upper - 1.2) < 1e-15)
    let wave = MannKendallTests.wave()
    let slope = try #require(TheilSen(x: wave.indices.map(Double.init), y: wave))
    #expect(abs(slope.slope - 0.009229545454545456) < 1e-15)
    #expect(abs(slope.intercept - 0.0055284090909091255) < 1e-14)
    #expect(abs(slope.lower - 0.0038285714285714273) < 1e-15)
    #expect(abs(slope.upper - 0.015193181818181817) < 1e-15)
  }

  @Test("is wider by what values that follow each other ask for, and never narrower")
  func corrected() throws {
    let wave = MannKendallTests.wave()
    let x = wave.indices.map(Double.init)
    let plain = try #require(TheilSen(x: x, y: wave))
    let wide = try #require(TheilSen(x: x, y: wave, correction: 2))
    #expect(wide.lower < plain.lower && plain.upper < wide.upper)
    #expect(TheilSen(x: x, y: wave, correction: 0.5) == plain)
    #expect(TheilSen(x: [1, 1], y: [1, 2]) == nil)
  }

  @Test("does not change when times are seconds since 1970")
  func seconds() throws {
    let wave = MannKendallTests.wave()
    let days = try #require(TheilSen(x: wave.indices.map(Double.init), y: wave))
    let seconds = try #require(
      TheilSen(x: wave.indices.map { 1_700_000_000 + 86_400 * Double($0) }, y: wave))
    #expect(abs(seconds.slope * 86_400 / days.slope - 1) < 1e-13)
  }
}
