import Analytics
import Model
import Testing

@testable import Reports

@Suite("Caveats in words")
struct WordingCaveatsTests {
  private static let at = Instant(seconds: 1_792_368_000)  // 2026-10-19 00:00 UTC
  private static let then = Instant(seconds: 1_792_000_000)  // 2026-10-14 17:46 UTC
  private static let start = Instant(seconds: 1_791_763_200)  // 2026-10-12 00:00 UTC

  static let all: [(Caveat, String)] = [
    (.noData, "no data in the window"),
    (.noTraffic, "measured, but without events: nothing to judge"),
    (
      .notCollected,
      "not collected yet as it is configured now; run `sloreport collect`"
    ),
    (
      .mixedOrigins("x", pattern: "a/{pod}.om"),
      "x mixes the counters of several instances; write files: \"a/{pod}.om\""
    ),
    (
      .mixedOrigins("x", pattern: nil),
      "x mixes the counters of several instances; give each instance a source of its own, with labels that tell them apart"
    ),
    (
      .contradictions("x", minutes: 1, from: at, pattern: nil),
      "files hold different values for 1 minute of x, from Mon 19 Oct 00:00 on"
    ),
    (
      .contradictions("x", minutes: 12_000, from: at, pattern: "{pod}.om"),
      "files hold different values for 12 000 minutes of x, from Mon 19 Oct 00:00 on; if they come from several instances, write files: \"{pod}.om\""
    ),
    (
      .repeatedRows(2),
      "2 rows came again after later ones and were added up: an export may have been appended to itself"
    ),
    (
      .otherLabels("m", until: at),
      "deleted files of m were read with other labels or csv: keys, up to Mon 19 Oct 2026 00:00; they are not counted"
    ),
    (
      .unknownLabel("code", "x"),
      "some series that x matches have no label code: its condition excludes none of them"
    ),
    (
      .unnamedService("shop", others: ["a"]),
      "incidents name a, which is no service here: they count for none, not even for shop"
    ),
    (
      .unnamedService("shop", others: ["a", "b"]),
      "incidents name a, b, which are no services here: they count for none, not even for shop"
    ),
    (.noSeries("x{a=\"b\"}"), "no series matches x{a=\"b\"}"),
    (.sourceFailed("", others: 0), "a source could not be read"),
    (.sourceFailed("a.om: empty", others: 0), "not everything could be read: a.om: empty"),
    (
      .sourceFailed("a.om: empty", others: 2),
      "not everything could be read: a.om: empty (and 2 more)"
    ),
    (.rejected(1), "1 reading could not be used"), (.rejected(2), "2 readings could not be used"),
    (
      .coverage(949_999_999, needed: 950_000_000),
      "94.9 % of the window measured, a verdict needs 95.0 %"
    ),
    (
      .history(.days(3), needed: .days(14)), "3 d of history, a verdict needs 14 d"
    ),
    (
      .stale(.hours(26), allowed: .hours(2)),
      "the newest data are 1 d 2 h old, at most 2 h are allowed"
    ),
    (
      .inFuture(at, clock: then),
      "data of Mon 19 Oct 2026 00:00, which is after this machine’s clock (Wed 14 Oct 2026 17:46)"
    ),
    (
      .clockSetBack(at, clock: then),
      "this machine’s clock says Wed 14 Oct 2026 17:46, but an earlier pull was at Mon 19 Oct 2026 00:00"
    ),
    (
      .askedSince(at, ""),
      "the query as it is now has data only from Mon 19 Oct 00:00 on; the window begins before"
    ),
    (
      .askedSince(at, "x"), "x has data only from Mon 19 Oct 00:00 on; the window begins before"
    ),
    (
      .startsLater(at, known: then, "x"),
      "the history of x starts at Mon 19 Oct 2026 00:00, but started at Wed 14 Oct 2026 17:46 in an earlier run"
    ),
    (
      .startsLater(at, known: then, ""),
      "the history of the query starts at Mon 19 Oct 2026 00:00, but started at Wed 14 Oct 2026 17:46 in an earlier run"
    ),
    (
      .lowered(from: 999_000_000, to: 990_000_000, at),
      "the objective was lowered from 99.90 % to 99.00 % on Mon 19 Oct 00:00"
    ),
    (.otherWindow("30d", at), "until Mon 19 Oct 00:00 its window was 30d"),
    (
      .excluded(-120_000_000), "if the agreed time counted, -12 % of the budget would be left"
    ),
    (
      .partialAnswers(.minutes(90)),
      "for 1 h 30 min of the window, answers are counted that their server reported as incomplete"
    ),
    (
      .late(.hours(3), interval: .minutes(5)),
      "the newest data are 3 h old; they usually come every 5 min"
    ),
    (
      .ended(.harmless, "x", at: at, series: 1), "x ended Mon 19 Oct 00:00, while others continue"
    ),
    (
      .appeared(.leftOut, "x", at: at, series: 1, events: 3),
      "x appeared Mon 19 Oct 00:00 with a count of 3, which is not counted: it may be older"
    ),
    (
      .unseen(120),
      "what may have gone unseen since then (about 120 events) would not close the gate, even if all bad"
    ),
    (
      .unseen(0), "what may have gone unseen since then would not close the gate, even if all bad"
    ),
    (
      .youngHistory(.days(21), of: .days(30), since: start),
      "judged on 21 d of 30 d: history starts Mon 12 Oct 00:00"
    ),
    (
      .undecidedEvents(3, least: 1),
      "no bucket of a histogram ends at or under the bound (the smallest ends at 1 s): whether 3 events met it is unknown"
    ),
    (
      .undecidedEvents(1, least: .infinity),
      "no bucket of a histogram ends at or under the bound (the smallest is +Inf): whether 1 event met it is unknown"
    ),
    (
      .unresolved(Window(start: start, end: start + .minutes(30))),
      "Mon 12 Oct 00:00 to Mon 12 Oct 00:30 cannot be counted: minutes that old are merged into longer cells"
    ),
  ]

  @Test("each is a clause", arguments: all)
  func says(caveat: Caveat, text: String) {
    #expect(Wording.plain(Wording.caveat(CaveatFacts(caveat), in: .utc)) == text)
  }
}
