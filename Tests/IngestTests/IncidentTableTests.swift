import Model
import Testing

@testable import Ingest

@Suite("Incidents in CSV")
struct IncidentTableTests {
  private let mapping = IncidentMapping(service: "shop")

  private func batches(
    _ folder: Folder, _ pattern: String = "*", mapping: IncidentMapping? = nil,
    marks: [FileMark] = [], timeFromModification: Bool = false,
    now: Instant = Instant(seconds: 2_000_000_000)
  ) throws -> Pulled {
    var result = Pulled()
    result.failures = try folder.source(pattern, timeFromModification: timeFromModification)
      .pullIncidents(
        mapping: mapping ?? self.mapping, feed: "/shop", marks: marks, now: now
      ) { _, produce in
        try produce { result.batches.append($0) }
      }
    return result
  }

  private func table(_ text: String, mapping: IncidentMapping? = nil) -> (
    incidents: [Incident], fault: Fault?
  ) {
    var table = IncidentTable(mapping: mapping ?? self.mapping)
    do {
      try table.read(MemoryStream(Array(text.utf8), portion: 7))
    } catch {
      return ([], error)
    }
    return (table.rows.finish().compactMap(\.incident), nil)
  }

  private let good = """
    id,note,started_at,resolved_at,severity,service,title,detected_at,acknowledged_at,cause
    1,x,2026-10-12T08:00:00Z,2026-10-12T09:00:00+00,critical,"web;api","Down, ""hard"" again",2026-10-12 08:05Z,,disk
    2,"two
    lines",2026-10-13T08:00:00Z,,3,,,,,

    3,,1791792000,infinity,none,,,,,

    """

  @Test("are read by the names of their columns; others, empty fields and empty lines are nothing")
  func reads() {
    let (found, fault) = table(good)
    #expect(fault == nil)
    #expect(found.map(\.id) == ["1", "3", "2"])
    #expect(found.map(\.severity) == [.critical, .none, .minor])
    #expect(found[0].title == "Down, \"hard\" again" && found[0].services == ["web", "api"])
    #expect(found[0].cause == "disk")
    let start = Instant(seconds: 1_791_792_000)
    #expect(found[0].started == start && found[0].resolved == start + .hours(1))
    #expect(found[0].detected == start + .minutes(5) && found[0].acknowledged == nil)
    #expect(found[1].resolved == nil && found[2].resolved == nil)
  }

