import Model
import Testing

@testable import Analytics

/// Minute by minute; `nil` is a missed reading.
@Suite("Series that begin and end")
struct SeriesLivesTests {
  private func series(_ labels: [String: String], _ values: [Double?]) -> Series {
    samples(values, "x_total", labels.map { Label($0.key, $0.value) })
  }

  private func measured(_ series: [Series], target: Int64 = 99) throws -> Measurement {
    let indicator = Indicator.ratio(
      good: selector("x_total", [.init(label: "code", condition: .equal("ok"))]),
      total: selector("x_total"))
    return Measurement(
      objective(try percent(target), indicator), series: series, span: span(0, 86_400),
      spans: WindowSet())
  }

  private func counts(_ measurement: Measurement) -> EventCounts {
    measurement.tally.counts(in: span(0, 86_400))
  }

  /// `count` values, rising by `step` from `first`, after `missing` missed ones.
  private func rising(
    _ count: Int, by step: Double, from first: Double = 0, missing: Int = 0
  ) -> [Double?] {
    Array(repeating: nil, count: missing) + (0..<count).map { first + Double($0) * step }
  }

  // 30 minutes of 10 good ones; failed is first read in minute 20 with 7, and has 8 in minute 21.
  @Test("counts the first value of a series beside living siblings: 8 bad of 298")
  func besideSiblings() throws {
    let found = try measured([
      series(["instance": "a", "code": "ok"], rising(30, by: 10)),
      series(["instance": "a", "code": "failed"], [7, 8].withMissing(20, until: 30)),
    ])
    #expect(counts(found) == EventCounts(good: 290, total: 298))
    #expect(found.lives.births.isEmpty)
    #expect(found.lives.ends.isEmpty)
  }

  // Failed is gone from minute 10 on; all restart in minute 20, and failed is back in minute 21.
  @Test("a series that is gone long before its target restarts is a doubt up to the restart")
  func absentBeforeRestart() throws {
    let found = try measured([
      series(["code": "ok"], rising(20, by: 10) + rising(10, by: 10)),
      series(["code": "failed"], rising(10, by: 1) + rising(9, by: 0, from: 1, missing: 11)),
    ])
    #expect(found.lives.ends.map(\.reason) == [.badSeries])
    #expect(found.lives.ends.map(\.until) == [Instant(seconds: 20 * 60)])
  }

  // More than 2.5 of the largest step of 10 at once: counted, and named.
  @Test("counts and names a first value that is implausibly large: 5,000 bad")
  func implausible() throws {
    let found = try measured([
      series(["instance": "a", "code": "ok"], rising(30, by: 10)),
      series(["instance": "a", "code": "failed"], [5000].withMissing(20, until: 30)),
    ])
    #expect(counts(found).bad == 5000)
    #expect(found.lives.births.map(\.counting) == [.implausible])
    #expect(found.lives.births.map(\.bad) == [5000])
  }

  // The pod's first values are 6 and 4, no more than 25 together.
  @Test("counts the first values of a new target where all of them are plausible: 4 bad")
  func newTarget() throws {
    let found = try measured([
      series(["pod": "a", "code": "ok"], rising(30, by: 10)),
      series(["pod": "b", "code": "ok"], rising(10, by: 10, from: 6, missing: 20)),
      series(["pod": "b", "code": "failed"], rising(10, by: 0, from: 4, missing: 20)),
    ])
    #expect(counts(found) == EventCounts(good: 290 + 96, total: 290 + 96 + 4))
    #expect(found.lives.births.isEmpty)
  }

  // An old server with 1,000,000 successes and 12 failures: neither counts.
  @Test("counts none of the first values of an old server")
  func oldServer() throws {
    let found = try measured([
      series(["pod": "a", "code": "ok"], rising(30, by: 10)),
      series(["pod": "b", "code": "ok"], rising(10, by: 10, from: 1_000_000, missing: 20)),
      series(["pod": "b", "code": "failed"], rising(10, by: 0, from: 12, missing: 20)),
    ])
    #expect(counts(found) == EventCounts(good: 290 + 90, total: 290 + 90))
    #expect(found.lives.births.map(\.counting) == [.leftOut])
    #expect(found.lives.births.map(\.total) == [1_000_012])
    #expect(found.lives.births.map(\.series) == [2])
  }

  // Restarted in minute 15; failed had 3, is back in minute 19 with 5: 5 bad after 3 - 1, not 2.
  @Test("counts from zero what was absent over a restart: 7 bad")
  func absent() throws {
    let found = try measured([
      series(["instance": "a", "code": "ok"], rising(15, by: 10, from: 500) + rising(15, by: 10)),
      series(
        ["instance": "a", "code": "failed"],
        rising(15, by: 0, from: 1).dropLast() + [3] + [5].withMissing(4, until: 15)),
    ])
    #expect(counts(found).bad == 7)
  }

  // b restarts in minutes 10 and 16. Between them it is read once, in minute 15, and has 3 as in minute 10: 90 + 3 + 3 + 1.
  @Test("counts what is read after a gap between restarts whole: 97 of b")
  func loop() throws {
    let loop: [Double?] = rising(10, by: 10) + [3, nil, nil, nil, nil, 3, 1]
    let found = try measured([
      series(["instance": "a", "code": "ok"], rising(30, by: 10)),
      series(["instance": "b", "code": "ok"], loop.withMissing(0, until: 30)),
      series(
        ["instance": "b", "code": "failed"],
        loop.map { $0.map { _ in 0 } }.withMissing(0, until: 30)),
    ])
    #expect(counts(found) == EventCounts(good: 290 + 97, total: 290 + 97))
    // Without the second restart the process may have gone on.
    let once = try measured([
      series(["instance": "a", "code": "ok"], rising(30, by: 10)),
      series(["instance": "b", "code": "ok"], Array(loop.dropLast()).withMissing(0, until: 30)),
    ])
    #expect(counts(once) == EventCounts(good: 290 + 93, total: 290 + 93))
  }

