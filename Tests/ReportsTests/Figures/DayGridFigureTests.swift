import Model
import Testing

@testable import Reports

@Suite("The figure of days")
struct DayGridFigureTests {
  private func figure(_ objectives: [ObjectiveFacts]) throws -> Figure {
    try #require(DayLoads().figure(Story(facts: Sample.facts(objectives), zone: .utc)))
  }

  /// A bad hour in each of the last days, oldest first in the window.
  private func objective(_ title: String, days: Int) throws -> ObjectiveFacts {
    let sample = try Sample.objective(title).with(["name": "shop/\(title)"])
    let stretches = (0..<28).map { day -> [String: Any] in
      let start = Sample.end - .days(Int64(28 - day))
      return [
        "start": "\(start)", "end": "\(start + .days(1))", "good": day < days ? 0 : 10,
        "total": 10, "measured": 1, "planned": 0,
      ]
    }
    return try sample.with(["days": stretches])
  }

  @Test(
    "its heading counts the days",
    arguments: [
      (0, "No day went over its allowance in four weeks"),
      (1, "A: one day in four weeks went over its allowance"),
      (2, "A day’s allowance was exceeded twice in four weeks"),
      (3, "A day’s allowance was exceeded three times in four weeks"),
      (28, "A day’s allowance was exceeded 28 times in four weeks"),
    ])
  func headings(days: Int, text: String) throws {
    #expect(try figure([objective("A", days: days)]).heading == text)
  }

  @Test("its description names the first six objectives")
  func names() throws {
    let some = try ["A", "B"].map { try objective($0, days: 3) }
    #expect(try figure(some).description.hasSuffix("Days over their allowance: A 3 and B 3."))
    let many = try (1...8).map { try objective("O\($0)", days: 1) }
    #expect(try figure(many).description.hasSuffix("O6 1 and 2 more objectives."))
    #expect(
      try figure([objective("A", days: 0)]).description.hasSuffix(
        "No day used more than its allowance."))
  }

  @Test("without a measured day there is nothing to say, without days nothing to draw")
  func nothing() throws {
    let sample = try objective("A", days: 0)
    let unseen = try sample.with([
      "days": [
        [
          "start": "2026-10-18T00:00:00Z", "end": "2026-10-19T00:00:00Z", "good": 0, "total": 0,
          "measured": 0, "planned": 0,
        ] as [String: Any]
      ]
    ])
    #expect(try figure([unseen]).heading == "No day was measured")
    let none = try sample.with(["days": [[String: Any]]()])
    #expect(DayLoads().figure(Story(facts: Sample.facts([none]), zone: .utc)) == nil)
  }
}
