import Model
import Testing

@testable import Ingest

@Suite("The format of a file")
struct SnapshotFormatsTests {
  struct Content: CustomTestStringConvertible, Sendable {
    let text: String
    var declared = TableForm()
    let expected: FormatName?

    var testDescription: String {
      "\(text.debugDescription) is \(expected.map { "\($0)" } ?? "none")"
    }
  }

  @Test(
    "of which the name tells nothing is told by its first lines",
    arguments: [
      Content(text: "# HELP a b\n\na 1\n", expected: .prometheusText),
      Content(text: "a{b=\"c\"} NaN 1792303230000\n", expected: .prometheusText),
      // Seconds: its closing mark may lie far behind.
      Content(text: "# TYPE a counter\na_total 1 1792303230.5\n", expected: .openMetrics),
      Content(text: "a_bucket{le=\"1\"} 1 1792303230 # {} 0.5\n", expected: .openMetrics),
      Content(text: "a 1\n# EOF\n", expected: .openMetrics),
      Content(text: "# TYPE a info\n", expected: .openMetrics),
      Content(text: "a;time\n1;1792303230\n", expected: .csv),
      Content(text: "Zeit;Wert\n18.10.2026 12:00:00;5 1\n", expected: nil),
      Content(
        text: "Zeit;Wert\n18.10.2026 12:00:00;5 1\n",
        declared: TableForm(columns: ["time": "zeit", "value": "Wert"]), expected: .csv),
      Content(
        text: "a b\n1 2\n", declared: TableForm(columns: ["time": "a b"]), expected: .csv),
      Content(
        text: "a 1 1792303230000\n", declared: TableForm(delimiter: 59), expected: .prometheusText),
      Content(text: " {\n\"status\" : \"success\"}", expected: .apiAnswers),
      Content(text: "hello world\n", expected: nil),
      Content(text: "PK\u{3}\u{4}", expected: nil),
    ])
  func content(content: Content) throws {
    func name() throws -> FormatName {
      try FormatName(of: "x", front: Array(content.text.utf8), declared: content.declared)
    }
    if let expected = content.expected {
      #expect(try name() == expected)
    } else {
      #expect(throws: Fault(.unknownFormat)) { try name() }
    }
  }

  @Test("is told by the ending of its name, with or without that of gzip")
  func names() throws {
    for (name, expected) in [
      ("a.om", FormatName.openMetrics), ("b/a.prom.gz", .prometheusText), ("a.tsv", .csv),
      ("a.b.json.gz", .apiAnswers),
    ] {
      #expect(try FormatName(of: name, front: []) == expected)
    }
  }

  @Test("of nothing at all is none")
  func nothing() {
    #expect(throws: Fault(.truncated, at: .init(byte: 0))) { try FormatName(of: "x", front: []) }
  }
}
