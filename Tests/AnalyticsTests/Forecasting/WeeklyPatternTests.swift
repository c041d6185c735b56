import Testing

@testable import Analytics

@Suite("A weekly pattern")
struct WeeklyPatternTests {
  private func pattern(_ values: [Double], missing: (Int) -> Bool = { _ in false })
    -> WeeklyPattern?
  {
    let isPresent = values.indices.map { !missing($0) }
    return WeeklyPattern(values, isPresent: isPresent, count: isPresent.count { $0 })
  }

  // Two of seven days are 30 lower: the week's mean is 60/7 below the five, and 150/7 above the two. A slope is even about a day.
  @Test("is what was planted, on a slope too, with a mean of 0")
  func planted() throws {
    for slope in [0.0, 4] {
      let values = (0..<56).map { slope * Double($0) + ($0 % 7 >= 5 ? 470 : 500) }
      let found = try #require(pattern(values))
      for day in 0..<7 {
        let expected = day >= 5 ? -150.0 / 7 : 60.0 / 7
        #expect(abs(found.profile[day] - expected) < 1e-9)
      }
      #expect(abs(found.profile.reduce(0, +)) < 1e-9)
    }
  }

  @Test("is scaled as the values are")
  func scaled() throws {
    let found = try #require(pattern((0..<56).map { Double($0 % 7) }))
    // 0 … 6 less their mean of 3.
    #expect(found.scaled(by: 2).profile == [-6, -4, -2, 0, 2, 4, 6])
  }

  // A day of each week without a value leaves six of seven around the others, and no deviation of its own.
  @Test("needs 28 values, and three of each weekday")
  func few() {
    let values = (0..<70).map { Double($0 % 7) }
    #expect(pattern(Array(values[..<28])) != nil)
    #expect(pattern(Array(values[..<27])) == nil)
    #expect(pattern(values) { $0 % 7 == 2 } == nil)
    #expect(pattern(values) { $0 % 7 == 2 && $0 > 23 } != nil)
  }

  @Test("is none where it explains little, or there is nothing to explain")
  func none() throws {
    #expect(pattern(try ForecastSamples.noisy(200) { _ in 500 }.values) == nil)
    #expect(pattern([Double](repeating: 5, count: 56)) == nil)
  }
}
