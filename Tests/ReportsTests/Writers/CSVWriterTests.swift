import Model
import Testing

@testable import Charts
@testable import Reports

@Suite("Tables as CSV")
struct CSVWriterTests {
  @Test("have the columns and the words of Markdown, in lines of RFC 4180")
  func tables() {
    let table = ReportTable(
      columns: [
        .init(title: "Name", detail: "Promise"), .init(title: "Drawn", kind: .drawing),
        .init(title: "Pace", more: "25 Oct", kind: .number), .init(title: "Left", kind: .level),
      ],
      rows: [
        [
          .detailed("a \"b\", c", below: "99\u{A0}%"), .drawing(Tone.ok.icon.scene()),
          .text("\u{2212}3\u{A0}%"), .level("5", Tone.ok.icon.scene()),
        ],
        [
          .detailed("=1+1", below: ""), .drawing(Tone.ok.icon.scene()), .text("+264 MiB a day"),
          .level("–", Tone.ok.icon.scene()),
        ],
      ], rest: "And 2 more.", lines: ["other words"])
    #expect(
      CSVWriter.text(table)
        == "Name,Promise,\"Pace, 25 Oct\",Left\r\n\"a \"\"b\"\", c\",99 %,-3 %,5\r\n"
        + "'=1+1,,+264 MiB a day,–\r\n")
  }

  @Test("are files named after their sections, each name once")
  func files() throws {
    let report = Report(try Hostile.facts("Plain"), zone: .utc)
    let files = report.tableFiles
    #expect(files.count == report.tables.count && !files.isEmpty)
    #expect(Set(files.map(\.path)).count == files.count)
    #expect(files.map(\.path).contains("tables/scoreboard.csv"))
    for file in files { #expect(file.path.hasPrefix("tables/") && file.path.hasSuffix(".csv")) }
    #expect(Report(Sample.facts([]), zone: .utc).tableFiles.allSatisfy { !$0.bytes.isEmpty })
  }

  @Test("names from data add no field and begin no formula", arguments: Hostile.names)
  func isSafe(name: String) throws {
    func shape(_ name: String) throws -> [[Int]] {
      try Report(Hostile.facts(name), zone: .utc).tableFiles.map { file in
        String(decoding: file.bytes, as: UTF8.self).split(separator: "\r\n").map { line in
          var quoted = false
          return line.unicodeScalars.reduce(into: 1) { fields, scalar in
            if scalar == "\"" { quoted.toggle() }
            if scalar == ",", !quoted { fields += 1 }
          }
        }
      }
    }
    #expect(try shape(name) == shape("Plain"))
  }

  @Test(
    "what a spreadsheet would compute begins with an apostrophe, a number does not",
    arguments: [
      ("=1", "'=1"), ("@SUM(1)", "'@SUM(1)"), ("+1", "+1"), ("-1.5", "-1.5"), ("-31 %", "-31 %"),
      ("\u{2212}31 %", "\u{2212}31 %"), ("-", "-"), ("-a", "'-a"), ("-2+3", "'-2+3"),
      ("-1|cmd", "'-1|cmd"), ("+1(2)", "'+1(2)"), ("\t=1", "'=1"), ("=\u{301}1", "'=\u{301}1"),
      ("＝1", "'＝1"), ("", ""), ("a,\u{301}b", "\"a,\u{301}b\""), ("\"\u{301}", "\"\"\"\u{301}\""),
      ("-1,5", "\"-1,5\""),
    ])
  func escapes(text: String, field: String) {
    #expect(Array(Escape.csv(text).unicodeScalars) == Array(field.unicodeScalars))
  }
}
