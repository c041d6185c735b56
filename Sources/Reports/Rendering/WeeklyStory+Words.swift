/// Words that sentences and figures share.
extension WeeklyStory {
  /// "a, b and c".
  func listed(_ names: [String]) -> String {
    guard let last = names.last else { return "" }
    return names.count == 1 ? last : names.dropLast().joined(separator: ", ") + " and " + last
  }

  /// "1 day", "3 days".
  func counted(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  /// "three", from ten on "10".
  func number(_ value: Int) -> String {
    let words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    return value < words.count ? words[value] : "\(value)"
  }

  /// "bad events", "slow events", "down time".
  func badNoun(_ objective: ObjectiveFacts) -> String {
    switch (objective.unit, objective.indicator.kind) {
    case ("time", "freshness"): "stale time"
    case ("time", "heartbeat"): "silent time"
    case ("time", _): "down time"
    case ("millionths", _), ("billionths", _): "bad share"
    case (let unit, "latency"): "slow \(unit)"
    case (let unit, "uptime"): "failed \(unit)"
    case (let unit, _): "bad \(unit)"
    }
  }

  /// "3 slow events", "14 min of down time".
  func bad(_ objective: ObjectiveFacts, good: Int64, total: Int64) -> String {
    let amount = badAmount(objective, good: good, total: total)
    let noun = badNoun(objective)
    switch objective.unit {
    case "time": return "\(amount) of \(noun)"
    case "millionths", "billionths": return "\(amount) bad"
    default: return "\(amount) \(total - good == 1 ? String(noun.dropLast()) : noun)"
    }
  }

  /// How much was bad: "1 240", "14 min"; of fractions the share.
  func badAmount(_ objective: ObjectiveFacts, good: Int64, total: Int64) -> String {
    let bad = max(0, total - good)
    switch objective.unit {
    case "time": return bad == 0 ? "0" : Wording.duration(.nanoseconds(bad))
    case "millionths", "billionths":
      return bad == 0 ? "0" : Wording.share(Double(bad) / Double(max(1, total)))
    default: return Wording.count(bad)
    }
  }
}

extension String {
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }

  /// Ends as a sentence does.
  var ended: String { hasSuffix(".") || hasSuffix("?") ? self : self + "." }
}
