import Analytics
import Model

extension ObjectiveWords {
  /// "bad events", "slow events", "down time".
  var badNoun: String {
    switch (objective.unit, objective.indicator.kind) {
    case (.time, _): "\(badTime) time"
    case (.millionths, _), (.billionths, _): "bad share"
    case (.events, .latency), (.checks, .latency), (.slices, .latency):
      "slow \(objective.unit.rawValue)"
    case (.events, .uptime), (.checks, .uptime), (.slices, .uptime):
      "failed \(objective.unit.rawValue)"
    case (.events, _), (.checks, _), (.slices, _): "bad \(objective.unit.rawValue)"
    }
  }

  /// What time that is not good is: "14 min down".
  var badTime: String {
    switch objective.indicator.kind {
    case .freshness: "stale"
    case .heartbeat: "silent"
    case .ratio, .latency, .slices, .uptime, .states, .incidents: "down"
    }
  }

  /// "3 slow events", "14 min of down time".
  func bad(good: Int64, total: Int64) -> String {
    let amount = badAmount(good: good, total: total)
    switch objective.unit {
    case .time: return "\(amount) of \(badNoun)"
    case .millionths, .billionths: return "\(amount) bad"
    case .events, .checks, .slices:
      return "\(amount) \(total - good == 1 ? String(badNoun.dropLast()) : badNoun)"
    }
  }

  /// How much was bad: "1 240", "14 min"; of fractions the share.
  func badAmount(good: Int64, total: Int64) -> String {
    let bad = max(0, total - good)
    switch objective.unit {
    case .time: return bad == 0 ? "0" : Wording.duration(.nanoseconds(bad))
    case .millionths, .billionths:
      return bad == 0 ? "0" : Wording.share(Double(bad) / Double(max(1, total)))
    case .events, .checks, .slices: return Wording.count(bad)
    }
  }
}
