import Model
import Testing

@testable import Analytics

@Suite("A caveat")
struct CaveatTests {
  @Test("is of a short history alone where history is too short to judge")
  func youth() {
    #expect(Caveat.history(.days(3), needed: .days(14)).isYouth)
    let since = Instant(seconds: 0)
    #expect(!Caveat.youngHistory(.days(20), of: .days(28), since: since).isYouth)
    #expect(!Caveat.noData.isYouth)
  }

  @Test("reassures where it says how much may have happened unseen")
  func reassurance() {
    #expect(Caveat.unseen(5).isReassurance)
    #expect(!Caveat.rejected(5).isReassurance)
  }
}
