import Model
import TestSupport
import Testing

@testable import Analytics

@Suite("The usual time between readings")
struct LocalIntervalsTests {
  /// A series read after each of these steps in seconds, the first time at 0.
  private func read(_ steps: [Int64]) -> Series {
    var builder = CellBuilder()
    var time: Int64 = 0
    builder.add(0, at: 0)
    for (number, step) in steps.enumerated() {
      time += step
      builder.add(Double(number + 1), at: time * 1_000_000_000)
    }
    return Series(id: SeriesID(source: "m", name: "x"), kind: .samples, cells: builder.finish())
  }

  private func intervals(_ steps: [Int64]) -> LocalIntervals {
    LocalIntervals(of: read(steps).cells)
  }

  private func times(_ count: Int, _ step: Int64) -> [Int64] {
    Array(repeating: step, count: count)
  }

  @Test("is one stretch where the steps are equal, or differ by no more than a quarter")
  func equal() {
    #expect(
      intervals(times(30, 60)).stretches == [
        .init(start: Instant(seconds: 0), end: Instant(seconds: 1800), interval: .seconds(60))
      ])
    // 60 s, give or take 5.
    let shaky = intervals((0..<30).map { [60, 65, 55][$0 % 3] })
    #expect(shaky.stretches.map(\.interval) == [.seconds(60)])
    #expect(shaky.gaps.isEmpty)
    #expect(intervals([]).stretches.isEmpty && LocalIntervals(of: []).gaps.isEmpty)
  }

  // The first long step sees 10 of 60 s and 11 of 300 s (itself and the 10 after): the 11th of 21 is 300. The last short
  // one sees 11 of 60 s and 10 of 300 s: the 11th is 60.
  @Test(
    "changes exactly where the steps change, in either direction",
    arguments: [(Int64(60), Int64(300)), (300, 60), (15, 60), (60, 15), (60, 3600), (5, 7200)])
  func change(before: Int64, after: Int64) {
    let found = intervals(times(40, before) + times(40, after))
    let middle = Instant(seconds: 40 * before)
    #expect(
      found.stretches == [
        .init(start: Instant(seconds: 0), end: middle, interval: .seconds(before)),
        .init(start: middle, end: middle + .seconds(40 * after), interval: .seconds(after)),
      ])
    #expect(found.gaps.isEmpty)
    #expect(found.interval(at: middle - .seconds(1)) == .seconds(before))
    #expect(found.interval(at: middle) == .seconds(after))
    #expect(found.interval(at: Instant(seconds: -5)) == .seconds(before))
    #expect(found.interval(at: Instant(seconds: 1_000_000_000)) == .seconds(after))
  }

  // The last of k long steps at the end sees the 10 before it: k of 300 s and 11 - k of 60 s, of which the 6th counts:
  // from k = 6 on it is 300. The first one sees 10 of 60 s and k of 300 s: 300 is the lower median from k = 11 on.
  @Test("takes longer steps at the end for gaps until there are enough of them")
  func newInterval() {
    func gaps(_ count: Int) -> Int { intervals(times(30, 60) + times(count, 300)).gaps.count }
    #expect((1...5).map(gaps) == [1, 2, 3, 4, 5])
    #expect(gaps(6) == 5)
    #expect(gaps(11) == 0)
  }

  @Test(
    "names a gap with the interval there: 2 steps are none, 3 are one, in which 2 readings are missing"
  )
  func gap() {
    #expect(intervals(times(15, 60) + [120] + times(15, 60)).gaps.isEmpty)
    let found = intervals(times(15, 60) + [180] + times(15, 60))
    #expect(found.gaps == [.init(window: span(900, 1080), interval: .seconds(60))])
    #expect(found.gaps.first?.missing == 2)
    #expect(found.stretches.count == 1)
    // In the slow stretch the same 180 s are nothing, and 900 s are a gap of 2 readings.
    let slow = intervals(times(20, 60) + times(20, 300) + [900] + times(20, 300))
    #expect(slow.gaps == [.init(window: span(7200, 8100), interval: .seconds(300))])
    #expect(slow.gaps.first?.missing == 2)
  }

  // Minutes hold four readings of 15 s, then one: the steps inside of a cell are (last - first) / (count - 1).
  @Test("takes a minute with several readings as that many steps")
  func cells() {
    let found = intervals(times(160, 15) + times(40, 60))
    #expect(found.stretches.map(\.interval) == [.seconds(15), .seconds(60)])
    #expect(found.stretches.last?.start == Instant(seconds: 2400))
    #expect(found.gaps.isEmpty)
    // A day of 60 s as one cell, and a day of 300 s.
    let days = [(Int64(0), Int64(60)), (86_400, 300)].map { start, step in
      var cell = Cell(minute: start / 60)
      var time = start + step
      while time <= start + 86_400 {
        cell.add(Double(time), at: time * 1_000_000_000)
        time += step
      }
      return cell
    }
    let joined = LocalIntervals(of: days)
    #expect(joined.stretches.map(\.interval) == [.seconds(60), .seconds(300)])
    #expect(joined.gaps.isEmpty)
  }

  @Test("at the first and the last step needs no more than their neighbours")
  func ends() {
    let cells = read(times(30, 60) + times(30, 300)).cells
    #expect(LocalIntervals.first(of: cells) == .seconds(60))
    #expect(LocalIntervals.first(of: read([]).cells) == nil)
  }

  // The 40th step sees 11 of 60 s and 10 of 300 s, the 41st one of 60 s less.
  @Test("at a single cell is that of the step to it")
  func atOne() {
    func interval(_ cells: [Cell], _ place: Int) -> Int64? {
      cells.withUnsafeBufferPointer { LocalIntervals.interval(of: $0, at: place) }
        .map { $0 / 1_000_000_000 }
    }
    let cells = read(times(40, 60) + times(40, 300)).cells
    #expect([0, 40, 41, 80].map { interval(cells, $0) } == [60, 60, 300, 300])
    // Four readings a minute: each cell holds three steps of 15 s.
    let often = read(times(80, 15)).cells
    #expect(often.indices.allSatisfy { interval(often, $0) == 15 })
    #expect(interval(read([]).cells, 0) == nil)
  }

  // Steps of 1 to 50 s: each against the lower median of its 21 neighbours, worked out by sorting.
  @Test("is the lower median of 21 steps, whatever they are")
  func law() {
    var random = SeededGenerator(seed: 12)
    for _ in 0..<30 {
      let count = Int.random(in: 1...90, using: &random)
      let steps = (0..<count).map { _ in Int64.random(in: 1...50, using: &random) }
      var time: Int64 = 0
      let parts = steps.map { length -> LocalIntervals.Step in
        time += length
        return LocalIntervals.Step(
          start: time - length, end: time, length: length, isInside: false)
      }
      let expected = parts.indices.filter { index in
        let near = parts[max(0, index - 10)...min(count - 1, index + 10)].map(\.length).sorted()
        let usual = near[(near.count - 1) / 2]
        return parts[index].length > usual + usual + usual / 2
      }
      let found = LocalIntervals(parts, atMost: .max)
      #expect(found.gaps.map(\.window.start.nanoseconds) == expected.map { parts[$0].start })
    }
  }
}
