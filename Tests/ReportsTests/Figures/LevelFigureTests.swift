import Model
import Testing

@testable import Reports

@Suite("The figure of levels")
struct LevelFigureTests {
  private func figure(_ objective: ObjectiveFacts) throws -> Figure {
    try #require(
      Levels().figure(Story(facts: Sample.facts([objective]), zone: .utc), of: objective))
  }

  @Test("its heading says how many days fell below, and what is typical")
  func headings() throws {
    func heading(_ bad: ClosedRange<Int64>?) throws -> String {
      Wording.plain(try figure(try Sample.objective("A", bad: bad)).heading)
    }
    #expect(
      try heading(nil) == "A: no day fell below the objective; a typical day is at 100 %")
    #expect(
      try heading(1500...1600) == "A: one day fell below the objective; a typical day is at 100 %")
    #expect(
      try heading(1000...1599)
        == "A: two days fell below the objective; a typical day is at 100 %")
    let name = String(repeating: "Name ", count: 12)
    let long = try figure(try Sample.objective(name, bad: 1500...1600)).heading
    #expect(long.count <= 70 && long.hasSuffix(": one day fell below the objective"))
  }

  // Sat 17 Oct has 101 bad of 1 440: 92.98 %. Of the minutes from 1 540 to 1 341 before the end 100 are on Saturday, 100
  // on Sunday: 93.05 % each.
  @Test("its description names the lowest day")
  func lowest() throws {
    #expect(
      Wording.plain(try figure(try Sample.objective("A", bad: 1500...1600)).description)
        == "A, Mon 21 September – Sun 18 October 2026, with an objective of 99.00 %: one day fell below the objective, "
        + "28 of 28 days had something to judge. The lowest was Sat 17 Oct with 92.98 %.")
    let twice = try figure(try Sample.objective("A", bad: 1341...1540))
    #expect(
      Wording.plain(twice.description).hasSuffix(
        "The lowest was reached first on Sat 17 Oct with 93.05 %."), "\(twice.description)")
  }

  @Test("without days there is nothing to draw")
  func nothing() throws {
    let none = try Sample.objective("A").with(["days": [[String: Any]]()])
    #expect(Levels().figure(Story(facts: Sample.facts([none]), zone: .utc), of: none) == nil)
  }
}