  @Test("are read by the names that the mapping gives")
  func mapped() {
    let mapping = IncidentMapping(
      service: "shop", columns: ["id": "number", "started_at": "begin", "severity": "impact"],
      severities: ["bad": .major])
    let (found, fault) = table(
      "number,begin,impact,severity\n7,1791792000,Bad,ignored\n", mapping: mapping)
    #expect(fault == nil)
    #expect(found.map(\.id) == ["7"] && found.map(\.severity) == [.major])
    #expect(
      table("number,begin\n7,1791792000\n", mapping: mapping).fault?.reason
        == .missingColumn("impact"))
  }

  @Test("are written as the form says: delimiter, times, zone and names")
  func form() {
    let form = TableForm(
      delimiter: 124, time: "%d.%m.%y %H:%M", zone: .utc,
      columns: ["id": "Nr", "time": "Beginn", "resolved_at": "Ende"])
    let text = "Nr|Beginn|ENDE|Nr 2\n1|12.10.26 08:00|12.10.26 08:45|x\n2|13.10.26 8:00||\n"
    var table = IncidentTable(mapping: mapping, form: form)
    #expect(throws: Never.self) { try table.read(MemoryStream(Array(text.utf8), portion: 5)) }
    let found = table.rows.finish().compactMap(\.incident)
    let start = Instant(seconds: 1_791_792_000)
    #expect(found.map(\.id) == ["1", "2"])
    #expect(found.map(\.started) == [start, start + .days(1)])
    #expect(found.map(\.resolved) == [start + .minutes(45), nil])
    // Without a form the delimiter is told by the header, or by its own line; what the service says comes first.
    for text in ["ID;started_at\n1;1791792000\n", "sep=\t\nid\tSTARTED_AT\n1\t1791792000000\n"] {
      #expect(self.table(text).incidents.map(\.started) == [start], "\(text)")
    }
    let named = IncidentMapping(service: "shop", columns: ["started_at": "opened"])
    var own = IncidentTable(mapping: named, form: TableForm(columns: ["started_at": "began"]))
    #expect(throws: Never.self) {
      try own.read(MemoryStream(Array("opened,began\n1791792000,1\n".utf8)))
    }
    #expect(own.rows.finish().map(\.started) == [start])
  }

  @Test("tell of no time after now, and of none where there is only a header")
  func spans() throws {
    let folder = try Folder()
    try folder.write("a-20261018T060000Z.csv", "id,started_at\n")
    try folder.write("b-20261018T060000Z.csv", "started_at,resolved_at\n1791792000,1991792000\n")
    try folder.write("c-20261018T060000Z.csv", "started_at\n1891792000\n")
    try folder.write("d-20261018T060000Z.csv", "started_at,severity\n1791792000,awful\n")
    func spans(_ now: Instant) throws -> [Window?] {
      try batches(folder, now: now).batches.map(\.span)
    }
    let stamp = try #require(Instant(iso: "2026-10-18T06:00:00Z"))
    let start = Instant(seconds: 1_791_792_000)
    for (now, end) in [(stamp + .days(9), stamp), (stamp - .days(1), stamp - .days(1))] {
      let last = Window(start: end - .nanoseconds(1), end: end)
      #expect(try spans(now) == [last, Window(start: start, end: end), last, nil])
    }
  }

  @Test("name the place of a fault")
  func faults() {
    func fault(_ text: String) -> Fault? { table(text).fault }
    #expect(fault("")?.reason == .truncated)
    #expect(fault("id,title\n")?.reason == .missingColumn("started_at"))
    #expect(fault("started_at,id,id\n")?.reason == .repeatedColumn("id"))
    let one = fault("id,started_at\n1,1791792000\n2,yesterday\n")
    #expect(one?.reason == .timeForm(declared: nil))
    #expect(one?.position == .init(line: 3, column: 2, byte: 29))
    #expect(fault("started_at,resolved_at\n1791792000,1791792000000\n")?.reason == .mixedTimes)
    #expect(fault("started_at\n2026-10-12 08:00\n")?.reason == .localTime)
    #expect(fault("started_at\n17\n")?.reason == .implausibleTime)
    #expect(fault("started_at,id\n1791792000\n")?.reason == .fields(expected: 2, found: 1))
    #expect(fault("started_at\n\"1791792000\n")?.reason == .quote)
  }

  @Test("make one batch a file, which speaks from the first start to the last time it tells")
  func pull() throws {
    let folder = try Folder()
    try folder.write("a.csv", "id,started_at,resolved_at\n1,1791792000,1791795600\n2,x,\n")
    try folder.write("b.csv", good)
    try folder.write("c-20261018T060000Z.csv.gz", try folder.gzip(Array(good.utf8)))
    try folder.write("d.csv", "id,started_at\n")
    try folder.write("e.prom", "a 1\n")
    let pulled = try batches(folder)
    #expect(pulled.failures.map(\.path) == ["a.csv", "e.prom"])
    #expect(pulled.failures.map(\.source) == ["m", "m"])
    #expect(pulled.failures.last?.reason == .unknownFormat)
    #expect(pulled.batches.map(\.file?.path) == ["b.csv", "c-20261018T060000Z.csv.gz", "d.csv"])
    #expect(pulled.batches.allSatisfy { $0.source == "/shop" && !$0.replaces })
    #expect(pulled.batches.map(\.incidents.count) == [3, 3, 0])
    #expect(pulled.batches.map(\.read) == [3, 3, 0])
    let start = Instant(seconds: 1_791_792_000)
    #expect(pulled.batches[0].span == Window(start: start, end: start + .days(1)))
    #expect(
      pulled.batches[1].span
        == Window(start: start, end: try #require(Instant(iso: "2026-10-18T06:00:00Z"))))
    #expect(pulled.batches[2].span == nil)
  }

  @Test("with rows that cannot be used are kept, and the rows counted")
  func rejected() throws {
    let folder = try Folder()
    try folder.write(
      "a.csv", "started_at,resolved_at\n1791792000,1791792600\n1791792000,1791791000\n,\n")
    let batch = try #require(try batches(folder).batches.first)
    #expect(batch.incidents.compactMap(\.incident).count == 1 && batch.read == 3)
    #expect(batch.rejected == RejectedRows(count: 2, row: 2, reason: .endsBeforeStart))
    #expect(batch.incidents.compactMap(\.unusable).count == 2 && batch.series.isEmpty)
  }

  @Test("are read again when the file or the mapping is another one")
  func again() throws {
    let folder = try Folder()
    try folder.write("a.csv", good)
    let first = try batches(folder)
    let known = first.batches.compactMap(\.file)
    #expect(known.map(\.wanted) == [SnapshotSource.mark(of: mapping, timeFromModification: false)])
    #expect(try batches(folder, marks: known).batches.isEmpty)
    let other = IncidentMapping(service: "shop", severities: ["bad": .major])
    #expect(try batches(folder, mapping: other, marks: known).batches.count == 1)
    // The same content, written again, is a mark and its span alone.
    let touched = known.map {
      FileMark(
        path: $0.path, bytes: $0.bytes, modified: $0.modified - 1, checksum: $0.checksum,
        wanted: $0.wanted, ends: $0.ends)
    }
    let same = try #require(try batches(folder, marks: touched).batches.first)
    #expect(
      same.incidents.isEmpty && same.span == first.batches.first?.span && same.file == known.first)
    #expect(throws: IngestError(source: "m", path: "*.tsv", reason: .noFiles)) {
      _ = try batches(folder, "*.tsv")
    }
  }

  @Test("speak until the file was written, where that is asked for")
  func modified() throws {
    let folder = try Folder()
    try folder.write("a.csv", "started_at,resolved_at\n1600000000,1600000600\n")
    let batch = try #require(try batches(folder, timeFromModification: true).batches.first)
    #expect(batch.span?.end.nanoseconds == batch.file?.modified)
  }
}
