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
    _ incidents: [Incident], _ store: HistoryStore, span: ClosedRange<Int64>? = nil
  ) throws -> Int {
    try store.keep(
      Batch(
        source: feed, series: [], incidents: incidents,
        span: span.map { Window(start: at($0.lowerBound), end: at($0.upperBound)) }, file: nil,
        read: 0, replaces: span != nil)
    ).incidents
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
    #expect(try store.incidents(of: feed) == [incidents[2], incidents[1], incidents[0]])
    #expect(try store.incidents(of: "/other") == [])
    #expect(try store.verify() == [])
  }

  @Test("a file adds and changes; a query also removes what started in its span and is gone")
  func removes() throws {
    let store = try HistoryStore.open(at: path, for: .write)
    _ = try keep([incident("a", 1), incident("b", 5, 6), incident("c", 30)], store)
    #expect(try keep([incident("a", 1, 3)], store) == 1)
    #expect(try store.incidents(of: feed).map(\.id) == ["a", "b", "c"])
    // b started in 2 ..< 20 and is gone; a and c started outside.
    #expect(try keep([], store, span: 2...20) == 1)
    #expect(try store.incidents(of: feed) == [incident("a", 1, 3), incident("c", 30)])
    #expect(try store.spans(of: feed).windows == [Window(start: at(2), end: at(20))])
    #expect(try store.verify() == [])
  }

  @Test("notices an incident that was changed or taken away behind its back")
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
