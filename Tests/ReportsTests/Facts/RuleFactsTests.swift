import FoundationEssentials
import Model
import Testing

@testable import Reports

@Suite("Window rules in JSON")
struct RuleFactsTests {
  @Test(
    "a rule has the largest unit that it is whole of, and comes back as it was",
    arguments: [
      (.rolling(.days(30)), "30d"), (.rolling(.hours(48)), "2d"), (.rolling(.hours(36)), "36h"),
      (.rolling(.minutes(120)), "2h"), (.rolling(.minutes(90)), "90m"),
      (.calendar(.day), "day"), (.calendar(.week), "week"), (.calendar(.month), "month"),
      (.calendar(.quarter), "quarter"),
    ] as [(WindowRule, String)])
  func roundTrip(rule: WindowRule, text: String) throws {
    let facts = RuleFacts(rule)
    #expect(facts.text == text)
    let json = try JSONEncoder().encode([facts])
    #expect(String(decoding: json, as: UTF8.self) == "[\"\(text)\"]")
    #expect(try JSONDecoder().decode([RuleFacts].self, from: json) == [facts])
  }

  @Test(
    "what is neither a length nor a calendar unit is an error",
    arguments: ["", "d", "30", "30 d", "1.5d", "30w", "year"])
  func refuses(text: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([RuleFacts].self, from: Data("[\"\(text)\"]".utf8))
    }
  }
}
