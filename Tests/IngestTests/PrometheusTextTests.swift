import Model
import Testing

@testable import Ingest

@Suite("Prometheus text")
struct PrometheusTextTests {
  @Test("reads labels, escapes, blanks, comments and all kinds of values")
  func readsAll() throws {
    let text = """
      # HELP a any text "at" all
      # TYPE a counter
      # a comment

      a{x="1",y="q\\"\\\\\\n",} 1 1795226173000
      \ta { x = "1" } +Inf\t1795226174000
      a 2.5e3 1795226175000
      a{x=""} 3 1795226176000
      b 7 1795226177000

      """
    let content = try parse(text, as: .prometheusText, names: ["a"])
    #expect(content.read == 5)
    #expect(content.series.map(\.id.text) == ["a{x=\"1\",y=\"q\"\\\n\"}", "a{x=\"1\"}", "a"])
    #expect(content.series[1].cells.map(\.rejects) == [1])
    // A label without a value is no label: 2500 and 3 belong to one series.
    #expect(content.series[2].cells[0].sum == 2503)
    #expect(content.span?.length == .seconds(4))
  }

  @Test("takes the later line of two for one instant")
  func takesTheLaterLine() throws {
    let text = "a 1 1795226173000\na 5 1795226178000\na 2 1795226173000\n"
    let cells = try parse(text, as: .prometheusText, names: ["a"]).series[0].cells
    #expect(cells.map(\.sum) == [7])
  }

  @Test("follows the series of concatenated scrapes")
  func followsScrapes() throws {
    var text = ""
    for scrape in 0..<100 {
      for (place, name) in ["a", "a{x=\"1\"}", "b", "a{x=\"2\"}"].enumerated()
      where (scrape + place) % 7 != 0 {
        text += "\(name) \(scrape) \(1_795_226_173_000 + scrape * 5000)\n"
      }
    }
    let content = try parse(text, as: .prometheusText, names: ["a"])
    for series in content.series {
      let place = ["a": 0, "a{x=\"1\"}": 1, "a{x=\"2\"}": 3][series.id.text] ?? 0
      let expected = (0..<100).filter { ($0 + place) % 7 != 0 }
      #expect(series.cells.reduce(0) { $0 + $1.sum } == Double(expected.reduce(0, +)))
      #expect(series.cells.reduce(0) { $0 + $1.count } == Int64(expected.count))
    }
  }

  @Test("keeps two labels apart that look the same but differ in bytes")
  func comparesBytes() throws {
    let text = "a{x=\"\u{E9}\"} 1 1795226173000\na{x=\"e\u{301}\"} 2 1795226173000\n"
    #expect(try parse(text, as: .prometheusText, names: ["a"]).series.count == 2)
  }

  @Test("accepts CRLF and a mark of byte order, in any portions")
  func acceptsWindows() throws {
    let text = "\u{FEFF}a{x=\"\u{E9}\"} 1 1795226173000\r\na{x=\"\u{E9}\"} 2 1795226178000\r\n"
    for portion in [1, 2, 3, 7, 1000] {
      let content = try parse(
        Array(text.utf8), as: .prometheusText, names: ["a"], portion: portion)
      #expect(content.series.map { $0.cells[0].sum } == [3])
    }
  }

  struct Bad: CustomTestStringConvertible, Sendable {
    let text: String
    let reason: IngestError.Reason
    let line: Int
    let column: Int
    var testDescription: String { text.debugDescription.prefix(60) + "" }
  }

