import Foundation
import Model
import TestSupport
import Testing

@testable import Ingest

@Suite("A data directory of Prometheus")
struct BlockDirectoryTests {
  private static func text(_ hours: [Int64]) -> String {
    "# TYPE a gauge\n"
      + hours.map { PromtoolBlockTests.line("a", "1", PromtoolBlockTests.start + $0 * 3_600_000) }
      .joined()
  }

  private static func move(_ blocks: [String], to folder: String) throws {
    for block in blocks {
      try FileManager.default.moveItem(
        atPath: block, toPath: folder + "/" + BlockSamples.name(block))
    }
  }

  @Test("is told in units of blocks that overlap, without what is being written or deleted")
  func isToldInUnits() throws {
    let promtool = try Promtool()
    let data = promtool.folder.file("data")
    // Two hours a block: 0 to 2, 2 to 4, 6 to 8; and once more 2 to 4.
    let first = try promtool.blocks(of: Self.text([0, 1, 2, 3, 7]))
    let more = try promtool.blocks(of: Self.text([2, 3]), in: "more")
    try Self.move(more, to: data)
    for name in [
      "01M7XYEXWFV6MYHHN54S7BKP5A.tmp-for-creation", "01M7XYEXWFV6MYHHN54S7BKP5B", "lost+found",
    ] {
      try FileManager.default.createDirectory(
        atPath: data + "/" + name, withIntermediateDirectories: true)
    }
    let directory = try #require(try BlockDirectory(root: "", path: data))
    let overlapping = [first[1], data + "/" + BlockSamples.name(more[0])].sorted()
    #expect(directory.units.map(\.blocks) == [[first[0]], overlapping, [first[2]]])
    #expect(
      directory.units[1].path == overlapping[0] + "+" + BlockSamples.name(overlapping[1]))
    #expect(directory.faults.isEmpty && !directory.hasHead)
    #expect(directory.end == PromtoolBlockTests.start + 7 * 3_600_000 + 1)
    for unit in directory.units {
      #expect(try directory.open(unit)?.count == unit.blocks.count)
      #expect(unit.bytes > 500 && unit.modified > 1_700_000_000_000_000_000)
    }
    let single = try #require(
      try BlockDirectory(root: data, path: "/" + BlockSamples.name(first[0])))
    #expect(single.units.map(\.path) == ["/" + BlockSamples.name(first[0])])
    #expect(try BlockDirectory(root: "", path: data + "/lost+found") == nil)
  }

  @Test("with a head says so, and one with a damaged block keeps the others")
  func saysSo() throws {
    let promtool = try Promtool()
    let blocks = try promtool.blocks(of: Self.text([0, 3]))
    let data = promtool.folder.file("data")
    try FileManager.default.createDirectory(
      atPath: data + "/wal", withIntermediateDirectories: true)
    #expect(try BlockDirectory(root: "", path: data)?.hasHead == false)
    try promtool.folder.write([0], to: "data/wal/00000000")
    try Data("{".utf8).write(to: URL(fileURLWithPath: blocks[0] + "/meta.json"))
    let directory = try #require(try BlockDirectory(root: "", path: data))
    #expect(directory.hasHead)
    #expect(directory.units.map(\.blocks) == [[blocks[1]]])
    #expect(directory.faults == [BlockFault(.truncated, in: blocks[0] + "/meta.json", at: 1)])
  }

  @Test("names a block without its meta.json, in a data directory and by itself")
  func namesABlockWithoutMeta() throws {
    let promtool = try Promtool()
    let blocks = try promtool.blocks(of: Self.text([0, 3]))
    let data = promtool.folder.file("data")
    try FileManager.default.removeItem(atPath: blocks[0] + "/meta.json")
    // A folder of such a name with nothing of a block in it is none.
    try FileManager.default.createDirectory(
      atPath: data + "/01ARZ3NDEKTSV4RRFFQ69G5FAV", withIntermediateDirectories: true)
    let missing = BlockFault(.unreadable(errno: ENOENT), in: blocks[0] + "/meta.json")
    let directory = try #require(try BlockDirectory(root: "", path: data))
    #expect(directory.units.map(\.blocks) == [[blocks[1]]])
    #expect(directory.faults == [missing])
    let single = try #require(try BlockDirectory(root: "", path: blocks[0]))
    #expect(single.units.isEmpty && single.faults == [missing])
    // Of a half copied one, the index or the chunks alone.
    for rest in ["index", "chunks"] {
      try FileManager.default.removeItem(atPath: blocks[0] + "/" + rest)
      let faults = try BlockDirectory(root: "", path: data)?.faults
      #expect(faults == (rest == "index" ? [missing] : []))
    }
  }

  @Test(
    "may lose a block while it is read: open blocks are read to their end, others are looked for again"
  )
  func mayLoseABlock() throws {
    let promtool = try Promtool()
    let blocks = try promtool.blocks(of: Self.text([0, 3]))
    let directory = try #require(try BlockDirectory(root: "", path: promtool.folder.file("data")))
    let expected = try BlockSamples([blocks[0]], ["a"])
    let open = try #require(try directory.open(directory.units[0]))
    for block in blocks {
      try FileManager.default.moveItem(atPath: block, toPath: block + ".tmp-for-deletion")
      try FileManager.default.removeItem(atPath: block + ".tmp-for-deletion")
    }
    #expect(try BlockSamples(open, ["a"]) == expected)
    #expect(try directory.open(directory.units[1]) == nil)
    #expect(try BlockDirectory(root: "", path: promtool.folder.file("data")) == nil)
  }
}
