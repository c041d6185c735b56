import Foundation
import Model
import TestSupport
import Testing

@testable import Ingest

/// Native histograms as a real server stored them, beside what it answers about them.
@Suite("Native histograms")
struct NativeHistogramTests {
  /// 2026-09-21T14:13:20Z, in seconds.
  static let start: Int64 = 1_790_000_000

  static func description(isFloat: Bool) -> String {
    let kind = "\"float\": \(isFloat)"
    return """
      {"series": [{"labels": {"__name__": "h", "job": "a"}, "start": \(start)000, "step": 60000, "values": [
        {\(kind), "schema": 1, "sum": 10, "zero": 1, "threshold": 0.001, "positive": {"-3": 2, "0": 4, "1": 0, "7": 2}},
        {\(kind), "schema": 1, "sum": 12, "zero": 1, "threshold": 0.001, "positive": {"-3": 2, "0": 5, "1": 3, "7": 2}},
        {\(kind), "schema": 1, "sum": 15, "zero": 2, "threshold": 0.001, "positive": {"-3": 2, "0": 5, "1": 4, "7": 3},
         "negative": {"0": 3, "4": 1}},
        null,
        {\(kind), "schema": 1, "sum": 15.5, "zero": 2, "threshold": 0.001,
         "positive": {"-3": 2, "0": 9, "1": 4, "7": 3}, "negative": {"0": 3, "4": 2}},
        {\(kind), "schema": 1, "sum": 1, "zero": 0, "threshold": 0.001, "positive": {"0": 1}},
        {\(kind), "schema": 1, "sum": 3, "zero": 0, "threshold": 0.001, "positive": {"0": 3}},
        "stale"
      ]}]}
      """
  }

  @Test("of many chunks come in parts, and nothing is lost between them")
  func comeInParts() throws {
    let start: Int64 = 1_790_000_000_000
    let chunks = (0..<500).map { BlockBuilder.histogram(start + $0 * 120_000, isFloat: false) }
    let builder = BlockBuilder(
      version: 2, entries: [.init(labels: [("__name__", "h")], chunks: chunks)])
    let series = try builder.image.read(["h_count", "h_bucket"], in: Folder()).content.series
    let whole = Dictionary(grouping: series, by: \.id)
    #expect(whole.count > 4)
    for parts in whole.values {
      #expect(parts.count > 4)
      let cells = parts.flatMap(\.cells)
      #expect(cells.reduce(0) { $0 + $1.count } == 1000)
      #expect(zip(cells, cells.dropFirst()).allSatisfy { $0.lastTime < $1.firstTime })
    }
    // The counts go from 6 to 9 in each chunk, and back to 6 for the next.
    let counts = series.filter { $0.id.name == Array("h_count".utf8) }.flatMap(\.cells)
    #expect(counts.reduce(0) { $0 + $1.sum } == 7500)
  }

  @Test(
    "are the classic series that the server's own answers make", arguments: [false, true])
  func agreesWithTheServer(isFloat: Bool) async throws {
    try await onThread {
      let server = try PrometheusServer()
      try server.write(Self.description(isFloat: isFloat))
      let snapshot = try server.snapshot()
      let folders = try FileManager.default.contentsOfDirectory(atPath: snapshot)
        .map { snapshot + "/" + $0 }
      let found = try BlockSamples(folders, ["h_bucket", "h_count", "h_sum"]).series
      // Buckets -3, 0, 1, 7, the negative 0 and 4, that around zero, and all; the lower bounds of -3, 0 and 7.
      #expect(found.count == 8 + 3 + 2)
      for (labels, samples) in found {
        #expect(samples.map(\.time) == [0, 1, 2, 4, 5, 6, 7].map { (Self.start + $0 * 60) * 1000 })
        #expect(samples.last?.bits == Cell.staleMark)
        for sample in samples.dropLast() {
          let time = Double(sample.time) / 1000
          func value(_ expression: String) throws -> Double {
            try #require(server.query(expression, at: time).values.first)
          }
          let expected: Double
          if labels.contains("h_sum") {
            expected = try value("histogram_sum(h)")
          } else if let le = labels.split(separator: "le=\"").dropFirst().first?.split(
            separator: "\"")[0]
          {
            expected = try value("histogram_fraction(-Inf, \(le), h) * histogram_count(h)")
          } else {
            expected = try value("histogram_count(h)")
          }
          #expect(abs(sample.value - expected) < 1e-9, "\(labels) \(time)")
        }
      }
    }
  }

