import Model

/// When counters started, from the series `x_created` beside `x_total`, `x_bucket` and `x_count`.
///
/// A start that is zero, negative, or no Unix time in seconds is none.
struct CounterStarts {
  struct Start: Hashable {
    let at: Int64
    /// The time of the reading that has it first.
    let seen: Int64
    /// The value that it started with.
    var base = 0.0
  }

  /// By the identity of the `x_created` series, in order of time.
  private var starts: [SeriesID: [Start]] = [:]

  /// Takes over the readings of `x_created`.
  init(_ series: [Series] = []) {
    for series in series {
      var found: [Start] = []
      func add(_ value: Double, _ time: Int64) {
        guard value > 0, value < 9e9 else { return }
        let start = Start(at: Int64(clamping: value * 1e6) * 1000, seen: time)
        if found.last?.at != start.at { found.append(start) }
      }
      for cell in series.cells where cell.count > 0 {
        add(cell.first, cell.firstTime)
        add(cell.last, cell.lastTime)
      }
      if !found.isEmpty { starts[series.id] = found.sorted { $0.at < $1.at } }
    }
  }

  var isEmpty: Bool { starts.isEmpty }

  /// The starts that concern a counter, or a bucket of a histogram.
  func starts(of id: SeriesID) -> [Start] {
    guard !starts.isEmpty,
      let name = Indicator.nameOfStart(String(decoding: id.name, as: UTF8.self))
    else { return [] }
    let labels = id.labels.filter { !$0.name.elementsEqual("le".utf8) }
    return starts[SeriesID(source: id.source, name: name, labels: labels)] ?? []
  }

  /// Whether a counter started so shortly before its first reading that all of it was counted since.
  func isNew(_ id: SeriesID, first: Cell, within reach: Int64) -> Bool {
    starts(of: id).contains { $0.at < first.firstTime && first.firstTime - $0.at <= reach }
  }
}
