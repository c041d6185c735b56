import Model
import Testing

@testable import Reports

@Suite("An objective in words")
struct ObjectiveWordsTests {
  private func words(_ changes: [String: Any] = [:]) throws -> ObjectiveWords {
    ObjectiveWords(try Sample.objective("A", bad: 1000...1599).with(changes), in: .utc)
  }

  private static var calendar: [String: Any] {
    [
      "window.rule": "month", "window.start": "2026-10-01T00:00:00Z",
      "window.end": "2026-11-01T00:00:00Z",
    ]
  }

  @Test("its window has a span and, in a calendar, days to go")
  func saysWindows() throws {
    let rolling = try words()
    #expect(rolling.budgetName == "30-day budget" && rolling.daysToGo == nil)
    #expect(Wording.plain(rolling.windowSpan) == "the 30 days to Sun 18 Oct")
    #expect(Wording.plain(try words(["window.rule": "1d"]).windowSpan) == "the day to Sun 18 Oct")
    #expect(
      Wording.plain(try words(["window.rule": "36h"]).windowSpan) == "the 36 hours to Sun 18 Oct")
    let month = try words(Self.calendar)
    #expect(Wording.plain(month.windowSpan) == "Thu 1 – Sat 31 October 2026")
    // From Mon 19 Oct 00:00 to Sun 1 Nov 00:00.
    #expect(month.budgetName == "October budget" && month.daysToGo == 13)
    let over = Self.calendar.merging(["window.asOf": "2026-11-01T00:00:00Z"]) { $1 }
    #expect(try words(over).daysToGo == nil)
  }

  @Test(
    "its promise follows its indicator",
    arguments: [
      ("ratio", nil, "99.00 % of events, 30 d"), ("latency", 0.3, "99.00 % within 300 ms, 30 d"),
      ("freshness", 7200, "99.00 % within 2 h, 30 d"),
      ("heartbeat", 28_800, "99.00 % no gap over 8 h, 30 d"),
      ("uptime", nil, "99.00 % of checks, 30 d"), ("states", 600, "99.00 % of time up, 30 d"),
      ("incidents", nil, "99.00 % without incident, 30 d"),
      ("slices", nil, "99.00 % of time slices, 30 d"),
    ] as [(String, Double?, String)])
  func promises(kind: String, within: Double?, text: String) throws {
    var changes: [String: Any] = ["indicator.kind": kind]
    changes["indicator.withinSeconds"] = within
    #expect(Wording.plain(try words(changes).promise(among: [])) == text)
  }

  @Test("its promise names the service where there are several, once")
  func namesServices() throws {
    func services(_ names: [String]) -> [ReportFacts.ServiceFacts] {
      names.map {
        ReportFacts.ServiceFacts(
          name: $0, title: $0.capitalizedFirst, owner: nil, tellsIncidents: false)
      }
    }
    #expect(try !words().promise(among: services(["shop"])).hasPrefix("Shop"))
    #expect(try words().promise(among: services(["shop", "pay"])).hasPrefix("Shop: 99.00"))
    #expect(
      try words(["title": "Shop: A"]).promise(among: services(["shop", "pay"])).hasPrefix("99.00"))
    #expect(try words().promise(among: services(["a", "b"])).hasPrefix("99.00"))
  }

  // 600 of 43 200 minutes bad are 98.61 %; 18 h of 30 d are 97.5 %.
  @Test(
    "its result says how much was bad, in its own unit",
    arguments: [
      ("ratio", "events", 42_600, 43_200, "600 of 43 200 events were bad"),
      ("ratio", "events", 9, 10, "1 of 10 events was bad"),
      ("ratio", "events", 0, 1, "1 of 1 event was bad"),
      ("ratio", "events", 10, 10, "0 of 10 events were bad"),
      ("latency", "events", 8, 10, "2 of 10 events took over 300 ms"),
      ("uptime", "checks", 8, 10, "2 of 10 checks failed"),
      ("slices", "slices", 9, 10, "1 of 10 slices was bad"),
      ("incidents", "time", 2_527_200, 2_592_000, "18 h down"),
      ("heartbeat", "time", 2_527_200, 2_592_000, "18 h silent"),
      ("freshness", "time", 2_527_200, 2_592_000, "18 h stale"),
      ("states", "time", 2_591_940, 2_592_000, "1 min down"),
      ("ratio", "millionths", 999_996, 1_000_000, "0.000 % bad"),
      ("slices", "billionths", 9, 10, "10.000 % bad"),
    ] as [(String, String, Int64, Int64, String)])
  func says(kind: String, unit: String, good: Int64, total: Int64, text: String) throws {
    let scale: Int64 = unit == "time" ? 1_000_000_000 : 1
    let words = try words([
      "indicator.kind": kind, "unit": unit, "indicator.withinSeconds": 0.3,
      "window.counts": ["good": good * scale, "total": total * scale],
    ])
    let result = Wording.plain(words.result)
    #expect(result.hasPrefix("\(text) in 30 days: "), "\(result)")
    #expect(result.hasSuffix(", with an objective of 99.00 %"))
  }

  @Test("without a result it says why")
  func saysDoubts() throws {
    let short = ObjectiveWords(try Sample.objective("Short", days: 3), in: .utc)
    #expect(Wording.plain(short.doubts) == "3 d of history, a verdict needs 14 d")
    let none = ObjectiveWords(
      try short.objective.with(["window.counts": absent]), in: .utc)
    #expect(none.result == none.doubts && none.windowLevel == "–" && none.left == "–")
  }

  // 432 are allowed; 600 were bad: 138.9 % used, −39 % left.
  @Test("its balance is what is left, or what was used where that is more than all")
  func saysBalances() throws {
    #expect(Wording.plain(try words().balance) == "139 % used")
    #expect(Wording.plain(try words().left) == "-39 %")
    let calm = ObjectiveWords(try Sample.objective("A"), in: .utc)
    #expect(Wording.plain(calm.balance) == "100 % left" && Wording.plain(calm.level) == "100 %")
    #expect(Wording.plain(calm.windowLevel) == "100 %")
  }

  // 432 − 101 = 331 are left; an event a minute is no peak to speak of.
  @Test("what is left of a budget is an amount, and at a peak a time")
  func saysRests() throws {
    let some = try Sample.objective("A", bad: 1000...1100)
    #expect(ObjectiveWords(some, in: .utc).rest == "That leaves 331 bad events.")
    #expect(try words().rest == nil, "nothing is left")
    let hours: [[String: Any]] = [
      [
        "start": "2026-10-12T00:00:00Z", "end": "2026-10-12T01:00:00Z", "good": 36_000,
        "total": 36_000, "measured": 1, "planned": 0,
      ]
    ]
    // 36 000 events an hour are 10 a second: 331 are 33 s.
    let busy = ObjectiveWords(try some.with(["hours": hours]), in: .utc)
    #expect(
      Wording.plain(busy.rest ?? "")
        == "That leaves 331 bad events, or 33 s of full outage at peak.")
  }

  // All end on Sun 18 Oct 00:00, 1 440 min before the end, and last a minute more than asked for: 6 min, 61 min, and
  // 1 501 min, which are a day and 61 min.
  @Test("a drop is a moment, or from when to when")
  func saysDrops() throws {
    func when(_ minutes: Int64) throws -> String {
      let drop = try #require(try Sample.objective("A", bad: 1441...1441 + minutes).drops.first)
      return Wording.plain(try words().when(drop))
    }
    #expect(try when(5) == "on Sat 17 Oct 23:54")
    #expect(try when(60) == "on Sat 17 Oct 22:59 (1 h 1 min)")
    #expect(try when(1500) == "from Fri 16 Oct 22:59 to Sun 18 Oct 00:00")
  }
}
