import Foundation
import Model
import TestSupport
import Testing

@testable import Ingest

/// Blocks that real servers wrote, beside what promtool says about them.
@Suite("The blocks of a real Prometheus")
struct SnapshotBlockTests {
  struct Expected: Decodable {
    struct Series: Decodable {
      let labels: String
      let n: Int
      let first: Int64
      let last: Int64
      let nan: Int
      let sum: Double
    }
    let series: [Series]
  }

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures/prometheus-snapshot").path
  static let block = folder + "/tsdb/01M7XYEXWFV6MYHHN54S7BKP5A"

  static func expected() throws -> [Expected.Series] {
    try JSONDecoder().decode(
      Expected.self, from: Data(contentsOf: URL(fileURLWithPath: folder + "/series.json"))
    ).series
  }

  static func name(_ labels: String) -> String {
    labels.components(separatedBy: "__name__=\"").last?.split(separator: "\"").first
      .map(String.init) ?? ""
  }

  @Test("hold in each series what promtool finds there")
  func agreesWithPromtool() throws {
    let expected = try Self.expected()
    let names = Set(expected.map { Self.name($0.labels) })
    let found = try BlockSamples([Self.block], Array(names)).series
    #expect(expected.count == 584)
    #expect(found.count == 584)
    for series in expected {
      let samples = try #require(found[series.labels], "\(series.labels)")
      #expect(samples.count == series.n)
      #expect(samples.first?.time == series.first)
      #expect(samples.last?.time == series.last)
      #expect(samples.filter(\.value.isNaN).count == series.nan)
      let sum = samples.map(\.value).filter(\.isFinite).reduce(0, +)
      #expect(abs(sum - series.sum) <= abs(series.sum) * 1e-12)
    }
  }

  @Test("are read together with the other snapshots beside them, but not with what is the server's")
  func besideOtherFiles() throws {
    let folder = try Folder()
    let system = FileManager.default
    for name in ["wal", "snapshots", "chunk_snapshot.000001.0000000002", "more"] {
      try system.createDirectory(
        atPath: folder.path + "/m/" + name, withIntermediateDirectories: true)
      try folder.write("m/\(name)/a.prom", SnapshotSourceTests.good)
    }
    try system.copyItem(
      atPath: Self.block, toPath: folder.path + "/m/01M7XYEXWFV6MYHHN54S7BKP5A")
    for name in ["b.prom", "lock", "prometheus.yml"] {
      try folder.write("m/\(name)", SnapshotSourceTests.good)
    }
    #expect(
      folder.source("m").paths().found == [
        "m/01M7XYEXWFV6MYHHN54S7BKP5A", "m/b.prom", "m/more/a.prom",
      ])
    #expect(folder.source("m/01M7XYEXWFV6MYHHN54S7BKP5A").paths().found.count == 1)
  }

  @Test("give the wanted series alone, and nothing for a name that is not there")
  func givesTheWantedSeriesAlone() throws {
    let found = try BlockSamples([Self.block], ["up", "absent"]).series
    #expect(found.keys.allSatisfy { Self.name($0) == "up" })
    #expect(found.count == 2)
  }

  @Test("are read with the old index, too")
  func readsTheOldIndex() throws {
    guard let root = ProcessInfo.processInfo.environment["SLOREPORT_REFERENCE_DATA"] else {
      return print("skipped: SLOREPORT_REFERENCE_DATA names no folder with prometheus-snapshot/")
    }
    struct Old: Decodable {
      let series: Int
      let samples: Int
      let example: [String: [[Double]]]
    }
    let folder = root + "/prometheus-snapshot/tsdb-index-v1"
    let expected = try JSONDecoder().decode(
      Old.self, from: Data(contentsOf: URL(fileURLWithPath: folder + "/expected.json")))
    let block = try PrometheusBlock(folder + "/01BZJ9WJQPWHGNC2W4J9TA62KC", named: "old")
    // Its series have no name, so they are asked for by their numbers.
    let side = BlockSide(block)
    let window = FileWindow(block.index.file)
    var key = SeriesKey(source: "m")
    var (chunks, found): ([UInt64], [String: [[Double]]]) = ([], [:])
    for series in try block.index.series("", of: [[]]) {
      try block.index.read(series, window, key: &key, chunks: &chunks)
      _ = try side.begin(series)
      let columns = Columns(capacity: Columns.longestChunk)
      while let chunk = try side.next() { try XORChunk.decode(chunk, into: columns) }
      found[BlockSamples.text(key.id)] = (0..<columns.count).map {
        [Double(columns.times[$0]) / 1e6, columns.values[$0]]
      }
    }
    #expect(found.count == expected.series)
    #expect(found.values.map(\.count).reduce(0, +) == expected.samples)
    for (labels, samples) in expected.example { #expect(found[labels] == samples) }
  }
}
