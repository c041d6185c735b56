import Analytics
import Model
import TestSupport
import Testing

@Suite("The budget through a window")
struct BudgetTimelineTests {
  @Test("falls with every minute that spends some: 10 allowed, 4 and 3 spent")
  func falls() throws {
    let tally = Tally(minutes: [0, 1, 120], good: [96, 100, 97], total: [100, 100, 100])
    let line = BudgetTimeline(
      tally, window: span(0, 36_000), until: Instant(seconds: 18_000), total: 1000,
      target: try percent(99))
    #expect(
      line.points == [
        .init(at: Instant(seconds: 0), left: 1), .init(at: Instant(seconds: 60), left: 0.6),
        .init(at: Instant(seconds: 7260), left: 0.3),
        .init(at: Instant(seconds: 18_000), left: 0.3),
      ])
    let drops = line.drops(atMost: 5)
    #expect(drops.map(\.start) == [Instant(seconds: 0), Instant(seconds: 7200)])
    #expect(abs(drops[0].share - 0.4) < 1e-12 && abs(drops[1].share - 0.3) < 1e-12)
    #expect(line.drops(atMost: 1).count == 1)
  }

  @Test("ends at what has elapsed, in order of time, also in the middle of a minute")
  func middle() throws {
    let tally = Tally(minutes: [0, 5], good: [0, 0], total: [1, 1])
    let line = BudgetTimeline(
      tally, window: span(0, 600), until: Instant(seconds: 330), total: 100,
      target: try percent(50))
    #expect(line.points.map(\.at.seconds) == [0, 60, 330, 330])
    #expect(line.points.last?.left == 0.96)
  }

  @Test("joins spending minutes no more than an hour apart into one drop")
  func drops() throws {
    // Ends at 1, 61 and 122 minutes: 60 minutes apart join, 61 do not.
    let tally = Tally(minutes: [0, 60, 121], good: [0, 0, 0], total: [1, 1, 3])
    let line = BudgetTimeline(
      tally, window: span(0, 86_400), until: Instant(seconds: 86_400), total: 100,
      target: try percent(90))
    let drops = line.drops(atMost: 9)
    #expect(drops.map { [$0.start.seconds, $0.end.seconds] } == [[7260, 7320], [0, 3660]])
    #expect(drops.map { ($0.share * 10).rounded() } == [3, 2])
  }

  @Test("has nothing to say without a total, and is flat without spending")
  func few() throws {
    let target = try percent(99)
    let none = BudgetTimeline(
      Tally(), window: span(0, 60), until: Instant(seconds: 60), total: 0, target: target)
    #expect(none.points.isEmpty && none.drops(atMost: 3).isEmpty)
    let flat = BudgetTimeline(
      Tally(minutes: [0], good: [5], total: [5]), window: span(0, 60),
      until: Instant(seconds: -5), total: 5, target: target)
    #expect(flat.points.map(\.left) == [1, 1])
    #expect(flat.points.map(\.at.seconds) == [0, 0])
  }

  @Test("never rises, and ends at the budget's own figure")
  func laws() throws {
    var random = SeededGenerator(seed: 37)
    for _ in 0..<100 {
      let minutes = (0..<500).filter { _ in Int.random(in: 0..<4, using: &random) == 0 }
        .map(Int64.init)
      let total = minutes.map { _ in Int64.random(in: 0...9, using: &random) }
      let good = total.map { Int64.random(in: 0...$0, using: &random) }
      let tally = Tally(minutes: minutes, good: good, total: total)
      let counts = tally.counts(in: span(0, 30_000))
      guard counts.total > 0 else { continue }
      let target = try Target(
        partsPerBillion: Int64.random(in: 1...1_000_000_000, using: &random))
      let line = BudgetTimeline(
        tally, window: span(0, 30_000), until: Instant(seconds: 30_000), total: counts.total,
        target: target)
      #expect(zip(line.points, line.points.dropFirst()).allSatisfy { $0.left >= $1.left })
      #expect(zip(line.points, line.points.dropFirst()).allSatisfy { $0.at <= $1.at })
      let budget = ErrorBudget(bad: counts.bad, of: counts.total, target: target)
      #expect(line.points.last?.left == budget.left)
      let dropped = line.drops(atMost: .max).reduce(0) { $0 + $1.share }
      if budget.left.isFinite {
        #expect(abs(dropped - budget.consumed) <= 1e-9 * max(1, budget.consumed))
      }
      #expect(line.drops(atMost: .max).allSatisfy { !$0.share.isNaN })
    }
  }

  // 50,000 minutes that each spend 1 of 10 million allowed, and one that spends half of them.
  @Test("is thinned without losing its ends and its largest step")
  func thins() throws {
    let minutes = (0..<50_000).map(Int64.init)
    let bad = minutes.map { $0 == 31_234 ? Int64(5_000_000) : 1 }
    let line = BudgetTimeline(
      Tally(
        minutes: minutes, good: bad.map { 10_000_000 - $0 }, total: bad.map { _ in 10_000_000 }),
      window: span(0, 3_000_000), until: Instant(seconds: 3_000_000), total: 20_000_000,
      target: try percent(50))
    let thin = line.thinned(to: 340)
    #expect(thin.count < 700)
    #expect(thin.first == line.points.first && thin.last == line.points.last)
    #expect(
      zip(thin, thin.dropFirst()).contains {
        $0.left - $1.left > 0.49 && $1.at - $0.at == .seconds(60)
      })
    #expect(thin == thin.sorted { $0.at < $1.at })
    #expect(line.thinned(to: 100_000) == line.points)
  }

  // 432 of 43 200 may be bad, and the first 1 000 minutes are: the 433rd uses the budget up.
  @Test("is thinned without losing the minute that uses the budget up")
  func keepsTheEndOfTheBudget() throws {
    let minutes = (0..<1000).map(Int64.init)
    let line = BudgetTimeline(
      Tally(minutes: minutes, good: minutes.map { _ in 0 }, total: minutes.map { _ in 1 }),
      window: span(0, 2_592_000), until: Instant(seconds: 2_592_000), total: 43_200,
      target: try percent(99))
    let thin = line.thinned(to: 340)
    #expect(thin.count < 400)
    #expect(thin.first { $0.left < 0 }?.at == Instant(seconds: 433 * 60))
    #expect(thin.contains { $0.at == Instant(seconds: 432 * 60) })
  }
}
