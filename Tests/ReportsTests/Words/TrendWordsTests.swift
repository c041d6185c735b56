import Model
import Testing

@testable import Reports

@Suite("Words for trends")
struct TrendWordsTests {
  private func lines(_ trend: TrendFacts, unit: String? = "bytes") -> [String] {
    TrendWords(
      trend: trend, subject: "Disk", unit: unit,
      first: CivilDate(year: 2026, month: 10, day: 12),
      last: CivilDate(year: 2026, month: 10, day: 18)
    ).lines.map(Wording.plain)
  }

  private func trend(
    _ answer: TrendFacts.Answer, slope: (Double, Double, Double)? = nil, changes: [CivilDate] = [],
    anomalies: [TrendFacts.AnomalyFacts] = []
  ) -> TrendFacts {
    TrendFacts(
      answer: answer, slope: slope?.0, lower: slope?.1, upper: slope?.2, changes: changes,
      anomalies: anomalies)
  }

  // 7 days of 1 GiB are 7 GiB.
  @Test("a slope is told by the week, with its interval and its direction")
  func slope() {
    let gib = 1_073_741_824.0
    #expect(
      lines(trend(.rising, slope: (gib, gib / 2, gib * 2)))
        == ["Disk rises by 7 GiB a week (95 % interval 3.5 GiB to 14 GiB)."])
    #expect(
      lines(trend(.falling, slope: (-0.01, -0.02, -0.005)), unit: "percent")
        == ["Disk falls by 0.07 points a week (95 % interval 0.04 points to 0.14 points)."])
  }

  @Test("nothing is told where nothing is proved")
  func nothing() {
    #expect(lines(trend(.notProved)) == [])
    #expect(lines(trend(.tooFewValues)) == [])
  }

  @Test("a change of level is told for four weeks, an unusual day in its period")
  func days() {
    func day(_ month: Int, _ day: Int) -> CivilDate {
      CivilDate(year: 2026, month: month, day: day)
    }
    #expect(
      lines(trend(.changedLevel, changes: [day(9, 21)]))
        == ["Disk has had another level since Mon 21 Sep."])
    #expect(lines(trend(.changedLevel, changes: [day(9, 20)])) == [])
    let unusual = [day(10, 11), day(10, 12)].map {
      TrendFacts.AnomalyFacts(day: $0, value: 2048, expected: -1)
    }
    #expect(
      lines(trend(.notProved, anomalies: unusual))
        == ["Disk was 2 KiB on Mon 12 Oct; usual is 0 B."])
  }
}
