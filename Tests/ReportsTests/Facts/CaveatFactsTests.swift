import Analytics
import FoundationEssentials
import Model
import Testing

@testable import Reports

@Suite("Caveats in JSON")
struct CaveatFactsTests {
  private static let at = Instant(seconds: 1_792_368_000)
  private static let then = Instant(seconds: 1_792_000_000)

  private static let all: [Caveat] = [
    .sourceFailed("a.om: empty", others: 2), .notCollected, .inFuture(at, clock: then),
    .clockSetBack(at, clock: then), .askedSince(at, "orders_total"),
    .startsLater(at, known: then, ""),
    .lowered(from: 999_000_000, to: 990_000_000, at), .otherWindow("30d", at),
    .excluded(-120_000_000),
  ]

  @Test("come back as they were, and have words", arguments: all)
  func roundTrip(caveat: Caveat) throws {
    let facts = CaveatFacts(caveat)
    let back = try JSONDecoder().decode(
      CaveatFacts.self, from: try JSONEncoder().encode(facts))
    #expect(back == facts)
    #expect(!Wording.caveat(back, in: .utc).isEmpty)
  }

  @Test("a source that failed, as earlier releases stored it, can be read")
  func earlier() throws {
    let facts = try JSONDecoder().decode(
      CaveatFacts.self, from: Data(#"{"kind": "sourceFailed"}"#.utf8))
    #expect(facts == CaveatFacts(.sourceFailed("", others: 0)))
    #expect(Wording.caveat(facts, in: .utc) == "a source could not be read just now")
  }

  @Test("say both instants, and both targets")
  func words() {
    func words(_ caveat: Caveat) -> String {
      Wording.plain(Wording.caveat(CaveatFacts(caveat), in: .utc))
    }
    #expect(
      words(.sourceFailed("a.om: empty", others: 2))
        == "not everything could be read: a.om: empty (and 2 more)")
    #expect(
      words(.inFuture(CaveatFactsTests.at, clock: CaveatFactsTests.then))
        == "data of Mon 19 Oct 2026 00:00, later than the clock of this machine, which says Wed 14 Oct 2026 17:46"
    )
    #expect(
      words(.lowered(from: 999_000_000, to: 990_000_000, CaveatFactsTests.at))
        == "the objective was lowered from 99.90 % to 99.00 % on Mon 19 Oct 00:00")
    #expect(
      words(.excluded(-120_000_000))
        == "with the agreed time that does not count, -12 % of the budget would be left")
  }

  private static let start = Instant(seconds: 1_791_763_200)  // 2026-10-12 00:00 UTC

  @Test(
    "is the same when it is read back, and says in words what it is",
    arguments: [
      (
        .youngHistory(.days(21), of: .days(30), since: start),
        "judged on 21 d of 30 d: history starts Mon 12 Oct 00:00"
      ),
      (
        .undecidedEvents(3, least: 1),
        "no bucket of a histogram ends at or under the bound (the smallest ends at 1 s): whether 3 events kept it is not known"
      ),
      (
        .undecidedEvents(1, least: .infinity),
        "no bucket of a histogram ends at or under the bound (the smallest is +Inf): whether 1 event kept it is not known"
      ),
      (
        .unresolved(Window(start: start, end: start + .minutes(30))),
        "nothing is known of Mon 12 Oct 00:00 to Mon 12 Oct 00:30: minutes that old are joined to longer cells"
      ),
    ] as [(Caveat, String)])
  func keeps(caveat: Caveat, words: String) throws {
    let facts = CaveatFacts(caveat)
    let bytes = try JSONEncoder().encode(facts)
    #expect(try JSONDecoder().decode(CaveatFacts.self, from: bytes) == facts)
    #expect(Wording.plain(Wording.caveat(facts, in: .utc)) == words)
  }
}
