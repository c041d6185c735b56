import Analytics
import Model

extension VectorTests {
  /// Answers the vectors about counters and about values over time.
  func counter(_ vector: Vector) throws -> Datum {
    let given = vector.given
    switch given["mode"] {
    case "anchored" where vector.topic != "delta", "smoothed":
      return try overSeries(given) { booked(in: $0, $1) }
    default: break
    }
    switch vector.topic {
    case "avg_over_time":
      let series = samples(try given["values"].numbers(), from: 60)
      let cell = Cell.joined(series.cells, in: span(0, 3600), by: .leftOpen)
      return .number(cell.map { $0.sum / Double($0.count) } ?? .nan)
    case "quantile_over_time":
      let sorted = try given["values"].numbers().map { Int64($0 * 1e9) }
      return try each(given["q"]) {
        LengthSummary.quantile(percent: Int(($0 * 100).rounded()), of: sorted)
      }
    default: break
    }
    return try overSeries(given) { series, range in
      guard let cell = Cell.joined(series.cells, in: range, by: .leftOpen) else { return nil }
      func stretched(isCounter: Bool = true) -> ExtrapolatedIncrease? {
        ExtrapolatedIncrease(cell, in: range, by: .leftOpen, isCounter: isCounter)
      }
      return switch vector.topic {
      case "increase": stretched()?.amount
      case "rate": stretched().map { $0.perSecond * VectorTests.stretch }
      case "delta": stretched(isCounter: false)?.amount
      case "resets": Double(CounterIncrease.resets(of: [cell]))
      default: given["fn"] == "count_over_time" ? Double(cell.count) : cell.last
      }
    }
  }

  /// All takes 12 times as long, so that every edge is on a whole minute; no increase depends on that.
  private static let stretch = 12.0

  private func overSeries(_ given: Datum, _ answer: (Series, Window) -> Double?) throws -> Datum {
    func one(_ text: String) throws -> Datum {
      let step = Int64(try given["step_s"].number() * VectorTests.stretch)
      let series = samples(try notation(text), every: step)
      let length = given["range_s"] == .null ? given["lookback_s"] : given["range_s"]
      let answers = try given["at_s"].list.flatMap { at in
        try length.list.map { length -> Datum in
          let end = Int64(try at.number() * VectorTests.stretch)
          let range = span(end - Int64(try length.number() * VectorTests.stretch), end)
          return answer(series, range).map(Datum.number) ?? .null
        }
      }
      return answers.count == 1 ? answers[0] : .list(answers)
    }
    switch given["series"] {
    case .text(let text): return try one(text)
    case .list(let list): return .list(try list.map { try one($0.text()) })
    case .map(let map): return .map(try map.mapValues { try one($0.text()) })
    case .null, .bool, .number: throw VectorError.notAText(given)
    }
  }

  /// The steps that the SLI counts, booked in `(start, end]`.
  private func booked(in series: Series, _ range: Window) -> Double? {
    let measured = Measurement(
      .ratio(good: selector("good"), total: selector("total")), series: [series], span: range)
    return measured.map { Double($0.tally.counts(in: range).total) }
  }
}

extension Measurement {
  /// An indicator over readings; `nil` never, but for an objective that cannot be.
  fileprivate init?(_ indicator: Indicator, series: [Series], span: Window) {
    guard let target = try? percent(99) else { return nil }
    self.init(objective(target, indicator), series: series, span: span, spans: WindowSet())
  }
}
