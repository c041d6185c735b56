import Model
import Testing

@testable import Reports

@Suite("Incidents, data and method")
struct SectionDetailsTests {
  private func story(_ facts: ReportFacts) -> Story { Story(facts: facts, zone: .utc) }

  private func rows(_ section: Section?) -> (rows: [[String]], rest: String?) {
    for case .table(let table) in section?.blocks ?? [] {
      return (
        table.rows.map { row in
          row.compactMap { if case .text(let text) = $0 { Wording.plain(text) } else { nil } }
        }, table.rest
      )
    }
    return ([], nil)
  }

  @Test("there is no section of incidents where no service reports them")
  func none() throws {
    #expect(Section.incidents(story(Sample.facts([try Sample.objective("A")]))) == nil)
    let quiet = Section.incidents(story(Sample.facts([], incidents: [])))
    #expect(quiet?.heading == "Incidents" && rows(quiet).rows.isEmpty)
  }

  @Test("twenty incidents are listed, the others counted")
  func lists() throws {
    let many = (1...22).map { Sample.incident("INC-\($0)", at: Int64($0)) }
    let listed = rows(Section.incidents(story(Sample.facts([], incidents: many))))
    #expect(listed.rows.count == 20 && listed.rest == "And 2 more: see weekly.json.")
    #expect(
      listed.rows[0] == ["INC-1", "Mon 12 Oct 00:01", "2 h 14 min", "major", "–", "–"])
  }

  @Test("gaps are a table, and a list elsewhere")
  func gaps() throws {
    let gaps = (1...14).map { hour -> [String: Any] in
      let clock = hour < 10 ? "0\(hour)" : "\(hour)"
      return ["start": "2026-10-13T\(clock):00:00Z", "end": "2026-10-13T\(clock):30:00Z"]
    }
    let objective = try Sample.objective("A").with(["gaps": gaps, "resets": 1])
    let data = Section.data(story(Sample.facts([objective])))
    #expect(rows(data).rows.count == 12 && rows(data).rest == "And 2 shorter ones.")
    #expect(rows(data).rows[0] == ["Tue 13 Oct 01:00", "Tue 13 Oct 01:30", "30 min", "A"])
    for case .table(let table) in data.blocks {
      #expect(
        table.lines.map { Wording.plain($0[0]) }
          == "Tue 13 Oct 01:00 to Tue 13 Oct 01:30 (30 min): A")
      #expect(table.columns.map(\.title) == ["Missing from", "to", "Length", "Affects"])
    }
    guard case .list(let notes, name: "notes") = data.blocks.last else {
      Issue.record("no notes")
      return
    }
    #expect(notes == ["A: 1 counter restart in the window, corrected."])
  }

  @Test("the method explains each word, that of incidents only where there are some")
  func method() throws {
    func terms(_ facts: ReportFacts) -> [String] {
      for case .terms(let terms, _) in Section.method(story(facts)).blocks {
        return terms.map(\.term)
      }
      return []
    }
    let objective = try Sample.objective("A")
    #expect(
      terms(Sample.facts([objective]))
        == ["SLI", "Error budget", "Counters", "Usual pace", "At risk", "Not judged"])
    #expect(terms(Sample.facts([objective], incidents: [])).contains("Incidents"))
    guard case .foot(let foot) = Section.method(story(Sample.facts([objective]))).blocks.last else {
      Issue.record("no foot")
      return
    }
    #expect(
      Wording.plain(foot)
        == "sloreport test · data to Mon 19 Oct 00:00 · zone UTC · numbers of this page: weekly.json"
    )
  }

  @Test("a level that was kept is not drawn; an objective without a budget has no line")
  func figures() throws {
    func names(_ section: Section?) -> [String] { section?.figures.map(\.name) ?? [] }
    let spent = story(Sample.facts([try Sample.objective("A", bad: 1000...1599)]))
    #expect(
      names(.opening(spent)) == ["burndown"] && names(.detail(spent)) == ["hours", "level", "days"])
    let calm = story(Sample.facts([try Sample.objective("A"), try Sample.objective("B")]))
    #expect(names(.detail(calm)) == ["hours", "budgets", "days"])
    let all = story(
      Sample.facts([try Sample.objective("A", bad: 1000...1000, target: 1_000_000_000)]))
    #expect(Section.opening(all) == nil)
    #expect(Section.opening(story(Sample.facts([]))) == nil)
    #expect(Section.detail(story(Sample.facts([]))) == nil)
  }
}
