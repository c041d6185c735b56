import Analytics
import Testing

@Suite("A straight line")
struct LineTrendTests {
  // y = 1, 3, 5, 7.3: slope 2.09, intercept 0.94; misses 0.06, -0.03, -0.12, 0.09: squares 0.027, over 2 0.0135.
  @Test("by least squares, by hand")
  func hand() throws {
    let line = try #require(LineTrend(x: [0, 1, 2, 3], y: [1, 3, 5, 7.3]))
    #expect(abs(line.slope - 2.09) < 1e-14)
    #expect(abs(line.intercept - 0.94) < 1e-14)
    #expect(abs(line.residualDeviation - 0.0135.squareRoot()) < 1e-14)
    // 3 away from the last: t(0.975, 2) = 4.30265, √(1 + 1/4 + 4.5² / 5) = 2.30217.
    #expect(abs(line.reach(at: 6) - 4.30265273 * 0.0135.squareRoot() * 2.30217289) < 1e-7)
    #expect(abs(line.value(at: 6) - 13.48) < 1e-13)
  }

  @Test("needs two times")
  func edges() throws {
    #expect(LineTrend(x: [], y: []) == nil)
    #expect(LineTrend(x: [2, 2], y: [1, 5]) == nil)
    let two = try #require(LineTrend(x: [2, 4], y: [1, 5]))
    #expect(two.slope == 2)
    #expect(two.reach(at: 9) == 0)
  }

  @Test("has the slopes of NIST's problems to 12 digits, also in seconds and bytes")
  func nist() throws {
    guard let root = ReferenceData.folder("nist-strd") else { return }
    for (name, slope, intercept) in [
      ("Norris", 1.0021168180204545, -0.2623230737740295),
      ("NorrisShifted", 278.3657827834600, .nan),
    ] {
      let columns = try ReferenceData.columns("\(root)/\(name).csv")
      let line = try #require(LineTrend(x: columns[0], y: columns[1]))
      #expect(abs(line.slope / slope - 1) < 1e-12, "\(name)")
      if name == "Norris" {
        #expect(abs(line.intercept / intercept - 1) < 1e-11)
        #expect(abs(line.residualDeviation / 0.8847963961443726 - 1) < 1e-12)
        #expect(abs(line.slopeError / 0.0004297968481999369 - 1) < 1e-11)
        #expect(abs(line.value(at: 500) + line.reach(at: 500) - 502.6203778187227) < 1e-9)
        #expect(abs(line.value(at: 2000) - line.reach(at: 2000) - 2001.6844831124517) < 1e-9)
      }
    }
  }

  @Test("does not change its slope when times are seconds since 1970")
  func seconds() throws {
    let values = MannKendallTests.wave()
    let days = try #require(LineTrend(x: values.indices.map(Double.init), y: values))
    let seconds = try #require(
      LineTrend(x: values.indices.map { 1_700_000_000 + 86_400 * Double($0) }, y: values))
    #expect(abs(seconds.slope * 86_400 / days.slope - 1) < 1e-13)
    #expect(abs(seconds.residualDeviation - days.residualDeviation) < 1e-13)
  }
}
