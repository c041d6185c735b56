import Testing

@testable import Analytics

@Suite("A table of misses")
struct MissTableTests {
  /// The misses of some origins, all alike: squares by day ahead, and 1 promised for each.
  private func misses(_ squares: [Double], origins: Int, horizon: Int = 10) -> MissTable.Misses {
    var misses = MissTable.Misses(horizon: horizon)
    let ones = [Double](repeating: 1, count: squares.count)
    for _ in 0..<origins { misses.add(squares[...], ones[...], ones[...], at: 0) }
    return misses
  }

  private func widened(
    _ all: MissTable.Misses, _ recent: MissTable.Misses? = nil,
    from variances: [Double] = [Double](repeating: 1, count: 10)
  ) -> (variances: [Double], isRaised: Bool) {
    var table = MissTable(horizon: 10)
    table.all = all
    if let recent { table.recent = recent }
    var variances = variances
    let isRaised = table.widen(&variances, seen: 128)
    return (variances, isRaised)
  }

  private let ones = [Double](repeating: 1, count: 10)

  @Test("widens nothing up to 1.25 times what was promised")
  func promised() {
    let kept = widened(misses([Double](repeating: 1.25, count: 10), origins: 3))
    #expect(kept.variances == ones)
    #expect(!kept.isRaised)
  }

  // Seen are 128 days: 1.3 · (1 + h / 100).
  @Test("widens to the mean square of misses beyond that, more for each day ahead")
  func widens() {
    let large = misses([Double](repeating: 1.3, count: 10), origins: 3)
    for raised in [widened(large), widened(misses(ones, origins: 3), large)] {
      for ahead in 1...10 {
        #expect(abs(raised.variances[ahead - 1] - 1.3 * (1 + Double(ahead) / 100)) < 1e-12)
      }
      #expect(raised.isRaised)
    }
  }

  @Test("adds half where fewer than 30 misses are known")
  func few() {
    let raised = widened(misses([Double](repeating: 9, count: 10), origins: 2))
    #expect(raised.variances == ones.map { 1.5 * $0 })
    #expect(!raised.isRaised)
  }

  // Squares of 4 on five days, 1 on the five after: the mean near the first day is 4, and holds on the last: 4 · 1.1.
  @Test("never narrows with the days ahead")
  func grows() {
    let raised = widened(misses([4, 4, 4, 4, 4, 1, 1, 1, 1, 1], origins: 3))
    #expect(abs(raised.variances[0] - 4 * 1.01) < 1e-12)
    #expect(abs(raised.variances[9] - 4 * 1.1) < 1e-12)
  }

  // Five misses each on the first six days: 15 within three days of the seventh, 10 of the eighth. From there on 2 grows as
  // 0.1 h does: on day 10 to 2 · 10/7, times 1.1.
  @Test("grows beyond the last known day as the promise does")
  func beyond() {
    let raised = widened(
      misses([Double](repeating: 2, count: 6), origins: 5),
      from: (1...10).map { 0.1 * Double($0) })
    #expect(abs(raised.variances[6] - 2 * 1.07) < 1e-12)
    #expect(abs(raised.variances[9] - 20.0 / 7 * 1.1) < 1e-12)
  }

  @Test("adds the misses of an origin from a day ahead on, and forgets them")
  func adds() {
    var misses = MissTable.Misses(horizon: 10)
    misses.add([9, 9], [1, 1], [1, 0], at: 8)
    #expect(misses.count == 1)
    misses.clear()
    #expect(misses.count == 0)
  }
}
