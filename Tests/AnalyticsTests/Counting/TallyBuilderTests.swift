import Model
import Testing

@testable import Analytics

@Suite("Adding up a tally")
struct TallyBuilderTests {
  @Test("does not depend on the order of arrival")
  func anyOrder() {
    let parts: [(Int64, Int64, Int64)] = [(1, 1, 0), (2, 2, 5), (1, 0, 3), (1, 1, 1)]
    var (one, other) = (TallyBuilder(span: span(0, 300)), TallyBuilder(span: span(0, 300)))
    for (minute, good, total) in parts { one.add(good: good, total: total, at: minute) }
    for (minute, good, total) in parts.reversed() {
      other.add(good: good, total: total, at: minute)
    }
    #expect(one.finish() == other.finish())
    #expect(one.finish() == Tally(minutes: [1, 2], good: [2, 2], total: [4, 5]))
  }

  @Test("drops what lies outside of the span")
  func outside() {
    var builder = TallyBuilder(span: span(60, 120))
    for minute in [.min, -1, 0, 1, 2, 3, .max] as [Int64] {
      builder.add(good: 1, total: 1, at: minute)
    }
    // Minute 2 starts at the span's end; a window inside the span does not hold it.
    #expect(builder.finish().minutes == [1, 2])
    #expect(builder.finish().counts(in: span(60, 120)).total == 1)
  }

  @Test("books time to the minutes it lies in: 30 s to 150 s is 30 + 60 + 30")
  func time() {
    var builder = TallyBuilder(span: span(0, 300))
    builder.add(WindowSet([span(30, 150)]), isGood: false)
    builder.add(WindowSet([span(60, 90)]), isGood: true)
    let second: Int64 = 1_000_000_000
    #expect(
      builder.finish()
        == Tally(
          minutes: [0, 1, 2], good: [0, 30 * second, 0],
          total: [30 * second, 60 * second, 30 * second]))
  }

  @Test("stops at the largest count")
  func overflow() {
    var builder = TallyBuilder(span: span(0, 60))
    builder.add(good: .max, total: .max, at: 0)
    builder.add(good: 1, total: 1, at: 0)
    #expect(builder.finish().counts(at: 0..<1) == EventCounts(good: .max, total: .max))
    #expect(Int64.min.addingClamped(-1) == .min)
    #expect(Int64.max.addingClamped(-1) == .max - 1)
  }

  @Test("is empty for an empty span")
  func empty() {
    #expect(TallyBuilder(span: span(0, 0)).finish() == Tally())
  }
}
