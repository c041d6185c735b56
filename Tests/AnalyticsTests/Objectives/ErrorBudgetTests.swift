import Analytics
import Model
import TestSupport
import Testing

@Suite("An error budget")
struct ErrorBudgetTests {
  @Test("of 99.9 % of 10 000 events is 10; 4 bad use 40 %")
  func plain() throws {
    let budget = ErrorBudget(bad: 4, of: 10_000, target: try percent(99, perMille: 9))
    #expect(budget.allowedEvents == 10)
    #expect(budget.consumed == 0.4)
    #expect(budget.left == 0.6)
    #expect(!budget.isOverspent)
  }

  @Test("exactly used up is not overspent; one more is, and is never clamped")
  func used() throws {
    let target = try percent(99, perMille: 9)
    #expect(!ErrorBudget(bad: 10, of: 10_000, target: target).isOverspent)
    #expect(ErrorBudget(bad: 10, of: 10_000, target: target).left == 0)
    #expect(ErrorBudget(bad: 11, of: 10_000, target: target).isOverspent)
    // All bad: 10 000 / 10 = 1000 times the budget, -999 left.
    #expect(ErrorBudget(bad: 10_000, of: 10_000, target: target).consumed == 1000)
    #expect(ErrorBudget(bad: 10_000, of: 10_000, target: target).left == -999)
  }

  @Test("of 100 % holds nothing: any bad event overspends it")
  func everything() throws {
    let target = try percent(100)
    let whole = ErrorBudget(bad: 0, of: 5, target: target)
    #expect((whole.left, whole.consumed, whole.isOverspent) == (1, 0, false))
    #expect(!whole.isLeft(below: 1_000_000_000))
    let spent = ErrorBudget(bad: 1, of: 5, target: target)
    #expect((spent.left, spent.consumed, spent.isOverspent) == (-.infinity, .infinity, true))
    #expect(spent.isLeft(below: 0))
    #expect(spent.allowedEvents == 0)
  }

  private let quarters = BudgetPolicy(
    name: "quarters",
    bands: [
      .init(below: nil, name: "75-100", action: nil, closesGate: false),
      .init(below: 250_000_000, name: "0-25", action: nil, closesGate: true),
      .init(below: 0, name: "overspent", action: nil, closesGate: true),
      .init(below: 750_000_000, name: "50-75", action: nil, closesGate: false),
      .init(below: 500_000_000, name: "25-50", action: nil, closesGate: false),
    ])

  @Test(
    "is in the band with the tightest `below` that the remaining budget is under",
    arguments: [
      (0, "75-100"), (249, "75-100"), (250, "75-100"), (251, "50-75"), (500, "50-75"),
      (501, "25-50"),
      (750, "25-50"),  // exactly 25 % left
      (751, "0-25"),
      (1000, "0-25"),  // exactly 0 left
      (1001, "overspent"), (1_000_000, "overspent"),
    ] as [(Int64, String)])
  func bands(bad: Int64, name: String) throws {
    // 99.9 % of 1 000 000 allows 1000.
    let budget = ErrorBudget(bad: bad, of: 1_000_000, target: try percent(99, perMille: 9))
    #expect(budget.band(of: quarters).name == name)
  }

  @Test("closes the standard gate below a tenth, not at it")
  func standard() throws {
    let target = try percent(99, perMille: 9)
    #expect(!ErrorBudget(bad: 900, of: 1_000_000, target: target).band(of: .standard).closesGate)
    #expect(ErrorBudget(bad: 901, of: 1_000_000, target: target).band(of: .standard).closesGate)
  }

  @Test("is never NaN, and judges exactly at every size")
  func law() throws {
    var random = SeededGenerator(seed: 29)
    for _ in 0..<2000 {
      let total = max(
        1, Int64.random(in: 1...Int64.max, using: &random) >> Int.random(in: 0..<62, using: &random)
      )
      let bad = Int64.random(in: 0...total, using: &random)
      let target = try Target(
        partsPerBillion: Bool.random(using: &random)
          ? Int64.random(in: 1...1_000_000_000, using: &random)
          : 1_000_000_000 - Int64.random(in: 0...3, using: &random))
      let budget = ErrorBudget(bad: bad, of: total, target: target)
      #expect(!budget.left.isNaN && !budget.consumed.isNaN)
      #expect(budget.left <= 1 && budget.consumed >= 0)
      // Overspent and not met are the same sentence.
      #expect(
        budget.isOverspent == !target.isMet(by: EventCounts(good: total - bad, total: total)))
      #expect(budget.isLeft(below: 0) == budget.isOverspent)
      #expect((0...total).contains(budget.allowedEvents))
      // Scale: the same share of twice as much.
      if total < .max / 2 {
        let twice = ErrorBudget(bad: 2 * bad, of: 2 * total, target: target)
        #expect(
          twice.left == budget.left
            || abs(twice.left - budget.left) <= 1e-14 * max(1, abs(budget.left)))
        #expect(twice.isOverspent == budget.isOverspent)
      }
    }
  }

  @Test("projects 700 events in a week of 28 days to 2800")
  func projected() {
    #expect(ErrorBudget.projected(total: 700, elapsed: .days(7), of: .days(28)) == 2800)
    #expect(ErrorBudget.projected(total: 700, elapsed: .days(28), of: .days(28)) == 700)
    #expect(ErrorBudget.projected(total: 700, elapsed: .zero, of: .days(28)) == nil)
    #expect(ErrorBudget.projected(total: .max, elapsed: .days(1), of: .days(28)) == .max)
    #expect(
      ErrorBudget.projected(total: .max, elapsed: .nanoseconds(1), of: .days(90_000)) == .max)
  }
}
