import Model
import Testing

@testable import Reports

@Suite("The page")
struct PageWriterTests {
  @Test("names from data add no element and no attribute", arguments: Hostile.names)
  func isSafe(name: String) throws {
    let plain = try Report(Hostile.facts("Plain"), zone: .utc).page()
    let page = try Report(Hostile.facts(name), zone: .utc).page()
    func tags(_ text: String) -> Set<Substring> {
      Set(text.split(separator: "<").dropFirst().map { $0.prefix { $0.isLetter || $0 == "/" } })
    }
    #expect(tags(page).subtracting(tags(plain)).isEmpty)
    #expect(!page.contains("onload=\"x") && !page.contains("onerror='x"))
  }

  @Test("its sections are in order, each once; what has nothing to say is left out")
  func order() throws {
    let page = try Report(Hostile.facts("Plain"), zone: .utc).page()
    let heads = page.split(separator: "<h2>").dropFirst().map { $0.prefix { $0 != "<" } }
    #expect(
      heads == ["Scoreboard", "This week", "Next week", "Detail", "Incidents", "Data", "Method"])
    #expect(page.contains("This report is incomplete."))
    let quiet = try Report(Sample.facts([Sample.objective("A")]), zone: .utc).page()
    #expect(!quiet.contains("<h2>Incidents") && !quiet.contains("incomplete"))
  }

  @Test("nothing judged, and no objective at all, make a page")
  func empty() throws {
    for objectives in [[], [try Sample.objective("Short", days: 3)]] {
      let page = try Report(Sample.facts(objectives), zone: .utc).page()
      #expect(page.contains("Nothing can be judged"))
      #expect(!page.contains("{{") && !page.contains("nan") && !page.contains("inf "))
    }
  }

  @Test("paper is what was asked for")
  func paper() throws {
    let report = Report(Sample.facts([try Sample.objective("A")]), zone: .utc)
    #expect(try report.page().contains("@page{size:a4;"))
    #expect(try report.page(paper: .letter).contains("@page{size:letter;"))
  }

  @Test("each kind of block has its element")
  func blocks() {
    let section = Section(
      name: .data, heading: "Head",
      blocks: [
        .text("text"), .note("note"), .list(["one", "two"], name: nil),
        .terms([(term: "SLI", text: "good")]), .foot("foot"),
        .warning("warned", because: ["why"]),
        .tiles([.init(label: "L", value: "1", unit: "point", detail: "d", tone: .ok)]),
        .table(
          ReportTable(
            columns: [.init(title: "Name"), .init(title: "Count", kind: .number)],
            rows: [[.text("a & b"), .text("3")]], rest: "And 2 more.")),
      ])
    #expect(
      PageWriter().section(section).html
        == "<div class=\"part-data\"><h2>Head</h2><p>text</p><p class=\"sub\">note</p><ul><li>one</li><li>two</li></ul>"
        + "<dl><dt>SLI</dt><dd>good</dd></dl><footer>foot</footer>"
        + "<div class=\"notice\" role=\"note\"><p><b>warned</b></p><p>why</p></div>"
        + "<div class=\"tiles\"><div class=\"tile ok\"><p class=\"label\">L</p><p class=\"value\">1 <span>point</span></p><p class=\"detail\">d</p></div></div>"
        + "<table><thead><tr><th scope=\"col\">Name</th><th scope=\"col\" class=\"number\">Count</th></tr></thead>"
        + "<tbody><tr><td data-label=\"Name\">a &amp; b</td><td class=\"number\" data-label=\"Count\">3</td></tr></tbody></table>"
        + "<p class=\"sub\">And 2 more.</p></div>")
  }
}
