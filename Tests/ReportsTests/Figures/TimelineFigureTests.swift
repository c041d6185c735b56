import Model
import Testing

@testable import Reports

@Suite("The figure of incidents")
struct TimelineFigureTests {
  private func figure(_ incidents: [IncidentFacts]?, known: Double = 1) -> Figure? {
    let facts = Sample.facts([], incidents: incidents, known: known)
    return Timeline().figure(Story(facts: facts, zone: .utc))
  }

  @Test("its heading counts those of the week, those from before, and those still open")
  func headings() {
    let one = Sample.incident("INC-1")
    let open = Sample.incident("INC-2", lasting: nil)
    let before = Sample.incident("INC-0", at: -60)
    #expect(figure(nil) == nil)
    #expect(figure([])?.heading == "No incidents this week")
    #expect(figure([one])?.heading == "One incident this week")
    #expect(figure([one, open])?.heading == "Two incidents this week, one still open")
    #expect(
      figure([before, one, open])?.heading
        == "Two incidents this week, one from before, one still open")
    #expect(figure([before])?.heading == "No new incidents this week, one from before")
    #expect(figure([one], known: 0.5)?.heading == "Incidents of the week", "there may be more")
  }

  @Test("its description names the first four")
  func descriptions() {
    let some = (1...6).map { Sample.incident("INC-\($0)") }
    #expect(
      figure([some[0]]).map { Wording.plain($0.description) }
        == "INC-1 in Shop from Mon 12 Oct 00:00, 2 h 14 min.")
    #expect(figure(some)?.description.hasSuffix(". And 2 more.") == true)
    #expect(
      figure([], known: 0)?.description
        == "Incidents of this week are unknown: they were not collected.")
  }
}
