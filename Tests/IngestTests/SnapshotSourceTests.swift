import Foundation
import Glibc
import Model
import Testing

@testable import Ingest

@Suite("A source of snapshot files")
struct SnapshotSourceTests {
  static let good = "a 1 1795226173000\n"

  func facts(_ pulled: Pulled) -> [String?] { pulled.batches.map { $0.file?.path } }

  @Test("reads the files that match, in order of name, without work in progress")
  func readsInOrder() throws {
    let folder = try Folder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/d[1]", withIntermediateDirectories: false)
    for name in ["b.prom", "a.prom", "c.prom.tmp", ".d.prom", "é.prom", "d[1]/x.prom"] {
      try folder.write(name, SnapshotSourceTests.good)
    }
    #expect(
      facts(try folder.source("*").pulled(["a"])).compactMap { $0 } == [
        "a.prom", "b.prom", "d[1]/x.prom", "é.prom",
      ])
    #expect(facts(try folder.source("[ab].p?om").pulled(["a"])) == ["a.prom", "b.prom"])
    #expect(facts(try folder.source("*/*.prom").pulled(["a"])) == ["d[1]/x.prom"])
    #expect(
      facts(try folder.source(folder.path + "/a.prom").pulled(["a"])) == [folder.path + "/a.prom"])
    // The root is a name, not a pattern.
    let inner = SnapshotSource(
      name: "m", pattern: "*.prom", root: folder.path + "/d[1]", timeFromModification: false)
    #expect(facts(try inner.pulled(["a"])) == ["x.prom"])
  }

  @Test("names all series of the file that was changed last, whoever asks for them")
  func newest() throws {
    let folder = try Folder()
    func series(_ pattern: String) -> [String] {
      SnapshotSource(
        name: "m", pattern: pattern, root: folder.path, timeFromModification: false,
        labels: [Label("zone", "a")]
      ).newestSeries().map(\.text)
    }
    #expect(series("*.prom") == [])
    try folder.write("1.prom", "a 1 1795226173000\nb{x=\"1\"} 2 1795226173000\n")
    try folder.write("2.prom", "c 1 1795226173000\n")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_795_000_000)],
      ofItemAtPath: folder.path + "/2.prom")
    #expect(series("*.prom") == ["a{zone=\"a\"}", "b{x=\"1\",zone=\"a\"}"])
    // Rows in any order, and a long table.
    try folder.write(
      "rows.csv",
      "bucket,good,total,service\n2026-10-12T00:01:00Z,1,1,shop\n2026-10-12T00:00:00Z,1,1,shop\n")
    #expect(
      series("rows.csv") == [
        "{column=\"good\",service=\"shop\",zone=\"a\"}",
        "{column=\"total\",service=\"shop\",zone=\"a\"}",
      ])
    try folder.write("long.csv", "time,metric,value\n2026-10-12T00:01:00Z,d,1\n")
    #expect(series("long.csv") == ["d{zone=\"a\"}"])
    // What is damaged tells nothing.
    try folder.write("3.prom", "a 1 1795226173000\na x\n")
    #expect(series("3.prom") == [])
  }

  @Test("throws when no file matches")
  func throwsWithoutFiles() throws {
    let folder = try Folder()
    try folder.write("x.prom.tmp", "")
    let expected = IngestError(source: "m", path: "*.prom", reason: .noFiles)
    #expect(throws: expected) { _ = try folder.source("*.prom").pulled(["a"]) }
    #expect(expected.kind == .missing)
    #expect(throws: IngestError.self) { _ = try folder.source("*.tmp").pulled(["a"]) }
  }

  @Test("keeps the good files beside the bad ones, and reports each bad one")
  func keepsTheGood() throws {
    let folder = try Folder()
    try folder.write("1.prom", SnapshotSourceTests.good)
    try folder.write("2.prom", "a 1 1795226173000\na x\n")
    try folder.write("3.om", "a 1 1795226173\n")
    try folder.write("4.prom.gz", [0x1F, 0x8B, 8])
    try folder.write("5.prom", "")
    try folder.write("6.prom", SnapshotSourceTests.good)
    try FileManager.default.createDirectory(
      atPath: folder.path + "/7.prom", withIntermediateDirectories: false)
    #expect(mkfifo(folder.path + "/8.prom", 0o600) == 0)
    #expect(symlink("nowhere", folder.path + "/9.prom") == 0)
    #expect(symlink("9b.prom", folder.path + "/9b.prom") == 0)
    #expect(symlink("1.prom", folder.path + "/9c.prom") == 0)
    #expect(symlink("/dev/zero", folder.path + "/9d.prom") == 0)
    try folder.write("9e.xyz", "\u{1}\u{2}")
    let pulled = try folder.source("*").pulled(["a"])
    #expect(facts(pulled) == ["1.prom", "6.prom", "9c.prom"])
    let expected: [(String, IngestError.Reason, IngestError.Position?)] = [
      ("2.prom", .expected(.number), .init(line: 2, column: 3, byte: 20)),
      ("3.om", .truncated, .init(line: 1, byte: 15)), ("4.prom.gz", .truncated, .init(byte: 3)),
      ("5.prom", .truncated, .init(byte: 0)),
      ("8.prom", .notRegular, nil),
      ("9.prom", .unreadable(errno: ENOENT), nil), ("9b.prom", .unreadable(errno: ELOOP), nil),
      ("9d.prom", .notRegular, nil),
      ("9e.xyz", .unknownFormat, nil),
    ]
    #expect(
      pulled.failures
        == expected.map { IngestError(source: "m", path: $0, position: $2, reason: $1) })
  }

  @Test("reads all files of a folder and of its folders, and follows no link inside")
  func readsFolders() throws {
    let folder = try Folder()
    for name in ["d/10", "d/10/.hidden", "d/9"] {
      try FileManager.default.createDirectory(
        atPath: "\(folder.path)/\(name)", withIntermediateDirectories: true)
      try folder.write("\(name)/x.prom", SnapshotSourceTests.good)
    }
    #expect(symlink("..", folder.path + "/d/9/up") == 0)
    for pattern in ["d", "d/", folder.path + "/d"] {
      let pulled = try folder.source(pattern).pulled(["a"])
      #expect(facts(pulled).compactMap { $0?.hasSuffix("/x.prom") } == [true, true])
      #expect(pulled.failures.map(\.reason) == [.notRegular])
    }
    #expect(facts(try folder.source("d").pulled(["a"])) == ["d/10/x.prom", "d/9/x.prom"])
    #expect(facts(try folder.source(".").pulled(["a"])) == ["./d/10/x.prom", "./d/9/x.prom"])
  }

  @Test("reports a file it may not read")
  func reportsRights() throws {
    // Root may read everything.
    guard geteuid() != 0 else { return print("skipped: root reads every file") }
    let folder = try Folder()
    try folder.write("1.prom", SnapshotSourceTests.good)
    #expect(chmod(folder.path + "/1.prom", 0) == 0)
    #expect(
      try folder.source("*").pulled(["a"]).failures.map(\.reason) == [.unreadable(errno: EACCES)])
  }

  @Test("skips a known file unread, re-marks a touched one, reads a changed one")
  func skipsKnown() throws {
    let folder = try Folder()
    try folder.write("1.prom", SnapshotSourceTests.good)
    let source = folder.source("*.prom")
    let first = try source.pulled(["a"])
    let marks = first.batches.compactMap(\.file)
    #expect(marks.count == 1)
    #expect(try source.pulled(["a"], marks: marks).batches.isEmpty)

    let touched = FileMark(
      path: "1.prom", bytes: marks[0].bytes, modified: marks[0].modified - 1,
      checksum: marks[0].checksum, wanted: marks[0].wanted, ends: marks[0].ends)
    let again = try source.pulled(["a"], marks: [touched])
    #expect(again.batches.map(\.series.count) == [0])
    #expect(again.batches.map(\.file) == [marks[0]])

    // Only the change is new, as behind a restored copy: the checksum decides.
    for (checksum, series) in [(marks[0].checksum, 0), (1, 1)] {
      let restored = FileMark(
        path: "1.prom", bytes: marks[0].bytes, modified: marks[0].modified,
        changed: marks[0].changed - 1, checksum: checksum, wanted: marks[0].wanted,
        ends: marks[0].ends)
      let pulled = try source.pulled(["a"], marks: [restored])
      #expect(pulled.batches.map(\.series.count) == [series])
      #expect(pulled.batches.map(\.file) == [marks[0]])
    }

    // Another selector: the file is read again.
    #expect(try source.pulled(["a", "b"], marks: marks).batches.count == 1)

    let other = FileMark(
      path: "1.prom", bytes: marks[0].bytes, modified: marks[0].modified - 1, checksum: 1,
      wanted: marks[0].wanted)
    #expect(
      try source.pulled(["a"], marks: [other]).batches.map(\.series) == first.batches.map(\.series))
  }

  // 2026-10-18 06:00:00 UTC is 1792303200.
  @Test("takes the time from the sample, else from the name, else, when allowed, from the file")
  func takesTheTime() throws {
    let folder = try Folder()
    try folder.write("x-20261018T060000Z.prom", "a 1\na{b=\"c\"} 2 1795226173000\n")
    let cells = try folder.source("x*").pulled(["a"]).cells
    #expect(cells["a"]?.map(\.firstTime) == [1_792_303_200_000_000_000])
    #expect(cells[#"a{b="c"}"#]?.map(\.firstTime) == [1_795_226_173_000_000_000])

    try folder.write("y.prom", "a 1\n")
    #expect(try folder.source("y*").pulled(["a"]).failures.map(\.reason) == [.noTime])
    let dated = try folder.source("y*", timeFromModification: true).pulled(["a"])
    #expect(dated.cells["a"]?.map(\.firstTime) == dated.batches.compactMap { $0.file?.modified })
  }

  @Test("reads a file that changes once more, and gives up when it changes again")
  func noticesChange() throws {
    let folder = try Folder()
    try folder.write("1.prom", SnapshotSourceTests.good)
    let path = folder.path + "/1.prom"
    let file = try SnapshotFile(path)
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.truncate(atOffset: 3)
    try handle.close()
    #expect(throws: Fault(.changedWhileReading)) { try file.finish() }
    // Replaced under the same name: the open file is whole, the name is another one.
    let open = try SnapshotFile(path)
    try folder.write("2.tmp", SnapshotSourceTests.good)
    #expect(rename(folder.path + "/2.tmp", path) == 0)
    #expect(try SnapshotFile.State.of(path) != open.state)
  }

  @Test("passes on what keeping a batch throws, and reads no further")
  func passesOn() throws {
    struct Full: Error {}
    let folder = try Folder()
    for name in ["1.prom", "2.prom"] { try folder.write(name, SnapshotSourceTests.good) }
    var kept = 0
    #expect(throws: Full.self) {
      _ = try folder.source("*").pull(wanted: [], marks: []) { _, produce in
        try produce { _ in
          kept += 1
          throw Full()
        }
      }
    }
    #expect(kept == 1)
  }

  @Test("uses the same few descriptors for any number of files")
  func keepsFewDescriptors() throws {
    let folder = try Folder()
    for name in 0..<300 { try folder.write("\(name).prom", SnapshotSourceTests.good) }
    var most = 0
    _ = try folder.source("*").pull(wanted: [], marks: []) { _, produce in
      try produce { _ in }
      let here = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
      let ours = here.filter {
        var target = [CChar](repeating: 0, count: 4096)
        let length = readlink("/proc/self/fd/\($0)", &target, 4095)
        return length > 0
          && String(decoding: target.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
            .hasPrefix(folder.path)
      }
      most = max(most, ours.count)
    }
    #expect(most <= 1)
  }
}
