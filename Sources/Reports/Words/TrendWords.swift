import Model

/// What is said of daily values over time.
struct TrendWords {
  let trend: TrendFacts
  /// "Checkout: its bad share".
  let subject: String
  /// What the values are counted in.
  let unit: String?
  /// The period of the report.
  let first: CivilDate
  let last: CivilDate

  /// The findings, each a sentence; a change of level is told for four weeks, an unusual day in its period.
  var lines: [String] { ([slope] + changes + anomalies).compactMap(\.self) }

  private var slope: String? {
    guard let slope = trend.slope, let lower = trend.lower, let upper = trend.upper else {
      return nil
    }
    let verb = slope > 0 ? "rises" : "falls"
    let (near, far) = slope > 0 ? (lower, upper) : (-upper, -lower)
    return
      "\(subject) \(verb) by \(weekly(abs(slope))) a week (95\(Wording.space)% interval \(weekly(near)) to \(weekly(far)))."
  }

  private func weekly(_ slope: Double) -> String {
    let week = slope * 7
    return unit == "percent"
      ? Wording.quantity(week, unit: "points") : Wording.quantity(week, unit: unit)
  }

  private var changes: [String?] {
    trend.changes.suffix(1).map { day in
      day.dayNumber > last.dayNumber - 28
        ? "\(subject) has had another level since \(Wording.day(day))." : nil
    }
  }

  private var anomalies: [String?] {
    trend.anomalies.filter { (first.dayNumber...last.dayNumber).contains($0.day.dayNumber) }
      .suffix(2).map { one in
        "\(subject) was \(Wording.quantity(one.value, unit: unit)) on \(Wording.day(one.day)); usual is \(Wording.quantity(max(0, one.expected), unit: unit))."
      }
  }
}

extension Story {
  /// What the days of objectives and of capacity prove, worst first.
  var trends: [String] {
    let (first, last) = (
      zone.date(at: facts.period.start), zone.date(at: facts.period.end - .nanoseconds(1))
    )
    let objectives = facts.objectives.flatMap { objective -> [String] in
      let found = objective.trend.map {
        TrendWords(
          trend: $0.scaled(by: 100), subject: "\(objective.title): the bad share",
          unit: "percent", first: first, last: last
        ).lines
      }
      return [words(objective).usedUp].compactMap(\.self) + (found ?? [])
    }
    return objectives
      + capacity.flatMap { item in
        item.trend.map {
          TrendWords(trend: $0, subject: item.title, unit: item.unit, first: first, last: last)
            .lines
        } ?? []
      }
  }
}

extension Story {
  /// The period beside the one before, of the three objectives that differ most; `nil` where none does.
  var changes: String? {
    let changed = facts.objectives.compactMap { objective -> (difference: Double, text: String)? in
      guard objective.state != .notJudged, let now = objective.period,
        let then = objective.periodBefore,
        now.total > 0, then.total > 0
      else { return nil }
      let (new, old) = (
        Double(now.good) / Double(now.total), Double(then.good) / Double(then.total)
      )
      guard Wording.share(new) != Wording.share(old) else { return nil }
      return (
        abs(new - old), "\(objective.title) \(Wording.share(new)) after \(Wording.share(old))"
      )
    }.sorted { $0.difference > $1.difference }
    guard !changed.isEmpty else { return nil }
    return
      "\(period.this.capitalizedFirst) beside \(period.before): \(changed.prefix(3).map(\.text).joined(separator: "; "))."
  }
}

extension ObjectiveWords {
  /// When the budget of the running window is likely used up.
  fileprivate var usedUp: String? {
    guard let usedUp = objective.usedUp, usedUp.answer == .date else { return nil }
    return
      "\(objective.title): if its days go on as before, the budget is likely used up on \(CapacityWords.date(of: usedUp))."
  }
}

extension TrendFacts {
  /// The same in other units: of shares, in percent.
  fileprivate func scaled(by factor: Double) -> TrendFacts {
    TrendFacts(
      answer: answer, slope: slope.map { $0 * factor }, lower: lower.map { $0 * factor },
      upper: upper.map { $0 * factor }, changes: changes,
      anomalies: anomalies.map {
        AnomalyFacts(day: $0.day, value: $0.value * factor, expected: $0.expected * factor)
      })
  }
}
