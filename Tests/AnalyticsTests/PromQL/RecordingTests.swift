import Analytics
import Foundation
import Ingest
import Model
import TestSupport
import Testing

/// Our cells and formulas beside the answers of a real Prometheus 2.42 over the same recording.
@Suite("The recording of a real Prometheus")
struct RecordingTests {
  private struct Expected: Decodable {
    struct Answer: Decodable {
      struct Sample: Decodable {
        let labels: [String: String]
        let value: String
      }
      let query: String
      let time: Int64
      let result: [Sample]
    }
    let answers: [Answer]
  }

  private static let fixture = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/prometheus-recording")

  private func lines() throws -> [Substring] {
    let folder = try TemporaryFolder()
    let process = try ChildProcess(
      ["/bin/gzip", "-dc", RecordingTests.fixture.path + "/recording.om.gz"],
      output: folder.file("recording.om"))
    #expect(try process.wait() == 0)
    let text = String(decoding: try folder.read("recording.om"), as: UTF8.self)
    return text.split(separator: "\n")
  }

  /// Reads the recording through a source, all of it some seconds later.
  private func series(_ lines: [Substring], later delay: Int64) throws -> [Series] {
    var names: Set<Substring> = []
    let text = lines.map { line -> String in
      guard !line.hasPrefix("#"), let space = line.lastIndex(of: " ") else { return line + "\n" }
      names.insert(line.prefix { $0 != "{" })
      let time = line[space...].dropFirst().split(separator: ".", maxSplits: 1)
      let seconds = (time.first.flatMap { Int64($0) } ?? 0) + delay
      return "\(line[..<space]) \(seconds).\(time.count > 1 ? time[1] : "0")\n"
    }
    let folder = try TemporaryFolder()
    try folder.write(Array(text.joined().utf8), to: "recording.om")
    let source = SnapshotSource(
      name: "m", pattern: "*.om", root: folder.path, timeFromModification: false)
    var result: [SeriesID: Series] = [:]
    let failures = try withExtendedLifetime(folder) {
      try source.pull(
        wanted: names.sorted().map { Selector(source: "m", name: String($0)) }, marks: []
      ) { _, produce in
        try produce { batch in
          for part in batch.series {
            let known = result[part.id]?.cells ?? []
            result[part.id] = Series(
              id: part.id, kind: part.kind,
              cells: Cell.merged(known, with: part.cells, kind: part.kind).cells)
          }
        }
      }
    }
    #expect(failures.isEmpty)
    return result.values.sorted { $0.id < $1.id }
  }

  // 18 of the 24 queries need nothing but what a cell holds; at 8 moments that is 144 answers. The others ask for
  // single samples (changes, irate, deriv, quantile_over_time), for absence or for the time.
  @Test("gives the server's answers to 18 queries at 8 moments, 144 of 144, within 1e-9")
  func givesTheServersAnswers() throws {
    let lines = try lines()
    let expected = try JSONDecoder().decode(
      Expected.self,
      from: Data(contentsOf: RecordingTests.fixture.appending(path: "expected.json")))

    var asked = 0
    var leftOut: Set<String> = []
    for (time, answers) in Dictionary(grouping: expected.answers, by: \.time) {
      // So late that the moment of the question, and with it every edge of a range, is on a whole minute.
      let delay = 60 - time % 60
      let evaluator = PromQLEvaluator(
        series: try series(lines, later: delay), rule: .closed, stretch: 1)
      for answer in answers {
        do {
          let ours = try evaluator.vector(try PromQL(answer.query), at: (time + delay) * 1000)
          asked += 1
          #expect(
            agrees(ours, answer.result), "\(answer.query) at \(time): \(ours), not \(answer.result)"
          )
        } catch let reason as PromQL.LeftOut {
          leftOut.insert("\(reason): \(answer.query)")
        }
      }
    }
    print("recording: \(asked) answers; left out:", leftOut.sorted().joined(separator: "\n  "))
    #expect(asked == 144)
  }

  private func agrees(_ ours: PromQLEvaluator.Vector, _ theirs: [Expected.Answer.Sample]) -> Bool {
    ours.count == theirs.count
      && theirs.allSatisfy { sample in
        guard let our = ours[sample.labels.filter { $0.key != "__name__" }],
          let value = Double(sample.value)
        else { return false }
        return our == value || (our.isNaN && value.isNaN)
          || abs(our - value) <= 1e-9 * max(abs(value), 1e-300)
      }
  }
}
