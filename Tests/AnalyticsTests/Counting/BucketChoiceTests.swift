import Model
import TestSupport
import Testing

@testable import Analytics

@Suite("The choice of a bucket")
struct BucketChoiceTests {
  private func bucket(_ bound: Double, _ values: [Double?], every: Int64 = 60)
    -> BucketChoice.Bucket
  {
    .init(
      bound: bound, series: samples(values, "d_bucket", [Label("le", "\(bound)")], every: every))
  }

  /// What the steps under a limit add up to, minute by minute.
  private func chosen(_ buckets: [BucketChoice.Bucket], atMost limit: Double) throws -> (
    counts: [Int64: Double], bounds: Set<Double>
  ) {
    let totals = buckets.filter { $0.bound == .infinity }.map(\.series)
    let minutes = totals.flatMap(\.cells).map(\.minute)
    let (first, last) = (try #require(minutes.min()), try #require(minutes.max()))
    let choice = BucketChoice(buckets, atMost: limit, totals: totals, in: first...last)
    var counts: [Int64: Double] = [:]
    for series in choice.good {
      for step in CounterIncrease.steps(of: series.cells) {
        counts[step.minute, default: 0] += step.amount
      }
    }
    return (counts.filter { $0.value != 0 }, choice.bounds)
  }

  // A bucket from 0.25 to 0.5 holds something in the first and the third stretch; the second has none that ends between
  // 0.1 and 1, and its lower end at 0.5 tells that nothing lies between.
  @Test("bridges a stretch in which the bound is missing: 3 + 4, each in its minute")
  func missing() throws {
    let none: [Double?] = [nil, nil, nil]
    let buckets = [
      bucket(0.1, [2, 3, 5, 5, 6, 7, 8, 8, 8]), bucket(0.25, [2, 3, 5] + none + [8, 8, 8]),
      bucket(0.5, [2, 3, 5, 5, 6, 7, 8, 9, 12]), bucket(1, [5, 6, 8, 8, 9, 10, 11, 12, 15]),
      bucket(.infinity, [5, 6, 8, 8, 9, 10, 11, 12, 15]),
    ]
    let all = try chosen(buckets, atMost: 0.5)
    #expect(all.counts == [0: 1, 1: 2, 3: 1, 4: 1, 5: 1, 6: 1, 7: 3])
    #expect(all.bounds == [0.5])
    let low = try chosen(buckets, atMost: 0.3)
    #expect(low.counts == [0: 1, 1: 2, 3: 1, 4: 1, 5: 1])
    #expect(low.bounds == [0.25])
  }

  @Test("counts the first event of a bucket that appears between two files")
  func appearing() throws {
    // Of 9 at the third reading 2 lie between 1 and 2, where there were none: below 4 lay as many as below 1.
    let buckets = [
      bucket(1, [4, 5, 7, 7]), bucket(2, [nil, nil, 9, 10]), bucket(4, [4, 5, 9, 10]),
      bucket(8, [6, 8, 12, 14]), bucket(.infinity, [6, 8, 12, 14]),
    ]
    #expect(try chosen(buckets, atMost: 2).counts == [0: 1, 1: 4, 2: 1])
  }

  @Test("without a count that both sides share takes the least that is certain")
  func leastCertain() throws {
    // At most 6 lay under 2 before, and 9 do after; under 1 lie 2 more.
    let some = [bucket(1, [5, 7]), bucket(2, [nil, 9]), bucket(4, [6, 12])]
    #expect(try chosen(some + [bucket(.infinity, [8, 14])], atMost: 2).counts == [0: 3])
    let other = [bucket(1, [5, nil]), bucket(2, [nil, 9]), bucket(.infinity, [20, 24])]
    #expect(try chosen(other, atMost: 2).counts == [:])
  }

  @Test("takes a restart at a change of bounds for one: all 3 since then count")
  func restart() throws {
    let buckets = [
      bucket(0.5, [80, 90, nil, nil]), bucket(0.3, [nil, nil, 3, 5]),
      bucket(.infinity, [100, 110, 4, 6]),
    ]
    #expect(try chosen(buckets, atMost: 0.5).counts == [0: 10, 1: 3, 2: 2])
  }

  @Test("takes one missed reading for no change of bounds")
  func hole() throws {
    let buckets = [
      bucket(0.3, [1, 2, 3, 4]), bucket(0.5, [2, nil, 9, 12]), bucket(.infinity, [9, 19, 29, 39]),
    ]
    let found = try chosen(buckets, atMost: 0.5)
    #expect(found.counts == [1: 7, 2: 3])
    #expect(found.bounds == [0.5])
  }

  /// Events in buckets of powers of two, kept as the blocks of Prometheus keep them.
  private struct Process {
    /// By the exponent of the bucket's upper bound.
    var counts: [Int: Double] = [:]

    func count(atMost bound: Double) -> Double {
      counts.reduce(0) {
        $0 + (Double(sign: .plus, exponent: $1.key, significand: 1) <= bound ? $1.value : 0)
      }
    }

    var bounds: Set<Double> {
      Set(
        counts.keys.flatMap { [$0 - 1, $0] }.map {
          .init(sign: .plus, exponent: $0, significand: 1)
        })
    }
  }

  @Test(
    "of native histograms counts every event in its minute, whichever buckets each block has",
    arguments: 0..<40)
  func native(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let (blocks, perBlock) = (6, 40)
    var process = Process()
    var states: [Process] = []
    var truth: [Int64: Double] = [:]
    for index in 0..<(blocks * perBlock) {
      let before = process
      // A restart, but not between the readings of the minute in which a block ends.
      let isRestart =
        index % perBlock > 4 && index % perBlock < 34 && Int.random(in: 0..<50, using: &random) == 0
      if isRestart { process = Process() }
      if Int.random(in: 0..<3, using: &random) == 0 {
        process.counts[Int.random(in: -3...4, using: &random), default: 0] += 1
      }
      let all = (before.count(atMost: .infinity), process.count(atMost: .infinity))
      // One that the count does not show is none.
      if isRestart, all.1 >= all.0 || before.count(atMost: 2) <= process.count(atMost: 2) {
        process = before
      }
      let isVisible = process.count(atMost: .infinity) < all.0
      states.append(process)
      guard index > 0 else { continue }
      let step = process.count(atMost: 2) - (isVisible ? 0 : before.count(atMost: 2))
      if step != 0 {
        truth[Cell.minute(ofSample: Int64(index) * 15_000_000_000), default: 0] += step
      }
    }
    var values: [Double: [Double?]] = [:]
    for block in 0..<blocks {
      let inside = block * perBlock..<(block + 1) * perBlock
      var bounds: Set<Double> = [0, .infinity]
      for state in states[inside] { bounds.formUnion(state.bounds) }
      for bound in bounds {
        var column = values[bound] ?? Array(repeating: nil, count: states.count)
        for index in inside { column[index] = states[index].count(atMost: bound) }
        values[bound] = column
      }
    }
    let buckets = values.map { bucket($0.key, $0.value, every: 15) }
    #expect(try chosen(buckets, atMost: 3).counts == truth)
    #expect(try chosen(buckets, atMost: 2).counts == truth)
  }
}
