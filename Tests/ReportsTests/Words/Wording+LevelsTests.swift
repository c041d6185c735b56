import Model
import Testing

@testable import Reports

@Suite("Levels in words")
struct WordingLevelsTests {
  private func plain(_ text: String) -> String { Wording.plain(text) }

  @Test(
    "an SLI is rounded down and shown until it differs from its objective",
    arguments: [
      (99_958, 100_000, 999_500_000, "99.958 %"), (999_948, 1_000_000, 999_000_000, "99.99 %"),
      (9_499_999, 10_000_000, 950_000_000, "94.99 %"), (95, 100, 950_000_000, "95.00 %"),
      (89_999_999, 90_000_000, 999_000_000, "99.99 %"), (1, 1, 999_000_000, "100 %"),
      (0, 7, 999_000_000, "0 %"), (1, 1_000_000, 999_000_000, "< 0.01 %"),
      (0, 0, 999_000_000, "–"), (26, 28, 950_000_000, "92.85 %"),
      (99_996, 100_000, 1_000_000_000, "99.99 %"), (.max, .max, 999_000_000, "100 %"),
      (.max - 1, .max, 999_000_000, "99.99 %"),
    ] as [(Int64, Int64, Int64, String)])
  func roundsLevelsDown(good: Int64, total: Int64, target: Int64, text: String) {
    #expect(plain(Wording.percent(Counts(good: good, total: total), target: target)) == text)
  }

  @Test(
    "targets are exact",
    arguments: [
      (999_000_000, "99.90 %"), (950_000_000, "95.00 %"), (999_950_000, "99.995 %"),
      (1_000_000_000, "100.00 %"), (999_999_990, "99.999999 %"),
    ] as [(Int64, String)])
  func showsTargetsExactly(target: Int64, text: String) {
    #expect(plain(Wording.target(target)) == text)
  }

  @Test(
    "burn rates have two digits",
    arguments: [
      (14.4, "14.4×"), (0.4, "0.4×"), (331.2, "331×"), (0.02, "< 0.1×"), (0, "0×"),
      (nil, "no rate"), (.infinity, "no rate"),
    ] as [(Double?, String)])
  func showsRates(rate: Double?, text: String) { #expect(plain(Wording.rate(rate)) == text) }

  @Test(
    "loads are rounded up",
    arguments: [
      (1.41, "1.5 times"), (19.2, "20 times"), (10, "10 times"), (1000, "1000 times"),
      (1001, "more than 1000 times"), (0.5, "0.5 times"),
    ])
  func showsLoads(load: Double, text: String) { #expect(plain(Wording.times(load)) == text) }
}
