import Analytics
import Model
import TestSupport
import Testing

@Suite("Attribution")
struct AttributionTests {
  private let hour = span(0, 3600)
  private let now = Instant(seconds: 9000)
  private let target: Target

  init() throws { target = try percent(99) }

  /// 100 events a minute; so many of them bad from the first minute on.
  private func tally(_ bad: [Int64], total: Int64 = 100) -> Tally {
    Tally(
      minutes: bad.indices.map(Int64.init), good: bad.map { total - $0 },
      total: bad.map { _ in total })
  }

  private func attribution(
    _ tally: Tally, _ incidents: [Incident], window: Window? = nil, early: Duration = .zero,
    late: Duration = .zero
  ) -> Attribution {
    let counts = tally.counts(in: window ?? hour)
    return Attribution(
      of: tally, in: window ?? hour,
      budget: ErrorBudget(bad: counts.bad, of: counts.total, target: target),
      incidents: incidents, now: now, early: early, late: { _ in late })
  }

  // 10 minutes of 100 events: 1 % of 1000 allows 10 bad ones. Bad are 1 2 3 4 5 0 0 0 0 1, 16 in all. a has the minutes
  // 1 to 3 with 9 of them, 90 % of the budget; outside are 7.
  @Test("gives an incident the bad events of its minutes")
  func worked() throws {
    let found = attribution(
      tally([1, 2, 3, 4, 5, 0, 0, 0, 0, 1]), [incident("a", 60, 240), incident("b", 400, 480)])
    #expect(found.shares.map(\.incident?.id) == ["a", "b"])
    #expect(found.shares.map(\.bad) == [9, 0])
    #expect(found.shares.map(\.consumed) == [0.9, 0])
    #expect(found.outside.bad == 7 && found.outside.consumed == 0.7)
    #expect(found.outside.incident == nil)
  }

  @Test("gives a minute of several to the most severe, then the earliest, then the smallest id")
  func order() {
    let bad = tally([1, 1, 1, 1, 1])
    func bads(_ incidents: [Incident]) -> [String: Int64] {
      let shares = attribution(bad, incidents).shares
      return Dictionary(
        shares.map { ($0.incident?.id ?? "", $0.bad) }, uniquingKeysWith: { one, _ in one })
    }
    #expect(
      bads([incident("a", 0, 180, .minor), incident("b", 60, 120, .critical)])
        == ["a": 2, "b": 1])
    #expect(bads([incident("b", 0, 120), incident("a", 60, 180)]) == ["b": 2, "a": 1])
    #expect(bads([incident("b", 0, 120), incident("a", 0, 180)]) == ["a": 3, "b": 0])
    #expect(bads([incident("m", 0, 180, .none), incident("a", 60, 120)]) == ["m": 2, "a": 1])
  }

  @Test("takes every minute that an incident touches, of one of no length its own")
  func touching() {
    let bad = tally([1, 2, 4, 8])
    #expect(attribution(bad, [incident("a", 30, 90)]).shares.map(\.bad) == [3])
    #expect(attribution(bad, [incident("a", 60, 120)]).shares.map(\.bad) == [2])
    #expect(attribution(bad, [incident("a", 125, 125)]).shares.map(\.bad) == [4])
    #expect(attribution(bad, [incident("a", 120, 120)]).shares.map(\.bad) == [4])
    // Open, and from before the window.
    #expect(attribution(bad, [incident("a", -500, nil)]).shares.map(\.bad) == [15])
    #expect(attribution(bad, [incident("a", -500, 0)]).shares.isEmpty)
    #expect(attribution(bad, [incident("a", 4000, nil)]).shares.isEmpty)
  }

  @Test("reaches for events that are booked late or early")
  func reach() {
    let bad = tally([1, 2, 4, 8])
    // Read every minute: what happened until 120 s is booked by 180 s.
    #expect(
      attribution(bad, [incident("a", 60, 120)], late: .minutes(1)).shares.map(\.bad) == [6])
    // Buckets of two minutes: that of the minute 0 holds the minute 1.
    #expect(
      attribution(bad, [incident("a", 60, 120)], early: .minutes(1)).shares.map(\.bad) == [3])
  }

  @Test("leaves out what lies outside of the window")
  func window() {
    let found = attribution(
      tally([1, 2, 4, 8]), [incident("a", 0, 240)], window: span(60, 180))
    #expect(found.shares.map(\.bad) == [6] && found.outside.bad == 0)
  }

  @Test("adds up to all bad events, whatever the incidents are")
  func addsUp() {
    var chance = SeededGenerator(seed: 7)
    for _ in 0..<200 {
      let bad = tally((0..<60).map { _ in Int64.random(in: 0...9, using: &chance) })
      let incidents = (0..<8).map { number in
        let start = Int64.random(in: -600...3600, using: &chance)
        return incident(
          "\(number)", start, start + Int64.random(in: 0...1200, using: &chance),
          Severity(rawValue: Int64.random(in: 0...3, using: &chance)) ?? .minor)
      }
      let found = attribution(bad, incidents)
      let sum = found.shares.reduce(found.outside.bad) { $0 + $1.bad }
      #expect(sum == bad.counts(in: hour).bad)
      #expect(attribution(bad, incidents.shuffled(using: &chance)) == found)
    }
  }
}
