import Model
import TestSupport
import Testing

@testable import Ingest

@Suite("Tables of samples")
struct SampleTableTests {
  func cells(_ text: String, _ names: [String], table: TableForm = TableForm()) throws
    -> [String: [Double]]
  {
    let content = try parse(text, as: .csv, names: names, table: table)
    #expect(content.series.allSatisfy { $0.kind == .samples })
    return content.series.cells.mapValues { $0.map(\.last) }
  }

  // Grafana's "Series joined by time", with its quotes.
  @Test("have a column for each series, an empty cell being no sample")
  func wide() throws {
    let text = #"""
      "Time","up{job=""a"",instance=""x,1""}",load,Notes
      2026-10-18T06:00:30Z,1,0.5,started
      2026-10-18T06:01:30Z,,1.5,
      2026-10-18T06:02:30Z,0,,"a ""b"""
      """#
    #expect(
      try cells(text, ["up", "load"]) == [
        #"up{instance="x,1",job="a"}"#: [1, 0], "load": [0.5, 1.5],
      ])
    #expect(try parse(text, as: .csv, names: ["up"]).read == 2)
  }

  @Test("have a row for each sample, which names its series")
  func long() throws {
    let text = """
      series;Timestamp;value;job
      load;1792303230000;0.5;a
      load;1792303290000;;a
      other;1792303290000;9;a
      load;1792303290000;2;b
      "up{x=""y""}";1792303290000;1;
      """
    #expect(
      try cells(text, ["load", "up"]) == [
        #"load{job="a"}"#: [0.5], #"load{job="b"}"#: [2], #"up{x="y"}"#: [1],
      ])
  }

  @Test("are recognised by a name of the time in any case, whatever separates their columns")
  func recognised() throws {
    for header in ["Time,up\n", "TIMESTAMP;a\n", "a\tdate\n", "DateTime|b\n", "ts,b\n"] {
      #expect(try FormatName(of: "x", front: Array(header.utf8)) == .csv)
    }
  }

  // 06:00:30 UTC, in five spellings.
  @Test(
    "have times in any unit of Unix time, told by its size",
    arguments: [
      "1792303230", "1792303230000", "1792303230000000", "1792303230000000000", "1792303230.0",
    ])
  func units(text: String) throws {
    let content = try parse("time,up\n\(text),1\n", as: .csv, names: ["up"])
    #expect(content.series.first?.cells.map(\.firstTime) == [1_792_303_230_000_000_000])
  }

  // Berlin: until 25 October 2026, 03:00, two hours before UTC, then one.
  static let berlin = ZoneOffsets(
    name: "Europe/Berlin", first: .init(seconds: 7200, isDaylight: true, abbreviation: "CEST"),
    changes: [1_792_890_000, 1_806_195_600],
    offsets: [
      .init(seconds: 3600, isDaylight: false, abbreviation: "CET"),
      .init(seconds: 7200, isDaylight: true, abbreviation: "CEST"),
    ])

  @Test(
    "have times in the form that is declared",
    arguments: [
      ("%d/%b/%y %I:%M %p", "12/Oct/26 9:15 AM", "2026-10-12T09:15:00Z"),
      ("%d/%b/%y %I:%M %p", "2/sept/26 12:05 am", "2026-09-02T00:05:00Z"),
      ("%b %d, %Y %I:%M%p", "October 12, 2026 12:05PM", "2026-10-12T12:05:00Z"),
      ("%m/%d/%Y %H:%M", "1/2/2026 9:05", "2026-01-02T09:05:00Z"),
      ("%Y-%m-%d %H:%M:%S", "2026-10-12 02:15:00", "2026-10-12T02:15:00Z"),
      ("%Y%m%d%H%M%S", "20261012021500", "2026-10-12T02:15:00Z"),
      ("%Y/%m/%d %H:%M:%S %z", "2026/10/12 02:15:00 -0400", "2026-10-12T06:15:00Z"),
      ("%d/%b/%y %I:%M %p", "12/Okt/26 9:15 AM", nil),
      ("%d/%b/%y %I:%M %p", "12/Oct/26 13:15 PM", nil),
      ("%d/%b/%y %I:%M %p", "12/Oct/26 0:15 AM", nil),
      ("%d/%b/%y %I:%M %p", "12/Oct/26 9:15", nil),
      ("%d/%b/%y %I:%M %p", "12/Oct/2026 9:15 AM", nil),
      ("%d/%b/%Y", "31/Feb/2026", nil),
    ] as [(String, String, String?)])
  func forms(form: String, text: String, time: String?) throws {
    let declared = TableTime(form: form, zone: .utc)
    let bytes = Array(text.utf8)
    guard let time else {
      #expect(throws: TimeFault.self) { try declared.read(bytes.span, 0..<bytes.count) }
      return
    }
    let read = try declared.read(bytes.span, 0..<bytes.count).time
    #expect(Instant(nanoseconds: read) == Instant(iso: time))
  }

  @Test("may say by a first line what separates their columns, as Excel does")
  func separator() throws {
    let text = "\u{FEFF}sep=;\r\ntime; up \r\n1792303230;1\r\n"
    #expect(try cells(text, ["up"]) == ["up": [1]])
    #expect(try FormatName(of: "x", front: Array(text.utf8.dropFirst(3))) == .csv)
    #expect(throws: Fault(.expected(.number), at: .init(line: 3, column: 2, byte: 25))) {
      try cells("sep=;\ntime;up\n1792303230;x\n", ["up"])
    }
  }

  @Test(
    "have local times where their zone is declared, the earlier one where a clock shows them twice")
  func local() throws {
    let form = TableForm(
      delimiter: 59, time: "%d.%m.%Y %H:%M:%S", zone: Self.berlin,
      columns: ["time": "Zeitpunkt", "value": "Wert", "metric": "Name"])
    func time(_ text: String) throws -> Int64? {
      try parse("Zeitpunkt;Name;Wert\n\(text);up;1\n", as: .csv, names: ["up"], table: form)
        .series.first.map { $0.cells[0].firstTime / 1_000_000_000 }
    }
    #expect(try time("18.10.2026 08:00:30") == 1_792_303_230)
    #expect(try time("25.10.2026 02:30:00") == 1_792_888_200)
    #expect(try time("25.10.2026 03:00:00") == 1_792_893_600)
    // The clocks go from 02:00 to 03:00.
    #expect(throws: Fault(.skippedTime, at: .init(line: 2, column: 1, byte: 20))) {
      try time("28.03.2027 02:30:00")
    }
    #expect(
      throws: Fault(
        .timeForm(declared: "%d.%m.%Y %H:%M:%S"), at: .init(line: 2, column: 1, byte: 20))
    ) {
      try time("31.02.2026 02:30:00")
    }
    let iso = "time,up\n2026-10-18 08:00:30,1\n"
    #expect(throws: Fault.self) { try parse(iso, as: .csv, names: ["up"]) }
    let zoned = try parse(iso, as: .csv, names: ["up"], table: TableForm(zone: Self.berlin))
    #expect(zoned.span?.start.seconds == 1_792_303_230)
  }

  /// Rows in order of time, over several blocks.
  static func rows(_ count: Int) -> [String] {
    (0..<count).flatMap { minute in
      (0..<40).map { service in
        let total = 100 + (minute * 31 + service * 17) % 900
        return "\(1_792_303_200 + minute * 60),svc-\(service),\(total - service % 7),\(total)"
      }
    }
  }

  @Test("give the same cells in parts, read by two threads, as row by row in any order")
  func parts() throws {
    let folder = try Folder()
    var rows = Self.rows(1500)
    try folder.write("sorted.csv", "bucket,service,good,total\n" + rows.joined(separator: "\n"))
    var generator = SeededGenerator(seed: 3)
    rows.shuffle(using: &generator)
    try folder.write("shuffled.csv", "bucket,service,good,total\n" + rows.joined(separator: "\r\n"))
    let sorted = try folder.source("sorted.csv").pulled([""])
    let shuffled = try folder.source("shuffled.csv").pulled([""])
    #expect(sorted.failures.isEmpty && shuffled.failures.isEmpty)
    #expect(sorted.batches.count > 2)
    #expect(sorted.cells.values.reduce(0) { $0 + $1.count } == 2 * 40 * 1500)
    #expect(sorted.cells == shuffled.cells)
    #expect(sorted.batches.last?.span == shuffled.batches.last?.span)
    #expect(sorted.batches.last?.read == 60_000)
  }

  @Test("start again when a row comes for a minute that was handed on")
  func startsAgain() throws {
    let folder = try Folder()
    let rows = Self.rows(1500) + ["1792303200,svc-3,0,50"]
    try folder.write("a.csv", "bucket,service,good,total\n" + rows.joined(separator: "\n"))
    var tries = 0
    var series: [Series] = []
    let failures = try folder.source("a.csv").pull(
      wanted: [Selector(source: "m", name: "")], marks: []
    ) { _, produce in
      tries += 1
      series = []
      try produce { series += $0.series }
    }
    #expect(failures.isEmpty)
    #expect(tries == 2)
    // The same moment again: 50 more.
    let total = series.cells[#"{column="total",service="svc-3"}"#]
    #expect(total?.count == 1500)
    #expect(total?.first?.sum == 201)
    #expect(total?.first?.duplicates == 1)
  }
}
