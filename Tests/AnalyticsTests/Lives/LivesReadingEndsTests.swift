import Model
import Testing

@testable import Analytics

@Suite("Series that end")
struct LivesReadingEndsTests {
  // Failed is gone from minute 10 on; all restart in minute 20, and failed is back in minute 21.
  @Test("a series that is gone long before its target restarts is a doubt up to the restart")
  func absentBeforeRestart() throws {
    let found = try measuredByCode([
      counter(["code": "ok"], rising(20, by: 10) + rising(10, by: 10)),
      counter(["code": "failed"], rising(10, by: 1) + rising(9, by: 0, from: 1, missing: 11)),
    ])
    #expect(found.lives.ends.map(\.reason) == [.badSeries])
    #expect(found.lives.ends.map(\.until) == [Instant(seconds: 20 * 60)])
  }

  private func failedGone(restart: Bool) throws -> [SeriesLives.End] {
    let ok = restart ? rising(20, by: 10) + rising(20, by: 10) : rising(40, by: 10)
    return try measuredByCode([
      counter(["instance": "a", "code": "ok"], ok),
      counter(["instance": "a", "code": "failed"], rising(20, by: 1)),
    ]).lives.ends
  }

  @Test("doubts a series of failures that is gone while its target goes on, not after a restart")
  func failedGone() throws {
    let gone = try failedGone(restart: false)
    #expect(gone.map(\.reason) == [.badSeries])
    #expect(gone.map(\.at) == [Instant(seconds: 19 * 60)])
    #expect(gone.map(\.until) == [nil])
    // 10 and 1 a minute; 20 minutes of 10 good ones since.
    #expect(abs((gone.first?.rate ?? 0) * 60 - 11) < 0.01)
    #expect(gone.map(\.goodSince) == [200])
    #expect(try failedGone(restart: true).map(\.reason) == [.restart])
  }

  @Test("names a series of successes that is gone")
  func goodGone() throws {
    let found = try measuredByCode([
      counter(["instance": "a", "code": "ok"], rising(20, by: 10)),
      counter(["instance": "a", "code": "failed"], rising(40, by: 1)),
    ])
    #expect(found.lives.ends.map(\.reason) == [.harmless])
  }

  @Test("a target that ends is replaced by one that begins within half an hour")
  func successor() throws {
    let found = try measuredByCode([
      counter(["pod": "a", "code": "ok"], rising(60, by: 10)),
      counter(["pod": "b", "code": "ok"], rising(20, by: 10)),
      counter(["pod": "c", "code": "ok"], rising(35, by: 10, missing: 25)),
    ])
    #expect(found.lives.ends.map(\.reason) == [.successor(#"{pod="c"}"#)])
  }

  // A third of the traffic is gone; the others keep their 10 a minute, or take over 5 each.
  @Test("a target that ends with much of the traffic is a doubt unless the others take it over")
  func traffic() throws {
    func ends(_ then: Double) throws -> [SeriesLives.End.Reason] {
      let others = rising(20, by: 10) + rising(40, by: then, from: 190 + then)
      return try measuredByCode([
        counter(["pod": "a", "code": "ok"], others), counter(["pod": "b", "code": "ok"], others),
        counter(["pod": "c", "code": "ok"], rising(20, by: 10)),
      ]).lives.ends.map(\.reason)
    }
    #expect(try ends(10) == [.traffic])
    #expect(try ends(15) == [.harmless])
  }

  // 30 events an hour of each. In its last hour c has a third of them; in its last four hours 30 of 30 + 2 * 120 are 11 %.
  @Test("of few events an hour and four hours must say that nothing took them over")
  func fewEvents() throws {
    let other = (0..<600).map { Double($0 / 2) as Double? }
    func ends(from start: Int) throws -> [SeriesLives.End.Reason] {
      try measuredByCode([
        counter(["pod": "a", "code": "ok"], other), counter(["pod": "b", "code": "ok"], other),
        counter(["pod": "c", "code": "ok"], (0..<300).map { Double(max(0, $0 - start) / 2) }),
      ]).lives.ends.map(\.reason)
    }
    #expect(try ends(from: 0) == [.traffic])
    #expect(try ends(from: 240) == [.harmless])
  }

  // 10 a minute; missing from minute 100 to 119, back in minute 120 with 50: 10 - 50 / 20 a minute were not seen.
  @Test("what a target had counted since a restart in a hole was seen")
  func hole() throws {
    let values =
      rising(100, by: 10) + Array(repeating: nil, count: 20) + rising(60, by: 10, from: 50)
    let ends = try measuredByCode([counter(["pod": "a", "code": "ok"], values)]).lives.ends
    #expect(ends.map(\.reason) == [.traffic])
    #expect(ends.map(\.at) == [Instant(seconds: 99 * 60)])
    #expect(ends.map(\.missing) == [Instant(seconds: 100 * 60)])
    #expect(ends.map(\.until) == [Instant(seconds: 120 * 60)])
    #expect(abs((ends.first?.rate ?? 0) * 60 - 7.5) < 0.01)
  }

  @Test("a target that ends while it fails is a doubt, however small it is")
  func failing() throws {
    let found = try measuredByCode([
      counter(["pod": "a", "code": "ok"], rising(60, by: 1000)),
      counter(["pod": "b", "code": "ok"], rising(20, by: 10)),
      counter(["pod": "b", "code": "failed"], rising(20, by: 5)),
    ])
    #expect(found.lives.ends.map(\.reason) == [.failing])
  }

  // `up` of b was 0 for its last 12 checks.
  @Test("a check that vanishes while it is down is a doubt, one that was up is named")
  func checks() throws {
    func ends(_ down: Int) throws -> [SeriesLives.End.Reason] {
      Measurement(
        objective(try percent(99), .uptime(selector("up"))),
        series: [
          samples(Array(repeating: 1, count: 60), "up", [Label("instance", "a")]),
          samples(
            Array(repeating: 1, count: 30 - down) + Array(repeating: 0, count: down), "up",
            [Label("instance", "b")]),
        ], span: span(0, 86_400), spans: WindowSet()
      ).lives.ends.map(\.reason)
    }
    #expect(try ends(12) == [.failing])
    #expect(try ends(0) == [.harmless])
  }
}
