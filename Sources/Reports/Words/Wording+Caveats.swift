import Analytics
public import Model

extension Wording {
  /// A caveat as a clause.
  public static func caveat(_ facts: CaveatFacts, in zone: ZoneOffsets) -> String {
    func share(_ billionths: Int64) -> String { coverage(Double(billionths) / 1e9) }
    switch facts.caveat {
    case .noData: return "no data in the window"
    case .noTraffic: return "measured, but without events: nothing to judge"
    case .notCollected:
      return "not collected yet as it is configured now; run `sloreport collect`"
    case .mixedOrigins(let series, let pattern):
      let line = pattern.map { "; write files: \"\($0)\"" }
      return "\(series) mixes the counters of several instances"
        + (line ?? "; give each instance a source of its own, with labels that tell them apart")
    case .contradictions(let series, let minutes, let start, let pattern):
      let line = pattern.map { "; if they come from several instances, write files: \"\($0)\"" }
      return "files hold different values for "
        + "\(counted(minutes, "minute")) of \(series), from \(moment(start, in: zone)) on"
        + (line ?? "")
    case .otherLabels(let source, let end):
      return "deleted files of \(source) were read with other labels or csv: keys, up to "
        + "\(dated(end, in: zone)); they are not counted"
    case .unknownLabel(let label, let selector):
      return
        "some series that \(selector) matches have no label \(label): its condition excludes none of them"
    case .unnamedService(let service, let others):
      return
        "incidents name \(others.joined(separator: ", ")), which \(others.count == 1 ? "is no service" : "are no services") "
        + "here: they count for none, not even for \(service)"
    case .noSeries(let selector): return "no series matches \(selector)"
    case .sourceFailed(let reason, let others):
      let more = others > 0 ? " (and \(count(Int64(others))) more)" : ""
      return reason.isEmpty
        ? "a source could not be read" : "not everything could be read: \(reason)\(more)"
    case .rejected(let number):
      return "\(counted(number, "reading")) could not be used"
    case .coverage(let have, let need):
      return "\(share(have)) of the window measured, a verdict needs \(share(need))"
    case .history(let have, let need):
      return "\(duration(have)) of history, a verdict needs \(duration(need))"
    case .stale(let have, let need):
      return "the newest data are \(duration(have)) old, at most \(duration(need)) are allowed"
    case .inFuture(let newest, let clock):
      return
        "data of \(dated(newest, in: zone)), which is after this machine’s clock (\(dated(clock, in: zone)))"
    case .clockSetBack(let newest, let clock):
      return
        "this machine’s clock says \(dated(clock, in: zone)), but an earlier pull was at \(dated(newest, in: zone))"
    case .askedSince(let since, let selector):
      let what = selector.isEmpty ? "the query as it is now has" : "\(selector) has"
      return "\(what) data only from \(moment(since, in: zone)) on; the window begins before"
    case .startsLater(let start, let known, let selector):
      let what = selector.isEmpty ? "the query" : selector
      return
        "the history of \(what) starts at \(dated(start, in: zone)), but started at \(dated(known, in: zone)) in an earlier run"
    case .lowered(let from, let to, let at):
      return
        "the objective was lowered from \(target(from)) to \(target(to)) on \(moment(at, in: zone))"
    case .otherWindow(let window, let at):
      return "until \(moment(at, in: zone)) its window was \(window)"
    case .excluded(let left):
      return
        "if the agreed time counted, \(self.left(Double(left) / 1e9)) of the budget would be left"
    case .partialAnswers(let have):
      return
        "for \(duration(have)) of the window, answers are counted that their server reported as incomplete"
    case .repeatedRows(let number):
      return
        "\(counted(number, "row")) came again after later ones and were added up: an export may have been appended to itself"
    case .late(let have, let interval):
      return
        "the newest data are \(duration(have)) old; they usually come every \(duration(interval))"
    case .ended(let reason, let name, let at, let series):
      return ended(reason, name, moment(at, in: zone), series: series)
    case .appeared(let counting, let name, let at, let series, let events):
      return appeared(counting, name, moment(at, in: zone), series: series, events: events)
    case .unseen(let events):
      let about = events > 0 ? " (about \(counted(events, "event")))" : ""
      return
        "what may have gone unseen since then\(about) would not close the gate, even if all bad"
    case .youngHistory(let have, let window, let start):
      return
        "judged on \(duration(have)) of \(duration(window)): history starts \(moment(start, in: zone))"
    case .undecidedEvents(let number, let least):
      return
        "no bucket of a histogram ends at or under the bound (the smallest \(least.isFinite ? "ends at \(latency(least))" : "is +Inf")): whether \(counted(number, "event")) met it is unknown"
    case .unresolved(let window):
      return
        "\(moments(window, in: zone)) cannot be counted: minutes that old are merged into longer cells"
    }
  }
}
