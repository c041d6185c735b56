import Analytics
import Model

extension Wording {
  /// A caveat as a clause.
  static func caveat(_ facts: CaveatFacts) -> String {
    func share(_ billionths: Int64) -> String { coverage(Double(billionths) / 1e9) }
    switch facts.caveat {
    case .noData: return "no data in the window"
    case .noTraffic: return "measured, but nothing happened: nothing to judge"
    case .notCollected:
      return "not collected as it is configured now; `sloreport collect` asks the sources"
    case .noSeries(let selector): return "no series matches \(selector)"
    case .sourceFailed: return "a source could not be read just now"
    case .rejected(let number):
      return "\(count(number)) reading\(number == 1 ? "" : "s") could not be used"
    case .coverage(let have, let need):
      return "\(share(have)) of the window measured, a verdict needs \(share(need))"
    case .history(let have, let need):
      return "\(duration(have)) of the \(duration(need)) that a verdict needs"
    case .stale(let have, let need):
      return "the newest data are \(duration(have)) old, at most \(duration(need)) are allowed"
    case .partialAnswers(let have):
      return
        "for \(duration(have)) of the window, answers count that their server called incomplete"
    case .late(let have, let interval):
      return
        "the newest data are \(duration(have)) old, and usually come every \(duration(interval))"
    }
  }
}
