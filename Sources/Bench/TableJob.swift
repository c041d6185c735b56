import Ingest
import Model

/// Good and total by service and day, from a table: w2.
struct TableJob {
  private struct Sums {
    /// Good and total, by day since 1970.
    var days: [Int64: (good: Int64, total: Int64)] = [:]
  }

  let parameters: String

  /// The answer as JSON.
  func answer(input: String) throws -> String {
    let source = SnapshotSource(
      name: "m", pattern: "events.csv", root: input, timeFromModification: false)
    var services: [String: Sums] = [:]
    let failures = try source.pull(
      wanted: [.rows(of: "m")], marks: [], minutes: 1440
    ) { _, produce in
      try produce { batch in
        for series in batch.series {
          let service = String(decoding: series.id.value(of: "service") ?? [], as: UTF8.self)
          let isGood = series.id.value(of: "column")?.elementsEqual("good".utf8) ?? false
          for cell in series.cells {
            let (day, sum) = (cell.minute / 1440, Int64(cell.sum))
            if isGood {
              services[service, default: Sums()].days[day, default: (0, 0)].good += sum
            } else {
              services[service, default: Sums()].days[day, default: (0, 0)].total += sum
            }
          }
        }
      }
    }
    if let failure = failures.first { throw failure }
    return json(services)
  }

  private func json(_ services: [String: Sums]) -> String {
    let objectives = FlatObject(parameters)
    var (totals, daily): ([String], [String]) = ([], [])
    for (service, sums) in services {
      let good = sums.days.values.reduce(0) { $0 + $1.good }
      let total = sums.days.values.reduce(0) { $0 + $1.total }
      let allowed = (1 - (objectives.decimal(service) ?? 0)) * Double(total)
      let used = Double(total - good) / allowed
      totals.append(
        "\"\(service)\":{\"good\":\(good),\"total\":\(total),\"sli\":\(Double(good) / Double(total)),"
          + "\"budget_used\":\(used),\"budget_remaining\":\(1 - used)}")
      let days = sums.days.map { day, sum in
        "\"\(Instant(seconds: day * 86_400).description.prefix(10))\":"
          + "[\(sum.good),\(sum.total),\(Double(sum.good) / Double(sum.total))]"
      }
      daily.append("\"\(service)\":{\(days.joined(separator: ","))}")
    }
    return "{\"services\":{\(totals.joined(separator: ","))},"
      + "\"daily\":{\(daily.joined(separator: ","))}}"
  }
}
