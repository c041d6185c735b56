import Analytics
import FoundationEssentials
import Model
import Testing

@testable import Reports

@Suite("Caveats in JSON")
struct CaveatFactsTests {
  @Test("come back as they were", arguments: WordingCaveatsTests.all.map(\.0))
  func roundTrip(caveat: Caveat) throws {
    let facts = CaveatFacts(caveat)
    let back = try JSONDecoder().decode(CaveatFacts.self, from: try JSONEncoder().encode(facts))
    #expect(back == facts)
  }

  @Test("a source that failed, as earlier releases stored it, can be read")
  func earlier() throws {
    let facts = try JSONDecoder().decode(
      CaveatFacts.self, from: Data(#"{"kind": "sourceFailed"}"#.utf8))
    #expect(facts == CaveatFacts(.sourceFailed("", others: 0)))
  }

  @Test(
    "what is not one of them is an error",
    arguments: [
      "{}", #"{"kind": "surprise"}"#, #"{"kind": "rejected"}"#, #"{"kind": "ended"}"#,
      #"{"kind": "coverage", "have": 1e300, "need": 1}"#,
      #"{"kind": "ended", "life": {"word": "fallen", "name": "x", "at": "2026-10-19T00:00:00Z", "series": 1}}"#,
      #"{"kind": "appeared", "life": {"word": "copy", "name": "x", "at": "2026-10-19T00:00:00Z", "series": 1, "events": 3}}"#,
    ])
  func refuses(text: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(CaveatFacts.self, from: Data(text.utf8))
    }
  }

  @Test("only what a later pull may change is of now")
  func isOfNow() {
    let now = WordingCaveatsTests.all.map(\.0).filter { CaveatFacts($0).isOfNow }
    for caveat in now {
      switch caveat {
      case .sourceFailed, .notCollected, .inFuture, .clockSetBack: break
      default: Issue.record("\(caveat)")
      }
    }
    #expect(now.count == 6)
    #expect(WordingCaveatsTests.all.count { CaveatFacts($0.0).isYouth } == 1)
    #expect(WordingCaveatsTests.all.count { CaveatFacts($0.0).isFailure } == 3)
  }
}
