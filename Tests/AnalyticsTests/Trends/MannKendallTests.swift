import Analytics
import Testing

@Suite("The test of Mann and Kendall")
struct MannKendallTests {
  /// 60 values that follow each other and rise a little.
  static func wave() -> [Double] {
    var chance = ForecastSamples.Chance(seed: 12345)
    var wave = 0.0
    return (0..<60).map { place in
      wave = 0.7 * wave + chance.next() - 0.5
      return ((wave + 0.01 * Double(place)) * 10_000).rounded() / 10_000
    }
  }

  // pymannkendall 1.4.3, original_test and hamed_rao_modification_test.
  @Test("has the score, variance, z and probability of pymannkendall, with ties")
  func ties() throws {
    let test = try #require(MannKendall([3, 5, 4, 4, 8, 9, 7, 11, 10, 10, 15, 13]))
    #expect(test.score == 50)
    #expect(abs(test.variance - 210.66666666666666) < 1e-12)
    #expect(abs(test.z(corrected: false) - 3.3759668094834963) < 1e-14)
    #expect(abs(test.probability(corrected: false) - 0.0007355679222680322) < 1e-15)
    #expect(abs(test.tau - 0.7575757575757576) < 1e-15)
    #expect(test.correction == 1)
  }

  @Test("allows for values that follow each other, as Hamed and Rao do")
  func correlated() throws {
    let test = try #require(MannKendall(MannKendallTests.wave()))
    #expect(test.score == 504)
    #expect(abs(test.variance - 24583.333333333332) < 1e-9)
    #expect(abs(test.variance * test.correction - 39602.57640612174) < 1e-7)
    #expect(abs(test.z(corrected: true) - 2.527587883319105) < 1e-12)
    #expect(abs(test.probability(corrected: true) - 0.011484907609827566) < 1e-13)
    #expect(abs(test.probability(corrected: false) - 0.0013361605072286231) < 1e-14)
    #expect(abs(test.slope - 0.009229545454545456) < 1e-15)
  }

  @Test("finds nothing in what never changes, and needs four values")
  func edges() throws {
    let test = try #require(MannKendall([5, 5, 5, 5, 5]))
    #expect(test.score == 0)
    #expect(test.variance == 0)
    #expect(test.z(corrected: true) == 0)
    #expect(test.probability(corrected: true) == 1)
    #expect(MannKendall([1, 2, 3]) == nil)
  }

  @Test("mirrors")
  func mirrors() throws {
    let wave = MannKendallTests.wave()
    let (up, down) = (
      try #require(MannKendall(wave)), try #require(MannKendall(wave.map { -$0 }))
    )
    #expect(up.score == -down.score)
    #expect(abs(up.correction - down.correction) < 1e-12)
  }
}
