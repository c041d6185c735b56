import Model
import Testing

@testable import Reports

@Suite("The sections of capacity and of trends")
struct SectionCapacityTests {
  private func report(_ items: [CapacityFacts]) throws -> Report {
    Report(Sample.facts([try Sample.objective("Calm")], capacity: items), zone: .utc)
  }

  // 71 … 130: 135 are met on 23 October, 150 on 7 November; less 14 days that is 24 October.
  @Test("a table has a row for each item, worst first, and a tile the next date")
  func table() throws {
    let near = Sample.capacity("near", (71...130).map(Double.init), leadTime: .days(14))
    let calm = Sample.capacity("calm", Array(repeating: 50, count: 60))
    let found = try report([calm, near])
    let table = try #require(found.tables.first { $0.columns.first?.title == "Resource" })
    let rows = table.rows.map { row in
      row.map { cell -> String in
        switch cell {
        case .text(let text): Wording.plain(text)
        case .detailed(let text, below: let more): Wording.plain("\(text): \(more)")
        case .drawing, .level, .state: "?"
        }
      }
    }
    #expect(
      rows == [
        [
          "near: limit 150", "87 %", "107 % (107–107)", "passed 8 Oct", "23 Oct (23–23)",
          "7 Nov (7–7)", "24 Oct",
        ],
        ["calm: limit 150", "34 %", "33 % (33–33)", "–", "–", "–", "–"],
      ])
    #expect(found.tiles.last?.label == "Next capacity limit")
    #expect(found.tiles.last?.value == "23\(Wording.space)Oct")
    #expect(found.list("nextWeek").contains { $0.hasPrefix("Order near by") })
  }

  @Test("without items there is no section, and the tile says what was measured")
  func nothing() throws {
    let found = Report(Sample.facts([try Sample.objective("Calm")]), zone: .utc)
    #expect(!found.tables.contains { $0.columns.first?.title == "Resource" })
    #expect(found.tiles.last?.label == "Measured this week")
  }

  // 100 … 159 is at 150, the limit, since Fri 9 October; at 135 since Thu 24 September.
  @Test("what was passed in the week is told once")
  func passed() throws {
    let before = try report([Sample.capacity("disk", (100...159).map(Double.init))])
    #expect(!before.list("thisWeek").contains { $0.hasPrefix("disk passed") })
    // 78 … 137 has 135 on Fri 16 October.
    let now = try report([Sample.capacity("disk", (78...137).map(Double.init))])
    #expect(
      now.list("thisWeek").map(Wording.plain).contains("disk passed 90 % on Fri 16 Oct."))
    #expect(now.tiles.last?.value == "Passed")
  }
}
