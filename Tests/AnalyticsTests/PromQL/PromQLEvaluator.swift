import Analytics
import Model

/// Evaluates PromQL over cells with our formulas.
struct PromQLEvaluator {
  typealias Vector = [[String: String]: Double]

  let series: [Series]
  let rule: ExtrapolatedIncrease.Rule
  /// How many times as long everything takes: 60 puts each whole second at the edge of a cell.
  let stretch: Int64
  /// Series that hold a mark of staleness.
  var stale: Set<SeriesID> = []

  /// An edge of a range is inside of a cell.
  struct EdgeInsideOfCell: Error {}

  private func window(_ start: Int64, _ end: Int64) throws -> Window {
    let (from, to) = (start * stretch, end * stretch)
    guard from % 60_000 == 0, to % 60_000 == 0 else { throw EdgeInsideOfCell() }
    return Window(
      start: Instant(nanoseconds: from * 1_000_000), end: Instant(nanoseconds: to * 1_000_000))
  }

  private func labels(_ id: SeriesID) -> [String: String] {
    Dictionary(
      id.labels.map {
        (String(decoding: $0.name, as: UTF8.self), String(decoding: $0.value, as: UTF8.self))
      }, uniquingKeysWith: { one, _ in one })
  }

  /// The values at a time in milliseconds, by their labels.
  func vector(_ expression: PromQL, at time: Int64) throws -> Vector {
    switch expression {
    case .number(let value): return [[:]: value]
    case .series(let selector, let range, let offset):
      guard range == nil else { throw PromQL.LeftOut.syntax(at: 0) }
      return try readings(selector, 300_000, at: time - offset, isLookup: true) { cell, _ in
        cell.last
      }
    case .call("histogram_quantile", let arguments):
      let share = try vector(arguments[0], at: time)[[:]] ?? .nan
      return quantiles(share, try vector(arguments[1], at: time))
    case .call(let name, let arguments):
      guard case .series(let selector, let range?, let offset)? = arguments.first else {
        throw PromQL.LeftOut.syntax(at: 0)
      }
      return try readings(selector, range, at: time - offset) { cell, window in
        value(of: name, cell, window)
      }
    case .aggregate(let name, let names, let isWithout, let inner):
      var groups: [[String: String]: [Double]] = [:]
      for (labels, value) in try vector(inner, at: time) {
        groups[labels.filter { names.contains($0.key) != isWithout }, default: []].append(value)
      }
      return groups.mapValues { aggregated(name, $0) }
    case .binary(let sign, let left, let right):
      return combined(
        sign, try vector(left, at: time), isNumber(left), try vector(right, at: time),
        isNumber(right))
    }
  }

  private func readings(
    _ selector: Selector, _ range: Int64, at end: Int64, isLookup: Bool = false,
    _ value: (Cell, Window) -> Double?
  ) throws -> Vector {
    let window = try window(end - range, end)
    var result: Vector = [:]
    for series in series where selector.matches(series.id) {
      if isLookup, stale.contains(series.id) { throw PromQL.LeftOut.staleLookup }
      guard let cell = Cell.joined(series.cells, in: window, by: rule) else { continue }
      result[labels(series.id)] = value(cell, window)
    }
    return result
  }

  private func value(of name: String, _ cell: Cell, _ window: Window) -> Double? {
    switch name {
    case "increase": ExtrapolatedIncrease(cell, in: window, by: rule)?.amount
    case "rate":
      ExtrapolatedIncrease(cell, in: window, by: rule).map { $0.perSecond * Double(stretch) }
    case "delta": ExtrapolatedIncrease(cell, in: window, by: rule, isCounter: false)?.amount
    case "resets": Double(CounterIncrease.resets(of: [cell]))
    case "sum_over_time": cell.sum
    case "avg_over_time": cell.sum / Double(cell.count)
    case "min_over_time": cell.low
    case "max_over_time": cell.high
    case "count_over_time": Double(cell.count)
    case "last_over_time": cell.last
    default: 1
    }
  }

  private func quantiles(_ share: Double, _ buckets: Vector) -> Vector {
    var histograms: [[String: String]: [(bound: Double, count: Double)]] = [:]
    for (labels, count) in buckets {
      guard let bound = labels["le"].flatMap(Double.init) else { continue }
      histograms[labels.filter { $0.key != "le" }, default: []].append((bound, count))
    }
    return histograms.mapValues { Buckets($0)?.quantile(share) ?? .nan }
  }

  private func aggregated(_ name: String, _ values: [Double]) -> Double {
    let sum = values.reduce(0, +)
    return switch name {
    case "sum": sum
    case "avg": sum / Double(values.count)
    case "min": values.min() ?? .nan
    case "max": values.max() ?? .nan
    default: Double(values.count)
    }
  }

  private func isNumber(_ expression: PromQL) -> Bool {
    switch expression {
    case .number: true
    case .binary(_, let left, let right): isNumber(left) && isNumber(right)
    case .series, .call, .aggregate: false
    }
  }

  private func combined(
    _ sign: Character, _ left: Vector, _ leftIsNumber: Bool, _ right: Vector, _ rightIsNumber: Bool
  ) -> Vector {
    func result(_ one: Double, _ other: Double) -> Double {
      switch sign {
      case "+": one + other
      case "-": one - other
      case "*": one * other
      default: one / other
      }
    }
    if rightIsNumber, let number = right[[:]] { return left.mapValues { result($0, number) } }
    if leftIsNumber, let number = left[[:]] { return right.mapValues { result(number, $0) } }
    return left.reduce(into: [:]) { all, one in
      if let other = right[one.key] { all[one.key] = result(one.value, other) }
    }
  }
}
