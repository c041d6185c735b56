import Model
import Testing

@testable import Reports

@Suite("Window rules in words")
struct RuleWordsTests {
  @Test(
    "a rule has a length, a time and a budget",
    arguments: [
      (.rolling(30, .days), "30 d", "in 30 days", "30-day budget"),
      (.rolling(1, .days), "1 d", "in a day", "1-day budget"),
      (.rolling(1, .hours), "1 h", "in an hour", "1-hour budget"),
      (.rolling(36, .hours), "36 h", "in 36 hours", "36-hour budget"),
      (.rolling(1, .minutes), "1 m", "in a minute", "1-minute budget"),
      (.calendar(.day), "day", "on the last day", "budget for the day"),
      (.calendar(.week), "week", "this week", "budget for the week"),
      (.calendar(.month), "month", "this month", "October budget"),
      (.calendar(.quarter), "quarter", "this quarter", "budget for the quarter"),
    ] as [(RuleFacts, String, String, String)])
  func says(rule: RuleFacts, length: String, over: String, budget: String) {
    #expect(Wording.plain(rule.length) == length)
    #expect(Wording.plain(rule.over) == over)
    #expect(rule.budget(from: CivilDate(year: 2026, month: 10, day: 1)) == budget)
    if case .calendar = rule { #expect(rule.isCalendar) } else { #expect(!rule.isCalendar) }
  }
}
