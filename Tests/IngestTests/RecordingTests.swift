import Foundation
import Model
import Testing

@testable import Ingest

/// Our cells beside the answers of a real Prometheus 2.42 over the same recording.
@Suite("The recording of a real Prometheus")
struct RecordingTests {
  struct Expected: Decodable {
    struct Answer: Decodable {
      struct Sample: Decodable {
        let labels: [String: String]
        let value: String
      }
      let query: String
      let time: Int64
      let result: [Sample]
    }
    let times: [String: Int64]
    let answers: [Answer]
  }

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Fixtures/prometheus-recording")

  /// What the cells of one series say about a whole range, and the range in seconds.
  struct Facts {
    let id: SeriesID
    let cell: Cell
    let start: Int64
    let end: Int64

    func label(_ name: String) -> String {
      id.value(of: name).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// Prometheus' extrapolated increase; `nil` with fewer than two samples.
    ///
    /// As in 2.x, which caps the left side where the line would reach zero before it asks whether
    /// the side is short; 3.x caps it afterwards.
    var extrapolated: Double? {
      guard cell.count >= 2 else { return nil }
      let interval = Double(cell.lastTime - cell.firstTime)
      let average = interval / Double(cell.count - 1)
      var left = Double(cell.firstTime - start)
      var right = Double(end - cell.lastTime)
      if cell.increase > 0, cell.first >= 0 {
        left = min(left, interval * cell.first / cell.increase)
      }
      if left >= 1.1 * average { left = average / 2 }
      if right >= 1.1 * average { right = average / 2 }
      return cell.increase * (interval + left + right) / interval
    }
  }

  /// The recording's lines by metric name, each with its time in milliseconds.
  typealias Recording = [String: [(time: Int64, line: String)]]

  static func recording() throws -> Recording {
    let url = folder.appendingPathComponent("recording.om.gz")
    let stream = GzipReader(MemoryStream(Array(try Data(contentsOf: url))))
    var lines = LineReader(stream)
    var result: Recording = [:]
    _ = try lines.forEach { (line, _) throws(LineFault) in
      guard line[0] != 35 else { return }
      let text = String(decoding: line.bytes(0..<line.count), as: UTF8.self)
      let digits = text.utf8.reversed().prefix { $0 != 32 }.reversed().filter { $0 != 46 }
      let time = digits.reduce(Int64(0)) { $0 * 10 + Int64($1 - 48) }
      let name = String(decoding: text.utf8.prefix { $0 != 123 }, as: UTF8.self)
      result[name, default: []].append((time, text))
    }
    return result
  }

  /// Reads through a source what the recording holds in the closed range that ends at `time`.
  static func facts(_ recording: Recording, _ name: String, at time: Int64, minutes: Int64) throws
    -> [Facts]
  {
    let start = time - minutes * 60
    let lines = (recording[name] ?? []).filter { start * 1000 <= $0.time && $0.time <= time * 1000 }
    let folder = try Folder()
    try folder.write("part.om", (lines.map(\.line) + ["# EOF", ""]).joined(separator: "\n"))
    let pulled = try folder.source("*.om").pulled([name])
    #expect(pulled.failures.isEmpty)
    return pulled.batches.flatMap(\.series).compactMap { series in
      guard var cell = series.cells.first else { return nil }
      for next in series.cells.dropFirst() { cell.append(next) }
      return Facts(
        id: series.id, cell: cell, start: start * 1_000_000_000, end: time * 1_000_000_000)
    }
  }

  static func total(_ facts: [Facts]) -> Double? {
    let values = facts.compactMap(\.extrapolated)
    return values.isEmpty ? nil : values.reduce(0, +)
  }

