import Foundation
import History
import Model
import TestSupport
import Testing

@Suite("A batch that replaces")
struct ReplacingTests {
  private let folder: TemporaryFolder
  private let store: HistoryStore
  private let midnight = Samples.midnight

  init() throws {
    folder = try TemporaryFolder()
    store = try HistoryStore.open(at: folder.file("sloreport.db"), for: .write)
  }

  private func keep(_ rows: [String: [Cell]], _ span: Window) throws -> Kept {
    try store.keep(
      Batch(
        source: "metrics",
        series: rows.map { Samples.series($0.key, $0.value, kind: .rows) }, span: span, file: nil,
        read: 0, replaces: true))
  }

  private func sums(_ name: String) throws -> [Int64: Double] {
    Dictionary(
      uniqueKeysWithValues: try store.all(name).filter { $0.count > 0 }.map {
        ($0.minute - midnight, $0.sum)
      })
  }

  // A run that was "running" at minute 5 in the first pull is "failed" in the second: it must not count twice.
  @Test("empties what it has no rows for, in all series of its source")
  func removes() throws {
    let span = Samples.window(midnight, midnight + 10)
    _ = try keep(
      ["running": [Samples.row(midnight + 5, 1)], "ok": [Samples.row(midnight + 2, 7)]], span)
    let kept = try keep(
      ["failed": [Samples.row(midnight + 5, 1)], "ok": [Samples.row(midnight + 2, 8)]], span)
    #expect(kept == Kept(cells: 2, conflicts: 0, late: 0))
    #expect(try sums("running") == [:])
    #expect(try sums("failed") == [5: 1])
    #expect(try sums("ok") == [2: 8])
    #expect(try store.verify() == [])
  }

  @Test("leaves what lies outside of its span, on both sides of midnight")
  func outside() throws {
    let cells = (-3..<3).map { Samples.row(midnight + $0, Double($0 + 10)) }
    _ = try keep(["a": cells], Samples.window(midnight - 3, midnight + 3))
    _ = try keep(["a": [Samples.row(midnight, 50)]], Samples.window(midnight - 1, midnight + 2))
    #expect(try sums("a") == [-3: 7, -2: 8, 0: 50, 2: 12])
    #expect(try store.verify() == [])
  }

  @Test("changes nothing when it comes again")
  func again() throws {
    let rows = ["a": [Samples.row(midnight + 1, 3)]]
    let span = Samples.window(midnight, midnight + 1440)
    _ = try keep(rows, span)
    let before = try store.all("a")
    _ = try keep(rows, span)
    #expect(try store.all("a") == before)
    #expect(try store.verify() == [])
  }

  // The day was joined to one cell of 30; the pull of the whole day brings 4, the pull of a part of it is too late.
  @Test("replaces a joined cell only as a whole")
  func joined() throws {
    let day = midnight - 400 * 1440
    let whole = Samples.window(day, day + 1440)
    _ = try keep(["a": [Samples.row(day + 10, 10), Samples.row(day + 700, 20)]], whole)
    _ = try keep(["a": [Samples.row(midnight, 1)]], Samples.window(midnight, midnight + 1))
    try store.compact(
      asOf: Instant(seconds: midnight * 60),
      tiers: Tiers(minute: .days(30), fiveMinutes: .days(90), hour: .days(365)), zone: .utc,
      keepFine: { _ in false })
    #expect(try sums("a") == [-400 * 1440: 30, 0: 1])
    let part = try keep(
      ["a": [Samples.row(day + 10, 9)]], Samples.window(day, day + 720))
    #expect(part.late == 1)
    #expect(try sums("a")[-400 * 1440] == 30)
    _ = try keep(["a": [Samples.row(day + 10, 4)]], whole)
    #expect(try sums("a")[-400 * 1440] == 4)
    _ = try keep([:], whole)
    #expect(try sums("a") == [0: 1])
    #expect(try store.verify() == [])
  }
}
