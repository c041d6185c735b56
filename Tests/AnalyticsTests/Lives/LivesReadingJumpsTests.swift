import Model
import Testing

@testable import Analytics

/// One counter that rises by 10 a minute; the largest usual step of 10 makes 25 the limit of a restart.
@Suite("Steps that are hardly those of one process")
struct LivesReadingJumpsTests {
  private func births(_ values: [Double?], _ others: Series...) throws -> [SeriesLives.Birth] {
    try measuredByCode([counter(["code": "ok"], values)] + others).lives.births
  }

  // From 1,190 to 500 at once; a restarted process has hardly counted 500.
  @Test("a fall to much more than is usual is named with what counts since: 500")
  func fallen() throws {
    let found = try births(
      rising(20, by: 10, from: 1000) + rising(10, by: 10, from: 500))
    #expect(found.map(\.counting) == [.fallen])
    #expect(found.map(\.at) == [Instant(seconds: 20 * 60)])
    #expect(found.map(\.total) == [500])
    #expect(found.map(\.bad) == [0])
  }

  // 0 once, and back to 1,210: all of that would count.
  @Test("a stray zero is named with the step back: 1,210")
  func stray() throws {
    let found = try births(
      rising(20, by: 10, from: 1000) + [0] + rising(10, by: 10, from: 1210))
    #expect(found.map(\.counting) == [.fallen])
    #expect(found.map(\.total) == [1210])
  }

  @Test("a restart is none")
  func restart() throws {
    #expect(try births(rising(20, by: 10, from: 1000) + rising(10, by: 10, from: 5)).isEmpty)
  }

  // The fourth largest step is 10: a hundred times as much is 1,000.
  @Test("one step of more than a hundred usual ones is named, two in turn are a burst")
  func risen() throws {
    func births(_ steps: [Double]) throws -> [SeriesLives.Birth] {
      var values = rising(20, by: 10)
      for step in steps + [10, 10, 10, 10] { values.append((values.last ?? 0).map { $0 + step }) }
      return try self.births(values)
    }
    let found = try births([2000])
    #expect(found.map(\.counting) == [.risen])
    #expect(found.map(\.at) == [Instant(seconds: 20 * 60)])
    #expect(found.map(\.total) == [2000])
    #expect(try births([2000, 2000]).isEmpty)
    #expect(try births([990]).isEmpty)
  }

  // Said to have begun anew in second 1,170, between 1,190 events and 1,200.
  @Test("a new start without a fall is named with what it had counted: 1,190")
  func restarted() throws {
    let created = samples(
      (0..<30).map { $0 < 20 ? 1 : 1170 }, "x_created", [Label("code", "ok")])
    let found = try births(rising(30, by: 10, from: 1000), created)
    #expect(found.map(\.counting) == [.restarted])
    #expect(found.map(\.total) == [1190])
  }
}
