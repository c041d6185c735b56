import Testing

@testable import Model

@Suite("Shares in words")
struct WordingSharesTests {
  @Test(
    "what is left is rounded down, what is used is rounded up",
    arguments: [
      (0.069, "6 %", "7 %"), (-0.301, "-31 %", "-30 %"), (1.0, "100 %", "100 %"),
      (0.999, "99 %", "100 %"), (0.0, "0 %", "0 %"), (0.004, "0 %", "< 1 %"),
      (1.3001, "130 %", "131 %"), (0.29, "29 %", "29 %"), (0.07, "7 %", "7 %"),
      (-400, "-40 000 %", "-40 000 %"),
      (1e300, "1 000 000 000 000 000 %", "1 000 000 000 000 000 %"),
    ])
  func roundsAgainstOurselves(share: Double, left: String, used: String) {
    #expect(Wording.plain(Wording.left(share)) == left)
    #expect(Wording.plain(Wording.used(share)) == used)
  }

  @Test("what is not there is a dash")
  func showsAbsence() {
    #expect(Wording.left(nil) == "–")
    #expect(Wording.left(.nan) == "–")
    #expect(Wording.used(nil) == "–")
    #expect(Wording.used(-.infinity) == "–")
  }

  // 7 of 30 days are 23.33 points: even spending used 23 and left 77, so that a budget at 76 % is seen to be worse.
  @Test(
    "even spending is what used and left are compared with, and is rounded the other way",
    arguments: [
      (7.0 / 30, "23 points", "24 points", "77 %"), (0.01, "1 point", "1 point", "99 %"),
      (0.005, "0 points", "1 point", "100 %"), (1, "100 points", "100 points", "0 %"),
    ])
  func roundsEvenSpending(share: Double, even: String, used: String, left: String) {
    #expect(Wording.evenPointCount(share) == even)
    #expect(Wording.pointCount(share) == used)
    #expect(Wording.plain(Wording.evenLeft(1 - share)) == left)
  }

  @Test(
    "a measured share never shows 100 % unless it is",
    arguments: [
      (1.0, "100 %", "100 %"), (0.99999, "99.9 %", "99.999 %"), (0.983, "98.3 %", "98.300 %"),
      (0.0, "0.0 %", "0.000 %"), (-1, "0.0 %", "0.000 %"), (1.5, "100 %", "100 %"),
      (0.999_999_9, "99.9 %", "99.999 %"),
    ])
  func showsCoverage(share: Double, coverage: String, fine: String) {
    #expect(Wording.plain(Wording.coverage(share)) == coverage)
    #expect(Wording.plain(Wording.share(share)) == fine)
  }
}
