import Model
import Testing

@testable import Reports

@Suite("Notes to an objective")
struct ObjectiveWordsNotesTests {
  private func notes(_ changes: [String: Any]) throws -> [String] {
    let objective = try Sample.objective("A").with(changes)
    return ObjectiveWords(objective, in: .utc).notes(in: "week").map(Wording.plain)
  }

  private let span: [String: Any] = [
    "start": "2026-10-12T00:00:00Z", "end": "2026-10-13T02:00:00Z",
  ]

  private func quality(_ changes: [String: Any]) -> [String: Any] {
    let none: [String: Any] = [
      "rejected": 0, "duplicated": 0, "outOfOrder": 0, "staleMarks": 0, "restarts": 0,
      "missingSeconds": 0,
    ]
    return none.merging(changes) { $1 }
  }

  @Test("there are none without a reason")
  func none() throws { #expect(try notes(["quality": quality([:])]).isEmpty) }

  @Test("each fact has its clause")
  func each() throws {
    #expect(
      try notes(["interval.lower": 0.98765, "interval.upper": 0.99511, "interval.undecided": true])
        == [
          "the objective lies inside the 95 % interval of what was measured (98.76 % to 99.52 %), so the verdict may be due to chance"
        ])
    #expect(
      try notes(["rejects": 1]) == [
        "1 reading could not be used (not a number, negative, or good above total)"
      ])
    #expect(try notes(["resets": 2]) == ["2 counter restarts in the window, corrected"])
    #expect(
      try notes(["stepsOverGaps": [span]]) == [
        "what happened during a gap is counted at its end, Tue 13 Oct 02:00"
      ])
    #expect(try notes(["missingIsBad": true]) == [])
    #expect(try notes(["missingIsBad": true, "gaps": [span]]) == ["missing time counts as bad"])
    #expect(try notes(["coverage": 0.98]) == ["98.0 % of the window was measured"])
  }

  @Test("facts of earlier releases, which have no notes, name series that ended and appeared")
  func earlier() throws {
    #expect(
      try notes(["notes": absent, "seriesEnded": 2, "seriesAppeared": 3, "countedBefore": 12_000.5])
        == [
          "2 series ended before the others",
          "3 series appeared with a count above 0: what they had counted before their first reading (12 000) is not part of the figures",
        ])
    #expect(try notes(["seriesEnded": 2, "seriesAppeared": 3]).isEmpty, "its notes say so")
  }

  @Test("what was wrong with the data of the period is one clause")
  func flaws() throws {
    #expect(
      try notes(["quality": quality(["duplicated": 3, "staleMarks": 1])])
        == ["in the week 3 readings came twice and series ended once"])
    #expect(
      try notes([
        "quality": quality([
          "rejected": 1, "outOfOrder": 12_000, "worstSeries": "up{}", "restarts": 2,
          "missingSeconds": 5400,
        ])
      ]) == [
        "in the week 1 reading could not be used, 12 000 readings came out of order (most in up{}), "
          + "counters restarted 2 times and 1 h 30 min were not measured"
      ])
    // A table of gaps says where time is missing.
    #expect(
      try notes(["gaps": [span], "quality": quality(["missingSeconds": 5400])]).isEmpty)
  }

  @Test("agreed time says how long, why, when and by whom")
  func exclusions() throws {
    func reason(_ spans: Int, late: Bool = false, by author: String? = nil) -> [String: Any] {
      var reason: [String: Any] = [
        "reason": "Move", "late": late, "spans": [[String: Any]](repeating: span, count: spans),
      ]
      reason["author"] = author
      return reason
    }
    #expect(
      try notes([
        "excluded.seconds": 93_600, "excluded.reasons": [reason(1, late: true, by: "Ada")],
      ])
        == [
          "1 d 2 h of agreed time excluded: Move (Mon 12 Oct 00:00 to Tue 13 Oct 02:00, by Ada, entered late)"
        ])
    #expect(
      try notes([
        "excluded.seconds": 60, "excluded.reasons": [reason(4), reason(2)],
        "excluded.windowCounts": ["good": 95, "total": 100],
      ]) == [
        "1 min of agreed time excluded: Move (4 times) and Move (2 times); including it: 95.00 %"
      ])
  }

  @Test("gaps are summed up, with the longest of several")
  func gaps() throws {
    func gaps(_ spans: [[String: Any]]) throws -> String? {
      ObjectiveWords(try Sample.objective("A").with(["gaps": spans]), in: .utc).gaps
        .map(Wording.plain)
    }
    let short: [String: Any] = ["start": "2026-10-14T00:00:00Z", "end": "2026-10-14T00:30:00Z"]
    #expect(try gaps([]) == nil)
    #expect(try gaps([span]) == "1 d 2 h not measured, Mon 12 Oct 00:00 to Tue 13 Oct 02:00")
    #expect(
      try gaps([short, span])
        == "1 d 2 h not measured in 2 gaps, the longest Mon 12 Oct 00:00 to Tue 13 Oct 02:00")
  }
}
