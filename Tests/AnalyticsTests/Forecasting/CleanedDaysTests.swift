import Testing

@testable import Analytics

@Suite("Cleaned days")
struct CleanedDaysTests {
  // 10, 12, … 88: median 49, the farthest 39 away: scale 32.
  @Test("are about their median, by a power of two")
  func scaled() throws {
    let input = try ForecastSamples.days(40) { 10 + 2 * Double($0) }
    let days = CleanedDays(input)
    #expect(days.centre == 49)
    #expect(days.scale == 32)
    #expect(days.values == input.values.map { ($0 - 49) / 32 })
    #expect(days.valueCount == 40)
    #expect(days.pattern == nil && days.outliers == [] && days.jumps == [])
  }

  @Test("have a place for each day from the first value to the last, and at most 400")
  func places() throws {
    let gaps = CleanedDays(try DailyValues(days: [1003, 1000, 1001], values: [3, 0, 3]))
    #expect(gaps.firstDay == 1000)
    #expect(gaps.isPresent == [true, true, false, true])
    #expect(gaps.values[2] == 0)
    let long = CleanedDays(try ForecastSamples.days(500) { _ in 7 })
    #expect(long.firstDay == 100)
    #expect(long.count == 400)
    #expect(long.scale == 1)
  }

  @Test("have lost their weekly pattern")
  func weekly() throws {
    let days = CleanedDays(
      try ForecastSamples.days(70) { Double($0 % 7 >= 5 ? 70 + $0 : 100 + $0) })
    #expect(days.pattern != nil)
    for (value, next) in zip(days.values, days.values.dropFirst()) {
      #expect(abs((next - value) * days.scale - 1) < 1e-9)
    }
  }

  @Test("have lost an outlier day")
  func outlier() throws {
    let days = CleanedDays(try ForecastSamples.noisy(100) { $0 == 50 ? 900 : 500 })
    #expect(days.outliers == [50])
    #expect(!days.isPresent[50])
    #expect(days.values[50] == 0)
    #expect(days.valueCount == 99)
    #expect(days.jumps == [])
  }

  @Test("know a jump that is less than 14 days or 12 values old")
  func settled() throws {
    func jumped(_ count: Int) throws -> CleanedDays {
      CleanedDays(try ForecastSamples.noisy(count) { $0 >= 100 ? 900 : 500 })
    }
    #expect(try jumped(113).jumps == [100])
    #expect(try jumped(113).hasRecentJump)
    #expect(try !jumped(114).hasRecentJump)
    // Every other day from the jump on: the twelfth value is that of day 122.
    let all = try ForecastSamples.noisy(140) { $0 >= 100 ? 900 : 500 }
    let kept = all.days.filter { $0 < 100 || $0 % 2 == 0 }
    let sparse = CleanedDays(try DailyValues(days: kept, values: kept.map { all.values[$0] }))
    #expect(sparse.jumps == [100])
    #expect(!sparse.isSettled(100, at: 122))
    #expect(sparse.isSettled(100, at: 123))
  }
}
