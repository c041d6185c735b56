import Model
import Testing

@testable import Reports

@Suite("The head of a report")
struct SectionHeadTests {
  private func facts(_ changes: [String: Any] = [:]) throws -> ReportFacts {
    try Sample.facts([try Sample.objective("A")]).with(changes)
  }

  @Test("says what is reported, of when, and how it was made")
  func head() throws {
    guard
      case .title(let kicker, let title, let made, let revised) = Section.head(
        Story(facts: try facts(), zone: .utc)
      ).blocks.first
    else {
      Issue.record("no title")
      return
    }
    #expect(kicker == "Reliability report, weekly" && title == "Shop, week 42" && revised == nil)
    #expect(
      made.map(Wording.plain) == [
        "Mon 12 – Sun 18 October 2026, UTC.", "Made Mon 19 Oct 2026 06:00 UTC.",
        "100 % of the week was measured.",
      ])
  }

  @Test("warns where sources failed or an objective has no data")
  func incomplete() throws {
    #expect(try Section.incomplete(Story(facts: facts(), zone: .utc)) == nil)
    let failed = try facts(["incomplete": [["source": "m", "reason": "no file matches"]]])
    guard
      case .warning(let text, let reasons) = Section.incomplete(Story(facts: failed, zone: .utc))?
        .blocks.first
    else {
      Issue.record("no warning")
      return
    }
    #expect(text == "This report is incomplete." && reasons == ["Source m: no file matches."])
  }

  @Test("gives the verdict with its tone")
  func verdict() throws {
    guard
      case .verdict(let tone, let text, _) = Section.verdict(
        Story(facts: try facts(), zone: .utc)
      ).blocks.first
    else {
      Issue.record("no verdict")
      return
    }
    #expect(tone == .ok && text == "The objective is on course.")
  }
}