  // 5,000 under a new name, 4,990 under the old one a minute before: a step of 10.
  @Test("goes on where a series was renamed")
  func renamed() throws {
    let found = try measured([
      series(["instance": "a", "path": "/", "code": "ok"], rising(30, by: 10)),
      series(["instance": "a", "path": "/a", "code": "ok"], rising(20, by: 10, from: 4800)),
      series(
        ["instance": "a", "path": "/b", "code": "ok"], rising(10, by: 10, from: 5000, missing: 20)),
    ])
    #expect(counts(found) == EventCounts(good: 290 + 290, total: 580))
    #expect(found.lives.births.count == 1)
    #expect(found.lives.ends.map(\.reason).count == 1)
    #expect(found.lives.ends.allSatisfy { !$0.reason.isDoubt })
  }

  private func failedGone(restart: Bool) throws -> [SeriesLives.End] {
    let ok = restart ? rising(20, by: 10) + rising(20, by: 10) : rising(40, by: 10)
    return try measured([
      series(["instance": "a", "code": "ok"], ok),
      series(["instance": "a", "code": "failed"], rising(20, by: 1)),
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
    let found = try measured([
      series(["instance": "a", "code": "ok"], rising(20, by: 10)),
      series(["instance": "a", "code": "failed"], rising(40, by: 1)),
    ])
    #expect(found.lives.ends.map(\.reason) == [.harmless])
  }

  @Test("a target that ends is replaced by one that begins within half an hour")
  func successor() throws {
    let found = try measured([
      series(["pod": "a", "code": "ok"], rising(60, by: 10)),
      series(["pod": "b", "code": "ok"], rising(20, by: 10)),
      series(["pod": "c", "code": "ok"], rising(35, by: 10, missing: 25)),
    ])
    #expect(found.lives.ends.map(\.reason) == [.successor(#"{pod="c"}"#)])
  }

  // A third of the traffic is gone; the others keep their 10 a minute, or take over 5 each.
  @Test("a target that ends with much of the traffic is a doubt unless the others take it over")
  func traffic() throws {
    func ends(_ then: Double) throws -> [SeriesLives.End.Reason] {
      let others = rising(20, by: 10) + rising(40, by: then, from: 190 + then)
      return try measured([
        series(["pod": "a", "code": "ok"], others), series(["pod": "b", "code": "ok"], others),
        series(["pod": "c", "code": "ok"], rising(20, by: 10)),
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
      try measured([
        series(["pod": "a", "code": "ok"], other), series(["pod": "b", "code": "ok"], other),
        series(["pod": "c", "code": "ok"], (0..<300).map { Double(max(0, $0 - start) / 2) }),
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
    let ends = try measured([series(["pod": "a", "code": "ok"], values)]).lives.ends
    #expect(ends.map(\.reason) == [.traffic])
    #expect(ends.map(\.at) == [Instant(seconds: 99 * 60)])
    #expect(ends.map(\.missing) == [Instant(seconds: 100 * 60)])
    #expect(ends.map(\.until) == [Instant(seconds: 120 * 60)])
    #expect(abs((ends.first?.rate ?? 0) * 60 - 7.5) < 0.01)
  }

  @Test("a target that ends while it fails is a doubt, however small it is")
  func failing() throws {
    let found = try measured([
      series(["pod": "a", "code": "ok"], rising(60, by: 1000)),
      series(["pod": "b", "code": "ok"], rising(20, by: 10)),
      series(["pod": "b", "code": "failed"], rising(20, by: 5)),
    ])
    #expect(found.lives.ends.map(\.reason) == [.failing])
  }

  // What was joined to cells of five minutes knows no readings inside of them, and invents no end and no birth.
  @Test("judges longer cells as it judges minutes")
  func joined() throws {
    let minutes = [
      series(["instance": "a", "code": "ok"], rising(60, by: 10) + rising(60, by: 10)),
      series(
        ["instance": "a", "code": "failed"],
        [7, 8].withMissing(20, until: 60) + rising(60, by: 0, from: 1, missing: 0)),
    ]
    let joined = minutes.map { series in
      var cells: [Cell] = []
      for cell in series.cells {
        if let last = cells.last, cell.minute / 5 == last.minute / 5 {
          cells[cells.count - 1].append(cell)
        } else {
          var first = cell
          first.minute = cell.minute / 5 * 5
          cells.append(first)
        }
      }
      return Series(id: series.id, kind: series.kind, cells: cells)
    }
    let (fine, coarse) = (try measured(minutes), try measured(joined))
    #expect(counts(fine) == counts(coarse))
    #expect(fine.lives.births == coarse.lives.births)
    #expect(fine.lives.ends.allSatisfy { !$0.reason.isDoubt })
    #expect(coarse.lives.ends.allSatisfy { !$0.reason.isDoubt })
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

extension [Double?] {
  /// These values after so many missed readings, the last one repeated up to a number of readings.
  fileprivate func withMissing(_ missing: Int, until count: Int) -> [Double?] {
    let values = Array(repeating: nil, count: missing) + self
    return values + Array(repeating: values.last ?? nil, count: Swift.max(0, count - values.count))
  }
}
