import Model
import Testing

@testable import Charts
@testable import Reports

@Suite("Markdown")
struct MarkdownWriterTests {
  private func lines(_ blocks: [Section.Block], heading: String? = "Head") -> [String] {
    MarkdownWriter(withCharts: true).lines(
      Section(name: .data, heading: heading, blocks: blocks))
  }

  @Test(
    "names from data begin no heading, list or table, and break no line", arguments: Hostile.names)
  func isSafe(name: String) throws {
    func shape(_ name: String) throws -> [String] {
      Report(try Hostile.facts(name), zone: .utc).markdown(withCharts: true)
        .split(separator: "\n").map(String.init)
    }
    let text = try shape(name)
    let plain = try shape("Plain")
    func count(_ lines: [String], _ prefix: String) -> Int {
      lines.count { $0.hasPrefix(prefix) }
    }
    for prefix in ["#", "| ", "- ", "![", "```"] {
      #expect(count(text, prefix) == count(plain, prefix), "\(prefix)")
    }
  }

  @Test("each kind of block has its form, after an empty line")
  func blocks() {
    #expect(
      lines([
        .text("text"), .note("note"), .aside("only on a page"), .list(["one", "two"], name: nil),
        .terms([(term: "SLI", text: "good")]), .foot("only on a page"),
        .warning("warned", because: ["why"]),
        .tiles([.init(label: "L", value: "1", unit: "point", detail: "d", tone: .ok)]),
        .verdict(.ok, "Fine.", detail: "All of it."),
      ]) == [
        "", "## Head", "", "text", "", "note", "", "- one", "- two", "", "- SLI: good", "",
        "**warned**", "- why", "", "- L: 1 point (d)", "", "**Fine.**", "", "All of it.",
      ])
    #expect(
      lines(
        [.title(kicker: "k", title: "Shop", made: ["a.", "b."], revised: "again")], heading: nil)
        == ["", "# Shop", "", "a. b.", "", "again"])
  }

  @Test("a table lines up, drawings have no column, details one of their own")
  func tables() {
    let table = ReportTable(
      columns: [
        .init(title: "Name", detail: "Promise"), .init(title: "Drawn", kind: .drawing),
        .init(title: "Pace", more: "25 Oct", kind: .number),
      ],
      rows: [[.detailed("a|b", below: "99 %"), .drawing(Tone.ok.icon.scene()), .text("3")]],
      rest: "And 2 more.")
    #expect(
      lines([.table(table)], heading: nil) == [
        "", "| Name | Promise | Pace, 25 Oct |", "| ---- | ------- | -----------: |",
        "| a\\|b | 99 %    |            3 |", "", "And 2 more.",
      ])
  }

  @Test("a table of text is a list")
  func lists() {
    let table = ReportTable(columns: [], rows: [], rest: "And 2 more.", lines: ["one", "two"])
    #expect(
      lines([.table(table)], heading: nil) == ["", "- one", "- two", "- And 2 more."])
  }

  @Test("long lines break before 100 characters, a number stays with its unit")
  func wraps() {
    let text = String(repeating: "x", count: 95) + " 100\u{A0}% end"
    #expect(
      lines([.list([text], name: nil)], heading: nil)
        == ["", "- " + String(repeating: "x", count: 95), "  100 % end"])
  }

  @Test("pictures are there where they were drawn")
  func pictures() throws {
    let report = Report(Sample.facts([try Sample.objective("A")]), zone: .utc)
    #expect(report.markdown(withCharts: true).contains("](charts/burndown.png)"))
    #expect(!report.markdown(withCharts: false).contains("charts/"))
    #expect(report.markdown(withCharts: false).hasPrefix("# Shop, week 42\n"))
  }
}
