import Analytics
import Foundation
import Model
import Testing

@testable import Reports

@Suite("Caveats of series that end and begin")
struct CaveatFactsLivesTests {
  private static let at = Instant(seconds: 1_792_400_400)  // 2026-10-19 09:00 UTC

  @Test("come back from JSON as they were")
  func coding() throws {
    let caveats =
      WordingLivesTests.ends.map { Caveat.ended($0.0, "n", at: Self.at, series: 3) }
      + WordingLivesTests.births.map {
        Caveat.appeared($0.0, "n", at: Self.at, series: 2, events: 7)
      }
    for caveat in caveats {
      let data = try JSONEncoder().encode(CaveatFacts(caveat))
      #expect(try JSONDecoder().decode(CaveatFacts.self, from: data).caveat == caveat)
    }
  }
}
