import Analytics
import Model
import Testing

@Suite("Lengths of time")
struct LengthSummaryTests {
  private func summary(_ seconds: [Int64]) -> LengthSummary? {
    LengthSummary(seconds.map { .seconds($0) })
  }

  @Test("are summed up: 10, 20, 40, 80 s have the mean 37.5 and the median 30")
  func worked() throws {
    let found = try #require(summary([40, 10, 80, 20]))
    #expect(found.count == 4 && found.total == .seconds(150))
    #expect(found.shortest == .seconds(10) && found.longest == .seconds(80))
    #expect(found.mean == 37.5 && found.median == 30)
    // Rank 0.9 * 3 = 2.7: 40 + 0.7 * 40.
    #expect(found.p90 == 68)
  }

  @Test("of one are that one, of none nothing")
  func few() throws {
    let one = try #require(summary([7]))
    #expect(one.mean == 7 && one.median == 7 && one.p90 == 7)
    #expect(summary([]) == nil)
  }

  // numpy.quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 0.9) is 10.0; of 1 … 6 it is 5.5, the median 3.5.
  @Test("have the quantiles that NumPy finds")
  func quantiles() throws {
    #expect(try #require(summary(Array(1...11))).p90 == 10)
    let six = try #require(summary(Array(1...6)))
    #expect(six.p90 == 5.5 && six.median == 3.5)
  }

  @Test("do not overflow: three of 292 years have their mean")
  func long() throws {
    let long = Duration.nanoseconds(Int64.max)
    let found = try #require(LengthSummary([long, long, long]))
    #expect(abs(found.mean / 9_223_372_036.854776 - 1) < 1e-12)
    #expect(found.total == long)
  }
}
