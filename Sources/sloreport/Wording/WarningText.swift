import Definitions
import Model

/// Words for what is valid but probably a mistake: the effect, and what to do.
enum WarningText {
  static func words(_ warning: Warning) -> String {
    switch warning {
    case .gateNeverCloses(let policy):
      return
        "no band of the policy `\(policy)` closes the gate, so it is always open; add `gate: closed` to one"
    case .gateNeverOpens(let policy):
      return
        "the policy `\(policy)` closes the gate even with a full budget; add `below` to the band with `gate: closed`"
    case .goodIsTotal:
      return
        "`good` is the same as `total`, so all events are good; add the condition for good ones"
    case .goodBeyondTotal(let label):
      return
        "`good` counts series that `total` leaves out by the label `\(label)`; repeat the condition in `good`"
    case .contradiction(let label):
      return
        "no series can meet all conditions on the label `\(label)`; for several values use a pattern: \(label)=~\"a|b\""
    case .patternAsText(let label, let text, let isNegative):
      let sign = isNegative ? "!" : ""
      return
        "`\(label)\(sign)=\"\(text)\"` compares with exactly this text; for a pattern write \(label)\(sign.isEmpty ? "=" : sign)~\"\(text)\""
    case .missingWithoutEffect:
      return
        "`missing: bad` has no effect on counts of events; remove it, or count slices of time with `method`"
    case .nothingAllowed:
      return
        "an objective of 100 % has no budget: one bad event closes the gate until the window has passed; lower it"
    case .coverageUnchecked:
      return "with `minimum_coverage: 0%` a verdict needs no measured time; the default is 90%"
    case .historyUnchecked(let least):
      return
        "with a `minimum_history` of \(duration(least)) a verdict needs hardly any data; the default is 14d or the window"
    case .neverStale(let after, let window):
      return
        "`stale_after` (\(duration(after))) is longer than the window (\(duration(window))), so it has no effect; shorten it"
    case .excludesWindow(let reason):
      return
        "the exclusion \"\(reason)\" can cover the whole window, so nothing would be judged; shorten it, or lengthen the window"
    case .sliceBeyondWindow(let slice, let window):
      return
        "a slice of \(duration(slice)) is longer than the window (\(duration(window))); lengthen the window"
    case .sameObjective(let name, let line):
      return "the same as the objective `\(name)` in line \(line); remove one"
    case .queryWithoutBounds(let path, let missing):
      return
        "`\(path)` has no \(missing.joined(separator: " and no ")), so each pull reads all of its rows; add `WHERE at >= :from AND at < :to`"
    }
  }

  private static func duration(_ length: Duration) -> String {
    Wording.plain(Wording.duration(length))
  }
}
