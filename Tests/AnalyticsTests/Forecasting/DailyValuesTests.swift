import Analytics
import Testing

@Suite("Daily values")
struct DailyValuesTests {
  @Test("are sorted, and what is no size is counted and left out")
  func kept() throws {
    let values = try DailyValues(
      days: [5, 3, 4, 9, 8, 7], values: [50, 30, .nan, -1, .infinity, 70])
    #expect(values.days == [3, 5, 7])
    #expect(values.values == [30, 50, 70])
    #expect(values.notFinite == 2)
    #expect(values.negative == 1)
  }

  @Test("have one value a day")
  func twice() {
    #expect(throws: DailyValues.Failure.twoValues(day: 4)) {
      try DailyValues(days: [4, 3, 4], values: [1, 2, 1])
    }
  }
}
