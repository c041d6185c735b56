import Foundation
import Model
import Testing

@testable import Ingest

@Suite("OpenMetrics text")
struct OpenMetricsTests {
  /// Cases of the published suite whose verdict we do not share, and why.
  static let deviations = [
    // The standard allows it in help texts; here a NUL is damage wherever it stands.
    "null_byte"
  ]

  struct Expected: Decodable {
    struct Verdict: Decodable {
      let should_parse: Bool
    }
    let openmetrics_conformance: [String: Verdict]
  }

  @Test("agrees with the published conformance suite in 210 of 211 cases")
  func agreesWithTheConformanceSuite() throws {
    guard let root = ProcessInfo.processInfo.environment["SLOREPORT_REFERENCE_DATA"] else {
      return print("skipped: SLOREPORT_REFERENCE_DATA names no folder with exposition/")
    }
    let folder = "\(root)/exposition"
    let expected = try JSONDecoder().decode(
      Expected.self, from: Data(contentsOf: URL(fileURLWithPath: "\(folder)/expected.json")))
    var differing: [String] = []
    for (name, verdict) in expected.openmetrics_conformance.sorted(by: { $0.key < $1.key }) {
      let file = URL(fileURLWithPath: "\(folder)/openmetrics-conformance/\(name).txt")
      let bytes = Array(try Data(contentsOf: file))
      var parses = true
      do {
        // The cases' times lie anywhere, so only here any time is plausible.
        // What is read although it breaks a rule is named, and does not count as valid.
        parses =
          try parse(bytes, as: .openMetrics, otherwise: 0, plausible: .min ... .max)
          .parted == nil
      } catch {
        parses = false
      }
      if parses != verdict.should_parse { differing.append(name) }
    }
    #expect(expected.openmetrics_conformance.count == 211)
    #expect(differing == OpenMetricsTests.deviations)
    print("OpenMetrics conformance: \(211 - differing.count) of 211, differing: \(differing)")
  }

  @Test("reads seconds to the nanosecond, without a detour through Double")
  func readsSecondsToTheNanosecond() throws {
    let content = try parse(
      "# TYPE a gauge\na 1 1795226173.123456789\na 2 1795226174\na 3 1.7952261755e9\n# EOF\n",
      as: .openMetrics, names: ["a"])
    let cells = content.series[0].cells
    #expect(cells[0].firstTime == 1_795_226_173_123_456_789)
    #expect(cells[0].lastTime == 1_795_226_175_500_000_000)
    #expect(cells[0].count == 3)
  }

  @Test("accepts quoted names, exemplars and metadata, and keeps the wanted series only")
  func acceptsQuotedNames() throws {
    let text = """
      # HELP "my.count" quoted\\nname
      # TYPE "my.count" gauge
      {"my.count","a.b"="x\\"y"} 4 1795226173
      # TYPE hits counter
      # UNIT hits
      hits_total{z="1",a="2"} 5 1795226173 # {trace="abc"} 0.5 1795226172.5
      # EOF

      """.replacingOccurrences(of: "# UNIT hits\n", with: "# UNIT hits \n")
    let content = try parse(text, as: .openMetrics, names: ["my.count", "hits_total"])
    #expect(content.read == 2)
    #expect(
      content.series.map(\.id.text) == [#"my.count{a.b="x"y"}"#, #"hits_total{a="2",z="1"}"#])
  }

  @Test("takes a database's export of a histogram, one series after the other")
  func takesSeriesAfterSeries() throws {
    let text = """
      # TYPE a histogram
      a_bucket{le="1"} 1 1795226173
      a_bucket{le="1"} 2 1795226178
      a_bucket{le="+Inf"} 3 1795226173
      a_bucket{le="+Inf"} 4 1795226178
      # EOF

      """
    #expect(try parse(text, as: .openMetrics, names: ["a_bucket"]).series.count == 2)
  }

  // Two expositions put behind each other, as `cat` and some exporters do.
  @Test("reads a family that stands in two places, with its metadata or without, and names it")
  func readsFamiliesApart() throws {
    let first = "# TYPE a counter\na_total{x=\"1\"} 1 1795226173\n"
    let other = "# TYPE b gauge\nb 1 1795226173\n"
    let second = "a_total{x=\"2\"} 2 1795226173\n"
    for (text, name) in [
      (first + other + "# TYPE a counter\n" + second, "a"),
      (first + other + "# HELP a again\n" + second, "a"), (first + other + second, "a_total"),
      (first + other + second + other, "a_total"),
      (other + first + "b{x=\"2\"} 1 1795226173\n", "b"),
    ] {
      let content = try parse(text + "# EOF\n", as: .openMetrics, names: ["a_total", "b"])
      #expect(content.parted == name, "\(text)")
      #expect(content.read == text.split(separator: "\n").count { !$0.hasPrefix("#") })
    }
    #expect(try parse(first + other + "# EOF\n", as: .openMetrics, names: ["b"]).parted == nil)
    // Another type, or a name that another family makes, is no second place but a contradiction.
    for text in [
      first + other + "# TYPE a gauge\na 1 1795226173\n",
      first + "# TYPE a_total gauge\n" + second, "# TYPE a_total gauge\n" + second + first,
    ] {
      #expect(
        fault(text + "# EOF\n", as: .openMetrics)?.reason == .rule(.repeatedName), "\(text)")
    }
  }

  @Test("names the byte where a text without its closing mark ends")
  func namesTheMissingEnd() {
    // "a 1 1795226173\n" is 15 bytes long.
    #expect(
      fault("a 1 1795226173\n", as: .openMetrics)
        == Fault(.truncated, at: .init(line: 1, byte: 15)))
    #expect(
      fault("a 1 1795226173\na 2 17", as: .openMetrics)
        == Fault(.truncated, at: .init(line: 2, column: 7, byte: 21)))
    #expect(fault("", as: .openMetrics)?.reason == .truncated)
  }

  @Test(
    "names the line of a time in the wrong unit",
    arguments: [
      ("1795226173000", IngestError.Reason.timeTooLarge), ("1795226", .implausibleTime),
      ("0", .implausibleTime), ("-5", .implausibleTime), ("1e300", .timeTooLarge),
      ("99999999999999999999999999", .timeTooLarge),
    ])
  func namesTheLineOfAWrongUnit(time: String, reason: IngestError.Reason) {
    let found = fault("# TYPE a gauge\na 1 \(time)\n# EOF\n", as: .openMetrics)
    #expect(found?.reason == reason)
    #expect(found?.position?.line == 2)
  }

  @Test("asks for a time")
  func asksForATime() {
    #expect(fault("a 1\n# EOF\n", as: .openMetrics)?.reason == .noTime)
  }
}
