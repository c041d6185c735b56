import Foundation
import Model
import TestSupport
import Testing

@testable import History

/// `Fixtures/history/layout-1.db` was written by the first layout: an hourly counter of 15 days, and a closed week.
///
/// The other is the same, brought up to date by the release of its layout: `layout-2.db` with one incident as well.
@Suite("An older history")
struct MigrationTests {
  private static let layouts: [Int64] = [1, 2]

  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("sloreport.db")
    try copy(1)
  }

  private func copy(_ layout: Int64) throws {
    let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Fixtures/history/layout-\(layout).db")
    try? FileManager.default.removeItem(atPath: path)
    try FileManager.default.copyItem(atPath: fixture.path, toPath: path)
  }

  @Test("is left alone by a reader, which says what to do", arguments: layouts)
  func reader(layout: Int64) throws {
    try copy(layout)
    let before = try folder.read("sloreport.db")
    #expect(
      throws: HistoryError.olderSchema(found: layout, known: HistoryStore.schemaVersion)
    ) {
      try HistoryStore.open(at: path, for: .read)
    }
    #expect(try folder.read("sloreport.db") == before)
  }

  // 9 of 10 an hour succeed, and 15 days have 360 hours: 3,240.
  @Test("is brought up to date by a writer, with all that was in it", arguments: layouts)
  func writer(layout: Int64) throws {
    try copy(layout)
    do {
      let store = try HistoryStore.open(at: path, for: .write)
      #expect(try store.verify() == [])
      let good = try store.load(
        Selector(source: "metrics", name: "orders_total"), in: Samples.always)
      #expect(good.map { Samples.increase($0.cells) } == [360, 3240])
      #expect(try store.closedPeriod(kind: "weekly", name: "2026-W42") != nil)
      #expect(try store.files(of: "metrics").count == 1)
      #expect(try store.incidents(of: "/shop").map(\.id) == (layout > 1 ? ["INC-1"] : []))
      try store.note(SourceHealth(failures: 1), of: "metrics")
      #expect(try store.unread(of: "metrics") == [])
    }
    let store = try HistoryStore.open(at: path, for: .read)
    #expect(try store.verify() == [])
  }

  // The first layout did not notice this: the count and the sum of the checksums are the same.
  @Test("is not made good where it was damaged: a chunk of another day stays one that is missed")
  func movedChunk() throws {
    do {
      let connection = try Connection(path: path, lock: nil)
      try connection.script(
        "UPDATE chunk SET day = day + 3000 WHERE series = 1 AND day = (SELECT max(day) FROM chunk)",
        during: .write)
    }
    let store = try HistoryStore.open(at: path, for: .write)
    let row = try #require(try store.series(of: "metrics").first { $0.number == 1 })
    #expect(throws: HistoryError.damaged(.rows(.chunk, of: "(1)"))) {
      try store.load(row, in: Samples.window(0, 1))
    }
    let other = try #require(try store.series(of: "metrics").first { $0.number == 2 })
    #expect(try store.load(other, in: Samples.always).cells.isEmpty == false)
  }

  // Layouts 6 and 7 have the same tables: in 6, a query's mark lay among the files.
  @Test("has the progress of its queries taken over, once for a feed, and keeps its files")
  func progress() throws {
    func mark(_ path: String, modified: Int64, changed: Int64 = 0, wanted: UInt32) -> FileMark {
      FileMark(
        path: path, bytes: 8, modified: modified, changed: changed, checksum: 30, wanted: wanted)
    }
    let incidents = mark("incidents.csv", modified: 90, changed: 95, wanted: 77)
    do {
      let connection = try Connection(path: path, lock: nil)
      try Schema.migrate(connection, from: 1, to: 6)
      let store = HistoryStore(connection: connection, path: path)
      for (source, mark) in [
        ("db/a.sql", mark("a.sql", modified: 50, wanted: 1)), ("/shop", incidents),
        ("/shop", mark("old.sql", modified: 60, wanted: 0)),
        ("/shop", mark("new.sql", modified: 70, wanted: 0)),
      ] {
        try store.put([FileRow(source: source, mark: mark)])
      }
    }
    let store = try HistoryStore.open(at: path, for: .write)
    #expect(try store.verify() == [])
    #expect(
      try store.query(of: "db/a.sql")
        == QueryMark(path: "a.sql", checksum: 30, progress: .until(Instant(nanoseconds: 50))))
    #expect(
      try store.query(of: "/shop") == QueryMark(path: "new.sql", checksum: 30, progress: .whole))
    #expect(try store.files(of: "db/a.sql") == [])
    #expect(try store.files(of: "/shop") == [incidents])
    #expect(try store.files(of: "metrics").count == 1)
  }

  /// The facts of the closed week as they lie in the file.
  private func storedFacts() throws -> [UInt8] {
    let connection = try Connection(path: path, lock: nil)
    var facts: [UInt8] = []
    try connection.rows("SELECT facts FROM period") { (row) throws(HistoryError) in
      facts = try row.blob(0)
    }
    return facts
  }

  @Test(
    "has the facts of its closed periods packed, and not changed", arguments: [1, 7] as [Int64])
  func packs(layout: Int64) throws {
    try Schema.migrate(try Connection(path: path, lock: nil), from: 1, to: layout)
    let facts = try storedFacts()
    #expect(facts.first == UInt8(ascii: "{"))
    let store = try HistoryStore.open(at: path, for: .write)
    let closed = try #require(try store.closedPeriod(kind: "weekly", name: "2026-W42"))
    #expect(closed.facts == facts && closed.inputs == [])
    #expect(try Packed.unpack(try storedFacts(), count: 2) == [facts, []])
    #expect(try store.verify() == [])
  }

  @Test("is not made good where it was damaged: an altered period stays one")
  func alteredPeriod() throws {
    do {
      let connection = try Connection(path: path, lock: nil)
      try Schema.migrate(connection, from: 1, to: 7)
      try connection.script("UPDATE period SET made = made + 1", during: .write)
    }
    let store = try HistoryStore.open(at: path, for: .write)
    let damage = Damage.row(.period, key: "(weekly, 2026-W42, 0)")
    #expect(throws: HistoryError.damaged(damage)) {
      try store.closedPeriod(kind: "weekly", name: "2026-W42")
    }
    #expect(try store.verify().contains(damage))
  }

  @Test("is old or new after a kill at any moment of the change", arguments: 0..<tries(5, long: 20))
  func killed(round: Int) throws {
    let program = Program("sloreport")
    let configuration = """
      timezone: UTC
      sources: { metrics: { files: "*.om" } }
      services: { shop: { slos: { orders: { objective: 85%, window: 7d, ratio: { source: metrics, good: 'orders_total{code="ok"}', total: orders_total } } } } }
      """
    try folder.write(Array(configuration.utf8), to: "sloreport.yaml")
    let running = try program.start(
      ["collect", "--as-of", "2026-10-19T00:00:00Z"], in: URL(fileURLWithPath: folder.path))
    usleep(UInt32(round * tries(8, long: 2)) * 1_000)
    kill(running.identifier, SIGKILL)
    _ = running.finish()
    let store = try HistoryStore.open(at: path, for: .write)
    #expect(try store.verify() == [])
    #expect(try store.closedPeriod(kind: "weekly", name: "2026-W42") != nil)
  }
}
