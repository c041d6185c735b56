import Analytics
import Model

extension VectorTests {
  /// Answers the vectors about incidents and down time.
  func incidents(_ vector: Vector) throws -> Datum {
    let given = vector.given
    switch vector.topic {
    case "downtime_overlap":
      let incidents = try given["incidents_min"].list.enumerated().map { index, pair in
        let bounds = try pair.numbers().map { Int64($0) * 60 }
        return incident("\(index)", bounds[0], bounds[1])
      }
      let day = span(0, Int64(try given["day_min"].number()) * 60)
      let down = DownTime(of: incidents, in: day, now: day.end)
      return .map([
        "down_min": .number(down.length / .minutes(1)),
        "uptime_pct": .number((down.availability ?? .nan) * 100),
      ])
    case "overlap_hours":
      return .list(
        try given["pairs"].list.map { pair in
          let sets = try pair.list.map { bounds in
            let hours = try bounds.numbers().map { Int64($0) }
            return WindowSet([span(hours[0] * 3600, hours[1] * 3600)])
          }
          return .number(sets[0].intersection(sets[1]).length / .hours(1))
        })
    case "open_incident":
      let start = try clock(given["start"].text())
      let now = Instant(seconds: try clock(given["now"].text()))
      let down = DownTime(of: [incident("a", start, nil)], in: span(0, 86_400), now: now)
      return .map(["down_s": .number(down.length / .seconds(1))])
    case "mtbf_mttr_availability":
      let outages = try given["outage_h"].numbers().map { Int64($0 * 3600) }
      let window = span(0, Int64(try given["period_h"].number()) * 3600)
      let incidents = outages.enumerated().map { index, length in
        incident("\(index)", Int64(index) * 86_400, Int64(index) * 86_400 + length)
      }
      let found = IncidentSummary(of: incidents, in: window, now: window.end)
      return .map([
        "mttr_h": .number((found.restore.closed?.mean ?? .nan) / 3600),
        "mtbf_h": .number((found.meanTimeBetween ?? .nan) / 3600),
        "availability": .number(found.down.availability ?? .nan),
      ])
    case "mttf":
      let lives = try given["lives_h"].numbers().map { Duration.seconds($0 * 3600) }
      return .number((LengthSummary(lives)?.mean ?? .nan) / 3600)
    case "correction_monitor":
      let days = Int64(try given["window_days"].number())
      let removed = Int64(try given["correction_days"].number())
      let bad = Int64(try given["bad_min"].number()) * 60
      let window = span(0, days * 86_400)
      let raw = Measurement(
        objective(
          try percent(99),
          .incidents(Selector(source: "/shop", name: ""), severities: Severity.down)),
        series: [], span: window, spans: WindowSet([window]),
        incidents: [.incident(incident("a", 0, bad))])
      func share(_ found: Measurement) -> Datum {
        let counts = found.tally.counts(in: window)
        return .number(Double(counts.bad) / Double(counts.total) * 100)
      }
      let agreed = span((days - removed) * 86_400, days * 86_400)
      return .map([
        "time_removed_pct": share(raw.excluding(WindowSet([agreed]))),
        "counted_as_good_pct": share(raw),
      ])
    default: throw VectorError.noSuchTopic(vector.topic)
    }
  }

  /// Seconds of a day: "13:00:57".
  private func clock(_ text: String) throws -> Int64 {
    try text.split(separator: ":").reduce(0) { sum, part in
      guard let number = Int64(part) else { throw VectorError.notANumber(.text(text)) }
      return sum * 60 + number
    }
  }
}
