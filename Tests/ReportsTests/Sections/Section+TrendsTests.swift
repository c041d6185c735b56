import Model
import Testing

@testable import Reports

@Suite("The section of trends")
struct SectionTrendsTests {
  private func lines(_ facts: ReportFacts) -> [String]? {
    Section.trends(Report(facts, zone: .utc).story).map { section in
      section.blocks.flatMap { block -> [String] in
        switch block {
        case .text(let text), .note(let text): [Wording.plain(text)]
        case .list(let lines, name: _): lines.map(Wording.plain)
        case .title, .warning, .verdict, .tiles, .aside, .table, .figure, .columns, .terms, .asks,
          .foot:
          []
        }
      }
    }
  }

  private func objective(_ trend: [String: Any]) throws -> ObjectiveFacts {
    try Sample.objective("A").with(["trend": trend])
  }

  private func trend(_ answer: String) -> [String: Any] {
    ["answer": answer, "changes": [String](), "anomalies": [String]()]
  }

  @Test("says what is missing for a finding")
  func none() throws {
    #expect(
      try lines(Sample.facts([objective(trend("notProved"))]))
        == ["Not yet a trend: no rise, fall or other level of these weeks is proved."])
    #expect(
      try lines(Sample.facts([objective(trend("tooFewValues"))]))
        == ["Not yet a trend: fewer than 14 days were measured."])
  }

  @Test("is left out where nothing was looked at, and is there for capacity alone")
  func capacityAlone() throws {
    let unjudged = try Sample.objective("Short", days: 3)
    #expect(lines(Sample.facts([unjudged])) == nil)
    let rising = Sample.capacity("disk", (60..<120).map(Double.init))
    #expect(
      lines(Sample.facts([unjudged], capacity: [rising]))
        == ["disk rises by 7 a week (95 % interval 7 to 7)."])
  }

  // 10,080 of a week: 1 bad is 99.99 %, 21 are 99.791 %.
  @Test("sets the period beside the one before")
  func changes() throws {
    var facts = try objective(trend("notProved"))
    facts = try facts.with([
      "period": ["good": 10_059, "total": 10_080],
      "periodBefore": ["good": 10_079, "total": 10_080],
    ])
    #expect(
      lines(Sample.facts([facts]))?.last
        == "This week beside week 41: A 99.791 % after 99.990 %.")
  }
}
