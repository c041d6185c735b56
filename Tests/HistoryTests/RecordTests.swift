import Foundation
import History
import Model
import TestSupport
import Testing

@Suite("What could not be read")
struct RecordTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("sloreport.db")
  }

  private func unread(_ path: String, ends: Int64? = nil, noticed: Int64 = 1) -> Unread {
    Unread(
      path: path, ends: ends.map(Instant.init(seconds:)), noticed: Instant(seconds: noticed),
      reason: "\(path): empty")
  }

  @Test("is there for the next run, in order of the path, and replaced by the next pull")
  func replaced() throws {
    do {
      let store = try HistoryStore.open(at: path, for: .write)
      #expect(try store.unread(of: "m") == [])
      try store.note([unread("b", ends: 7), unread("a")], of: "m")
      try store.note([unread("c")], of: "n")
    }
    do {
      let store = try HistoryStore.open(at: path, for: .write)
      #expect(try store.unread(of: "m") == [unread("a"), unread("b", ends: 7)])
      try store.note([unread("b", ends: 8)], of: "m")
      #expect(try store.unread(of: "m") == [unread("b", ends: 8)])
      #expect(try store.verify() == [])
      try store.forgetRecords(exceptOf: ["m"])
    }
    let store = try HistoryStore.open(at: path, for: .read)
    #expect(try store.unread(of: "n") == [])
    #expect(try store.verify() == [])
  }

  @Test("that is known already keeps its first time and writes nothing")
  func same() throws {
    let store = try HistoryStore.open(at: path, for: .write)
    try store.note([unread("a", noticed: 1)], of: "m")
    let before = try folder.read("sloreport.db")
    try store.note([unread("a", noticed: 2)], of: "m")
    #expect(try store.unread(of: "m").map(\.noticed.seconds) == [1])
    #expect(try folder.read("sloreport.db") == before)
  }

  @Test("touches what ends after it starts; without an end everything")
  func touches() {
    #expect(unread("a").touches(Instant(seconds: 9)))
    #expect(unread("a", ends: 10).touches(Instant(seconds: 9)))
    #expect(!unread("a", ends: 9).touches(Instant(seconds: 9)))
  }

  @Test("cannot be removed, changed or added without notice")
  func damage() throws {
    for change in [
      "DELETE FROM record", "UPDATE record SET ends = 1", "UPDATE record SET name = 'b'",
      "UPDATE record SET member = 'n'",
      "INSERT INTO record SELECT kind, member, 'z', starts, ends, number, words, checksum FROM record",
    ] {
      let folder = try TemporaryFolder()
      let path = folder.file("sloreport.db")
      try HistoryStore.open(at: path, for: .write).note([unread("a", ends: 7)], of: "m")
      let outcome = try Program("sloreport").shell(
        "sqlite3 sloreport.db \"\(change)\"", in: URL(fileURLWithPath: folder.path))
      #expect(outcome.status == 0, "\(outcome)")
      let store = try HistoryStore.open(at: path, for: .read)
      #expect(throws: HistoryError.self, "\(change)") { try store.unread(of: "m") }
      #expect(try store.verify() != [], "\(change)")
    }
  }

  @Test(
    "what is kept as a whole reaches the disk when it is settled, with what is noted until then")
  func settled() throws {
    do {
      let store = try HistoryStore.open(at: path, for: .write)
      try store.whole {
        _ = try store.keep(Samples.batch([Samples.series("a", [Samples.row(1, 2)])]))
      }
      #expect(store.isUnsettled)
      try store.note([unread("x")], of: "metrics")
    }
    do {
      let store = try HistoryStore.open(at: path, for: .write)
      #expect(try store.all("a").isEmpty)
      #expect(try store.unread(of: "metrics") == [])
      try store.whole {
        _ = try store.keep(Samples.batch([Samples.series("a", [Samples.row(1, 2)])]))
      }
      try store.note([unread("x")], of: "metrics")
      try store.settle()
      #expect(!store.isUnsettled)
    }
    let store = try HistoryStore.open(at: path, for: .read)
    #expect(try store.all("a").count == 1)
    #expect(try store.unread(of: "metrics") == [unread("x")])
    #expect(try store.verify() == [])
  }

  // What was answered is known as long as what was asked is: a query that comes back is asked anew.
  @Test(
    "and how far its query was answered is forgotten with a feed, and where a file takes its place")
  func forgotten() throws {
    let mark = QueryMark(path: "q.sql", checksum: 7, progress: .whole)
    let store = try HistoryStore.open(at: path, for: .write)
    for feed in ["db/q.sql", "/shop"] {
      _ = try store.keep(Batch(source: feed, series: [], span: nil, query: mark, read: 0))
      #expect(try store.query(of: feed) == mark)
    }
    let file = FileMark(path: "a.csv", bytes: 1, modified: 2, changed: 3, checksum: 4, wanted: 5)
    _ = try store.keep(Batch(source: "/shop", series: [], span: nil, file: file, read: 0))
    #expect(try store.query(of: "/shop") == nil)
    try store.forgetRecords(exceptOf: ["/shop"])
    #expect(try store.query(of: "db/q.sql") == nil)
    #expect(try store.verify() == [])
  }
}
