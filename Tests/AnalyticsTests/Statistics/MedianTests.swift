import Analytics
import TestSupport
import Testing

@Suite("A median")
struct MedianTests {
  @Test("is the middle one, or the mean of the two in the middle")
  func middle() {
    #expect(Median.of([]) == nil)
    #expect(Median.of([7]) == 7)
    #expect(Median.of([9, 1, 4]) == 4)
    #expect(Median.of([9, 1, 4, 6]) == 5)
  }

  @Test("is that of the sorted values, with ties too")
  func sorted() {
    var random = SeededGenerator(seed: 5)
    for count in 1..<200 {
      let values = (0..<count).map { _ in Double(Int.random(in: 0..<60, using: &random)) }
      let order = values.sorted()
      #expect(Median.of(values) == (order[(count - 1) / 2] + order[count / 2]) / 2)
    }
  }
}
