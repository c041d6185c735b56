import Analytics
import Testing

@Suite("The normal distribution")
struct NormalTests {
  // scipy 1.17, stats.norm.ppf.
  @Test(
    "has the quantiles that scipy has",
    arguments: [
      (0.9, 1.281_551_565_544_600_4), (0.975, 1.959_963_984_540_054),
      (0.999999, 4.753_424_308_817_087), (1e-12, -7.034_483_825_301_131),
    ])
  func quantiles(p: Double, expected: Double) {
    #expect(abs(Normal.quantile(p) / expected - 1) < 1e-10)
    #expect(abs(Normal.upperTail(Normal.quantile(p)) - (1 - p)) < 1e-14)
  }

  @Test("has its middle at 0, and no end")
  func edges() {
    #expect(abs(Normal.quantile(0.5)) < 1e-12)
    #expect(Normal.quantile(0) == -.infinity)
    #expect(Normal.quantile(1) == .infinity)
    #expect(Normal.upperTail(0) == 0.5)
  }
}
