import Foundation
import Model
import TestSupport
import Testing

@testable import Analytics

@Suite("Two origins in one series")
struct MixedOriginsTests {
  private static let day = Window(
    start: Instant(seconds: 1_791_763_200), end: Instant(seconds: 1_791_849_600))

  /// Readings every so many seconds from the day's start on, as minute cells.
  private static func cells(every interval: Int64, _ values: [Double]) -> [Cell] {
    var builder = CellBuilder()
    for (place, value) in values.enumerated() {
      builder.add(value, at: (day.start + .seconds(interval * Int64(place + 1))).nanoseconds)
    }
    return builder.finish()
  }

  /// Counters of several instances, read one after the other in the same order.
  private static func instances(
    _ count: Int, every interval: Int64, rate: Double, from level: Double, seed: UInt64
  ) -> [Double] {
    var generator = SeededGenerator(seed: seed)
    var counters = (0..<count).map { _ in
      (level * Double.random(in: 0...1, using: &generator)).rounded()
    }
    let speeds = (0..<count).map { _ in rate * Double.random(in: 0.5...1.5, using: &generator) }
    var values: [Double] = []
    let number = Int(86_400 / interval)
    while values.count < number {
      for place in 0..<count {
        counters[place] +=
          (speeds[place] * Double(interval) * Double.random(in: 0...2, using: &generator))
          .rounded()
        values.append(counters[place])
      }
    }
    return Array(values.prefix(number))
  }

  /// A counter whose process starts from zero again and again.
  private static func crashing(
    every interval: Int64, life: Double, rate: Double, isRegular: Bool, seed: UInt64
  ) -> [Double] {
    var generator = SeededGenerator(seed: seed)
    func next() -> Double {
      isRegular
        ? life * Double.random(in: 0.9...1.1, using: &generator)
        : -life * log(1 - Double.random(in: 0..<1, using: &generator))
    }
    var (values, value, began, length, last): ([Double], Double, Double, Double, Double) =
      ([], 0, 0, next(), 0)
    for place in 1...Int(86_400 / interval) {
      let now = Double(interval * Int64(place))
      while began + length <= now {
        (began, length, value, last) = (began + length, next(), 0, began + length)
      }
      value += (rate * (now - last) * Double.random(in: 0...2, using: &generator)).rounded()
      last = now
      values.append(value)
    }
    return values
  }

  @Test(
    "is found, however many instances there are", arguments: [2, 3, 10],
    [15, 60, 300, 600] as [Int64])
  func isFound(count: Int, interval: Int64) {
    for seed in 1...UInt64(tries(1, long: 3)) {
      for (rate, level) in [(0.05, 0), (0.05, 1e6), (20, 0), (20, 1e6)] {
        let values = MixedOriginsTests.instances(
          count, every: interval, rate: rate, from: level, seed: seed)
        let cells = MixedOriginsTests.cells(every: interval, values)
        // Counters that start together and rise alike may never fall where they are read by turns.
        guard CounterIncrease.resets(of: cells) > 12 else { continue }
        #expect(
          MixedOrigins.areIn(cells, window: MixedOriginsTests.day),
          "\(rate) \(level) \(seed) \(values.prefix(30))")
      }
    }
  }

  @Test(
    "is not seen in one counter whose process restarts again and again",
    arguments: [20, 45, 90, 130, 300, 700, 1300, 3600, 21_600] as [Double],
    [15, 60, 300, 600] as [Int64])
  func isNotSeen(life: Double, interval: Int64) {
    for seed in 1...UInt64(tries(1, long: 3)) {
      for rate in [0.003, 0.05, 1, 50] {
        for isRegular in [true, false] {
          let values = MixedOriginsTests.crashing(
            every: interval, life: life, rate: rate, isRegular: isRegular, seed: seed)
          #expect(
            !MixedOrigins.areIn(
              MixedOriginsTests.cells(every: interval, values), window: MixedOriginsTests.day),
            "\(rate) \(isRegular) \(seed) \(values.prefix(30))")
        }
      }
    }
  }

  // Web1 rises from 0, web2 from 700,000, by 75 and 50 at each reading; 289 readings by turns, one each 5 minutes.
  @Test(
    "is found in a day of two instances, but not outside of the window, and not in either alone")
  func twoInstances() {
    let values = (0..<288).map { (index: Int) -> Double in
      let step = index / 2
      return index % 2 == 0 ? Double(step * 75) : Double(700_000 + step * 50)
    }
    let day = MixedOriginsTests.day
    let cells = MixedOriginsTests.cells(every: 300, values)
    #expect(MixedOrigins.areIn(cells, window: day))
    #expect(!MixedOrigins.areIn(cells, window: Window(start: day.end, end: day.end + .days(1))))
    for part in 0...1 {
      let alone = values.indices.filter { $0 % 2 == part }.map { values[$0] }
      #expect(
        !MixedOrigins.areIn(MixedOriginsTests.cells(every: 600, alone), window: day))
    }
  }

  @Test("is found where it lasts for hours in a month without it")
  func hoursInAMonth() {
    let start = MixedOriginsTests.day.start - .days(29)
    var (builder, own, other) = (CellBuilder(), 0.0, 5_000.0)
    for minute in 1...(30 * 1440) as ClosedRange<Int64> {
      own += 2
      other += 1
      let isMixed = (20_000..<20_600).contains(minute) && minute % 2 == 0
      builder.add(isMixed ? other : own, at: (start + .minutes(minute)).nanoseconds)
    }
    #expect(
      MixedOrigins.areIn(
        builder.finish(), window: Window(start: start, end: MixedOriginsTests.day.end)))
  }
}
