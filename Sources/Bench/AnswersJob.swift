import Analytics
import Ingest
import Model

/// What the points of each series of an answer of Prometheus are like: w3.
struct AnswersJob {
  private struct Summary {
    var (count, rejects, below): (Int64, Int64, Int64) = (0, 0, 0)
    var (sum, low, high, last) = (0.0, Double.infinity, -Double.infinity, 0.0)

    mutating func add(_ cells: [Cell], bound: Bound) {
      for cell in cells {
        rejects += cell.rejects
        guard cell.count > 0 else { continue }
        count += cell.count
        sum += cell.sum
        low = min(low, cell.low)
        high = max(high, cell.high)
        last = cell.last
        if !bound.holds(in: cell) { below += 1 }
      }
    }
  }

  let threshold: Double

  init?(_ parameters: String) {
    guard let threshold = FlatObject(parameters).decimal("threshold") else { return nil }
    self.threshold = threshold
  }

  /// The answer as JSON; a point has a minute of its own.
  func answer(input: String) throws -> String {
    let source = SnapshotSource(
      name: "m", pattern: "range.json", root: input, timeFromModification: false)
    var summaries: [SeriesID: Summary] = [:]
    let failures = try source.pull(
      wanted: [Selector(source: "m", name: "slo:sli_error:ratio_rate5m")], marks: []
    ) { _, produce in
      try produce { batch in
        for series in batch.series {
          summaries[series.id, default: Summary()].add(series.cells, bound: .atLeast(threshold))
        }
      }
    }
    if let failure = failures.first { throw failure }
    let series = summaries.map { id, summary in
      let labels = ["service", "slo"].map {
        String(decoding: id.value(of: $0) ?? [], as: UTF8.self)
      }
      return "\"\(labels.joined(separator: "|"))\":{\"count\":\(summary.count),"
        + "\"nan\":\(summary.rejects),\"mean\":\(summary.sum / Double(summary.count)),"
        + "\"min\":\(summary.low),\"max\":\(summary.high),\"last\":\(summary.last),"
        + "\"below\":\(summary.below)}"
    }
    return "{\"series\":{\(series.joined(separator: ","))}}"
  }
}
