import Analytics
import Foundation
import Model
import Testing

/// The examples of Prometheus' own test suite, answered from cells.
@Suite("PromQL's published cases")
struct PromQLCaseTests {
  private static let root = ProcessInfo.processInfo.environment["SLOREPORT_REFERENCE_DATA"]

  /// A value of a sample or of an answer.
  private struct Reading: Decodable {
    let value: Double

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self) {
        // A mark of staleness is a NaN with bits of its own.
        value = text == "stale" ? Double(bitPattern: 0x7ff0_0000_0000_0002) : Double(text) ?? .nan
      } else {
        value = try container.decode(Double.self)
      }
    }

    var isStale: Bool { value.bitPattern == 0x7ff0_0000_0000_0002 }
    var isRejected: Bool { !isStale && !(value.magnitude < 1e300) }
  }

  private struct Case: Decodable {
    struct Samples: Decodable {
      let metric: String
      let labels: [String: String]
      let step_ms: Int64
      let values: [Reading?]
    }
    struct Answer: Decodable {
      let labels: [String: String]
      let value: Reading
    }
    let id: String
    let expr: String
    let at_ms: Int64
    let series: [Samples]
    let expected: [Answer]?
    /// Whether Prometheus 3.9.1 answers the same; unknown where its tests have another case.
    let same_in_v3_9_1: Bool?

    func evaluator(_ rule: ExtrapolatedIncrease.Rule, stretch: Int64) -> PromQLEvaluator {
      var stale: Set<SeriesID> = []
      let series = series.map { samples in
        var builder = CellBuilder()
        for (index, reading) in samples.values.enumerated() {
          let time = Int64(index) * samples.step_ms * stretch * 1_000_000
          if let reading { builder.add(reading.value, at: time) }
        }
        let id = SeriesID(
          source: "m", name: samples.metric, labels: samples.labels.map { Label($0, $1) })
        if samples.values.contains(where: { $0?.isStale == true }) { stale.insert(id) }
        return Series(id: id, kind: .samples, cells: builder.finish())
      }
      return PromQLEvaluator(series: series, rule: rule, stretch: stretch, stale: stale)
    }

    /// Whether our answer is the published one; `nil` where an edge of a range is inside of a cell.
    func agrees(_ expression: PromQL, _ rule: ExtrapolatedIncrease.Rule, stretch: Int64) throws
      -> Bool?
    {
      do {
        let ours = try evaluator(rule, stretch: stretch).vector(expression, at: at_ms)
        let theirs = expected ?? []
        return ours.count == theirs.count
          && theirs.allSatisfy { answer in
            let labels = answer.labels.filter { $0.key != "__name__" }
            guard let our = ours[labels] else { return false }
            let value = answer.value.value
            return our == value || (our.isNaN && value.isNaN)
              || abs(our - value) <= 1e-6 * abs(value)
          }
      } catch is PromQLEvaluator.EdgeInsideOfCell {
        return nil
      }
    }
  }

  private static func cases() throws -> [Case]? {
    guard let root else {
      print("skipped: SLOREPORT_REFERENCE_DATA names no folder with promql-cases/")
      return nil
    }
    let text = try String(contentsOfFile: root + "/promql-cases/cases.jsonl", encoding: .utf8)
    return try text.split(separator: "\n").map {
      try JSONDecoder().decode(Case.self, from: Data($0.utf8))
    }
  }

  @Test("are answered as published, as far as cells can: within 1e-6")
  func answered() throws {
    guard let cases = try PromQLCaseTests.cases() else { return }
    var (evaluated, natural, later) = (0, 0, 0)
    var leftOut: [PromQL.LeftOut: [String]] = [:]
    for example in cases {
      do {
        let expression = try PromQL(example.expr)
        if example.series.contains(where: { $0.values.contains { $0?.isRejected == true } }) {
          throw PromQL.LeftOut.rejectedValues
        }
        let agrees = try example.agrees(expression, .closed, stretch: 60)
        #expect(agrees == true, "\(example.id): \(example.expr)")
        evaluated += 1
        // The same with several readings in a cell, where the edges allow it.
        if let agrees = try example.agrees(expression, .closed, stretch: 1) {
          natural += 1
          #expect(agrees, "\(example.id) in its own time: \(example.expr)")
        }
        if let same = example.same_in_v3_9_1 {
          later += 1
          let agrees = try example.agrees(expression, .leftOpen, stretch: 60)
          #expect(agrees == same, "\(example.id) as of 3.9.1: \(example.expr)")
        }
      } catch let reason as PromQL.LeftOut {
        leftOut[reason, default: []].append(example.id)
      }
    }
    print(
      "promql-cases: \(evaluated) of \(cases.count) evaluated (\(natural) of them also in their "
        + "own time, \(later) also as of 3.9.1); left out:")
    let most = leftOut.sorted {
      ($1.value.count, "\($0.key)") < ($0.value.count, "\($1.key)")
    }
    for (reason, ids) in most {
      print("  \(ids.count) \(reason): \(ids.joined(separator: " "))")
    }
    #expect(evaluated == 94 && natural == 82 && later == 18)
  }
}