  /// Our answer to a query, by the labels it keeps.
  static func answer(_ query: String, _ recording: Recording, at time: Int64) throws
    -> [String: Double]?
  {
    func facts(_ name: String, _ minutes: Int64) throws -> [Facts] {
      try RecordingTests.facts(recording, name, at: time, minutes: minutes)
    }
    func each(_ facts: [Facts], _ value: (Facts) -> Double?) -> [String: Double] {
      var result: [String: Double] = [:]
      for one in facts {
        let labels = one.id.labels.map {
          "\(String(decoding: $0.name, as: UTF8.self))=\(String(decoding: $0.value, as: UTF8.self))"
        }
        if let value = value(one) { result[labels.sorted().joined(separator: ",")] = value }
      }
      return result
    }
    func by(_ label: String, _ facts: [Facts], per seconds: Double) -> [String: Double] {
      var result: [String: Double] = [:]
      for one in facts {
        guard let increase = one.extrapolated else { continue }
        result["\(label)=\(one.label(label))", default: 0] += increase / seconds
      }
      return result
    }
    let requests = "prometheus_http_requests_total"
    let durations = "prometheus_http_request_duration_seconds"
    switch query {
    case "up", "last_over_time(up[5m])": return each(try facts("up", 5)) { $0.cell.last }
    case "count_over_time(up[20m])": return each(try facts("up", 20)) { Double($0.cell.count) }
    case "sum_over_time(up[20m])": return each(try facts("up", 20)) { $0.cell.sum }
    case "avg_over_time(up[20m])":
      return each(try facts("up", 20)) { $0.cell.sum / Double($0.cell.count) }
    case "avg_over_time(node_load1[10m])":
      return each(try facts("node_load1", 10)) { $0.cell.sum / Double($0.cell.count) }
    case "max_over_time(node_load1[20m])":
      return each(try facts("node_load1", 20)) { $0.cell.high }
    case "resets(process_cpu_seconds_total[24m])":
      return each(try facts("process_cpu_seconds_total", 24)) { Double($0.cell.resets) }
    case "increase(process_cpu_seconds_total[24m])":
      return each(try facts("process_cpu_seconds_total", 24)) { $0.extrapolated }
    case #"resets(prometheus_http_requests_total{handler="/api/v1/query",code="200"}[24m])"#:
      let some = try facts(requests, 24).filter {
        $0.label("handler") == "/api/v1/query" && $0.label("code") == "200"
      }
      return each(some) { Double($0.cell.resets) }
    case "sum(increase(prometheus_http_requests_total[10m]))":
      return total(try facts(requests, 10)).map { ["": $0] } ?? [:]
    case "sum by (code) (increase(prometheus_http_requests_total[20m]))":
      return by("code", try facts(requests, 20), per: 1)
    case "sum by (handler) (rate(prometheus_http_requests_total[5m]))":
      return by("handler", try facts(requests, 5), per: 300)
    case #"sum(rate(prometheus_http_requests_total{code!~"2.."}[5m])) / sum(rate(prometheus_http_requests_total[5m]))"#:
      let all = try facts(requests, 5)
      guard let bad = total(all.filter { !$0.label("code").hasPrefix("2") }), let sum = total(all)
      else { return [:] }
      return ["": bad / sum]
    case #"1 - sum(increase(prometheus_http_requests_total{code!~"2.."}[20m])) / sum(increase(prometheus_http_requests_total[20m]))"#:
      let all = try facts(requests, 20)
      guard let bad = total(all.filter { !$0.label("code").hasPrefix("2") }), let sum = total(all)
      else { return [:] }
      return ["": 1 - bad / sum]
    case "sum(rate(prometheus_http_request_duration_seconds_sum[10m])) / sum(rate(prometheus_http_request_duration_seconds_count[10m]))":
      guard let sum = total(try facts(durations + "_sum", 10)),
        let count = total(try facts(durations + "_count", 10))
      else { return [:] }
      return ["": sum / count]
    default: return nil
    }
  }

  // 16 of the 24 queries need nothing but what a cell holds; at 8 moments that is 128 answers. The
  // others ask for the order of samples inside a range or for staleness markers, which cells do not
  // keep.
  @Test("gives the server's answers to 16 queries at 8 moments, 128 of 128, within 1e-9")
  func givesTheServersAnswers() throws {
    let recording = try RecordingTests.recording()
    let expected = try JSONDecoder().decode(
      Expected.self,
      from: Data(contentsOf: RecordingTests.folder.appendingPathComponent("expected.json")))

    var (asked, agreeing) = (0, 0)
    for answer in expected.answers {
      guard let ours = try RecordingTests.answer(answer.query, recording, at: answer.time) else {
        continue
      }
      asked += 1
      var theirs: [String: Double] = [:]
      for sample in answer.result {
        let labels = sample.labels.filter { $0.key != "__name__" }.map { "\($0.key)=\($0.value)" }
        theirs[labels.sorted().joined(separator: ",")] = Double(sample.value)
      }
      let agrees =
        ours.count == theirs.count
        && theirs.allSatisfy { key, value in
          guard let our = ours[key] else { return false }
          return our == value || abs(our - value) <= 1e-9 * max(abs(value), 1e-300)
            || (our.isNaN && value.isNaN)
        }
      if agrees { agreeing += 1 }
      #expect(agrees, "\(answer.query) at \(answer.time): \(ours), server \(theirs)")
    }
    #expect(asked == 128)
    print("recording: \(agreeing) of \(asked) answers agree")
  }

  @Test("is one file of 15 thousand samples, read as its minute cells")
  func isReadAsMinuteCells() throws {
    let source = SnapshotSource(
      name: "m", pattern: "*.om.gz", root: RecordingTests.folder.path, timeFromModification: false)
    let pulled = try source.pulled(["up"])
    #expect(pulled.failures.isEmpty)
    #expect(pulled.batches.map(\.read) == [15_056])
    let cells = pulled.cells
    #expect(cells.count == 2)
    // 275 samples of each target; the node exporter was down for 24 of them.
    for (name, of) in cells {
      #expect(of.reduce(0) { $0 + $1.count } == 275)
      #expect(of.reduce(0) { $0 + $1.sum } == (name.contains("node") ? 251 : 275))
    }
  }
}
