import TestSupport
import Testing

@testable import Ingest

@Suite("The nearest double")
struct NearestDoubleTests {
  // The standard library parses text with correct rounding.
  @Test("is that of the standard library, for 200,000 random numbers of up to 19 digits")
  func agrees() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<200_000 {
      let bits = UInt64.random(in: 1...63, using: &generator)
      let digits = UInt64.random(in: 0..<1 << bits, using: &generator)
      let places = Int.random(in: 0...27, using: &generator)
      #expect(NearestDouble.of(digits, places: places) == Double("\(digits)e-\(places)"))
    }
  }

  // 2^53 + 1 and its neighbours over powers of two lie right between two doubles.
  @Test("is the even one where a number lies in the middle")
  func ties() {
    for odd in stride(from: UInt64(9_007_199_254_740_993), through: 9_007_199_254_741_093, by: 2) {
      for (factor, places) in [(UInt64(1), 0), (5, 1), (25, 2), (125, 3), (625, 4)] {
        let digits = odd * factor
        for near in [digits - 1, digits, digits + 1] {
          #expect(NearestDouble.of(near, places: places) == Double("\(near)e-\(places)"))
        }
      }
    }
  }

  @Test("is left to others beyond 27 places, and for whole numbers too long")
  func limits() {
    #expect(NearestDouble.of(1, places: 28) == nil)
    #expect(NearestDouble.of(1, places: -1) == nil)
    #expect(NearestDouble.of(0, places: 3) == 0)
    #expect(NearestDouble.of(.max, places: 0) == 18_446_744_073_709_551_616)
  }
}
