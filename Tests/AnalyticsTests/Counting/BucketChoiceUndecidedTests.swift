import Model
import Testing

@testable import Analytics

@Suite("Events that no bucket at or under the bound tells")
struct BucketChoiceUndecidedTests {
  private func undecided(
    _ buckets: [(bound: Double, values: [Double?])]
  ) -> [Int64: [Double]] {
    let buckets = buckets.map { bound, values in
      BucketChoice.Bucket(
        bound: bound, series: samples(values, "d_bucket", [Label("le", "\(bound)")]))
    }
    let totals = buckets.filter { $0.bound == .infinity }.map(\.series)
    let choice = BucketChoice(buckets, atMost: 0.5, totals: totals, in: -1...9)
    return Dictionary(
      uniqueKeysWithValues: choice.undecided.filter { $0.amount > 0 }
        .map { ($0.minute, [$0.bound, $0.amount]) })
  }

  // Of 10 events 3 took up to a second; the other 7 are slower.
  @Test("are those of the smallest bucket above it: 3")
  func smallest() {
    #expect(
      undecided([(1, [0, 3]), (5, [0, 9]), (.infinity, [0, 10])]) == [0: [1, 3]])
  }

  // Up to minute 2 there is a bucket at the bound; then 6, 4 and 2 of a second.
  @Test("are those of the minutes without such a bucket")
  func later() {
    #expect(
      undecided([
        (0.5, [0, 9, 18, nil, nil, nil]), (1, [0, 9, 18, 24, 28, 30]),
        (.infinity, [0, 10, 20, 30, 35, 40]),
      ]) == [2: [1, 6], 3: [1, 4], 4: [1, 2]])
  }

  @Test("are none where that bucket is empty, or one tells")
  func decided() {
    #expect(undecided([(1, [0, 0, 0]), (.infinity, [0, 10, 12])]).isEmpty)
    #expect(undecided([(0.5, [0, 3]), (1, [0, 4]), (.infinity, [0, 10])]).isEmpty)
  }
}
