import Definitions
import Model

/// Words for what can be used and is hardly meant: what comes of it, and what to do.
enum WarningText {
  static func words(_ warning: Warning) -> String {
    switch warning {
    case .gateNeverCloses(let policy):
      return
        "no band of the policy `\(policy)` closes the gate, so it is always open; give one `gate: closed`"
    case .gateNeverOpens(let policy):
      return
        "the policy `\(policy)` closes the gate even with a full budget; give the band with `gate: closed` a `below`"
    case .goodIsTotal:
      return
        "`good` is the same as `total`, so all events are good; add the condition that makes one good"
    case .goodBeyondTotal(let label):
      return
        "`good` counts series that `total` leaves out by the label `\(label)`; repeat the condition in `good`"
    case .contradiction(let label):
      return
        "no series can meet all conditions on the label `\(label)`; a pattern means several values: \(label)=~\"a|b\""
    case .patternAsText(let label, let text, let isNegative):
      let sign = isNegative ? "!" : ""
      return
        "`\(label)\(sign)=\"\(text)\"` compares with this very text; for a pattern write \(label)\(sign.isEmpty ? "=" : sign)~\"\(text)\""
    case .missingWithoutEffect:
      return
        "`missing: bad` has no effect where events are counted; leave it out, or count slices of time with `method`"
    case .nothingAllowed:
      return
        "an objective of 100 % has no budget: one bad event closes the gate until the window has passed; a lower one has bands"
    case .coverageUnchecked:
      return "with `minimum_coverage: 0%` a verdict needs no measured time; the usual share is 90%"
    case .historyUnchecked(let least):
      return
        "with a `minimum_history` of \(duration(least)) a verdict needs hardly any data; the usual length is 14d or the window"
    case .neverStale(let after, let window):
      return
        "`stale_after` (\(duration(after))) is longer than the window (\(duration(window))), so it has no effect; shorten it"
    case .excludesWindow(let reason):
      return
        "the exclusion \"\(reason)\" can cover the whole window, and then nothing is judged; shorten it, or lengthen the window"
    case .sliceBeyondWindow(let slice, let window):
      return
        "a slice of \(duration(slice)) does not fit into the window (\(duration(window))); lengthen the window"
    case .sameObjective(let name, let line):
      return "the objective `\(name)` in line \(line) asks for the same; leave one out"
    case .queryWithoutBounds(let path, let missing):
      return
        "`\(path)` has no \(missing.joined(separator: " and no ")): each pull reads all of its rows; add `WHERE at >= :from AND at < :to`"
    }
  }

  private static func duration(_ length: Duration) -> String {
    Wording.plain(Wording.duration(length))
  }
}
