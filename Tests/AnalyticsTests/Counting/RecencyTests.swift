import Analytics
import Model
import Testing

@Suite("Recency")
struct RecencyTests {
  private func recency(_ successes: [Int64], _ bound: Int64, _ observed: [Window]) -> Recency {
    Recency(
      successes: successes.map { Instant(seconds: $0) }, bound: .seconds(bound),
      observed: WindowSet(observed))
  }

  @Test("is fresh from a success for as long as the bound: 100 to 160 and 200 to 260")
  func plain() {
    let found = recency([100, 200], 60, [span(50, 400)])
    #expect(found.fresh.windows == [span(100, 160), span(200, 260)])
    // From 50 to 100 nobody knows how old the newest success was.
    #expect(found.known.windows == [span(100, 400)])
  }

  @Test("does not depend on the order of the successes, and joins what overlaps")
  func joined() {
    let found = recency([150, 100], 60, [span(100, 400)])
    #expect(found.fresh.windows == [span(100, 210)])
    #expect(found == recency([100, 150], 60, [span(100, 400)]))
  }

  @Test("knows the state from the first look on when a success came before it")
  func before() {
    let found = recency([20], 60, [span(50, 400)])
    #expect(found.known.windows == [span(50, 400)])
    #expect(found.fresh.windows == [span(50, 80)])
  }

  @Test("without any success is stale once the bound has passed since the first look")
  func never() {
    let found = recency([], 60, [span(50, 400)])
    #expect(found.known.windows == [span(110, 400)])
    #expect(found.fresh.isEmpty)
    #expect(recency([], 600, [span(50, 400)]).known.isEmpty)
  }

  @Test("says nothing about time in which nobody looked")
  func gap() {
    let found = recency([100], 300, [span(100, 200), span(300, 500)])
    #expect(found.fresh.windows == [span(100, 200), span(300, 400)])
    #expect(found.known.windows == [span(100, 200), span(300, 500)])
    #expect(recency([100], 60, []).known.isEmpty)
  }

  @Test("reads Unix times from gauges; zero means never yet")
  func successes() {
    let gauge = samples([0, 1000, 1000, 1120.5])
    #expect(
      Recency.successes(inValuesOf: [gauge]) == [
        Instant(seconds: 1000), Instant(nanoseconds: 1_120_500_000_000),
      ])
    #expect(Recency.successes(inValuesOf: [samples([-5, 0, .nan, 1e300])]).isEmpty)
  }

  @Test("takes a rise of a counter and a row as a heartbeat")
  func beats() {
    #expect(
      Recency.beats(of: [samples([5, 5, 6, 6, 2])]) == [
        Instant(seconds: 120), Instant(seconds: 240),
      ])
    let table = rows([(1, 1), (7, 1)], [])
    #expect(Recency.beats(of: [table]) == [Instant(seconds: 60), Instant(seconds: 420)])
  }
}
