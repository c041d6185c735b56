import Model
import Testing

@testable import Ingest

/// The same facts in every format, plain and compressed.
@Suite("Every source")
struct SourceConformanceTests {
  /// Two series with a reset, a gap, a NaN and a sample on the minute, and one series that nobody
  /// wants.
  static let samples: [(labels: String, value: String, milliseconds: Int64)] = [
    (#"{job="x",q="\"é\\"}"#, "1", 1_795_226_100_000),
    (#"{job="x",q="\"é\\"}"#, "7.25", 1_795_226_160_000),
    (#"{job="x",q="\"é\\"}"#, "2e1", 1_795_226_160_001),
    (#"{job="x",q="\"é\\"}"#, "3", 1_795_229_999_123),
    ("{}", "0.1", 1_795_226_100_500), ("{}", "NaN", 1_795_226_105_500),
    ("{}", "-4", 1_795_226_110_500),
  ]

  struct Form: CustomTestStringConvertible, Sendable {
    let file: String
    let text: String
    let compressed: Bool
    var testDescription: String { file }
  }

  static let forms: [Form] = {
    let prometheus =
      "# TYPE a gauge\n" + samples.map { "a\($0.labels) \($0.value) \($0.milliseconds)\n" }.joined()
      + "other 1 1795226100000\n"
    let open =
      "# TYPE a gauge\n"
      + samples.map {
        let rest = String($0.milliseconds % 1000)
        let places = String(repeating: "0", count: 3 - rest.count) + rest
        return "a\($0.labels) \($0.value) \($0.milliseconds / 1000).\(places)\n"
      }.joined() + "# TYPE other gauge\nother 1 1795226100\n# EOF\n"
    let escaped = samples[0].labels.replacing("=", with: "\":").replacing(",q", with: ",\"q")
      .replacing("{job", with: "{\"__name__\":\"a\",\"job")
    func result(_ metric: String, _ range: Range<Int>) -> String {
      let points = samples[range].map {
        "[\(Double($0.milliseconds) / 1000),\"\($0.value)\"]"
      }
      return "{\"metric\":\(metric),\"values\":[\(points.joined(separator: ","))]}"
    }
    let json =
      "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":["
      + result(escaped, 0..<4) + "," + result("{\"__name__\":\"a\"}", 4..<7) + "]}}\n"
      + "{\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{\"__name__\":\"other\"},"
      + "\"value\":[1795226100,\"1\"]}]}}\n"
    let long =
      "time;name;value;job;q\n"
      + samples.map {
        "\($0.milliseconds);a;\($0.value);"
          + ($0.labels == "{}" ? ";\n" : "x;\"\"\"é\\\"\n")
      }.joined() + "1795226100000;other;1;;\n"
    let windows = "\u{FEFF}" + prometheus.split(separator: "\n").joined(separator: "\r\n") + "\r\n"
    return [
      Form(file: "a.prom", text: prometheus, compressed: false),
      Form(file: "a.txt", text: windows, compressed: false),
      Form(file: "a.prom.gz", text: prometheus, compressed: true),
      Form(file: "a.om", text: open, compressed: false),
      Form(file: "a.openmetrics.gz", text: open, compressed: true),
      // Without a telling name the content decides.
      Form(file: "a.metrics", text: open, compressed: false),
      Form(file: "a", text: prometheus, compressed: true),
      Form(file: "a.csv", text: long, compressed: false),
      Form(file: "a", text: long.replacing(";", with: "\t"), compressed: true),
      Form(file: "a.json", text: json, compressed: false),
      Form(file: "a", text: json, compressed: true),
    ]
  }()

  @Test("gives equal cells for equal facts", arguments: forms)
  func givesEqualCells(form: Form) throws {
    let folder = try Folder()
    let bytes = Array(form.text.utf8)
    try folder.write(form.file, form.compressed ? folder.gzip(bytes) : bytes)
    let pulled = try folder.source("*").pulled(["a"])
    #expect(pulled.failures.isEmpty)
    #expect(pulled.batches.map(\.read) == [8])
    #expect(
      pulled.batches.map(\.span) == [
        Window(
          start: Instant(seconds: 1_795_226_100),
          end: Instant(nanoseconds: 1_795_229_999_123_000_000))
      ])
    let cells = pulled.cells
    #expect(Set(cells.keys) == [#"a{job="x",q=""é\"}"#, "a"])
    // 1795226100 s is minute 29920435 exactly, so it closes minute 29920434.
    let x = cells[#"a{job="x",q=""é\"}"#] ?? []
    #expect(x.map(\.minute) == [29_920_434, 29_920_435, 29_920_436, 29_920_499])
    #expect(x.map(\.last) == [1, 7.25, 20, 3])
    let plain = cells["a"] ?? []
    #expect(plain.map(\.count) == [2])
    #expect(plain.map(\.rejects) == [1])
    #expect(plain.map(\.resets) == [1])
    #expect(plain.map(\.sum) == [-3.9])
    #expect(pulled.batches[0].file?.checksum != 0)
  }

  // A table's rows as amounts, with the content deciding again.
  @Test(
    "gives equal cells for a table in any wrapping", arguments: ["t.csv", "t.csv.gz", "t", "t.bin"])
  func givesEqualRows(file: String) throws {
    let folder = try Folder()
    let bytes = Array("bucket,good,total\n2026-10-18T06:00:00Z,9,10\n".utf8)
    try folder.write(file, file == "t.csv.gz" || file == "t" ? folder.gzip(bytes) : bytes)
    let pulled = try folder.source("t*").pulled([""])
    #expect(pulled.failures.isEmpty)
    #expect(
      pulled.cells.mapValues { $0.map(\.sum) } == [
        #"{column="good"}"#: [9], #"{column="total"}"#: [10],
      ])
  }

  struct FirstFault: CustomTestStringConvertible {
    let format: FormatName
    let text: String
    let reason: IngestError.Reason
    let line: Int
    let column: Int

    var testDescription: String { "\(reason)" }
  }

  @Test(
    "tells the first fault of a file and its place, wherever the file is cut into blocks",
    arguments: [
      FirstFault(
        format: .prometheusText, text: "b 1 1795226173000\n\nb 1 1000\n",
        reason: .implausibleTime, line: 3, column: 5),
      FirstFault(
        format: .prometheusText, text: "b 1 1795226173000\nb 1 1795226173001.\n",
        reason: .expected(.time), line: 2, column: 5),
      FirstFault(
        format: .openMetrics, text: "# TYPE a gauge\na 1\na 2\n# EOF\n",
        reason: .noTime, line: 2, column: 4),
      FirstFault(
        format: .openMetrics, text: "# TYPE a gauge\na 1 1795226173\na 2 1\na 3 0\n# EOF\n",
        reason: .rule(.order), line: 3, column: 5),
    ])
  func tellsTheFirstFault(of file: FirstFault) {
    for portion in Array(8...40) + [.max] {
      let fault = #expect(throws: Fault.self) {
        try parse(Array(file.text.utf8), as: file.format, names: ["a", "b"], portion: portion)
      }
      #expect(fault?.reason == file.reason)
      #expect(fault?.position?.line == file.line)
      #expect(fault?.position?.column == file.column)
    }
  }

  @Test("survives deep nonsense")
  func survivesNonsense() {
    for text in [
      "{", "a{", "[", "\"", "a{b=\"\\", "# ", "#", "\\", "1,", "\"\"\"", "a{\"", "e", "é",
      "{\"a\":", "[[", "{\"data\":",
    ] {
      for format in [FormatName.prometheusText, .openMetrics, .csv, .apiAnswers] {
        _ = fault(String(repeating: text, count: 20_000), as: format)
        _ = fault(text + "\n", as: format)
      }
    }
  }
}
