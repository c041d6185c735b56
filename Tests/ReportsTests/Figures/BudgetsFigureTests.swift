import Model
import Testing

@testable import Reports

@Suite("Small budgets side by side")
struct BudgetsFigureTests {
  private func others(_ objectives: [ObjectiveFacts]) -> Figure? {
    let story = Story(facts: Sample.facts(objectives), zone: .utc)
    return Budgets().others(story, beside: [story.worst].compactMap(\.self))
  }

  private func objectives(_ count: Int, worst: ClosedRange<Int64>? = 1000...1599) throws
    -> [ObjectiveFacts]
  {
    try [Sample.objective("Worst", bad: worst).with(["name": "shop/worst"])]
      + (0..<count).map { try Sample.objective("O\($0)").with(["name": "shop/o\($0)"]) }
  }

  @Test(
    "the heading counts them, and says that they stayed within their budgets only where they did")
  func headings() throws {
    #expect(try others(objectives(0)) == nil)
    #expect(
      try others(objectives(1))?.heading == "The other objective stayed within its budget")
    #expect(
      try others(objectives(3))?.heading
        == "The other three objectives stayed within their budgets")
    #expect(try others(objectives(1, worst: nil))?.heading == "The other error budget")
    #expect(try others(objectives(2, worst: nil))?.heading == "The other error budgets")
  }

  @Test("eight are shown, the others counted; each has its balance")
  func counts() throws {
    let figure = try #require(try others(objectives(10)))
    #expect(figure.subheading.hasSuffix(" 2 more are in weekly.json."))
    #expect(
      Wording.plain(figure.description).hasPrefix(
        "Error budgets: O0 100 % left, O1 100 % left, "))
    #expect(figure.description.hasSuffix(" and 2 more."))
    let short = try objectives(0) + [try Sample.objective("Short", days: 3)]
    #expect(others(short) == nil, "what is not judged has no budget")
  }

  @Test("windows that differ are named at each")
  func windows() throws {
    var some = try objectives(2)
    some[1] = try some[1].with(["window.rule": "36h"])
    let figure = try #require(others(some))
    #expect(figure.subheading.contains("each over its own window"))
    #expect(!(try #require(try others(objectives(2)))).subheading.contains("its own window"))
  }
}
