import Analytics
import Foundation
import Model
import Testing

@testable import Reports

@Suite("Caveats of series that end and begin")
struct CaveatFactsLivesTests {
  private static let at = Instant(seconds: 1_792_400_400)  // 2026-10-19 09:00 UTC

  static let caveats: [(Caveat, String)] = [
    (
      .ended(.badSeries, "x{code=\"failed\"}", at: at, series: 1),
      "x{code=\"failed\"} ended Mon 19 Oct 09:00, while its target goes on: bad events since then would not be seen"
    ),
    (
      .ended(.successor("{pod=\"b\"}"), "{pod=\"a\"}", at: at, series: 6),
      "6 series ended, the last ({pod=\"a\"}) Mon 19 Oct 09:00, replaced by {pod=\"b\"}"
    ),
    (
      .appeared(.implausible, "x{code=\"failed\"}", at: at, series: 1, events: 5000),
      "x{code=\"failed\"} appeared Mon 19 Oct 09:00 with 5000 bad events at once, which are counted, but may be older"
    ),
    (
      .unseen(120),
      "what may have happened unseen since, about 120 events, would not close the gate if all of it were bad"
    ),
  ]

  @Test("are worded", arguments: caveats)
  func words(caveat: Caveat, text: String) {
    #expect(Wording.plain(Wording.caveat(CaveatFacts(caveat), in: .utc)) == text)
  }

  @Test("come back from JSON as they were")
  func coding() throws {
    let reasons: [SeriesLives.End.Reason] = [
      .restart, .renamed(to: "y"), .expires, .copy("c"), .successor("s"), .harmless, .badSeries,
      .failing, .traffic, .silent,
    ]
    let countings: [SeriesLives.Birth.Counting] = [.implausible, .leftOut, .renamed(from: "x")]
    let caveats =
      reasons.map { Caveat.ended($0, "n", at: Self.at, series: 3) }
      + countings.map { Caveat.appeared($0, "n", at: Self.at, series: 2, events: 7) }
      + [.unseen(9)]
    for caveat in caveats {
      let data = try JSONEncoder().encode(CaveatFacts(caveat))
      #expect(try JSONDecoder().decode(CaveatFacts.self, from: data).caveat == caveat)
    }
  }
}
