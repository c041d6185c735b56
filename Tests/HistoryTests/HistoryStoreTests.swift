import Foundation
@testable import History
import Model
import TestSupport
import Testing

@Suite("History store")
struct HistoryStoreTests {
  private let folder: TemporaryFolder
  private let path: String
  private let midnight = Samples.midnight

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("sloreport.db")
  }

  private func open(_ access: HistoryStore.Access = .write) throws -> HistoryStore {
    try HistoryStore.open(at: path, for: access)
  }

  @Test("gives back what was kept, sorted, also to the next opener")
  func roundTrip() throws {
    let cells = Samples.counter(from: midnight - 200, minutes: 3000)
    do {
      let store = try open()
      let kept = try store.keep(
        Samples.batch([
          Samples.series("b_total", cells), Samples.series("a_total", cells),
        ]))
      #expect(kept == Kept(cells: 6000, conflicts: 0, late: 0))
    }
    let store = try open(.read)
    #expect(try store.all("a_total") == cells)
    #expect(try store.all("b_total") == cells)
    #expect(try store.all("a") == [])
    #expect(try store.bounds(of: nil) == Samples.window(midnight - 200, midnight + 2800))
    #expect(try store.bounds(of: "metrics") == store.bounds(of: nil))
    #expect(try store.bounds(of: "other") == nil)
    #expect(try store.verify() == [])
  }

  // Cells start at 0, 1 … 2999 minutes; those that start in 10 ..< 20 are ten, in 9:30 ..< 19:30 the same. The cell at 9
  // comes before them, for the step into the first.
  @Test("loads the cells that start in the window, and the last one before it")
  func window() throws {
    let store = try open()
    let cells = Samples.counter(from: midnight, minutes: 3000)
    _ = try store.keep(Samples.batch([Samples.series("a", cells)]))
    let selector = Selector(source: "metrics", name: "a")
    let found = try store.load(selector, in: Samples.window(midnight + 10, midnight + 20))
    #expect(found.map(\.cells) == [Array(cells[9..<20])])
    let odd = Window(
      start: Instant(seconds: (midnight + 9) * 60 + 30),
      end: Instant(seconds: (midnight + 19) * 60 + 30))
    #expect(try store.load(selector, in: odd).map(\.cells) == [Array(cells[9..<20])])
    // Two days on there is no cell, but the last one before.
    let late = Samples.window(midnight + 6000, midnight + 6100)
    #expect(try store.load(selector, in: late).map(\.cells) == [Array(cells[2999...])])
    let none = Samples.window(midnight - 20, midnight)
    #expect(try store.load(selector, in: none).map(\.cells) == [[]])
  }

  // The reading at 45 s comes in the next part: the minute is one cell of two readings.
  @Test("keeps all parts of a file, a minute cut in two as one without contradiction, or none")
  func parts() throws {
    let store = try open()
    let minute = midnight * 60_000_000_000
    func part(_ samples: [(Int64, Double)]) -> Series {
      var builder = CellBuilder()
      for (second, value) in samples { builder.add(value, at: minute + second * 1_000_000_000) }
      return Samples.series("a", builder.finish())
    }
    let whole = part([(15, 1), (45, 3), (75, 4), (105, 9), (135, 2)]).cells
    let parts = [part([(15, 1)]), part([(45, 3), (75, 4)]), part([(105, 9), (135, 2)])]
    struct Interruption: Error {}
    #expect(throws: Interruption.self) {
      try store.whole {
        for part in parts { _ = try store.keep(Samples.batch([part])) }
        #expect(try store.all("a") == whole)
        throw Interruption()
      }
    }
    #expect(try store.all("a") == [])
    #expect(try store.files(of: "metrics") == [])
    // The same series twice in one batch, and in two.
    for batches in [[parts[..<2], parts[2...]], [parts[..<1], parts[1...]], [parts[...]]] {
      var conflicts = 0
      try store.whole {
        for batch in batches { conflicts += try store.keep(Samples.batch(Array(batch))).conflicts }
      }
      #expect(conflicts == 0)
      #expect(try store.all("a") == whole)
    }
    #expect(try store.verify() == [])
  }

  @Test("keeps the same batch twice without changing a byte")
  func idempotent() throws {
    let mark = FileMark(
      path: "a.prom", bytes: 10, modified: 20, changed: 25, checksum: 30, wanted: 40)
    let batch = Samples.batch(
      [Samples.series("a", Samples.counter(from: midnight, minutes: 2000))],
      span: Samples.window(midnight, midnight + 2000), file: mark)
    var store: HistoryStore? = try open()
    _ = try store?.keep(batch)
    store = nil
    let before = try folder.read("sloreport.db")
    store = try open()
    #expect(try store?.keep(batch) == Kept(cells: 2000, conflicts: 0, late: 0))
    #expect(try store?.files(of: "metrics") == [mark])
    store = nil
    // Bytes 24..<28 and 92..<96 count transactions.
    let after = try folder.read("sloreport.db")
    #expect(before.count == after.count)
    let differing = zip(before, after).enumerated().filter { $0.element.0 != $0.element.1 }
    #expect(differing.allSatisfy { (24..<28).contains($0.offset) || (92..<96).contains($0.offset) })
  }

  @Test("holds the same cells in whatever order overlapping batches came", arguments: 1...10)
  func anyOrder(seed: UInt64) throws {
    let cells = Samples.counter(from: midnight - 700, minutes: 2000)
    var batches: [Batch] = []
    for start in stride(from: 0, to: 2000, by: 150) {
      let end = min(start + 250, 2000)
      let span = Samples.window(midnight - 700 + Int64(start), midnight - 700 + Int64(end))
      batches.append(Samples.batch([Samples.series("a", Array(cells[start..<end]))], span: span))
    }
    var random = SeededGenerator(seed: seed)
    batches.shuffle(using: &random)
    let store = try open()
    for batch in batches { #expect(try store.keep(batch).conflicts == 0) }
    #expect(try store.all("a") == cells)
    #expect(
      try store.spans(of: "metrics").windows == [Samples.window(midnight - 700, midnight + 1300)])
    #expect(try store.verify() == [])
  }

  @Test("keeps spans apart that do not touch, and counts contradictions")
  func spansAndConflicts() throws {
    let store = try open()
    func keep(_ values: [Double], _ span: Window) throws -> Kept {
      let cells = values.enumerated().map { Samples.row(midnight + Int64($0), $1) }
      return try store.keep(Samples.batch([Samples.series("r", cells, kind: .rows)], span: span))
    }
    _ = try keep([4, 4, 4, 4], Samples.window(midnight, midnight + 5))
    // The first and the last may have been cut, the second grew, the third shrank.
    #expect(try keep([3, 6, 2, 3], Samples.window(midnight + 10, midnight + 15)).conflicts == 1)
    #expect(try store.all("r").map(\.sum) == [3, 6, 2, 3])
    #expect(try store.all("r").map(\.conflicts) == [0, 0, 1, 0])
    #expect(try store.spans(of: "metrics").length == .minutes(10))
    #expect(try store.spans(of: "metrics").windows.count == 2)
  }

  @Test("refuses what cannot be kept, and keeps nothing of it")
  func unfit() throws {
    let store = try open()
    let good = Samples.series("a", [Samples.row(midnight, 1)])
    var bad = Samples.row(midnight + 1, 1)
    bad.sum = .nan
    func refusal(_ series: [Series]) -> HistoryError? {
      do throws(HistoryError) {
        _ = try store.keep(Samples.batch(series))
        return nil
      } catch { return error }
    }
    let id = Samples.id("b")
    #expect(
      refusal([good, Samples.series("b", [bad])])
        == .unfit(.notFinite(id, minute: midnight + 1)))
    #expect(
      refusal([good, Samples.series("b", [Samples.row(midnight, 1), Samples.row(midnight, 2)])])
        == .unfit(.notInOrder(id, minute: midnight)))
    #expect(
      refusal([good, Samples.series("b", [Cell(minute: .max)])])
        == .unfit(.outOfRange(id, minute: .max)))
    let foreign = Series(id: Samples.id("b", source: "metric"), kind: .samples, cells: [])
    #expect(refusal([good, foreign]) == .unfit(.otherSource(foreign.id)))
    #expect(refusal([good]) == nil)
    let again = Samples.series("a", [Samples.row(midnight + 9, 1)], kind: .rows)
    #expect(
      refusal([Samples.series("b", [Samples.row(midnight, 1)]), again])
        == .unfit(.otherKind(good.id, kept: .samples)))
    #expect(try store.all("b") == [])
    #expect(try store.verify() == [])
  }

  @Test("keeps names apart that differ only in bytes")
  func bytes() throws {
    let store = try open()
    let one = Series(
      id: SeriesID(source: "metrics", name: "caf\u{E9}"), kind: .samples,
      cells: [Samples.row(midnight, 1)])
    let two = Series(
      id: SeriesID(source: "metrics", name: "cafe\u{301}"), kind: .samples,
      cells: [Samples.row(midnight, 2)])
    _ = try store.keep(Samples.batch([one, two]))
    #expect(try store.all("caf\u{E9}").map(\.sum) == [1])
    #expect(try store.all("cafe\u{301}").map(\.sum) == [2])
  }

  @Test("closes a period once and revises it in further rows")
  func periods() throws {
    let store = try open()
    func period(_ revision: Int, _ facts: [UInt8]) -> ClosedPeriod {
      ClosedPeriod(
        kind: "weekly", name: "2026-W42", window: Samples.window(midnight - 10_080, midnight),
        madeAt: Instant(seconds: midnight * 60), revision: revision, facts: facts,
        inputs: facts + [7])
    }
    #expect(try store.closedPeriod(kind: "weekly", name: "2026-W42") == nil)
    try store.close(period(0, [1, 2]))
    #expect(throws: HistoryError.unfit(.revision(0, next: 1))) { try store.close(period(0, [3])) }
    try store.close(period(1, []))
    #expect(try store.closedPeriod(kind: "weekly", name: "2026-W42") == period(1, []))
    #expect(try store.closedPeriod(kind: "monthly", name: "2026-W42") == nil)
    for (revision, facts) in [(0, [1, 2]), (1, [])] as [(Int, [UInt8])] {
      #expect(
        try store.closedPeriod(kind: "weekly", name: "2026-W42", revision: revision)
          == period(revision, facts))
    }
    #expect(try store.closedPeriod(kind: "weekly", name: "2026-W42", revision: 2) == nil)
    #expect(throws: HistoryError.unfit(.facts(bytes: Packed.limit + 1))) {
      try store.close(period(2, [UInt8](repeating: 0, count: Packed.limit + 1)))
    }
    #expect(try store.verify() == [])
  }

  @Test("writes for its owner and group only, whatever the umask")
  func modes() throws {
    _ = try open()
    for name in ["sloreport.db", "sloreport.db.lock"] {
      let mode =
        try FileManager.default.attributesOfItem(atPath: folder.file(name))[.posixPermissions]
      #expect((mode as? NSNumber)?.intValue == 0o640)
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(names == ["sloreport.db", "sloreport.db.lock"])
  }
}
