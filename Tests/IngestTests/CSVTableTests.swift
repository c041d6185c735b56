import Model
import Testing

@testable import Ingest

@Suite("Tables")
struct CSVTableTests {
  func content(_ text: String) throws -> Content { try parse(text, as: .csv, names: [""]) }

  // 06:00 has two rows: 90 + 45 of 100 + 50; 06:05 has 99 of 100.
  @Test("of good and total become two series, rows of one minute summed")
  func ratio() throws {
    let content = try content(
      """
      bucket,good,total,team
      2026-10-18T06:00:00Z,90,100,x
      2026-10-18T08:00:30+02:00,45,50,x
      1792303500,99,100,x

      """)
    #expect(
      content.series.map(\.id.text) == [
        #"{column="good",team="x"}"#, #"{column="total",team="x"}"#,
      ])
    #expect(content.series.map(\.kind) == [.rows, .rows])
    #expect(content.series[0].cells.map(\.sum) == [135, 99])
    #expect(content.series[1].cells.map(\.sum) == [150, 100])
    #expect(content.series[1].cells.map(\.count) == [2, 1])
    #expect(content.series[1].cells[0].minute == 1_792_303_200 / 60)
    #expect(content.series[1].cells[0].firstTime == 1_792_303_200_000_000_000)
    // The smallest step is 30 s, so the last bucket is taken to last a minute: 06:00 to 06:06.
    #expect(content.span?.start.seconds == 1_792_303_200)
    #expect(content.span?.length == .minutes(6))
    #expect(content.read == 3)
  }

  // Unix seconds that differ from row to row are read where they are; as ISO times they are read row by row.
  @Test(
    "of Unix seconds are those of the same times in words",
    arguments: [
      [1_792_303_200, 1_792_303_260, 1_792_303_320, 1_792_303_380],
      [1_792_303_200, 1_792_303_260, 1_792_303_230, 1_792_303_380],
      [1_792_303_200, 1_792_303_200, 1_792_303_200, 1_792_303_201],
      [999_999_999, 1_000_000_000, 1_000_000_001, 1_000_000_060],
    ] as [[Int64]], ["series,time,value", "time,value"])
  func seconds(times: [Int64], head: String) throws {
    func content(_ text: (Int64) -> String) throws -> Content {
      let name = head.hasPrefix("series") ? "a," : ""
      let rows = times.enumerated().map { "\(name)\(text($1)),\($0 + 1)" }
      return try parse(
        ([head] + rows).joined(separator: "\n") + "\n", as: .csv, names: ["", "a"])
    }
    let (numbers, words) = try (
      content { "\($0)" }, content { "\(Instant(seconds: $0))" }
    )
    #expect(numbers.series.map(\.cells) == words.series.map(\.cells))
    #expect(numbers.read == words.read && numbers.span == words.span)
    #expect(!numbers.series.isEmpty)
  }

  @Test("of seconds and milliseconds are refused, wherever the unit changes")
  func mixedSeconds() {
    for other in ["1792303380000", "17923033800", "179230338"] {
      #expect(throws: (any Error).self, "\(other)") {
        try content(
          "series,time,value\na,1792303200,1\na,1792303260,2\na,1792303320,3\na,\(other),4\n")
      }
    }
  }

  @Test("count impossible rows as rejects of their minute, on the total")
  func rejects() throws {
    let content = try content(
      """
      bucket,good,total
      1792303200,5,4
      1792303200,-1,4
      1792303200,NaN,4
      1792303200,1,NaN
      1792303200,1,+Inf
      1792303200,1,2
      """
    )
    #expect(content.series[0].cells.map(\.rejects) == [0])
    #expect(content.series[1].cells.map(\.rejects) == [5])
    #expect(content.series.map { $0.cells[0].sum } == [1, 2])
  }

  @Test("of buckets name the bound in one spelling")
  func latency() throws {
    let content = try content(
      """
      bucket,le,count
      1792303200,0.50,7
      1792303200,60.0,9
      1792303200,+Inf,10
      1792303260,5e-1,-1
      """
    )
    #expect(content.series.map(\.id.text) == [#"{le="0.5"}"#, #"{le="60"}"#, #"{le="+Inf"}"#])
    #expect(content.series[0].cells.map(\.sum) == [7, 0])
    #expect(content.series[0].cells.map(\.rejects) == [0, 1])
  }

  @Test("of values and of moments keep the extremes and the ends of each minute")
  func values() throws {
    let values = try content(
      "bucket,value\n1792303230,4\n1792303200,1.5\n1792303215,-9\n1792303500,2.5\n1792303500,NaN\n")
    #expect(values.series.map(\.kind) == [.rows])
    let cells = values.series[0].cells
    #expect(cells.map(\.first) == [1.5, 2.5])
    #expect(cells.map(\.last) == [4, 2.5])
    #expect(cells.map(\.low) == [-9, 2.5])
    #expect(cells.map(\.high) == [4, 2.5])
    #expect(cells.map(\.rejects) == [0, 1])
    #expect(cells.map(\.resets) == [0, 0])
    // From 06:00 to 06:05, whose bucket is taken to last a minute.
    #expect(values.span?.length == .minutes(6))
    let moments = try content("job,at\nx,2026-10-18T06:00:00Z\nx,1792303500.5\n")
    #expect(moments.series.map(\.id.text) == [#"{job="x"}"#])
    #expect(moments.series.map(\.kind) == [.rows])
    #expect(moments.series[0].cells.map(\.last) == [1_792_303_200, 1_792_303_500.5])
    #expect(moments.span?.length == .milliseconds(300_500))
  }

  @Test("give the same for any order of rows")
  func anyOrder() throws {
    let rows = ["1792303200,1,2", "1792303260,3,4", "1792303215,5,6"]
    let one = try content("bucket,good,total\n" + rows.joined(separator: "\n"))
    let other = try content("bucket,good,total\n" + rows.reversed().joined(separator: "\n"))
    #expect(one.series == other.series)
    #expect(one.span == other.span)
  }

  @Test("may quote, with commas, quotes and line ends inside; formulas are text")
  func quoting() throws {
    let text =
      "\u{FEFF}bucket,good,total,\"na,me\"\r\n\"1792303200\",1,2,\"x \"\"y\"\"\r\nz\"\r\n"
      + "1792303200,3,4,=1+1\r\n"
    let content = try content(text)
    #expect(
      content.series.map { $0.id.value(of: "na,me").map { String(decoding: $0, as: UTF8.self) } }
        == ["x \"y\"\r\nz", "x \"y\"\r\nz", "=1+1", "=1+1"])
  }

  struct Bad: CustomTestStringConvertible, Sendable {
    let text: String
    let reason: IngestError.Reason
    let line: Int
    let field: Int?
    var testDescription: String { text.debugDescription }
  }

  @Test(
    "name row and field of what is wrong",
    arguments: [
      Bad(text: "bucket,good\n", reason: .missingColumn("total"), line: 1, field: 1),
      Bad(text: "good,total\n", reason: .missingColumn("bucket"), line: 1, field: 1),
      Bad(text: "bucket,le\n", reason: .missingColumn("count"), line: 1, field: 1),
      Bad(text: "bucket\n", reason: .missingColumn("value"), line: 1, field: 1),
      Bad(
        text: "date,time,value\n", reason: .ambiguousColumns("time", "date"), line: 1, field: 1),
      Bad(
        text: "bucket;value\n1792303200;12,5\n", reason: .decimalComma("12,5"), line: 2, field: 2),
      Bad(
        text: "bucket,value\n1792303200,1\n1792303260000,1\n", reason: .mixedTimes, line: 3,
        field: 1),
      Bad(text: "x,y\n", reason: .expected(.header), line: 1, field: 1),
      Bad(text: "bucket,value,\n", reason: .missingColumn(""), line: 1, field: 3),
      Bad(text: "bucket,value,a,a\n", reason: .repeatedColumn("a"), line: 1, field: 4),
      Bad(text: "bucket,good,total,column\n", reason: .repeatedColumn("column"), line: 1, field: 4),
      Bad(
        text: "bucket,value\n1792303200\n", reason: .fields(expected: 2, found: 1), line: 2,
        field: 2),
      Bad(
        text: "bucket,value\n1792303200,1,5\n", reason: .fields(expected: 2, found: 3), line: 2,
        field: 3),
      Bad(text: "bucket,value\n1792303200,1x\n", reason: .expected(.number), line: 2, field: 2),
      Bad(text: "bucket,value\n1792303200,\n", reason: .expected(.number), line: 2, field: 2),
      Bad(text: "bucket,value\n2026-10-18 06:00,1\n", reason: .localTime, line: 2, field: 1),
      Bad(text: "bucket,value\n17923032000,1\n", reason: .timeTooLarge, line: 2, field: 1),
      Bad(text: "bucket,value\n0,1\n", reason: .implausibleTime, line: 2, field: 1),
      Bad(text: "bucket,value\n1792303200,\"1\n", reason: .quote, line: 2, field: nil),
      Bad(text: "bucket,value\n1792303200,1\"\n", reason: .quote, line: 3, field: nil),
      Bad(text: "bucket,value\n1792303200,\"1\"\"\"x\"\"\n", reason: .quote, line: 2, field: 2),
      Bad(text: "", reason: .truncated, line: 0, field: nil),
    ])
  func namesThePlace(bad: Bad) {
    let found = fault(bad.text, as: .csv)
    #expect(found?.reason == bad.reason)
    if bad.field != nil {
      #expect(found?.position?.line == bad.line)
      #expect(found?.position?.column == bad.field)
    }
  }

  @Test("keep the wanted labels only")
  func keepsWanted() throws {
    let wanted = [
      Selector(source: "m", name: "", matchers: [.init(label: "job", condition: .equal("x"))])
    ]
    let text = "bucket,good,total,job\n1792303200,1,2,x\n1792303200,3,4,y\n"
    let content = try parse(text, wanted: wanted)
    #expect(content.series.map { $0.cells[0].sum } == [1, 2])
    #expect(content.read == 2)
  }
}
