import Foundation
import Model
import Testing

@testable import Ingest

@Suite("Answers of Prometheus")
struct APIAnswersTests {
  func content(_ text: String, _ names: [String] = ["up", ""], portion: Int = .max) throws
    -> Content
  {
    try parse(Array(text.utf8), as: .apiAnswers, names: names, portion: portion)
  }

  static let vector = #"""
    {"status":"success","data":{"resultType":"vector","result":[{"metric":{"__name__":"up","job":"a"},"value":[1795227607,"1"]},{"metric":{"__name__":"up","job":"b"},"value":[1795227607.5,"0.25"]}]}}
    """#

  @Test("with names are samples of their series")
  func named() throws {
    let content = try content(Self.vector)
    #expect(
      content.series.cells.mapValues { $0.map(\.last) } == [
        #"up{job="a"}"#: [1], #"up{job="b"}"#: [0.25],
      ])
    #expect(content.series.map(\.kind) == [.samples, .samples])
    #expect(content.span?.start.seconds == 1_795_227_607)
    #expect(content.span?.length == .milliseconds(500))
    #expect(content.read == 2)
  }

  @Test("to an expression are rows of values with its labels, NaN among them a reject")
  func expression() throws {
    let content = try content(
      #"""
      {"status":"success","data":{"resultType":"matrix","result":[
        {"metric":{"job":"a"},"values":[[1795227600,"3"],[1795227660,"NaN"],[1795227720.5,"-1e3"]]},
        {"metric":{},"values":[[1795227600,"+Inf"]]}]}}
      """#)
    let cells = content.series.cells
    #expect(content.series.map(\.kind) == [.rows, .rows])
    #expect(cells[#"{job="a"}"#]?.map(\.sum) == [3, 0, -1000])
    #expect(cells[#"{job="a"}"#]?.map(\.rejects) == [0, 1, 0])
    #expect(cells[""]?.map(\.rejects) == [1])
    #expect(content.rejected == RejectedRows(count: 2, row: 2, reason: .noNumber))
    // The smallest step is a minute: 120.5 s from first to last, and one more.
    #expect(content.span?.length == .milliseconds(180_500))
  }

  @Test("that are a scalar are a row without labels, and a string is nothing")
  func scalar() throws {
    let scalar = #"{"status":"success","data":{"resultType":"scalar","result":[1795227607,"2"]}}"#
    #expect(try content(scalar).series.cells[""]?.map(\.sum) == [2])
    let string = #"{"data":{"result":[1795227607,"two"],"resultType":"string"}}"#
    #expect(try content(string).series.isEmpty)
    #expect(
      fault(string.replacingOccurrences(of: "string", with: "scalar"))?.reason == .expected(.number)
    )
  }

  @Test("may stand behind each other, with or without line ends")
  func several() throws {
    let later = Self.vector.replacingOccurrences(of: "1795227607", with: "1795227907")
    for between in ["", "\n", "\r\n \n"] {
      let content = try content(Self.vector + between + later + between)
      #expect(content.read == 4)
      #expect(content.series.cells.mapValues(\.count) == [#"up{job="a"}"#: 2, #"up{job="b"}"#: 2])
    }
  }

  // The compact layout takes the quick way in blocks, every other the long one.
  @Test("are read in any layout, escape and order of members, in any portions")
  func anyLayout() throws {
    let plain = #"""
      {"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"up","q":"[1795227600,\"9\"],[","e":"é😀\"\\/\b\n"},"values":[[1795227600,"0.1"],[1795227601.125,"1e-7"],[1795227602,"NaN"]]}]},"infos":["]}[\"",{"a":[1,-0.5e+3,null,true]}],"warnings":[]}
      """#
    let expected = try content(plain).series
    #expect(expected.count == 1)
    #expect(expected[0].cells.map(\.rejects) == [0, 1])
    let object = try JSONSerialization.jsonObject(with: Data(plain.utf8))
    let pretty = try JSONSerialization.data(withJSONObject: object, options: .prettyPrinted)
    let others = [
      String(decoding: pretty, as: UTF8.self),
      plain.replacingOccurrences(of: "é😀", with: #"\u00e9\uD83D\ude00"#),
      plain.replacingOccurrences(
        of: #"[[1795227600,"0.1"],[1795227601.125,"#,
        with: #"[[1795227600, "0.1"], [1795227601.125,"#),
      #"""
      {"warnings":null,"data":{"result":[{"values":[[1795227600,"0.1"],[1795227601.125,"1e-7"],[1795227602,"NaN"]],"metric":{"e":"é😀\"\\\/\b\n","q":"[1795227600,\"9\"],[","__name__":"up"},"x":{}}],"resultType":"matrix"},"status":"success"}
      """#,
    ]
    for text in others { #expect(try content(text).series == expected, "\(text)") }
    for portion in 1...40 { #expect(try content(plain, portion: portion).series == expected) }
  }

  /// Longer than several blocks, with names of series that look like points.
  static let long: String = {
    let series = (0..<60).map { number in
      let points = (0..<1440).map {
        "[\(1_795_227_600 + $0 * 60)\($0 % 3 == 0 ? ".25" : ""),\"0.\($0 * 7919 % 10007)\(number)\"]"
      }
      let name = String(repeating: "[1795227600,\\\"1\\\"],", count: 50)
      return #"{"metric":{"__name__":"up","n":"\#(name)\#(number)"},"values":["#
        + points.joined(separator: ",") + "]}"
    }
    return #"{"status":"success","data":{"resultType":"matrix","result":["#
      + series.joined(separator: ",") + "]}}"
  }()

  @Test("of many blocks are the same as when every point is read by itself")
  func blocks() throws {
    let quick = try content(Self.long)
    #expect(Self.long.utf8.count > 2_000_000)
    #expect(quick.read == 60 * 1440)
    // A blank in front of each point is not what Prometheus writes.
    let slow = try content(Self.long.replacingOccurrences(of: "[17", with: "[ 17"))
    let labels = { (cells: [String: [Cell]]) in
      cells.values.map { $0.map(\.sum) }.sorted { $0[1] < $1[1] }
    }
    #expect(labels(quick.series.cells) == labels(slow.series.cells))
    #expect(quick.span == slow.span)
  }

  @Test("with native histograms are counts up to each bound")
  func histograms() throws {
    let text = #"""
      {"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"h","job":"a"},"histograms":[
      [1795227600,{"count":"4","sum":"7.5","buckets":[[1,"-2","-1","1"],[3,"-0.5","0.5","1"],[0,"1","2","2"]]}],
      [1795227660,{"count":"7","sum":"9","buckets":[[0,"1","2","3"],[0,"2","4","4"]]}]]}]}}
      """#
    let content = try content(text, ["h_bucket", "h_count", "h_sum"])
    let last = content.series.cells.mapValues { $0.map(\.last) }
    #expect(
      last == [
        #"h_count{job="a"}"#: [4, 7], #"h_sum{job="a"}"#: [7.5, 9],
        #"h_bucket{job="a",le="-1"}"#: [1, 0], #"h_bucket{job="a",le="0"}"#: [0],
        #"h_bucket{job="a",le="0.5"}"#: [2, 0], #"h_bucket{job="a",le="1"}"#: [2, 0],
        #"h_bucket{job="a",le="2"}"#: [4, 3], #"h_bucket{job="a",le="4"}"#: [4, 7],
        #"h_bucket{job="a",le="+Inf"}"#: [4, 7],
      ])
    #expect(
      fault(text.replacingOccurrences(of: #""4","4"#, with: #""1","4"#))?.reason
        == .expected(.buckets))
    #expect(
      fault(text.replacingOccurrences(of: #""sum":"9","#, with: ""))?.reason
        == .missingMember("sum"))
  }

  struct Bad: CustomTestStringConvertible, Sendable {
    let text: String
    let reason: IngestError.Reason
    let byte: Int64
    var testDescription: String { text.debugDescription }
  }

  @Test(
    "name the byte of what is wrong",
    arguments: [
      Bad(text: "", reason: .truncated, byte: 0),
      Bad(text: " {", reason: .truncated, byte: 2),
      Bad(
        text: #"{"status":"error","errorType":"bad_data","error":"parse error"}"#,
        reason: .answeredError(type: "bad_data", text: "parse error"), byte: 0),
      Bad(text: #"{"status":"success"}"#, reason: .missingMember("data"), byte: 0),
      Bad(text: #"{"data":{"resultType":"matrix"}}"#, reason: .missingMember("result"), byte: 8),
      Bad(text: #"{"data":{"result":[]}}"#, reason: .missingMember("resultType"), byte: 8),
      Bad(text: #"{"status":"success","status":"x"}"#, reason: .repeatedMember("status"), byte: 20),
      Bad(
        text: #"{"data":{"resultType":"matrix","result":[{"metric":{"a":"1","\u0061":"2"}}]}}"#,
        reason: .repeatedMember("a"), byte: 60),
      Bad(
        text: #"{"data":{"resultType":"matrix","result":[{"value":[1795227607,"1"]}]}}"#,
        reason: .missingMember("metric"), byte: 41),
      Bad(
        text:
          #"{"data":{"resultType":"matrix","result":[{"metric":{},"value":[1795227607,"x"]}]}}"#,
        reason: .expected(.number), byte: 74),
      Bad(
        text:
          #"{"data":{"resultType":"matrix","result":[{"metric":{},"value":[01795227607,"1"]}]}}"#,
        reason: .expected(.number), byte: 63),
      Bad(
        text: #"{"data":{"resultType":"matrix","result":[{"metric":{},"value":[17,"1"]}]}}"#,
        reason: .implausibleTime, byte: 62),
      Bad(
        text:
          #"{"data":{"resultType":"matrix","result":[{"metric":{},"value":[1795227607000,"1"]}]}}"#,
        reason: .timeTooLarge, byte: 62),
      Bad(text: #"{"a":"\ud800"}"#, reason: .notUTF8, byte: 6),
      Bad(text: #"{"a":1,}"#, reason: .expected(.quotedValue), byte: 7),
      Bad(text: #"{"a":tru}"#, reason: .expected(.jsonValue), byte: 5),
      Bad(
        text: #"{"data":{"resultType":"vektor"}}"#, reason: .expected(.resultType), byte: 30),
    ])
  func namesTheByte(bad: Bad) {
    let found = fault(bad.text)
    #expect(found?.reason == bad.reason)
    #expect(found?.position?.byte == bad.byte)
  }

  func fault(_ text: String) -> Fault? { IngestTests.fault(text, as: .apiAnswers) }

  struct Partial: CustomTestStringConvertible, Sendable {
    let member: String
    let means: IngestError.PartialAnswer?
    var testDescription: String { member }

    init(_ member: String, _ means: IngestError.PartialAnswer?) {
      (self.member, self.means) = (member, means)
    }
  }

  @Test(
    "that their server calls incomplete are refused with its words, before or after the data, and taken where that is accepted",
    arguments: [
      Partial(#""isPartial":true"#, .flag),
      Partial(#""isPartial":false"#, nil),
      Partial(#""isPartial":null"#, nil),
      Partial(
        #""warnings":["No StoreAPIs matched for this query","b"]"#,
        .warnings(first: "No StoreAPIs matched for this query", count: 2)),
      Partial(#""warnings":"a store is away""#, .warnings(first: "a store is away", count: 1)),
      Partial(#""warnings":[],"infos":["PromQL info: metric might not be a counter"]"#, nil),
      Partial(#""warnings":["PromQL info: metric might not be a counter"]"#, nil),
      Partial(
        #""warnings":["PromQL info: x","PromQL warning: y"]"#,
        .warnings(first: "PromQL warning: y", count: 1)),
      Partial(
        #""error":"timeout","errorType":"execution""#, .error(type: "execution", text: "timeout")),
      Partial(#""errorType":"timeout""#, .error(type: "timeout", text: "")),
      Partial(#""error":{"code":7}"#, .error(type: "", text: "")),
      Partial(#""error":"","errorType":null"#, nil),
    ])
  func partial(example: Partial) throws {
    let data =
      #""data":{"resultType":"vector","result":[{"metric":{"__name__":"up"},"value":[1795227607,"1"]}]}"#
    for text in ["{\(data),\(example.member)}", "{\(example.member),\(data)}"] {
      // A whole answer before it does not save the file.
      let both = Self.vector + text
      #expect(fault(both)?.reason == example.means.map { .partialAnswer($0) })
      let accepted = try parse(
        Array(both.utf8), as: .apiAnswers, names: ["up"], acceptsPartial: true)
      #expect(accepted.read == 3)
      #expect(accepted.isPartial == (example.means != nil))
    }
    // An answer that is an error is never accepted.
    let failed =
      #"{"status":"error",\#(example.member.hasPrefix(#""error"#) ? "" : #""error":"e","#)\#(example.member),\#(data)}"#
    #expect(throws: Fault.self) {
      try parse(Array(failed.utf8), as: .apiAnswers, names: ["up"], acceptsPartial: true)
    }
  }

  @Test("may not be nested deeper than 64 levels")
  func depth() {
    let text = #"{"warnings":"# + String(repeating: "[", count: 100_000)
    #expect(fault(text)?.reason == .nestedTooDeep(limit: 64))
  }

  @Test("are recognised by their first bytes, which no sample of an exposition has")
  func recognised() throws {
    func name(_ text: String) throws -> FormatName {
      try FormatName(of: "x", front: Array(text.utf8))
    }
    #expect(try name("\n { \"status\" : \"success\"") == .apiAnswers)
    #expect(try name("{\"a\"} 1\n") == .prometheusText)
    #expect(try name("{\"a\",b=\"{\\\":\"} 1\n") == .prometheusText)
    #expect(try FormatName(of: "x.json.gz", front: []) == .apiAnswers)
  }

  // Recorded from a server; several are wrapped twice, as a program kept them.
  @Test("of a real server are read, each with the numbers that another parser finds")
  func recorded() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Fixtures/prometheus-api")
    var points = 0
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
      let data = try Data(contentsOf: folder.appending(path: file))
      if file == "query-error.json" {
        guard
          case .answeredError(type: "bad_data", _)? = self.fault(
            String(decoding: data, as: UTF8.self))?.reason
        else {
          Issue.record("an error is taken for an answer")
          continue
        }
        continue
      }
      var names: Set<String> = [""]
      var expected: [String: (count: Int, sum: Double)] = [:]
      var level = try JSONSerialization.jsonObject(with: data) as? [String: Any]
      while let inner = level?["data"] as? [String: Any] { level = inner }
      for result in level?["result"] as? [Any] ?? [] {
        guard let result = result as? [String: Any],
          let metric = result["metric"] as? [String: String]
        else { continue }
        names.insert(metric["__name__"] ?? "")
        let labels = metric.filter { $0.key != "__name__" }.map { Label($0.key, $0.value) }
        let id = SeriesID(source: "m", name: metric["__name__"] ?? "", labels: labels)
        let values =
          (result["values"] as? [[Any]] ?? (result["value"] as? [Any]).map { [$0] } ?? [])
          .compactMap { ($0.last as? String).flatMap(Double.init) }.filter(\.isFinite)
        expected[id.text] = (values.count, values.reduce(0, +))
        points += values.count
      }
      let content = try parse(Array(data), as: .apiAnswers, names: Array(names))
      let cells = content.series.cells
      for (id, expected) in expected {
        let found = cells[id] ?? []
        #expect(found.reduce(0) { Int($0) + Int($1.count) } == expected.count, "\(file) \(id)")
        #expect(abs(found.reduce(0) { $0 + $1.sum } - expected.sum) <= 1e-9 * abs(expected.sum))
      }
    }
    #expect(points > 1000)
  }
}
