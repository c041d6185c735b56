import Analytics
import Model
import Testing

@Suite("The median with open lengths")
struct SurvivalMedianTests {
  private func median(_ ended: [Int64], open: [Int64] = []) -> Int64? {
    SurvivalMedian(ended: ended.map { .seconds($0) }, open: open.map { .seconds($0) })
      .length.map { $0.nanoseconds / 1_000_000_000 }
  }

  @Test("is the one in the middle when all have ended, of two the lower")
  func ended() {
    #expect(median([30, 10, 20]) == 20)
    #expect(median([10, 20, 30, 40]) == 20)
    #expect(median([5]) == 5)
    #expect(median([7, 7, 7, 9]) == 7)
    // 9998 ties aside, 1 … 9999: the product of 5000 shares is exactly where it should be.
    #expect(median(Array(1...9999)) == 5000)
    #expect(median(Array(1...10_000)) == 5000)
  }

  // 6 ended at 1, 3, 4 s, open at 2, 4, 5 s. S(1) = 5/6; at 3 s four last: 5/6 * 3/4 = 0.625; at 4 s three last, the one
  // open at 4 s among them: 0.625 * 2/3 = 0.4167.
  @Test("counts open ones as long as they have lasted")
  func censored() {
    #expect(median([1, 3, 4], open: [2, 4, 5]) == 4)
    // Without the open ones it would be 3.
    #expect(median([1, 3, 4]) == 3)
  }

  // Kaplan and Meier (1958), the example of eight items: deaths at 0.8, 3.1, 5.4, 9.2 months, losses at 1.0, 2.7, 7.0,
  // 12.1. S is 7/8 = 0.875, then 0.875 * 4/5 = 0.7, 0.7 * 3/4 = 0.525 and 0.525 * 1/2 = 0.2625.
  @Test("agrees with the example of the paper")
  func paper() {
    #expect(median([8, 31, 54, 92], open: [10, 27, 70, 121]) == 92)
  }

  @Test("is not known where more than half outlast what is known, or nothing has ended")
  func unknown() {
    #expect(median([1], open: [5, 5]) == nil)
    #expect(median([], open: [5]) == nil)
    #expect(median([]) == nil)
    // Exactly half is known.
    #expect(median([1], open: [5]) == 1)
  }
}
