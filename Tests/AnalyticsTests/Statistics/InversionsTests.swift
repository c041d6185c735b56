@testable import Analytics
import TestSupport
import Testing

@Suite("Inversions")
struct InversionsTests {
  // 3 is in front of 1 and 2, and 2 of 1 once each: (3,1), (3,2), (5,2), and none of the equal 3s.
  @Test("are pairs of which the earlier is larger; equal ones are none")
  func hand() {
    var keys: [Double] = [3, 1, 3, 5, 2]
    var scratch = keys
    // (3,1), (3,2), (3,2), (5,2).
    #expect(Inversions.count(&keys, &scratch) == 4)
    #expect(keys == [1, 2, 3, 3, 5])
  }

  @Test("are counted as by comparing all pairs, for every length")
  func all() {
    var random = SeededGenerator(seed: 8)
    for count in 0..<120 {
      var keys = (0..<count).map { _ in Double(Int.random(in: 0..<40, using: &random)) }
      var expected = 0
      for later in keys.indices {
        for earlier in 0..<later where keys[earlier] > keys[later] { expected += 1 }
      }
      var scratch = keys
      let sorted = keys.sorted()
      #expect(Inversions.count(&keys, &scratch) == expected)
      #expect(keys == sorted)
    }
  }
}
