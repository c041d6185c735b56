import Model
import Testing

@testable import Reports

@Suite("The summary of a report")
struct SummaryWriterTests {
  private func summary(_ facts: ReportFacts, config: String = "sloreport.yaml") -> String {
    Report(facts, zone: .utc).summary(
      page: "reports/2026-W42/weekly.html", program: "sloreport", config: config)
  }

  @Test("says the verdict, the gate, where the page is, and what to do next")
  func says() throws {
    #expect(
      summary(Sample.facts([try Sample.objective("A"), try Sample.objective("B")])) == """
        Shop, week 42: Both objectives are on course.
        A has the least left: 100 % of its 30-day budget.
        Release gate at the end of the week: open.

        Report: reports/2026-W42/weekly.html
        Next:   sloreport check

        """)
  }

  @Test("names failures, revisions and the configuration")
  func failures() throws {
    let facts = try Sample.facts([Sample.objective("A", bad: 1000...1599)]).with([
      "incomplete": [["source": "m", "reason": "no file matches"]],
      "revision": ["number": 1, "changes": [[String: Any]]()] as [String: Any],
    ])
    let text = summary(facts, config: "other.yaml")
    #expect(text.contains("Release gate at the end of the week: closed.\n"))
    #expect(text.contains("Revised on Mon 19 Oct 06:00: incidents were corrected.\n"))
    #expect(text.contains("The report is incomplete.\nSource m: no file matches.\n"))
    #expect(text.hasSuffix("Next:   sloreport check -c other.yaml\n"))
    let short = summary(Sample.facts([try Sample.objective("Short", days: 3)]))
    #expect(short.contains("closed, because it cannot be decided."))
  }

  @Test("names from data break no line", arguments: Hostile.names)
  func isSafe(name: String) throws {
    let lines = summary(try Hostile.facts(name)).split(
      separator: "\n", omittingEmptySubsequences: false)
    let plain = summary(try Hostile.facts("Plain")).split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == plain.count)
    #expect(!lines.joined().unicodeScalars.contains { $0.value < 0x20 })
  }
}
