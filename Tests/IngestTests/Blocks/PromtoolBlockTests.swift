import Foundation
import Model
import TestSupport
import Testing

@testable import Ingest

/// Blocks that the real promtool and the real server make of samples that are known.
@Suite("Blocks made for a test")
struct PromtoolBlockTests {
  /// 2026-09-01T00:00:00Z, in milliseconds.
  static let start: Int64 = 1_788_220_800_000

  static func line(_ series: String, _ value: String, _ time: Int64) -> String {
    let fraction = String(String(1000 + time % 1000).dropFirst())
    return "\(series) \(value) \(time / 1000).\(fraction)\n"
  }

  @Test("hold every value and every time that went in, to the bit")
  func holdsEveryValue() throws {
    // All widths of a difference: none, a change of the step by up to 2^13, 2^16, 2^19 and beyond, in milliseconds.
    let steps: [Int64] = [
      15_000, 15_000, 15_001, 23_191, 14_999, 80_000, 15_000, 540_000, 15_000, 3_600_000, 1, 1, 2,
    ]
    let values = [
      "0", "-0", "1", "1.0000000000000002", "-1", "5e-324", "1.7976931348623157e+308", "0.1",
      "123456789", "+Inf", "-Inf", "3", "3", "3.5", "12", "24", "15",
    ]
    var generator = SeededGenerator(seed: 4)
    var text = "# TYPE a gauge\n"
    var expected = BlockSamples()
    for series in ["a{le=\"x\"}", "a{path=\"C:\\\\dir\",text=\"ü\"}", "a{z=\"\"}"] {
      var time = Self.start
      var list: [BlockSamples.Sample] = []
      for index in 0..<1500 {
        let value =
          index % 3 == 0
          ? "\(Double(bitPattern: UInt64.random(in: 0..<(0x7FF << 52), using: &generator)))"
          : values[index % values.count]
        text += Self.line(series, value, time)
        list.append(.init(time, try #require(Double(value))))
        time += steps[Int.random(in: 0..<steps.count, using: &generator)]
      }
      let labels =
        series.split(separator: "{").last.map { $0.dropLast().split(separator: ",") } ?? []
      let pairs = labels.filter { !$0.hasSuffix("\"\"") }.map(String.init)
      expected.series["{\((["__name__=\"a\""] + pairs).joined(separator: ", "))}"] = list
    }
    let promtool = try Promtool()
    let blocks = try promtool.blocks(of: text)
    var found: [String: [BlockSamples.Sample]] = [:]
    for block in blocks {
      found.merge(try BlockSamples([block], ["a"]).series) { $0 + $1 }
    }
    #expect(blocks.count > 3)
    #expect(found == expected.series)
  }

  @Test("that overlap are one: in order of time, and of equal times the later block's sample last")
  func overlapsAreOne() throws {
    let promtool = try Promtool()
    var (older, newer) = ("# TYPE a gauge\n", "# TYPE a gauge\n")
    for minute in Int64(0)..<100 {
      older += Self.line("a{s=\"1\"}", "\(minute)", Self.start + minute * 60_000)
      let shift: Int64 = minute < 50 ? 0 : 30_000
      newer += Self.line("a{s=\"1\"}", "\(1000 + minute)", Self.start + minute * 60_000 + shift)
      newer += Self.line("a{s=\"2\"}", "\(minute)", Self.start + minute * 60_000)
    }
    let first = try promtool.blocks(of: older, in: "older")
    let second = try promtool.blocks(of: newer, in: "newer")
    #expect(first.count == 1 && second.count == 1)
    let found = try BlockSamples(first + second, ["a"]).series
    var expected: [BlockSamples.Sample] = []
    for minute in Int64(0)..<100 {
      let time = Self.start + minute * 60_000
      let shift: Int64 = minute < 50 ? 0 : 30_000
      expected += [.init(time, Double(minute)), .init(time + shift, Double(1000 + minute))]
    }
    #expect(found["{__name__=\"a\", s=\"1\"}"] == expected)
    #expect(found["{__name__=\"a\", s=\"2\"}"]?.count == 100)
    let (one, both) = (try BlockSamples(first, ["a"]), try BlockSamples(first + first, ["a"]))
    #expect(one.digest != both.digest)
  }

  @Test("lack what was deleted from them")
  func lacksTheDeleted() async throws {
    try await onThread {
      let server = try PrometheusServer { data in
        let promtool = try Promtool()
        var text = "# TYPE a gauge\n"
        for (series, minute) in [0, 1, 2].flatMap({ s in (0..<100).map { (s, Int64($0)) } }) {
          text += Self.line("a{s=\"\(series)\"}", "\(minute)", Self.start + minute * 60_000)
        }
        _ = try promtool.blocks(of: text)
        try FileManager.default.moveItem(atPath: promtool.folder.file("data"), toPath: data)
      }
      let from = Double(Self.start) / 1000
      try server.delete("a{s=\"1\"}", from: from + 600, to: from + 1200)
      try server.delete("a{s=\"1\"}", from: from + 3000, to: from + 3000)
      try server.delete("a{s=\"2\"}", from: from, to: from + 6000)
      let folders = try FileManager.default.contentsOfDirectory(atPath: server.data)
        .filter { $0.utf8.count == 26 }
      #expect(folders.count == 1)
      let found = try BlockSamples(folders.map { server.data + "/" + $0 }, ["a"]).series
      let minutes = (0..<100).filter { !(10...20).contains($0) && $0 != 50 }
      #expect(found["{__name__=\"a\", s=\"0\"}"]?.map(\.value) == (0..<100).map(Double.init))
      #expect(found["{__name__=\"a\", s=\"1\"}"]?.map(\.value) == minutes.map(Double.init))
      #expect(found["{__name__=\"a\", s=\"2\"}"] == nil)
    }
  }
}
