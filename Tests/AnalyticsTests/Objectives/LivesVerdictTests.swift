import Model
import Testing

@testable import Analytics

@Suite("What lives of series mean for a verdict")
struct LivesVerdictTests {
  private static let day: Int64 = 86_400

  /// 1,000 events an hour over a day, of which `bad` are bad, and these lives; 99 % allow 240 of 24,000.
  private func assessment(
    bad: Int64, births: [SeriesLives.Birth] = [], ends: [SeriesLives.End] = [],
    series: Objective.SeriesRule = .explained
  ) throws -> Assessment {
    let hours = (0..<Int64(24)).map { $0 * 60 }
    var measurement = Measurement(
      tally: Tally(
        minutes: hours, good: hours.map { $0 == 0 ? 1000 - bad : 1000 },
        total: hours.map { _ in 1000 }),
      unit: .events,
      observation: Observation(interval: .minutes(1), observed: WindowSet([span(0, Self.day)])))
    measurement.lives = SeriesLives(births: births, ends: ends)
    let objective = Objective(
      service: "shop", name: "orders",
      indicator: .ratio(good: selector("good"), total: selector("total")),
      target: try percent(99), window: .rolling(.days(1)), minimumHistory: .days(1),
      series: series)
    return Assessment(
      objective, measurement, asOf: Instant(seconds: Self.day), firstData: Instant(seconds: 0),
      staleAfter: .hours(1), zone: .utc)
  }

  private func end(_ hour: Int64, perHour: Double, until: Int64? = nil) -> SeriesLives.End {
    SeriesLives.End(
      at: Instant(seconds: hour * 3600 - 60), missing: Instant(seconds: hour * 3600),
      until: until.map { Instant(seconds: $0 * 3600) },
      text: "x", series: 1, reason: .failing, rate: perHour / 3600, goodSince: 0)
  }

  private func birth(bad: Double) -> SeriesLives.Birth {
    SeriesLives.Birth(
      at: Instant(seconds: 3600), text: "x", series: 1, total: bad, bad: bad,
      counting: .implausible)
  }

  // 12 hours of 100 events: with 1,200 bad of 25,200 more than the 252 allowed are bad.
  @Test("an end leaves no verdict where what it hides may close the gate")
  func hidden() throws {
    let found = try assessment(bad: 10, ends: [end(12, perHour: 100)])
    #expect(found.state == .notJudged)
    #expect(found.doubts.count == 1)
  }

  // 12 hours of 5 events: with 70 bad of 24,060 more than 70 % of the 240.6 allowed are left.
  @Test("an end that cannot have hidden enough is named, with how much that is")
  func cleared() throws {
    let found = try assessment(bad: 10, ends: [end(12, perHour: 5)])
    #expect(found.state == .onCourse)
    #expect(found.notes.contains(.unseen(60)))
    #expect(found.notes.count == 2)
  }

  // A row of a day stands at its start: the last one lies two hours before the window, the next was due 22 hours into it.
  @Test("an origin is silent in the window where its next rows were due in it")
  func daily() throws {
    func silent(missing hour: Int64) throws -> Assessment.State {
      let end = SeriesLives.End(
        at: Instant(seconds: (hour - 24) * 3600), missing: Instant(seconds: hour * 3600),
        until: nil, text: "x", series: 1, reason: .silent, rate: 5000.0 / 3600, goodSince: 0)
      return try assessment(bad: 10, ends: [end]).state
    }
    #expect(try silent(missing: 22) == .notJudged)
    #expect(try silent(missing: 0) == .onCourse)
  }

  // One hour of 100 events: 110 bad.
  @Test("what came back hides nothing any more")
  func over() throws {
    let found = try assessment(bad: 10, ends: [end(12, perHour: 100, until: 13)])
    #expect(found.state == .onCourse)
    #expect(found.notes.contains(.unseen(100)))
  }

  @Test("an end never hides a budget that is overspent, nor a gate that is closed")
  func certain() throws {
    for (bad, state) in [(Int64(300), Assessment.State.overspent), (230, .atRisk)] {
      let found = try assessment(bad: bad, ends: [end(12, perHour: 100)])
      #expect(found.state == state)
      #expect(found.band?.closesGate == true)
      #expect(found.notes.count == 1)
    }
  }

  @Test("an end is only named where series may end")
  func mayEnd() throws {
    let found = try assessment(bad: 10, ends: [end(12, perHour: 100)], series: .mayEnd)
    #expect(found.state == .onCourse)
    #expect(found.notes.count == 1)
  }

  // Without the 500 nothing is bad; without the 5 there are 300 too many all the same; 5 of 10 decide nothing.
  @Test("an implausible first value decides nothing alone")
  func implausible() throws {
    #expect(try assessment(bad: 500, births: [birth(bad: 500)]).state == .notJudged)
    #expect(try assessment(bad: 305, births: [birth(bad: 5)]).state == .overspent)
    let small = try assessment(bad: 10, births: [birth(bad: 5)])
    #expect(small.state == .onCourse)
    #expect(small.notes.count == 1)
  }
}
