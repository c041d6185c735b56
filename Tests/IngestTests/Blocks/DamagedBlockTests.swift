import Foundation
import Model
import TestSupport
import Testing

@testable import Ingest

@Suite("A damaged block")
struct DamagedBlockTests {
  private static let names = ["a", "b", "h_bucket", "h_sum"]

  /// A small block with plain numbers, native histograms and deletions, as a real server makes it.
  private static func block(_ folder: TemporaryFolder) throws -> String {
    let server = try PrometheusServer()
    let start = NativeHistogramTests.start
    try server.write(
      """
      {"series": [
        {"labels": {"__name__": "a"}, "start": \(start)000, "step": 15000, "values": [1, 2, 2, "stale", 5.5]},
        {"labels": {"__name__": "b", "x": "y"}, "start": \(start)000, "step": 15001, "values": [1, 1, 1, 1]},
        {"labels": {"__name__": "h"}, "start": \(start)000, "step": 60000, "values": [
          {"schema": 0, "sum": 10, "zero": 1, "positive": {"1": 2, "3": 4}},
          {"schema": 0, "sum": 20, "zero": 1, "positive": {"1": 2, "3": 5}}]},
        {"labels": {"__name__": "h", "f": "1"}, "start": \(start)000, "step": 60000, "values": [
          {"float": true, "schema": 2, "sum": 1, "positive": {"0": 1.5}, "negative": {"2": 1}}]}]}
      """)
    let snapshot = try server.snapshot()
    let names = try FileManager.default.contentsOfDirectory(atPath: snapshot)
    let name = try #require(names.first { $0.utf8.count == 26 })
    let block = folder.file(name)
    try FileManager.default.copyItem(atPath: snapshot + "/" + name, toPath: block)
    // One deletion: series 2 of the index is at byte 32 or later in every block; this one is of no series.
    try folder.write(
      [0x01, 0x30, 0xBA, 0x30, 1] + stones + BigEndian.sum(stones), to: name + "/tombstones")
    return block
  }

  /// Series 1, from 0 to 100.
  private static let stones: [UInt8] = [1, 0, 200, 1]

  @Test("gives a fault or the very same samples, whichever byte is another")
  func noSilentDamage() async throws {
    try await onThread {
      let folder = try TemporaryFolder()
      let block = try Self.block(folder)
      let expected = try BlockSamples([block], Self.names)
      #expect(expected.series.count > 8)
      var (faults, same) = (0, 0)
      for file in ["index", "chunks/000001", "tombstones"] {
        let path = block + "/" + file
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        for index in bytes.indices {
          for mask: UInt8 in [0xFF, 0x01, 0x80, 0x03] {
            var damaged = bytes
            damaged[index] ^= mask
            try damaged.write(to: URL(fileURLWithPath: path))
            do {
              let found = try BlockSamples([block], Self.names)
              #expect(found.series == expected.series, "\(file) \(index) \(mask)")
              same += 1
            } catch let fault as BlockFault {
              #expect(fault.byte != nil, "\(file) \(index) \(mask)")
              #expect(fault.path.hasSuffix(file) || file == "index", "\(file) \(index) \(mask)")
              faults += 1
            }
          }
        }
        try bytes.write(to: URL(fileURLWithPath: path))
      }
      #expect(faults > 2 * same)
    }
  }

  @Test("without one of its files is told by the name of the file")
  func missingFilesAreTold() async throws {
    try await onThread {
      let folder = try TemporaryFolder()
      let block = try Self.block(folder)
      for file in ["index", "chunks/000001"] {
        try FileManager.default.moveItem(atPath: block + "/" + file, toPath: folder.file("aside"))
        let fault = try #require(try BlockSamples.fault([block], Self.names))
        let missing =
          file == "index" ? .unreadable(errno: ENOENT) : IngestError.Reason.block(.reference)
        #expect(fault.reason == missing)
        #expect(fault.path == BlockSamples.name(block) + "/index")
        try FileManager.default.moveItem(atPath: folder.file("aside"), toPath: block + "/" + file)
      }
      try FileManager.default.removeItem(atPath: block + "/tombstones")
      #expect(try BlockSamples.fault([block], Self.names) == nil)
    }
  }

  @Test("never brings the decoders down, whatever a chunk holds behind a right checksum")
  func decodersStand() throws {
    var generator = SeededGenerator(seed: 9)
    // Chunks of no file need one that tells of their faults.
    let file = try BlockFile(#filePath, named: "chunks")
    var read = 0
    for round in 0..<5_000 {
      let count = Int.random(in: 0..<80, using: &generator)
      var bytes = (0..<count + FileWindow.slack).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      // Few samples, so that some chunks are whole; now and then many.
      if count > 2, round % 4 > 0 { (bytes[0], bytes[1]) = (0, UInt8(round % 5)) }
      bytes.withUnsafeBytes { buffer in
        for encoding in UInt8(1)...3 {
          let chunk = StoredChunk(
            encoding: encoding, data: UnsafeRawBufferPointer(rebasing: buffer[..<count]),
            checksum: 0, place: 0, file: file)
          do throws(BlockFault) {
            if encoding == 1 {
              try XORChunk.decode(chunk, into: Columns(capacity: Columns.longestChunk))
            } else {
              var histogram = try HistogramChunk(chunk)
              while try histogram.next() {
                #expect(
                  histogram.isStale || histogram.counts.count == histogram.buckets.ordered.count)
              }
            }
            read += 1
          } catch {
            #expect(error.byte != nil)
          }
        }
      }
    }
    #expect(withExtendedLifetime(file) { read > 0 })
  }

  @Test(
    "is told from a whole one by its meta.json, as far as that is JSON",
    arguments: [
      ("{}", IngestError.Reason.block(.meta("version"))),
      (#"{"version":2,"minTime":0,"maxTime":1}"#, .block(.version(2))),
      (#"{"version":1,"minTime":0}"#, .block(.meta("maxTime"))),
      (#"{"version":1,"minTime":2,"maxTime":1}"#, .block(.order)),
      (#"{"version":1,"minTime":2,"maxTime":1"#, .truncated),
      (#"{"version":1,"minTime":0x1,"maxTime":1}"#, .block(.meta("value"))),
      (#"{"version":1,"minTime":"0","maxTime":1}"#, .block(.meta("minTime"))),
      (#"{"a":[1,{"b":[]},"\"}"],"version":1,"minTime":-5,"maxTime":1,"c":null} "#, .noFiles),
    ])
  func metaIsRead(text: String, expected: IngestError.Reason) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Array(text.utf8), to: "meta.json")
    do throws(BlockFault) {
      #expect(try BlockMeta(BlockFile(path, named: "meta.json")).times == -5..<1)
      #expect(expected == .noFiles)
    } catch {
      #expect(error.reason == expected)
    }
  }
}
