import Foundation
import History
import Model
import TestSupport
import Testing

@Suite("Incidents and health in the history")
struct IncidentHistoryTests {
  private let folder: TemporaryFolder
  private let path: String
  private let feed = Feed.incidents(of: "shop")

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("sloreport.db")
  }

  private func at(_ hour: Int64) -> Instant { Instant(seconds: 1_792_368_000 + hour * 3600) }

  private func incident(
    _ id: String, _ start: Int64, _ end: Int64? = nil, cause: String? = nil
  ) -> Incident {
    Incident(
      id: id, title: "T \(id)", services: ["api", "web"], severity: .major, started: at(start),
      detected: at(start), resolved: end.map(at), cause: cause)
  }

  private func keep(
    _ incidents: [Incident], unusable: [UnusableIncident] = [], _ store: HistoryStore,
    span: ClosedRange<Int64>? = nil, path: String = "a.csv", written: Int64 = 100
  ) throws -> Int {
    try store.keep(
      Batch(
        source: feed, series: [],
        incidents: incidents.map(IncidentEntry.incident) + unusable.map(IncidentEntry.unusable),
        written: span == nil ? at(written) : nil,
        span: span.map { Window(start: at($0.lowerBound), end: at($0.upperBound)) },
        file: FileMark(path: path, bytes: 1, modified: 1, checksum: 1, wanted: 1), read: 0,
        replaces: span != nil)
    ).incidents
  }

  private func found(in store: HistoryStore) throws -> [Incident] {
    try store.incidents(of: feed).compactMap(\.incident)
  }

  @Test("gives incidents back as they were, open ones and unknown times too")
  func roundTrip() throws {
    let incidents = [incident("b", 1), incident("a", 1, 2, cause: "deploy"), incident("c", 0, 0)]
    do {
      let store = try HistoryStore.open(at: path, for: .write)
      #expect(try keep(incidents, store) == 3)
      #expect(try keep(incidents, store) == 0)
    }
    let store = try HistoryStore.open(at: path, for: .read)
    #expect(try found(in: store) == [incidents[2], incidents[1], incidents[0]])
    #expect(try store.incidents(of: "/other") == [])
    #expect(try store.verify() == [])
  }

  @Test("a query removes what started in its span and is gone, whatever it came from")
  func queries() throws {
    let store = try HistoryStore.open(at: path, for: .write)
    _ = try keep([incident("a", 1), incident("b", 5, 6), incident("c", 30)], store)
    #expect(try keep([incident("d", 6)], store, span: 2...20) == 2)
    #expect(try found(in: store).map(\.id) == ["a", "d", "c"])
    #expect(try keep([], store, span: 2...20) == 1)
    #expect(try found(in: store) == [incident("a", 1), incident("c", 30)])
    #expect(try store.spans(of: feed).windows == [Window(start: at(2), end: at(20))])
    #expect(try store.verify() == [])
  }

  @Test("a file that is written again replaces what it had, from its first row on")
  func files() throws {
    let store = try HistoryStore.open(at: path, for: .write)
    _ = try keep([incident("a", 1), incident("b", 5, 6), incident("c", 30)], store)
    // a has left the export of the last weeks; b is gone.
    #expect(try keep([incident("d", 3), incident("c", 30, 31)], store, written: 101) == 3)
    #expect(try found(in: store).map(\.id) == ["a", "d", "c"])
    #expect(try found(in: store).last?.resolved == at(31))
    // One without a row removes nothing, and another file nothing of this one.
    #expect(try keep([], store, written: 102) == 0)
    #expect(try keep([incident("e", 0)], store, path: "b.csv", written: 103) == 1)
    #expect(try found(in: store).map(\.id) == ["e", "a", "d", "c"])
    #expect(try store.verify() == [])
  }

  @Test(
    "of two files with the same incident, the one written last counts, whichever is read last")
  func latest() throws {
    let store = try HistoryStore.open(at: path, for: .write)
    _ = try keep([incident("a", 1, 4)], store, path: "new.csv", written: 200)
    _ = try keep([incident("a", 1)], store, path: "old.csv", written: 100)
    #expect(try found(in: store) == [incident("a", 1, 4)])
    // What is mended is no longer unusable, and the other way round.
    let row = UnusableIncident(id: "a", started: at(1), ended: at(2))
    _ = try keep([], unusable: [row], store, path: "last.csv", written: 300)
    #expect(try store.incidents(of: feed) == [.unusable(row)])
    _ = try keep([incident("a", 1, 2)], store, path: "last.csv", written: 301)
    #expect(try store.incidents(of: feed) == [.incident(incident("a", 1, 2))])
    #expect(try store.verify() == [])
  }

  @Test("what was taken back once stays so, until the same file has it again")
  func withdrawn() throws {
    let store = try HistoryStore.open(at: path, for: .write)
    _ = try keep([incident("a", 1, 2), incident("b", 3)], store, path: "a.csv", written: 100)
    func read(_ entries: [IncidentEntry], _ written: Int64) throws {
      _ = try store.keep(
        Batch(
          source: feed, series: [], incidents: entries, written: at(written), span: nil,
          file: FileMark(path: "b.csv", bytes: 1, modified: 1, checksum: 1, wanted: 1), read: 1))
    }
    try read([.withdrawn(id: "a", started: at(1))], 101)
    #expect(try found(in: store).map(\.id) == ["b"])
    try read([.incident(incident("c", 0))], 102)
    #expect(try found(in: store).map(\.id) == ["c", "b"])
    try read([.incident(incident("a", 1, 2))], 103)
    // c has only left the export.
    #expect(try found(in: store).map(\.id) == ["c", "a", "b"])
    #expect(try store.verify() == [])
  }

  @Test("notices an incident that was changed or removed by another program")
  func damage() throws {
    do {
      let store = try HistoryStore.open(at: path, for: .write)
      _ = try keep([incident("a", 1), incident("b", 2)], store)
    }
    for statement in [
      "UPDATE incident SET title = 'x' WHERE id = 'a'", "DELETE FROM incident WHERE id = 'b'",
    ] {
      let shell = Process()
      shell.executableURL = URL(fileURLWithPath: "/usr/bin/sqlite3")
      shell.arguments = [path, statement]
      try shell.run()
      shell.waitUntilExit()
      let store = try HistoryStore.open(at: path, for: .read)
      #expect(throws: HistoryError.self) { _ = try store.incidents(of: feed) }
      #expect(try store.verify() != [])
    }
  }

  @Test("keeps the health of a source for the next run")
  func health() throws {
    let noted = SourceHealth(
      failures: 5, opened: at(1), throttles: 2, notBefore: at(2))
    do {
      let store = try HistoryStore.open(at: path, for: .write)
      #expect(try store.health(of: "warehouse") == SourceHealth())
      try store.note(noted, of: "warehouse")
    }
    let store = try HistoryStore.open(at: path, for: .read)
    #expect(try store.health(of: "warehouse") == noted)
    #expect(try store.health(of: "other") == SourceHealth())
    #expect(try store.verify() == [])
  }
}
