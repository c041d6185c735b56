import Model
import Testing

@testable import Analytics

@Suite("Series that begin")
struct LivesReadingBirthsTests {
  // 30 minutes of 10 good ones; failed is first read in minute 20 with 7, and has 8 in minute 21.
  @Test("counts the first value of a series beside living siblings: 8 bad of 298")
  func besideSiblings() throws {
    let found = try measuredByCode([
      counter(["instance": "a", "code": "ok"], rising(30, by: 10)),
      counter(["instance": "a", "code": "failed"], [7, 8].withMissing(20, until: 30)),
    ])
    #expect(counts(found) == EventCounts(good: 290, total: 298))
    #expect(found.lives.births.isEmpty)
    #expect(found.lives.ends.isEmpty)
  }

  // More than 2.5 of the largest step of 10 at once: counted, and named.
  @Test("counts and names a first value that is implausibly large: 5,000 bad")
  func implausible() throws {
    let found = try measuredByCode([
      counter(["instance": "a", "code": "ok"], rising(30, by: 10)),
      counter(["instance": "a", "code": "failed"], [5000].withMissing(20, until: 30)),
    ])
    #expect(counts(found).bad == 5000)
    #expect(found.lives.births.map(\.counting) == [.implausible])
    #expect(found.lives.births.map(\.bad) == [5000])
  }

  // The pod's first values are 6 and 4, no more than 25 together.
  @Test("counts the first values of a new target where all of them are plausible: 4 bad")
  func newTarget() throws {
    let found = try measuredByCode([
      counter(["pod": "a", "code": "ok"], rising(30, by: 10)),
      counter(["pod": "b", "code": "ok"], rising(10, by: 10, from: 6, missing: 20)),
      counter(["pod": "b", "code": "failed"], rising(10, by: 0, from: 4, missing: 20)),
    ])
    #expect(counts(found) == EventCounts(good: 290 + 96, total: 290 + 96 + 4))
    #expect(found.lives.births.isEmpty)
  }

  // An old server with 1,000,000 successes and 12 failures: neither counts.
  @Test("counts none of the first values of an old server")
  func oldServer() throws {
    let found = try measuredByCode([
      counter(["pod": "a", "code": "ok"], rising(30, by: 10)),
      counter(["pod": "b", "code": "ok"], rising(10, by: 10, from: 1_000_000, missing: 20)),
      counter(["pod": "b", "code": "failed"], rising(10, by: 0, from: 12, missing: 20)),
    ])
    #expect(counts(found) == EventCounts(good: 290 + 90, total: 290 + 90))
    #expect(found.lives.births.map(\.counting) == [.leftOut])
    #expect(found.lives.births.map(\.total) == [1_000_012])
    #expect(found.lives.births.map(\.series) == [2])
  }

  // Restarted in minute 15; failed had 3, is back in minute 19 with 5: 5 bad after 3 - 1, not 2.
  @Test("counts from zero what was absent over a restart: 7 bad")
  func absent() throws {
    let found = try measuredByCode([
      counter(["instance": "a", "code": "ok"], rising(15, by: 10, from: 500) + rising(15, by: 10)),
      counter(
        ["instance": "a", "code": "failed"],
        rising(15, by: 0, from: 1).dropLast() + [3] + [5].withMissing(4, until: 15)),
    ])
    #expect(counts(found).bad == 7)
  }

  // b restarts in minutes 10 and 16. Between them it is read once, in minute 15, and has 3 as in minute 10: 90 + 3 + 3 + 1.
  @Test("counts what is read after a gap between restarts whole: 97 of b")
  func loop() throws {
    let loop: [Double?] = rising(10, by: 10) + [3, nil, nil, nil, nil, 3, 1]
    let found = try measuredByCode([
      counter(["instance": "a", "code": "ok"], rising(30, by: 10)),
      counter(["instance": "b", "code": "ok"], loop.withMissing(0, until: 30)),
      counter(
        ["instance": "b", "code": "failed"],
        loop.map { $0.map { _ in 0 } }.withMissing(0, until: 30)),
    ])
    #expect(counts(found) == EventCounts(good: 290 + 97, total: 290 + 97))
    // Without the second restart the process may have gone on.
    let once = try measuredByCode([
      counter(["instance": "a", "code": "ok"], rising(30, by: 10)),
      counter(["instance": "b", "code": "ok"], Array(loop.dropLast()).withMissing(0, until: 30)),
    ])
    #expect(counts(once) == EventCounts(good: 290 + 93, total: 290 + 93))
  }

  // 5,000 under a new name, 4,990 under the old one a minute before: a step of 10.
  @Test("goes on where a series was renamed")
  func renamed() throws {
    let found = try measuredByCode([
      counter(["instance": "a", "path": "/", "code": "ok"], rising(30, by: 10)),
      counter(["instance": "a", "path": "/a", "code": "ok"], rising(20, by: 10, from: 4800)),
      counter(
        ["instance": "a", "path": "/b", "code": "ok"], rising(10, by: 10, from: 5000, missing: 20)),
    ])
    #expect(counts(found) == EventCounts(good: 290 + 290, total: 580))
    #expect(found.lives.births.count == 1)
    #expect(found.lives.ends.map(\.reason).count == 1)
    #expect(found.lives.ends.allSatisfy { !$0.reason.isDoubt })
  }
}