  @Test("of gauges are found, beside plain numbers of the same name")
  func findsGauges() async throws {
    try await onThread {
      let server = try PrometheusServer()
      try server.write(
        """
        {"series": [
          {"labels": {"__name__": "g"}, "start": \(Self.start)000, "step": 60000, "values": [
            {"schema": 0, "sum": 4, "positive": {"1": 4}, "reset": "gauge"},
            {"schema": 0, "sum": 2, "positive": {"1": 2}, "reset": "gauge"},
            {"schema": -1, "sum": 2, "positive": {"1": 2}, "reset": "gauge"}]},
          {"labels": {"__name__": "g", "job": "b"}, "start": \(Self.start)000, "step": 60000, "values": [7]}]}
        """)
      let snapshot = try server.snapshot()
      let folders = try FileManager.default.contentsOfDirectory(atPath: snapshot)
        .map { snapshot + "/" + $0 }
      let found = try BlockSamples(folders, ["g", "g_bucket", "g_count"]).series
      func values(_ labels: String) -> [Double]? { found["{\(labels)}"]?.map(\.value) }
      #expect(values("__name__=\"g\", job=\"b\"") == [7])
      #expect(values("__name__=\"g_count\"") == [4, 2, 2])
      #expect(values("__name__=\"g_bucket\", le=\"+Inf\"") == [4, 2, 2])
      // Bucket 1 of schema -1 goes from 1 to 4: how many lie below 2 cannot be known.
      #expect(values("__name__=\"g_bucket\", le=\"2\"") == [4, 2])
      #expect(values("__name__=\"g_bucket\", le=\"4\"") == [4, 2, 2])
    }
  }

  /// The bits of a chunk, from groups of zeros and ones.
  private static func bytes(_ groups: [String]) -> [UInt8] {
    let bits = Array(groups.joined().utf8)
    return stride(from: 0, to: bits.count, by: 8).map { start in
      bits[start..<min(start + 8, bits.count)].enumerated()
        .reduce(0) { $0 | ($1.element - 48) << UInt8(7 - $1.offset) }
    }
  }

  private static func bits(_ number: UInt64, _ count: Int) -> String {
    let digits = String(number, radix: 2)
    return String(repeating: "0", count: count - digits.utf8.count) + digits
  }

  // The server of these tests does not know such buckets yet; the bits are those of Prometheus' chunks.md.
  @Test("may have bounds of their own")
  func mayHaveOwnBounds() throws {
    let chunk = Self.bytes([
      Self.bits(2, 16), "00000000", "00000000",  // 2 samples, no hint, threshold 0
      "1110" + Self.bits(512 - 53, 9),  // schema -53
      "10" + "001", "10" + "011", "0", "0",  // 1 span of 3 buckets from 0 on, no negative span
      "10" + "010", "1110" + Self.bits(251, 9),  // 2 bounds: 0.25 as 251
      "0" + Self.bits(1e9.bitPattern, 64),  // and 1e9 as it is
      "11110" + Self.bits(1000, 12), "10" + "110", "0",  // 1 s, 6 observations, none at zero
      Self.bits(4.5.bitPattern, 64), "10" + "001", "10" + "001", "10" + "001",  // 1, 2, 3 of them
      "11110" + Self.bits(1000, 12), "10" + "001", "0",  // 1 s and 1 observation more
      "0", "0", "0", "10" + "001",  // the same sum, the one in the last bucket
    ])
    let file = try BlockFile(#filePath, named: "chunks")
    try withExtendedLifetime(file) {
      try (chunk + [UInt8](repeating: 0, count: FileWindow.slack)).withUnsafeBytes { buffer in
        var histogram = try HistogramChunk(
          StoredChunk(
            encoding: 2, data: UnsafeRawBufferPointer(rebasing: buffer[..<chunk.count]),
            checksum: 0, place: 0, file: file))
        #expect(histogram.buckets.ordered.map(\.upper) == [0.25, 1e9, .infinity])
        #expect(histogram.buckets.places(of: [0.5])[0] == (1, true))
        #expect(histogram.buckets.places(of: [1e9])[0].below == 2)
        #expect(try histogram.next())
        #expect(histogram.time == 1000 && histogram.count == 6 && histogram.sum == 4.5)
        #expect(histogram.counts == [1, 2, 3])
        #expect(try histogram.next())
        #expect(histogram.time == 2000 && histogram.count == 7 && histogram.sum == 4.5)
        #expect(histogram.counts == [1, 2, 4])
        #expect(try !histogram.next())
      }
    }
  }

  struct Bound: CustomTestStringConvertible {
    let number: Int64
    let schema: Int64
    let expected: Double
    var testDescription: String { "\(number) of schema \(schema)" }
  }

  // 2^(k * 2^-schema).
  @Test(
    "have powers of two as their bounds",
    arguments: [
      Bound(number: 0, schema: 3, expected: 1), Bound(number: 8, schema: 3, expected: 2),
      Bound(number: -24, schema: 3, expected: 0.125),
      Bound(number: 1, schema: 1, expected: 1.4142135623730951),
      Bound(number: -1, schema: 1, expected: 0.7071067811865476),
      Bound(number: 3, schema: -2, expected: 4096), Bound(number: -3, schema: 0, expected: 0.125),
      Bound(number: 1024, schema: 0, expected: .greatestFiniteMagnitude),
      Bound(number: 1025, schema: 0, expected: .infinity),
      Bound(number: -2000, schema: 0, expected: 0),
      Bound(number: .max, schema: -4, expected: .infinity),
      Bound(number: .min, schema: 8, expected: 0),
    ])
  func hasPowersOfTwo(bound: Bound) {
    #expect(HistogramBuckets.power(bound.number, schema: bound.schema) == bound.expected)
  }
}
