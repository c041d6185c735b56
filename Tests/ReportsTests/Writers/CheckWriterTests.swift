import Foundation
import Model
import Testing

@testable import Reports

@Suite("What check says")
struct CheckWriterTests {
  private func writer(
    _ objectives: [ObjectiveFacts], incomplete: [ReportFacts.Failure] = []
  ) -> CheckWriter {
    CheckWriter(
      CheckFacts(asOf: Sample.end, objectives: objectives, incomplete: incomplete), zone: .utc)
  }

  @Test("an open gate has a line for each objective")
  func open() throws {
    #expect(
      writer([try Sample.objective("A")]).text(ascii: false) == """
        Release gate OPEN.
        As of Mon 19 Oct 00:00 UTC; data end Mon 19 Oct 00:00.

        ✓ open     A   100 % left       100 %   1 h burn 0×

        """)
  }

  @Test("a closed gate says which objective closes it, and how many others")
  func closed() throws {
    func headline(_ objectives: [ObjectiveFacts]) -> String {
      Wording.plain(writer(objectives).headline)
    }
    let spent = try Sample.objective("Spent", bad: 1000...1599)
    let risky = try Sample.objective("Risky", bad: 1000...1399)
    #expect(
      headline([spent]) == "Release gate CLOSED. Spent has overspent its 30-day budget.")
    #expect(
      headline([risky])
        == "Release gate CLOSED. Risky has 7 % of its 30-day budget left (closes below 10 %).")
    #expect(headline([spent, risky]).hasSuffix("budget. 1 other closes it too."))
    #expect(headline([spent, risky, risky]).hasSuffix("budget. 2 others close it too."))
  }

  @Test("an undecided gate says why")
  func undecided() throws {
    let short = try Sample.objective("Short", days: 3)
    #expect(
      Wording.plain(writer([short]).headline)
        == "Release gate CLOSED: cannot decide. Short: 3 d of history, a verdict needs 14 d.")
    #expect(writer([]).headline == "Release gate CLOSED: no objectives.")
    #expect(
      writer([short]).text(ascii: true).contains(
        "-- no data  Short   not judged: 3 d of history, a verdict needs 14 d"))
  }

  @Test("the instant says where the data end, of the objective whose data end first, too")
  func instants() throws {
    let early = try Sample.objective("B").with(["dataEnd": "2026-10-18T22:00:00Z"])
    #expect(
      Wording.plain(writer([try Sample.objective("A"), early]).instant)
        == "As of Mon 19 Oct 00:00 UTC; data end between Sun 18 Oct 22:00 and Mon 19 Oct 00:00.")
    #expect(
      Wording.plain(writer([]).instant)
        == "As of Mon 19 Oct 00:00 UTC; not every objective has data.")
  }

  @Test("caveats are doubts, failures and notes, in this order; twenty are shown")
  func caveats() throws {
    let noted = try Sample.objective("A").with(["resets": 1])
    let failure = ReportFacts.Failure(source: "m", reason: "a.om: empty")
    let writer = writer([noted, try Sample.objective("Short", days: 3)], incomplete: [failure])
    #expect(
      writer.caveats.map { Wording.plain($0.text) } == [
        "3 d of history, a verdict needs 14 d", "source m: a.om: empty",
        "1 counter restart in the window, corrected",
      ])
    #expect(writer.caveats.map(\.closes) == [true, false, false])
    let text = writer.text(ascii: false)
    #expect(text.contains("\n  • Source m: a.om: empty.\n"))
    #expect(text.contains("\n  • A: 1 counter restart in the window, corrected.\n"))
    #expect(!text.contains("• Short"), "it is in the objective's own line")
    let many = (0..<23).map { ReportFacts.Failure(source: "m\($0)", reason: "empty") }
    let long = self.writer([try Sample.objective("A")], incomplete: many).text(ascii: true)
    #expect(long.contains("\n  - Source m19: empty.\n  3 more: see `--format json`.\n"))
  }

  @Test("a policy's action is named, signs are of ASCII where asked")
  func actions() throws {
    let spent = try Sample.objective("Spent", bad: 1000...1599).with([
      "band.action": "Ship fixes only."
    ])
    let text = writer([spent]).text(ascii: true)
    #expect(text.hasSuffix("\n\nPolicy for Spent: Ship fixes only.\n"))
    #expect(text.contains("\nXX closed   Spent "))
    #expect(text.unicodeScalars.allSatisfy { $0.isASCII || $0 == "×" })
    #expect(writer([spent]).text(ascii: false).contains("\n✕ closed   Spent "))
  }

  @Test("JSON has the same words beside the facts")
  func document() throws {
    let writer = writer([try Sample.objective("Short", days: 3)])
    let data = try JSONEncoder().encode(writer.document)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let words = try #require(object["words"] as? [String: Any])
    #expect(words["headline"] as? String == Wording.plain(writer.headline))
    #expect(words["instant"] as? String == Wording.plain(writer.instant))
    let caveats = try #require(words["caveats"] as? [[String: Any]])
    #expect(caveats.map { $0["text"] as? String } == ["3 d of history, a verdict needs 14 d"])
    #expect(caveats.map { $0["closes"] as? Bool } == [true])
    #expect(object["gate"] as? String == "undecided")
    #expect(try JSONDecoder().decode(CheckFacts.self, from: data) == writer.check)
  }

  @Test("names from data break no line", arguments: Hostile.names)
  func isSafe(name: String) throws {
    func lines(_ name: String) throws -> Int {
      let failures = [ReportFacts.Failure(source: name, reason: name)]
      return writer(try Hostile.objectives(name), incomplete: failures).text(ascii: true)
        .count { $0.isNewline }
    }
    #expect(try lines(name) == lines("Plain"))
  }
}
