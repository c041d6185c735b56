import Model
import Testing

@testable import Ingest

/// Files whose cells are handed on several times before they end.
@Suite("A long file")
struct LongFileTests {
  enum Form: CaseIterable, Sendable {
    case prometheusText, seriesBySeries, openMetrics, long, wide, answer
  }

  private struct Sample {
    let series: Int
    let milliseconds: Int64
    let value: Int
  }

  private static let (series, rows) = (3, 20_000)

  /// Three counters, read every seven seconds, each of which restarts at times.
  private static func samples(scale: Int) -> [Sample] {
    (0..<rows).flatMap { row in
      (0..<series).map { series in
        Sample(
          series: series, milliseconds: 1_792_303_201_000 + Int64(row) * 7000,
          value: scale * ((row + 700 * series) % 3000))
      }
    }
  }

  private static func content(of form: Form, scale: Int) -> String {
    let samples = samples(scale: scale)
    func series(_ number: Int) -> [Sample] { samples.filter { $0.series == number } }
    switch form {
    case .prometheusText:
      return samples.map { "a{n=\"\($0.series)\"} \($0.value) \($0.milliseconds)\n" }.joined()
    case .seriesBySeries:
      return (0..<Self.series).flatMap(series).map {
        "a{n=\"\($0.series)\"} \($0.value) \($0.milliseconds)\n"
      }.joined()
    case .openMetrics:
      return "# TYPE a gauge\n"
        + (0..<Self.series).flatMap(series).map {
          "a{n=\"\($0.series)\"} \($0.value) \($0.milliseconds / 1000)\n"
        }.joined() + "# EOF\n"
    case .long:
      return "time,name,value,n\n"
        + samples.map { "\($0.milliseconds),a,\($0.value),\($0.series)\n" }.joined()
    case .wide:
      let rows = stride(from: 0, to: samples.count, by: Self.series).map { row in
        "\(samples[row].milliseconds),"
          + samples[row..<row + Self.series].map { String($0.value) }.joined(separator: ",")
      }
      let names = (0..<Self.series).map { "\"a{n=\"\"\($0)\"\"}\"" }
      return "time,\(names.joined(separator: ","))\n" + rows.joined(separator: "\n") + "\n"
    case .answer:
      let results = (0..<Self.series).map { number in
        let points = series(number).map { "[\($0.milliseconds / 1000),\"\($0.value)\"]" }
        return "{\"metric\":{\"__name__\":\"a\",\"n\":\"\(number)\"},\"values\":["
          + points.joined(separator: ",") + "]}"
      }
      return "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":["
        + results.joined(separator: ",") + "]}}"
    }
  }

  private static func expected(scale: Int) -> [String: [Cell]] {
    var builders: [String: CellBuilder] = [:]
    for sample in samples(scale: scale) {
      builders["a{n=\"\(sample.series)\"}", default: CellBuilder()].add(
        Double(sample.value), at: sample.milliseconds * 1_000_000)
    }
    return builders.mapValues { $0.finish() }
  }

  // A cell that came in two parts would be taken for a reading that is less full than what is known.
  @Test(
    "hands on every cell whole, so that a corrected one replaces all that was known",
    arguments: Form.allCases)
  func wholeCells(form: Form) throws {
    let folder = try Folder()
    var known: [Series] = []
    for scale in [1, 10] {
      try folder.write("a", Self.content(of: form, scale: scale))
      let pulled = try folder.source("a").pulled(["a"])
      #expect(pulled.failures.isEmpty)
      let parts = pulled.batches.flatMap(\.series)
      if form == .prometheusText || form == .long { #expect(parts.count > Self.series) }
      for (_, parts) in Dictionary(grouping: parts, by: \.id) {
        let minutes = parts.flatMap { $0.cells.map(\.minute) }
        #expect(Set(minutes).count == minutes.count)
      }
      known += parts
      #expect(known.cells == Self.expected(scale: scale))
    }
  }
}