  @Test(
    "names line and column of what is wrong",
    arguments: [
      Bad(text: "a 1 1795226173000\na x\n", reason: .expected(.number), line: 2, column: 3),
      Bad(text: "a 1 1795226173.5\n", reason: .expected(.time), line: 1, column: 5),
      Bad(text: "a 1 1 2\n", reason: .expected(.endOfLine), line: 1, column: 7),
      Bad(text: "a 1 1795226173000 x\n", reason: .expected(.endOfLine), line: 1, column: 19),
      Bad(text: "a{b} 1\n", reason: .expected(.equals), line: 1, column: 4),
      Bad(text: "a{b=\"c} 1\n", reason: .expected(.quotedValue), line: 1, column: 5),
      Bad(text: "a{b=\"c\",b=\"d\"} 1\n", reason: .repeatedLabel("b"), line: 1, column: 9),
      Bad(text: "a{b=\"c\" d=\"e\"} 1\n", reason: .expected(.commaOrBrace), line: 1, column: 9),
      Bad(text: "{} 1\n", reason: .expected(.metricName), line: 1, column: 1),
      Bad(text: "{b=\"c\"} 1\n", reason: .expected(.metricName), line: 1, column: 1),
      Bad(text: "a$ 1\n", reason: .expected(.space), line: 1, column: 2),
      Bad(text: "# TYPE a meh\n", reason: .expected(.type), line: 1, column: 10),
      Bad(text: "a 1\n", reason: .noTime, line: 1, column: 4),
      Bad(text: "a 1 1795226173000000\n", reason: .timeTooLarge, line: 1, column: 5),
      Bad(text: "a 1 1795226173\n", reason: .implausibleTime, line: 1, column: 5),
      Bad(text: "a 1 1795226173000\na 2 17", reason: .truncated, line: 2, column: 7),
      Bad(text: "a 1\0\n", reason: .notUTF8, line: 1, column: 4),
      Bad(
        text: "a{" + (0..<300).map { "l\($0)=\"\"" }.joined(separator: ",") + "} 1\n",
        reason: .tooManyLabels(limit: 256), line: 1, column: 1941),
      Bad(
        text: "a{b=\"" + String(repeating: "x", count: 20_000) + "\"} 1\n",
        reason: .labelTooLong(limit: 16_384), line: 1, column: 6),
    ])
  func namesThePlace(bad: Bad) {
    let found = fault(bad.text, as: .prometheusText)
    #expect(found?.reason == bad.reason)
    #expect(found?.position?.line == bad.line)
    #expect(found?.position?.column == bad.column)
  }

  @Test("refuses what is not UTF-8, with the byte")
  func refusesOtherEncodings() {
    func byte(_ bytes: [UInt8]) -> Int64? {
      do {
        _ = try parse(bytes, as: .prometheusText)
        return nil
      } catch {
        let fault = error as? Fault
        return fault?.reason == .notUTF8 ? fault?.position?.byte : -1
      }
    }
    #expect(byte([0xFF, 0xFE, 97, 0, 10, 0]) == 0)  // UTF-16
    #expect(byte(Array("a 1 1795226173000\n# x ".utf8) + [0xC3, 10]) == 22)
    #expect(byte(Array("# ".utf8) + [0xED, 0xA0, 0x80, 10]) == 2)  // a surrogate
    #expect(byte(Array("# ".utf8) + [0xC0, 0x80, 10]) == 2)  // an overlong NUL
    #expect(byte(Array("# ".utf8) + [0xF4, 0x90, 0x80, 0x80, 10]) == 2)  // above U+10FFFF
    #expect(byte(Array("# \u{10FFFF}\u{E9}\u{20AC}\n".utf8)) == nil)
  }

  @Test("refuses a line above 1 MiB, and takes one of exactly that length")
  func limitsLines() {
    let start = "a{x=\"1\"} 1 1795226173000\n"
    let fits = start + "#" + String(repeating: "x", count: LineReader.limit - 1) + "\n"
    #expect(fault(fits, as: .prometheusText) == nil)
    let found = fault(
      start + "#" + String(repeating: "x", count: LineReader.limit) + "\n", as: .prometheusText)
    #expect(found?.reason == .lineTooLong(limit: 1 << 20))
    #expect(found?.position?.line == 2)
    #expect(found?.position?.byte == 1_048_601)
    // Without any line end, at the same place.
    let endless = fault("#" + String(repeating: "x", count: 3 << 20), as: .prometheusText)
    #expect(endless?.reason == .lineTooLong(limit: 1 << 20))
  }
}
