import Analytics
import Model
import Testing

@Suite("A burn rate through a window")
struct BurnLineTests {
  private let start = Instant(seconds: 1_790_000_400)

  /// An event a minute from three hours before the window on; those of some minutes after its start are bad.
  private func line(bad: Set<Int64>, minutes: Range<Int64> = -180..<120, over: Duration = .hours(1))
    throws -> BurnLine
  {
    let first = start.minuteUp
    let all = minutes.map { $0 + first }
    let tally = Tally(
      minutes: all, good: minutes.map { bad.contains($0) ? 0 : 1 }, total: all.map { _ in 1 })
    return BurnLine(
      tally, over: over, threshold: 14.4, in: Window(start: start, end: start + .hours(2)),
      steps: 4, target: try percent(99))
  }

  // One bad minute of sixty against 1 %: 1.67 times, from the minute itself until sixty minutes later.
  @Test("is the largest and the smallest rate of each step")
  func steps() throws {
    let steps = try line(bad: [30]).steps.map { $0.map { [$0.low, $0.high] } }
    let rate = 1.0 / 60 / 0.01
    func isNear(_ one: [Double]?, _ other: [Double]) -> Bool {
      one.map { zip($0, other).allSatisfy { abs($0 - $1) < 1e-9 } } ?? false
    }
    #expect(isNear(steps[0], [0, 0]))
    #expect(isNear(steps[1], [rate, rate]))
    #expect(isNear(steps[2], [rate, rate]))
    #expect(isNear(steps[3], [0, 0]))
  }

  // The first minutes of the window look back beyond its start.
  @Test("looks back before the window")
  func before() throws {
    let steps = try line(bad: [-30]).steps
    #expect(steps[0]?.high ?? 0 > 1.6 && steps[1]?.high == 0)
  }

  @Test("is unknown where nothing was counted, and for 100 %")
  func unknown() throws {
    let steps = try line(bad: [], minutes: 90..<120).steps
    #expect(steps.map { $0 == nil } == [true, true, true, false])
    #expect(try line(bad: [], minutes: -180 ..< -90).steps.allSatisfy { $0 == nil })
    let none = BurnLine(
      Tally(), over: .hours(1), threshold: 1, in: Window(start: start, end: start), steps: 2,
      target: try percent(100))
    #expect(none.steps.allSatisfy { $0 == nil })
  }
}
