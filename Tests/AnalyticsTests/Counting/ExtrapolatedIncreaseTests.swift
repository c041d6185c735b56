import Analytics
import Model
import Testing

@Suite("The increase that Prometheus shows")
struct ExtrapolatedIncreaseTests {
  private func increase(
    _ values: [Double?], every: Int64 = 60, from start: Int64 = 0, in range: Window,
    _ rule: ExtrapolatedIncrease.Rule, isCounter: Bool = true
  ) -> ExtrapolatedIncrease? {
    let cells = samples(values, every: every, from: start).cells
    return Cell.joined(cells, in: range, by: rule).flatMap {
      ExtrapolatedIncrease($0, in: range, by: rule, isCounter: isCounter)
    }
  }

  // Readings at 60, 120, 180, 240 s: 30 in 180 s; both sides of 60 s are shorter than 66 s, so 30 · 300 / 180.
  @Test("is stretched to the edges: 30 in three of five minutes is 50, a sixth a second")
  func stretched() throws {
    let found = try #require(increase([100, 110, 120, 130], from: 60, in: span(0, 300), .leftOpen))
    #expect(abs(found.amount - 50) < 1e-9)
    #expect(abs(found.perSecond - 50.0 / 300) < 1e-12)
  }

  // The right side of 360 s is no shorter than 66 s and becomes 30 s: 30 · (180 + 60 + 30) / 180.
  @Test("goes half a step beyond the last reading where a scrape is missing")
  func halfStep() throws {
    let found = try #require(increase([100, 110, 120, 130], from: 60, in: span(0, 600), .leftOpen))
    #expect(abs(found.amount - 45) < 1e-9)
  }

  // 4 to 64 in 60 s would be 0 at 4 s before the first reading: 60 · (60 + 4 + 30) / 60; the zero is nearer than the edge.
  @Test("does not begin below zero", arguments: [ExtrapolatedIncrease.Rule.closed, .leftOpen])
  func zero(rule: ExtrapolatedIncrease.Rule) throws {
    let found = try #require(increase([4, 64], from: 120, in: span(0, 600), rule))
    #expect(abs(found.amount - 94) < 1e-9)
  }

  // 180 to 420 in 240 s: zero is 180 s before 180 s, at 0 s. The side of 780 s is cut to 180 s, which is short (2.x), or
  // becomes 120 s, which does not reach zero (3.x). On the right 780 s become 120 s.
  @Test("differs where zero is near: 2.x cuts before it judges, 3.x afterwards")
  func order() throws {
    let range = span(-600, 1200)
    let closed = try #require(increase([180, 420], every: 240, from: 180, in: range, .closed))
    let open = try #require(increase([180, 420], every: 240, from: 180, in: range, .leftOpen))
    #expect(abs(closed.amount - 540) < 1e-9)  // 240 · (240 + 180 + 120) / 240
    #expect(abs(open.amount - 480) < 1e-9)  // 240 · (240 + 120 + 120) / 240
  }

  @Test("takes a reading at the start into a closed range only")
  func start() throws {
    let closed = try #require(increase([0, 10], every: 300, in: span(0, 300), .closed))
    #expect(closed.amount == 10)
    #expect(increase([0, 10], every: 300, in: span(0, 300), .leftOpen) == nil)
  }

  @Test("undoes restarts, a delta does not")
  func restart() throws {
    let range = span(0, 180)
    let counter = try #require(increase([10, 40, 5, 20], in: range, .closed))
    let gauge = try #require(increase([10, 40, 5, 20], in: range, .closed, isCounter: false))
    #expect(counter.amount == 50 && gauge.amount == 10)
  }

  @Test(
    "is the same however the readings are cut into cells", arguments: [7, 15, 60, 300] as [Int64])
  func cells(every: Int64) throws {
    let values = (0...40).map { Double($0 * $0 % 97) }
    let series = samples(values, every: every, from: 60)
    let range = span(0, 60 * ((60 + 40 * every) / 60 + 1))
    var whole = Cell(minute: 0)
    for (index, value) in values.enumerated() {
      whole.add(value, at: (60 + Int64(index) * every) * 1_000_000_000)
    }
    let joined = try #require(Cell.joined(series.cells, in: range, by: .leftOpen))
    let (one, other) = (
      ExtrapolatedIncrease(joined, in: range, by: .leftOpen),
      ExtrapolatedIncrease(whole, in: range, by: .leftOpen)
    )
    #expect(one != nil && one == other)
  }

  @Test("of several counters is added up, those with one reading left out")
  func sum() {
    let series = [samples([0, 10]), samples([0, 5]), samples([7])]
    #expect(ExtrapolatedIncrease.sum(of: series, in: span(0, 60), by: .closed) == 15)
    #expect(ExtrapolatedIncrease.sum(of: [samples([7])], in: span(0, 60), by: .closed) == nil)
  }
}
