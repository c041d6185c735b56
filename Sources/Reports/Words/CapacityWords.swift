import Analytics
import Model

/// What is said of an item of capacity.
struct CapacityWords {
  let item: CapacityFacts

  init(_ item: CapacityFacts) { self.item = item }

  /// "85 %" of the limit, or "12.4 GiB".
  var now: String {
    guard let now = item.now else { return "–" }
    return now.share.map { Wording.used($0) } ?? quantity(now.value)
  }

  /// "93 % (92–94)": the forecast for the last day, with its 80 % range.
  var ahead: String {
    item.forecast == nil ? "no forecast" : "\(aheadMean) (\(aheadRange))"
  }

  /// "93 %" of the limit, or "12.4 GiB".
  var aheadMean: String {
    item.forecast.map { bound == nil ? quantity($0.mean) : Wording.percent(share($0.mean)) } ?? "–"
  }

  /// "92–94".
  var aheadRange: String {
    item.forecast.map { forecast in
      bound == nil
        ? Wording.quantities(forecast.lower80, forecast.upper80, unit: item.unit)
        : "\(Wording.count(share(forecast.lower80)))–\(Wording.count(share(forecast.upper80)))"
    } ?? "–"
  }

  /// The limit on the last day of the forecast, which shares are of.
  private var bound: Double? {
    guard let limit = item.limit, !item.fallsToLimit, let last = item.forecast?.day else {
      return nil
    }
    let value = limit.steps.last { $0.day <= last }?.value ?? limit.value
    return value > 0 ? value : nil
  }

  /// Percent of the limit; no more than can be printed.
  private func share(_ value: Double) -> Int64 {
    Int64(max(-9e15, min(9e15, (value / (bound ?? 1) * 100).rounded())))
  }

  func quantity(_ value: Double) -> String { Wording.quantity(value, unit: item.unit) }

  /// "limit 500 GiB", "at least 10 GiB"; what is short where nothing limits it.
  var limit: String {
    guard let limit = item.limit else {
      return item.limitIsUnknown ? "limit not measured" : "no limit"
    }
    return item.fallsToLimit
      ? "at least \(quantity(limit.value))" : "limit \(quantity(limit.value))"
  }

  /// "90 %", "the limit": what is met first that asks for action.
  var dueName: String {
    guard let critical = item.critical else { return "the limit" }
    return critical.share.map { Wording.used($0) } ?? "the critical value"
  }

  /// How the date of what is due differs from what the report before said.
  ///
  /// - Parameter earlier: that report: "week 41".
  /// - Returns: `nil` where it is the same.
  func changed(since earlier: String) -> String? {
    guard let before = item.before, let due = item.due else { return nil }
    let name = "\(item.title), \(dueName)"
    switch (before.answer, due.answer) {
    case (.passed, .passed): return nil
    case (_, .passed): return "\(name): passed since \(earlier)."
    case (.passed, _): return "\(name): no longer passed, as it was in \(earlier)."
    case (.date, .date):
      guard let old = before.likely, let new = due.likely, old != new else { return nil }
      let days = Int(new.dayNumber - old.dayNumber)
      return
        "\(name): likely on \(Wording.date(new)), \(Wording.counted(abs(days), "day")) \(days > 0 ? "later" : "earlier") than \(earlier) said."
    case (_, .date):
      return due.likely.map { "\(name): likely on \(Wording.date($0)); \(earlier) gave no date." }
    case (.date, _):
      return before.likely.map { "\(name): no date any more; \(earlier) said \(Wording.date($0))." }
    case (.notWithinHorizon, .notWithinHorizon), (.noPrediction, .noPrediction),
      (.notWithinHorizon, .noPrediction), (.noPrediction, .notWithinHorizon):
      return nil
    }
  }

  /// An earlier forecast beside what came.
  var scored: String? {
    guard let kept = item.kept else { return nil }
    let expected =
      "\(item.title): on \(Wording.date(kept.made)) we expected \(quantity(kept.mean)) (\(Wording.quantities(kept.lower95, kept.upper95, unit: item.unit))) for \(Wording.date(kept.day))"
    guard let came = kept.came, let isInside = kept.isInside else {
      return "\(expected); that day has no value."
    }
    return "\(expected); \(quantity(came)) came, \(isInside ? "inside" : "outside")."
  }

  /// "18 Nov (14–22)", "passed", "not before 9 Dec", "no date".
  func date(of crossing: CapacityFacts.CrossingFacts?) -> String {
    guard let crossing else { return "–" }
    return item.passed(crossing).map { "passed \(Wording.date($0))" }
      ?? CapacityWords.date(of: crossing)
  }

