import Analytics
import Testing

@Suite("Buckets")
struct BucketsTests {
  /// 5 up to 0.1, 2 up to 0.2, 4 up to 1, one beyond.
  private let classic: [(bound: Double, count: Double)] = [
    (0.1, 5), (0.2, 7), (1, 11), (.infinity, 12),
  ]

  // 0.5 · 12 = 6 is the first of two between 0.1 and 0.2; 0.25 · 12 = 3 of five between 0 and 0.1.
  @Test("have quantiles that are interpolated inside a bucket, from 0 in the lowest")
  func quantiles() throws {
    let buckets = try #require(Buckets(classic))
    #expect(abs(buckets.quantile(0.5) - 0.15) < 1e-12)
    #expect(abs(buckets.quantile(0.25) - 0.06) < 1e-12)
    #expect(buckets.quantile(1) == 1)
    #expect(buckets.quantile(-0.1) == -.infinity && buckets.quantile(1.1) == .infinity)
    #expect(buckets.quantile(.nan).isNaN)
  }

  // promtool 2.42 answers NaN to the quantile 0 of a histogram whose lowest bucket is empty.
  @Test("have no quantile without observations, with one bucket, or at 0 in an empty lowest one")
  func none() throws {
    #expect(try #require(Buckets([(1, 0), (.infinity, 0)])).quantile(0.5).isNaN)
    #expect(try #require(Buckets([(.infinity, 3)])).quantile(0.5).isNaN)
    #expect(try #require(Buckets([(1, 0), (2, 5), (.infinity, 5)])).quantile(0).isNaN)
    #expect(try #require(Buckets([(1, 0), (.infinity, 0)])).fraction(from: 0, to: 1).isNaN)
  }

  @Test("need one for +Inf; without it the total is not known")
  func infinite() {
    #expect(Buckets([]) == nil)
    #expect(Buckets([(0.1, 5), (0.2, 7)]) == nil)
    #expect(Buckets([(.nan, 5), (.infinity, 7)]) == Buckets([(.infinity, 7)]))
  }

  @Test("of equal bounds are added up, in any order, and falls are raised")
  func mended() {
    #expect(
      Buckets([(.infinity, 9), (1, 2), (0.5, 1), (1, 3)])
        == Buckets([(0.5, 1), (1, 5), (.infinity, 9)]))
    #expect(
      Buckets([(1, 20), (10, 10), (100, 50), (.infinity, 40)])
        == Buckets([(1, 20), (10, 20), (100, 50), (.infinity, 50)]))
    // A difference of 1e-13 of the count is rounding, one of 1e-11 is not.
    #expect(Buckets([(1, 1), (.infinity, 1 + 1e-13)]) == Buckets([(1, 1), (.infinity, 1)]))
    #expect(Buckets([(1, 1), (.infinity, 1 + 1e-11)]) != Buckets([(1, 1), (.infinity, 1)]))
  }

  @Test("whose lowest bound is not above 0 end there at the bottom")
  func negative() throws {
    let buckets = try #require(Buckets([(-1, 4), (1, 8), (.infinity, 8)]))
    #expect(buckets.quantile(0.1) == -1)
    #expect(buckets.quantile(0.75) == 0)
    // Nothing is interpolated below -1: all four are under it.
    #expect(buckets.fraction(from: -5, to: 0) == 0.25)
    #expect(buckets.fraction(from: -.infinity, to: 0) == 0.75)
  }

  // 7 of 12 up to 0.2; 5 and half of 2 up to 0.15; what lies beyond 1 counts only up to infinity.
  @Test("have shares between any two values")
  func fractions() throws {
    let buckets = try #require(Buckets(classic))
    #expect(buckets.fraction(from: 0, to: 0.2) == 7.0 / 12)
    #expect(abs(buckets.fraction(from: 0, to: 0.15) - 0.5) < 1e-12)
    #expect(buckets.fraction(from: 0, to: 50) == 11.0 / 12)
    #expect(buckets.fraction(from: 1, to: .infinity) == 1.0 / 12)
    #expect(buckets.fraction(from: 0.2, to: 0.2) == 0)
    #expect(buckets.fraction(from: .nan, to: 1).isNaN)
  }

  @Test("of exponential bounds are interpolated in the logarithm: halfway from 1 to 4 is 2")
  func exponential() throws {
    let buckets = try #require(
      Buckets([(1, 0), (4, 8), (.infinity, 8)], spread: .exponential))
    #expect(abs(buckets.quantile(0.5) - 2) < 1e-12)
    #expect(abs(buckets.fraction(from: 1, to: 2) - 0.5) < 1e-12)
    let mirrored = try #require(
      Buckets([(-4, 0), (-1, 8), (.infinity, 8)], spread: .exponential))
    #expect(abs(mirrored.quantile(0.5) + 2) < 1e-12)
  }

  // Half lie at or under 1, half above 4: seen from the top the median is 4.
  @Test("of exponential bounds are walked from the top from the median on")
  func gap() throws {
    let buckets = try #require(
      Buckets([(0.5, 0), (1, 5), (4, 5), (8, 10), (.infinity, 10)], spread: .exponential))
    #expect(buckets.quantile(0.5) == 4)
    #expect(buckets.quantile(0.499) < 1)
    #expect(buckets.quantile(0) == 0.5 && buckets.quantile(1) == 8)
  }

  @Test("give quantiles that never fall, and shares that undo them", arguments: [false, true])
  func law(isExponential: Bool) throws {
    let buckets = try #require(
      Buckets(
        [(0.5, 3), (1, 7), (2, 8), (4, 20), (.infinity, 20)],
        spread: isExponential ? .exponential : .linear))
    let shares = (1..<100).map { Double($0) / 100 }
    let values = shares.map(buckets.quantile)
    #expect(values == values.sorted())
    for (share, value) in zip(shares, values) {
      #expect(abs(buckets.fraction(from: -.infinity, to: value) - share) < 1e-9)
    }
  }

  // Of 12, 7 take up to 0.2 and 10 up to 0.8: (7 + 10) / 2 / 12.
  @Test("have the Apdex of a threshold")
  func apdex() throws {
    #expect(abs(try #require(Buckets(classic)).apdex(0.2) - 8.5 / 12) < 1e-12)
  }
}
