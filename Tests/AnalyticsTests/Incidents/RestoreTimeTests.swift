import Analytics
import Model
import Testing

@Suite("The time to restore")
struct RestoreTimeTests {
  private let hour = span(0, 3600)

  @Test("is that of closed incidents that started in the window, unclipped")
  func worked() throws {
    let found = RestoreTime(
      of: [
        incident("a", 60, 120), incident("b", 3000, 9000), incident("before", -60, 1000),
        incident("after", 3600, 3700),
      ], in: hour, now: Instant(seconds: 10_000))
    let closed = try #require(found.closed)
    #expect(closed.count == 2 && closed.total == .seconds(6060))
    #expect(closed.mean == 3030 && closed.median == 3030)
    #expect(found.open == 0)
    #expect(found.survival.length == .seconds(60))
  }

  @Test("counts open ones beside the mean, and in the survival median")
  func open() throws {
    let incidents = [
      incident("a", 0, 60), incident("b", 100, 200), incident("c", 300, 1300),
      incident("d", 400, nil), incident("e", 500, nil),
    ]
    // Open ones have lasted 1600 and 1500 s: of five, 60, 100 and 1000 s are the first three.
    let found = RestoreTime(of: incidents, in: hour, now: Instant(seconds: 2000))
    #expect(found.open == 2 && found.closed?.count == 3)
    #expect(try #require(found.closed).median == 100)
    #expect(found.survival.length == .seconds(1000))
    // As of 1000 s, c is open too: two of five are closed, too few for a median.
    let before = RestoreTime(of: incidents, in: hour, now: Instant(seconds: 1000))
    #expect(before.open == 3 && before.survival.length == nil)
    // As of 400 s, d and e have not begun.
    #expect(RestoreTime(of: incidents, in: hour, now: Instant(seconds: 400)).open == 1)
  }

  @Test("counts one of no length, and none without down time")
  func edges() throws {
    let found = RestoreTime(
      of: [incident("a", 60, 60), incident("b", 60, 660, .none)], in: hour,
      now: Instant(seconds: 2000))
    #expect(try #require(found.closed).mean == 0)
    #expect(found.closed?.count == 1)
    let none = RestoreTime(of: [], in: hour, now: Instant(seconds: 2000))
    #expect(none.closed == nil && none.open == 0 && none.survival.length == nil)
  }
}