  static func date(of crossing: CapacityFacts.CrossingFacts) -> String {
    switch crossing.answer {
    case .passed: return "passed"
    case .date:
      guard let likely = crossing.likely else { return "–" }
      return "\(Wording.date(likely)) (\(range(crossing, around: likely)))"
    case .notWithinHorizon:
      return crossing.earliest.map { "not before \(Wording.date($0))" } ?? "–"
    case .noPrediction: return "no date"
    }
  }

  /// "14–22", with the month of an end that has another one: "28 Oct–3 Nov", "14 Nov–later".
  static func range(_ crossing: CapacityFacts.CrossingFacts, around likely: CivilDate)
    -> String
  {
    func text(_ date: CivilDate?) -> String {
      guard let date else { return "later" }
      return date.month == likely.month && date.year == likely.year
        ? "\(date.day)" : Wording.date(date)
    }
    return "\(text(crossing.earliest))–\(text(crossing.latest))"
  }

  /// Which line, since when, how often its interval held, and what is known against it.
  var method: String {
    let negative =
      item.negativeDays > 0
      ? ["\(Wording.counted(item.negativeDays, "negative value")) left out"] : []
    guard let forecast = item.forecast else {
      let reason = item.doubt.map { ": \(CapacityWords.doubt($0))" } ?? ""
      return (["no prediction\(reason)"] + negative).joined(separator: "; ")
    }
    var parts = [line(forecast)] + negative
    if forecast.origins > 0 {
      parts.append(
        "the 95\(Wording.space)% interval held \(forecast.held) of \(forecast.origins) times")
    }
    if forecast.isWidened {
      parts.append("widened: past misses were larger than the line promises")
    }
    if !forecast.outliers.isEmpty {
      parts.append("\(Wording.counted(forecast.outliers.count, "outlier")) left out")
    }
    let reasons = [item.limit, item.critical, item.warning].compactMap { $0?.reason }
    if item.daysWithoutValue > 1 {
      parts.append("no value for \(Wording.counted(item.daysWithoutValue, "day"))")
    }
    if let reason = reasons.first { parts.append("no date: \(CapacityWords.doubt(reason))") }
    if item.limitIsUnknown { parts.append("the limit was not measured") }
    return parts.joined(separator: "; ")
  }

  private func line(_ forecast: CapacityFacts.OutlookFacts) -> String {
    let since = "since \(Wording.date(forecast.since)) \(forecast.since.year)"
    return switch forecast.line {
    case .stays: "stays as today"
    case .days28: "a line through the last 28 days, \(pace(forecast))"
    case .days90: "a line through the last 90 days, \(pace(forecast))"
    case .allDays: "a line through all days \(since), \(pace(forecast))"
    }
  }

  /// "+1.2 GiB a day".
  private func pace(_ forecast: CapacityFacts.OutlookFacts) -> String {
    let slope = forecast.slopePerDay
    let zero = quantity(0)
    guard quantity(abs(slope)) != zero else { return "almost level" }
    return "\(slope < 0 ? "\u{2212}" : "+")\(quantity(abs(slope))) a day"
  }

  static func doubt(_ doubt: CapacityFacts.DoubtFacts) -> String {
    let count = doubt.count ?? 0
    return switch doubt.reason {
    case .noData: "no data"
    case .severalSeries:
      "\(Wording.counted(count, "series")) at the same time; select one, or split them with `by`"
    case .unusable: "the \(Wording.counted(count, "newest reading")) could not be used"
    case .contradicting: "\(Wording.counted(count, "reading")) contradict others of the same moment"
    case .tooFewValues: "\(Wording.counted(count, "daily value")), 14 are needed"
    case .stale: "no value for \(Wording.counted(count, "day"))"
    case .recentJump: "the level jumped \(Wording.counted(count, "day")) ago; 14 are needed"
    case .noTrend: "no trend"
    case .tooIrregular: "growth too irregular for a date"
    }
  }

  /// The last 90 days in `width` signs from 0 to the limit (or the largest value); a blank where there is no value.
  func sparkline(width: Int, ascii: Bool) -> String {
    let signs = Array(ascii ? "_.-=*#" : "▁▂▃▄▅▆▇█")
    guard let last = item.days.last?.day.dayNumber else { return "" }
    let top = max(
      item.fallsToLimit ? 0 : item.limit?.value ?? 0, item.days.map(\.value).max() ?? 0)
    guard top > 0 else { return String(repeating: signs[0], count: width) }
    var sums = Array(repeating: (sum: 0.0, count: 0), count: width)
    for day in item.days {
      let back = Int(last - day.day.dayNumber)
      guard back < 90 else { continue }
      let place = width - 1 - back * width / 90
      sums[place].sum += day.value
      sums[place].count += 1
    }
    return String(
      sums.map { part in
        guard part.count > 0 else { return " " }
        let share = part.sum / Double(part.count) / top
        return signs[min(signs.count - 1, max(0, Int(share * Double(signs.count))))]
      })
  }
}
