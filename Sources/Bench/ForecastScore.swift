import Analytics
import Glibc

/// How forecasts of the items of one kind did.
struct ForecastScore {
  private(set) var items = 0
  private(set) var predicted = 0
  private var cells = 0.0
  private var inside95 = 0.0
  private var inside80 = 0.0
  private var error = 0.0
  private var stayError = 0.0
  private var score = 0.0
  private var stayScore = 0.0
  /// Items whose limit is not met yet.
  private(set) var open = 0
  private(set) var crossing = 0
  private(set) var warned = 0
  private(set) var alarms = 0
  private(set) var dated = 0
  private(set) var datedInside = 0
  private(set) var falseDates = 0
  private(set) var refused = 0
  private(set) var absurd = 0
  private(set) var held = 0
  private(set) var origins = 0

  var coverage95: Double? { cells > 0 ? inside95 / cells : nil }
  var coverage80: Double? { cells > 0 ? inside80 / cells : nil }
  /// Relative to *stays*; `nil` where that missed nothing.
  var relativeError: Double? { stayError > 0 ? error / stayError : nil }
  var relativeScore: Double? { stayScore > 0 ? score / stayScore : nil }
  var calm: Int { open - crossing }

  mutating func add(_ item: ForecastItem) {
    items += 1
    guard
      let forecast = try? Forecast(
        item.past, asOf: item.asOf, horizon: ForecastItem.horizon, ceiling: item.ceiling)
    else { return }
    predicted += 1
    held += forecast.record.held
    origins += forecast.record.origins
    measure(forecast, item)
    judge(forecast, item)
  }

  private mutating func measure(_ forecast: Forecast, _ item: ForecastItem) {
    let past = item.past
    var steps = (1..<past.days.count).map { index in
      let step = past.values[index] - past.values[index - 1]
      return step * step / Double(past.days[index] - past.days[index - 1])
    }
    let variance = steps.reduce(0, +) / Double(steps.count)
    steps.removeAll()
    // Each item counts by its own daily steps, so that none outweighs the others.
    let unit = variance > 0 ? variance.squareRoot() : 1
    for (ahead, value) in item.future.enumerated() {
      cells += 1
      if forecast.lower95[ahead] <= value, value <= forecast.upper95[ahead] { inside95 += 1 }
      if forecast.lower80[ahead] <= value, value <= forecast.upper80[ahead] { inside80 += 1 }
      error += abs(value - forecast.mean[ahead]) / unit
      stayError += abs(value - forecast.lastValue) / unit
      score += intervalScore(value, forecast.lower95[ahead], forecast.upper95[ahead]) / unit
      let half = 1.96 * (Double(ahead + 1) * variance).squareRoot()
      stayScore += intervalScore(value, forecast.lastValue - half, forecast.lastValue + half) / unit
    }
    let bounds = zip(
      zip(forecast.lower95, forecast.lower80), zip(forecast.upper80, forecast.upper95))
    for (index, ((low95, low80), (high80, high95))) in bounds.enumerated() {
      let mean = forecast.mean[index]
      let isSound =
        0 <= low95 && low95 <= low80 && low80 <= mean && mean <= high80 && high80 <= high95
        && high95 <= min(item.ceiling, .greatestFiniteMagnitude)
      if !isSound { absurd += 1 }
    }
  }

  /// The width of a 95 % interval, and 40 times by how much a value lies outside of it.
  private func intervalScore(_ value: Double, _ lower: Double, _ upper: Double) -> Double {
    upper - lower + 40 * (max(0, lower - value) + max(0, value - upper))
  }

  private mutating func judge(_ forecast: Forecast, _ item: ForecastItem) {
    let truth = item.crossing
    let answer = forecast.answer(to: item.limit)
    guard answer != .passed else { return }
    open += 1
    let days = item.asOf + 1...item.asOf + ForecastItem.horizon
    if let earliest = answer.earliest, !days.contains(earliest) { absurd += 1 }
    if let truth {
      crossing += 1
      if let earliest = answer.earliest, earliest <= truth { warned += 1 }
    } else if answer.earliest != nil {
      alarms += 1
    }
    switch answer {
    case .noLimit, .passed, .notWithinHorizon: break
    case .noPrediction: refused += 1
    case .date(let earliest, let likely, let latest):
      dated += 1
      if !days.contains(likely) || likely < earliest || latest.map({ $0 < likely }) ?? false {
        absurd += 1
      }
      if let truth {
        if earliest <= truth, latest.map({ truth <= $0 }) ?? true { datedInside += 1 }
      } else {
        falseDates += 1
        // What has not come within the horizon may come later, which an open end says.
        if latest == nil { datedInside += 1 }
      }
    }
  }
}
