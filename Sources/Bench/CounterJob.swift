import Analytics
import Ingest
import Model

/// The increase of every series of a counter inside a window, from snapshots: w1, w1t and w4.
struct CounterJob {
  let family: String
  let window: Window
  let errorPrefix: UInt8

  /// Reads the flat object of the comparison; `nil` when something is missing.
  init?(_ text: String) {
    let fields = FlatObject(text)
    guard let family = fields.string("family"), let start = fields.number("window_start"),
      let end = fields.number("window_end"),
      let prefix = fields.string("error_code_prefix")?.utf8.first
    else { return nil }
    self.family = family
    window = Window(start: Instant(seconds: start), end: Instant(seconds: end))
    errorPrefix = prefix
  }

  /// The answer as JSON; `files` is the pattern of the snapshots, `root` their folder.
  func answer(files: String, root: String) throws -> String {
    let source = SnapshotSource(
      name: "m", pattern: files, root: root, timeFromModification: false)
    var increases: [SeriesID: Increase] = [:]
    // The window begins and ends with a day.
    let failures = try source.pull(
      wanted: [Selector(source: "m", name: family + "_total")], marks: [], minutes: 1440
    ) { _, produce in
      try produce { batch in
        for series in batch.series {
          increases[series.id, default: Increase()].add(series.cells, inside: window)
        }
      }
    }
    if let failure = failures.first { throw failure }
    return json(increases)
  }

  private func json(_ increases: [SeriesID: Increase]) -> String {
    var series: [String] = []
    var services: [String: (total: Int64, errors: Int64)] = [:]
    for (id, increase) in increases {
      let labels = ["service", "instance", "code"].map {
        String(decoding: id.value(of: $0) ?? [], as: UTF8.self)
      }
      let amount = Int64(increase.amount)
      series.append("\"\(labels.joined(separator: "|"))\":\(amount)")
      services[labels[0], default: (0, 0)].total += amount
      if labels[2].utf8.first == errorPrefix { services[labels[0]]?.errors += amount }
    }
    let sums = services.map { service, sum in
      "\"\(service)\":{\"total\":\(sum.total),\"errors\":\(sum.errors),"
        + "\"error_ratio\":\(Double(sum.errors) / Double(sum.total))}"
    }
    return "{\"series\":{\(series.joined(separator: ","))},"
      + "\"services\":{\(sums.joined(separator: ","))}}"
  }
}

/// The increase of one series, whose cells come in parts.
private struct Increase {
  private(set) var amount = 0.0
  private var last: [Cell] = []

  mutating func add(_ cells: [Cell], inside window: Window) {
    for step in CounterIncrease.steps(of: last + cells)
    where window.contains(Instant(minute: step.minute)) {
      amount += step.amount
    }
    last = cells.suffix(1).map { cell in
      // What was counted is not counted again.
      var last = Cell(minute: cell.minute)
      last.add(cell.last, at: cell.lastTime)
      return last
    }
  }
}
