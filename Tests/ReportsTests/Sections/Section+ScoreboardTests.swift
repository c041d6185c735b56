import Model
import Testing

@testable import Reports

@Suite("The scoreboard")
struct SectionScoreboardTests {
  private func table(_ objectives: [ObjectiveFacts]) throws -> ReportTable {
    try #require(Report(Sample.facts(objectives), zone: .utc).tables.first)
  }

  private func texts(_ row: [ReportTable.Cell]) -> [String] {
    row.compactMap { cell in
      switch cell {
      case .text(let text), .level(let text, _): Wording.plain(text)
      case .detailed(let text, let below): Wording.plain("\(text) / \(below)")
      case .drawing: nil
      case .state(let words): words.text
      }
    }
  }

  // A week of 10 080 minutes with 600 bad: 94.04 %.
  @Test("has a row for each objective, worst first")
  func rows() throws {
    let table = try table([
      try Sample.objective("Calm"), try Sample.objective("Short", days: 3),
      try Sample.objective("Spent", bad: 1000...1599),
    ])
    #expect(
      table.rows.map(texts) == [
        ["Spent / 99.00 % of events, 30 d", "94.04 %", "-39 %", "-39 %", "Overspent"],
        ["Calm / 99.00 % of events, 30 d", "100 %", "100 %", "100 %", "On course"],
        ["Short / 99.00 % of events, 30 d", "100 %", "–", "–", "Not judged"],
      ])
    #expect(
      table.columns.map {
        Wording.plain([$0.title, $0.more].compactMap(\.self).joined(separator: ", "))
      }
        == ["Objective", "This week", "Budget left", "8 weeks", "Usual pace, 25 Oct", "State"])
  }

  @Test("dates the look ahead in each row where they differ")
  func dates() throws {
    let month = try Sample.objective("B").with(["aheadAt": "2026-11-01T00:00:00Z"])
    let table = try table([try Sample.objective("A"), month])
    #expect(table.columns[4].more == nil)
    #expect(table.rows.map { texts($0)[3] } == ["100 % (25 Oct)", "100 % (31 Oct)"])
  }

  @Test("folds those on course beyond twelve, but none that needs a look")
  func folds() throws {
    let calm = try (0..<12).map { try Sample.objective("Calm \($0)") }
    #expect(try table(calm).rest == nil && table(calm).rows.count == 12)
    let one = try table(calm + [try Sample.objective("Spent", bad: 1000...1599)])
    #expect(one.rows.count == 12)
    #expect(
      Wording.plain(one.rest ?? "")
        == "1 more is on course, with at least 100 % of the budget left: see weekly.json.")
    let spent = try (0..<14).map { try Sample.objective("Spent \($0)", bad: 1000...1599) }
    #expect(try table(spent).rows.count == 14)
  }
}
