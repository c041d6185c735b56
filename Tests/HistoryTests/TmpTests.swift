import Testing
import Model
import Foundation
@testable import History
@testable import Ingest

@Test func tmp() throws {
  let s = SnapshotSource(name: "metrics", pattern: "snapshots/pricing-20261012*.gz", root: "/tmp/d", timeFromModification: false)
  let sel = Selector(source: "metrics", name: "up", matchers: [])
  let p = "/tmp/tmp-\(UUID().uuidString).db"
  let store = try HistoryStore.open(at: p, for: .write)
  _ = try s.pull(wanted: [sel], known: []) { b in
    for x in b.series { print(x.id.text, x.cells.count, x.cells.prefix(3), x.cells.reduce(0) { $0 + $1.sum }) }
    _ = try store.keep(b)
  }
  for x in try store.load(sel, in: Window(start: Instant(seconds: 0), end: Instant(seconds: 1_900_000_000))) {
    print(x.id.text, x.cells.count, x.cells.prefix(3), x.cells.reduce(0) { $0 + $1.sum })
  }
}
