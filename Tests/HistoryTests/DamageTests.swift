import Foundation
import History
import Model
import TestSupport
import Testing

@Suite("Damage to a history")
struct DamageTests {
  private struct Content: Equatable {
    var cells: [[Cell]] = []
    var files: [FileMark] = []
    var spans = WindowSet()
    var period: ClosedPeriod?
  }

  private func content(_ path: String) throws(HistoryError) -> (Content, [Damage]) {
    let store = try HistoryStore.open(at: path, for: .read)
    let damage = try store.verify()
    var content = Content()
    for name in ["a", "b", "r"] {
      content.cells += try store.load(
        Selector(source: "metrics", name: name), in: Samples.always
      ).map(\.cells)
    }
    content.files = try store.files(of: "metrics")
    content.spans = try store.spans(of: "metrics")
    content.period = try store.closedPeriod(kind: "weekly", name: "W")
    return (content, damage)
  }

  private func make(_ path: String) throws {
    let store = try HistoryStore.open(at: path, for: .write)
    let midnight = Samples.midnight
    for (index, name) in ["a", "b"].enumerated() {
      let cells = Samples.counter(
        from: midnight, minutes: 2000, seed: UInt64(index), jitter: true)
      _ = try store.keep(
        Samples.batch(
          [Samples.series(name, cells)], span: Samples.window(midnight, midnight + 2000),
          file: FileMark(path: name, bytes: 1, modified: 2, checksum: 3, wanted: 4)))
    }
    _ = try store.keep(
      Samples.batch([
        Samples.series("r", (0..<300).map { Samples.row(midnight + $0, 0.25) }, kind: .rows)
      ]))
    try store.close(
      ClosedPeriod(
        kind: "weekly", name: "W", window: Samples.window(0, 1), madeAt: Instant(seconds: 9),
        revision: 0, facts: Array("{}".utf8)))
  }

  @Test("never changes a figure unnoticed: single bits flipped")
  func flips() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("sloreport.db")
    try make(path)
    let whole = try folder.read("sloreport.db")
    let original = try content(path)
    #expect(original.1 == [])
    var random = SeededGenerator(seed: 3)
    var (refused, found, same, silent, unloaded) = (0, 0, 0, 0, 0)
    for _ in 0..<tries(50, long: 400) {
      var broken = whole
      let at = Int.random(in: 0..<whole.count, using: &random)
      let bit = UInt8.random(in: 0..<8, using: &random)
      broken[at] ^= 1 << bit
      try folder.write(broken, to: "sloreport.db")
      do throws(HistoryError) {
        let now = try content(path)
        if now.0 == original.0 { same += 1 } else { unloaded += 1 }
        if !now.1.isEmpty { found += 1 }
        if now.0 != original.0, now.1.isEmpty {
          silent += 1
          print("silent change at byte \(at) bit \(bit)")
        }
      } catch { refused += 1 }
    }
    print(
      """
      bit flips: \(whole.count) bytes; refused \(refused), loaded the same \(same) (verify found \
      \(found)), loaded other data \(unloaded), silent \(silent)
      """)
    #expect(silent == 0)
    #expect(refused > 0)
  }

  // The last page is chopped and zeros take its place: the file has its length, not its rows.
  @Test("finds pages that were never written", arguments: 2...8)
  func lostPage(page: Int) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("sloreport.db")
    try make(path)
    var bytes = try folder.read("sloreport.db")
    let original = try content(path).0
    let range = (page - 1) * 4096..<page * 4096
    try #require(range.upperBound <= bytes.count)
    bytes.replaceSubrange(range, with: [UInt8](repeating: 0, count: 4096))
    try folder.write(bytes, to: "sloreport.db")
    do throws(HistoryError) {
      let found = try content(path)
      #expect(!found.1.isEmpty || found.0 == original)
    } catch {}
  }
}
