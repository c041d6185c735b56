import Analytics
import Model

/// What is said of a credit.
struct CreditWords {
  let objective: ObjectiveFacts
  let facts: CreditFacts
  private let words: ObjectiveWords

  init(_ objective: ObjectiveFacts, _ credit: CreditFacts, in zone: ZoneOffsets) {
    (self.objective, facts) = (objective, credit)
    words = ObjectiveWords(objective, in: zone)
  }

  /// "5 % below 99.90 %, 10 % below 99.00 %".
  var promise: String {
    facts.tiers.map { "\(percent($0.credit)) below \(Wording.target($0.below))" }
      .joined(separator: ", ")
  }

  /// The good share; with as many decimals as tell it from the bound that is nearest.
  var level: String {
    guard let counts = facts.counts else { return "–" }
    let bound = facts.tiers.first { counts.isBelow($0.below) } ?? facts.tiers.last
    return Wording.percent(counts, target: (facts.applies ?? bound)?.below ?? objective.target)
  }

  var tier: String {
    guard facts.isJudged else { return "not judged" }
    return facts.applies.map { "below \(Wording.target($0.below))" } ?? "none"
  }

  var credit: String {
    guard facts.isJudged else { return "–" }
    return facts.applies.map { percent($0.credit) } ?? "none"
  }

  /// What was counted, what was left out, and what follows.
  var arithmetic: String {
    guard facts.isJudged, let counts = facts.counts else {
      return "\(objective.title): no credit can be computed: \(reason)."
    }
    var parts = [
      "\(words.badAmount(good: counts.good, total: counts.total)) bad of \(amount(counts.total)): \(level)"
    ]
    if facts.excludedSeconds > 0 {
      parts.append("\(Wording.duration(.seconds(facts.excludedSeconds))) of agreed time left out")
    }
    if facts.lateSeconds > 0, let notice = facts.noticeSeconds {
      parts.append(
        "\(Wording.duration(.seconds(facts.lateSeconds))) of agreed time counts, since it was not announced \(Wording.duration(.seconds(notice))) before"
      )
    }
    if let quiet = facts.quiet {
      parts.append(
        "\(amount(quiet.total)) in minutes with fewer than \(Wording.count(facts.minimumPerMinute)) left out"
      )
    }
    let result =
      facts.applies.map {
        "below \(Wording.target($0.below)), so the credit is \(percent($0.credit))"
      }
      ?? "not below \(facts.tiers.first.map { Wording.target($0.below) } ?? "any tier"), so no credit"
    return "\(objective.title): \((parts + [result]).joined(separator: "; "))."
  }

  private var reason: String {
    objective.state == .notJudged ? words.doubts : "nothing counts"
  }

  private func amount(_ total: Int64) -> String {
    switch objective.unit {
    case .time: Wording.duration(.nanoseconds(total))
    case .millionths, .billionths: "all"
    case .events, .checks, .slices: "\(Wording.count(total)) \(objective.unit.rawValue)"
    }
  }

  /// "5 %", "2.5 %".
  private func percent(_ partsPerBillion: Int64) -> String {
    var (value, decimals) = (partsPerBillion, 7)
    while decimals > 0, value % 10 == 0 { (value, decimals) = (value / 10, decimals - 1) }
    let number = decimals == 0 ? Wording.count(value) : Wording.decimal(value, decimals: decimals)
    return "\(number)\(Wording.space)%"
  }
}

extension Counts {
  fileprivate func isBelow(_ bound: Int64) -> Bool {
    Int128(good) * 1_000_000_000 < Int128(total) * Int128(bound)
  }
}
