import Foundation
import Model
import TestSupport
import Testing

@testable import Ingest

@Suite("Blocks through a source")
struct BlockPullTests {
  private func source(_ path: String) -> SnapshotSource {
    SnapshotSource(name: "m", pattern: path, root: "/", timeFromModification: false)
  }

  @Test("become the cells of all their samples, on two cores", arguments: ["tsdb", "tsdb/*"])
  func becomeCells(pattern: String) throws {
    let expected = try SnapshotBlockTests.expected()
    let names = Set(expected.map { SnapshotBlockTests.name($0.labels) })
    let pulled = try source(SnapshotBlockTests.folder + "/" + pattern).pulled(Array(names))
    #expect(pulled.failures.isEmpty)
    #expect(pulled.batches.reduce(0) { $0 + $1.read } == expected.reduce(0) { $0 + $1.n })
    let cells = pulled.batches.flatMap(\.series).reduce(into: [:]) {
      $0[$1.id, default: []] += $1.cells
    }
    #expect(cells.count == 584)
    let byText = Dictionary(uniqueKeysWithValues: cells.map { (BlockSamples.text($0), $1) })
    for series in expected {
      let own = try #require(byText[series.labels])
      #expect(zip(own, own.dropFirst()).allSatisfy { $0.minute < $1.minute })
      #expect(own.reduce(0) { $0 + $1.count } == Int64(series.n - series.nan))
      #expect(own.reduce(0) { $0 + $1.rejects + $1.stale } == Int64(series.nan))
      let sum = own.map(\.sum).reduce(0, +)
      #expect(abs(sum - series.sum) <= abs(series.sum) * 1e-12)
    }
    // The node exporter was stopped once and restarted once, and Prometheus was stopped once.
    let stale = cells.filter { $0.key.name == Array("node_load1".utf8) }.values.joined()
    #expect(stale.reduce(0) { $0 + $1.stale } == 1)
  }

  @Test("are remembered, and read again for other series")
  func areRemembered() throws {
    let source = source(SnapshotBlockTests.folder + "/tsdb")
    let first = try source.pulled(["up"])
    let mark = try #require(first.batches.last?.file)
    #expect(mark.path.hasSuffix("/tsdb/01M7XYEXWFV6MYHHN54S7BKP5A"))
    #expect(mark.checksum != 0)
    #expect(try source.pulled(["up"], marks: [mark]).batches.isEmpty)
    let other = try source.pulled(["node_load1"], marks: [mark])
    #expect(other.batches.last?.file?.checksum != mark.checksum)
    #expect(first.batches.last?.span == other.batches.last?.span || other.batches.count == 1)
  }

  @Test("that overlap are read as one, and each instant counts once")
  func overlap() throws {
    let promtool = try Promtool()
    let start = PromtoolBlockTests.start
    func text(_ value: String, _ seconds: [Int64]) -> String {
      "# TYPE a gauge\n"
        + seconds.map { PromtoolBlockTests.line("a", value, start + $0 * 1000) }.joined()
    }
    _ = try promtool.blocks(of: text("1", [0, 10, 20, 30]))
    let more = try promtool.blocks(of: text("2", [15, 20, 70]), in: "more")
    let data = promtool.folder.file("data")
    try FileManager.default.moveItem(
      atPath: more[0], toPath: data + "/" + BlockSamples.name(more[0]))
    let pulled = try source(data).pulled(["a"])
    #expect(pulled.failures.isEmpty)
    #expect(pulled.batches.count == 1)
    let cells = try #require(pulled.cells["a"])
    // 0, 10, 15, 20 and 30 s, of which the first closes the minute before; the later block's 2 counts at 20 s.
    #expect(cells.map(\.count) == [1, 4, 1])
    #expect(cells.map(\.sum) == [1, 6, 2])
    #expect(cells.map(\.duplicates) == [0, 1, 0])
    #expect(cells.map(\.disordered) == [0, 0, 0])
  }

  @Test("that are damaged are left out with file and byte, and the others are kept")
  func damaged() throws {
    let promtool = try Promtool()
    let start = PromtoolBlockTests.start
    let blocks = try promtool.blocks(
      of: "# TYPE a gauge\n" + PromtoolBlockTests.line("a", "1", start)
        + PromtoolBlockTests.line("a", "2", start + 3 * 3_600_000))
    let file = URL(fileURLWithPath: blocks[0] + "/chunks/000001")
    var bytes = try Data(contentsOf: file)
    bytes[bytes.count - 1] ^= 1
    try bytes.write(to: file)
    let pulled = try source(promtool.folder.file("data")).pulled(["a"])
    #expect(pulled.failures.map(\.path) == [blocks[0] + "/chunks/000001"])
    #expect(pulled.failures.allSatisfy { $0.position?.byte != nil })
    #expect(pulled.cells["a"]?.map(\.sum) == [2])
  }

  @Test("of a running server end before its newest samples, which is told")
  func leaveOutTheHead() throws {
    let promtool = try Promtool()
    _ = try promtool.blocks(
      of: "# TYPE a gauge\n" + PromtoolBlockTests.line("a", "1", PromtoolBlockTests.start))
    let data = promtool.folder.file("data")
    #expect(source(data).leftOut().isEmpty)
    try FileManager.default.createDirectory(
      atPath: data + "/wal", withIntermediateDirectories: true)
    try promtool.folder.write([0], to: "data/wal/00000000")
    let left = source(data).leftOut()
    #expect(left.map(\.path) == [data])
    #expect(left.map(\.end) == [Instant(nanoseconds: (PromtoolBlockTests.start + 1) * 1_000_000)])
  }
}
