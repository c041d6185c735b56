import Analytics
import Testing

@Suite("Student's t")
struct StudentTTests {
  // mpmath 1.4: the root of the regularised incomplete beta function with 30 digits.
  @Test(
    "has the quantiles of an arithmetic with 30 digits, also for parts of a degree",
    arguments: [
      (1, 0.975, 12.706_204_736_174_69), (2, 0.9, 1.885_618_083_164_127),
      (4, 0.975, 2.776_445_105_197_793), (4, 0.9, 1.533_206_274_058_944),
      (4.37, 0.975, 2.686_148_100_040_885), (10, 0.975, 2.228_138_851_986_274),
      (34, 0.975, 2.032_244_509_317_719), (57.25, 0.9, 1.296_514_636_755_143),
      (398, 0.975, 1.965_942_323_976_266), (1000.5, 0.9, 1.282_398_297_809_231),
      (1e6, 0.975, 1.959_966_356_814_107), (3, 0.99999, 47.927_728_376_006_71),
      (12, 0.500_000_1, 2.559_336_256_878_782e-7),
    ])
  func quantiles(degrees: Double, p: Double, expected: Double) {
    let t = StudentT(degrees: degrees)
    #expect(abs(t.quantile(p) / expected - 1) < (p < 0.51 ? 1e-8 : 1e-11))
    #expect(abs(t.quantile(1 - p) + t.quantile(p)) < 1e-7 * expected)
  }

  @Test(
    "has the tails of an arithmetic with 30 digits, however thin",
    arguments: [
      (27.290489, 466, 5.648_235_518_620_841e-99), (2.0, 5, 0.050_969_739_414_929_18),
      (0.3, 34, 0.383_001_863_762_612_9), (40, 8, 8.392_859_439_572_896e-11),
    ])
  func tails(value: Double, degrees: Double, expected: Double) {
    let t = StudentT(degrees: degrees)
    #expect(abs(t.upperTail(value) / expected - 1) < 1e-11)
    #expect(abs(t.upperTail(-value) - (1 - expected)) < 1e-15)
  }

  @Test("has its middle at 0, and no end")
  func edges() {
    let t = StudentT(degrees: 7)
    #expect(t.quantile(0.5) == 0)
    #expect(t.quantile(0) == -.infinity)
    #expect(t.quantile(1) == .infinity)
    #expect(t.quantile(.nan).isNaN)
    #expect(t.upperTail(0) == 0.5)
    #expect(t.upperTail(.infinity) == 0)
  }
}
