import Analytics
import Model
import Testing

@testable import Reports

@Suite("The weekly report")
struct WeeklyTests {
  // 43 200 minutes in 30 days at 99 %: 432 bad ones allowed. 600 bad: 138.9 % used, −39 % left. 400 bad: 7 % left.
  @Test("states and verdict follow the worst objective")
  func followsTheWorst() throws {
    let calm = try Sample.objective("Calm")
    let risky = try Sample.objective("Risky", bad: 1000...1399)
    let spent = try Sample.objective("Spent", bad: 1000...1599)
    let short = try Sample.objective("Short", days: 3)
    #expect(spent.state == .overspent && risky.state == .atRisk)
    #expect(calm.state == .onCourse && short.state == .notJudged)
    let story = Story(facts: Sample.facts([calm, short, spent, risky]), zone: .utc)
    #expect(story.facts.objectives.map(\.title) == ["Spent", "Risky", "Calm", "Short"])
    #expect(story.verdict == "Spent has overspent its error budget.")
    let detail = Wording.plain(story.verdictDetail)
    #expect(
      detail.contains(
        "600 of 43 200 events were bad in 30 days: 98.61 %, with an objective of 99.00 %"))
    #expect(detail.contains("Risky is at risk: 7 % of its 30-day budget left."))
    #expect(detail.contains("Short is not judged: 3 d of history, a verdict needs 14 d"))
    #expect(Report(story.facts, zone: .utc).tiles[0].value == "Closed")
  }

  @Test("a quiet week says so in one sentence")
  func isQuiet() throws {
    let story = Story(
      facts: Sample.facts([try Sample.objective("A"), try Sample.objective("B")]), zone: .utc)
    #expect(story.verdict == "Both objectives are on course.")
    #expect(story.tone == .ok)
    #expect(Gate(story.facts.objectives) == .open)
  }

  @Test("no objective and an unjudged one leave the gate undecided, a closed one wins")
  func closesTheGate() throws {
    let calm = try Sample.objective("A")
    let short = try Sample.objective("B", days: 3)
    let spent = try Sample.objective("C", bad: 1000...1599)
    #expect(Gate([]) == .undecided)
    #expect(Gate([calm, short]) == .undecided)
    #expect(Gate([calm, short, spent]) == .closed)
  }

  @Test(
    "the page holds no script, no request, no style attribute; ids are unique; drawings are named")
  func isSelfContained() throws {
    for title in MarkupTests.hostile + ["Plain"] {
      let objectives = [try Sample.objective(title, bad: 1000...1599), try Sample.objective("B")]
      let html = try Report(Sample.facts(objectives, title: title), zone: .utc).page()
      for forbidden in ["<script", " style=", "<pattern", "paint-order", "src=", "url(", "@import"]
      {
        #expect(!html.contains(forbidden), "\(forbidden)")
      }
      #expect(
        !html.contains("href=\"http") && !html.contains("onload=\"") && !html.contains("<b>\u{0}"))
      var ids: [Substring] = []
      for part in html.split(separator: " id=\"").dropFirst() {
        ids.append(part.prefix { $0 != "\"" })
      }
      #expect(Set(ids).count == ids.count, "\(ids)")
      #expect(html.utf8.count < 400_000)
    }
  }

  @Test("headings come in order and the style fits its budget of 12 KB")
  func isOrdered() throws {
    let html = try Report(
      Sample.facts([try Sample.objective("A", bad: 1000...1599)]), zone: .utc
    ).page()
    var level = 0
    for part in html.split(separator: "<h").dropFirst() {
      guard let next = part.first?.wholeNumberValue,
        part.dropFirst().first.map({ $0 == ">" || $0 == " " }) == true
      else { continue }
      #expect(next <= level + 1, "h\(next) after h\(level)")
      level = next
    }
    let style = html.split(separator: "<style>")[1].split(separator: "</style>")[0]
    #expect(style.utf8.count <= 12_288, "\(style.utf8.count)")
    let hash = StyleHash.base64(String(style))
    #expect(html.contains("style-src 'sha256-\(hash)'"))
  }

  @Test("Markdown has short lines and a table that lines up")
  func isReadable() throws {
    let objectives = [
      try Sample.objective("A | B", bad: 1000...1599), try Sample.objective("Longer name"),
    ]
    let text = Report(Sample.facts(objectives), zone: .utc).markdown(
      withCharts: true)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let table = lines.filter { $0.hasPrefix("|") }
    #expect(table.count == 4)
    #expect(Set(table.map(\.count)).count == 1)
    for line in lines where !line.hasPrefix("|") && !line.hasPrefix("![") && !line.hasPrefix("#") {
      #expect(line.count <= 100, "\(line)")
    }
    #expect(text.contains("✕ Overspent"))
  }

  @Test("late data are a revision, the same data are none")
  func revises() throws {
    let before = Sample.facts([try Sample.objective("A", bad: 1000...1100)])
    let after = Sample.facts([try Sample.objective("A", bad: 1000...1101)])
    #expect(before.revising(before) == nil)
    let revised = try #require(after.revising(before))
    #expect(revised.revision?.number == 1)
    let story = Story(facts: revised, zone: .utc)
    #expect(
      Wording.plain(story.revised ?? "").contains("A 98.99 % → 98.98 %"), "\(story.revised ?? "")")
  }
}
