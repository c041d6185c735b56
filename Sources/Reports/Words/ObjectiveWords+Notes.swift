import Model

extension ObjectiveWords {
  /// Caveats to the figures, as clauses; of a period its name, as "week".
  func notes(in period: String? = nil) -> [String] {
    var parts = (objective.notes ?? []).map { Wording.caveat($0, in: zone) }
    if let interval = objective.interval, interval.undecided, objective.state != .notJudged {
      parts.append(
        "the objective lies inside the 95\(Wording.space)% interval of what was measured "
          + "(\(share(interval.lower, up: false)) to \(share(interval.upper, up: true))), so the "
          + "verdict may be due to chance")
    }
    if objective.rejects > 0 {
      parts.append(
        "\(Wording.counted(objective.rejects, "reading")) could not be used (not a number, negative, or good above total)"
      )
    }
    // Facts of earlier releases have no notes.
    if objective.notes == nil, objective.seriesEnded > 0 {
      parts.append("\(objective.seriesEnded) series ended before the others")
    }
    if objective.notes == nil, objective.seriesAppeared > 0 {
      let events = Int64(min(objective.countedBefore, 1e15))
      parts.append(
        "\(objective.seriesAppeared) series appeared with a count above 0: what they had counted before their first "
          + "reading (\(Wording.count(events))) is not part of the figures")
    }
    if objective.resets > 0 {
      parts.append(
        "\(Wording.counted(objective.resets, "counter restart")) in the window, corrected")
    }
    for step in objective.stepsOverGaps.prefix(2) {
      parts.append(
        "what happened during a gap is counted at its end, \(Wording.moment(step.end, in: zone))"
      )
    }
    if let quality = flaws { parts.append("in the \(period ?? "period") \(quality)") }
    parts += [Wording.bucketBounds(of: objective)].compactMap(\.self)
    parts += exclusions
    if objective.missingIsBad, !objective.gaps.isEmpty {
      parts.append("missing time counts as bad")
    }
    if objective.coverage < 0.99, objective.state != .notJudged {
      parts.append("\(Wording.coverage(objective.coverage)) of the window was measured")
    }
    return parts
  }

  /// "3 readings came twice and series ended 2 times (most in up{}), and …".
  ///
  /// Time that is missing is left to the table of gaps, where there are any.
  private var flaws: String? {
    guard let quality = objective.quality else { return nil }
    func times(_ count: Int64) -> String { count == 1 ? "once" : "\(Wording.count(count)) times" }
    func readings(_ count: Int64) -> String { Wording.counted(count, "reading") }
    var parts: [String] = []
    if quality.rejected > 0 { parts.append("\(readings(quality.rejected)) could not be used") }
    if quality.duplicated > 0 { parts.append("\(readings(quality.duplicated)) came twice") }
    if quality.outOfOrder > 0 { parts.append("\(readings(quality.outOfOrder)) came out of order") }
    if quality.staleMarks > 0 { parts.append("series ended \(times(quality.staleMarks))") }
    if let worst = quality.worstSeries, let last = parts.popLast() {
      parts.append("\(last) (most in \(worst))")
    }
    if quality.restarts > 0 { parts.append("counters restarted \(times(Int64(quality.restarts)))") }
    if quality.missingSeconds >= 1, objective.gaps.isEmpty {
      parts.append("\(Wording.duration(.seconds(quality.missingSeconds))) were not measured")
    }
    return parts.isEmpty ? nil : Wording.listed(parts)
  }

  private func share(_ value: Double, up: Bool) -> String {
    let scaled = Int64((value * 10_000).rounded(up ? .up : .down))
    return Wording.target(scaled * 100_000)
  }

  /// Agreed time that was excluded from figures, in one clause.
  private var exclusions: [String] {
    guard let excluded = objective.excluded else { return [] }
    let reasons = excluded.reasons.map { reason in
      let when =
        reason.spans.count == 1
        ? reason.spans.first.map { Wording.moments($0.window, in: zone) } ?? ""
        : "\(reason.spans.count) times"
      let who = reason.author.map { ", by \($0)" } ?? ""
      return "\(reason.reason) (\(when)\(who)\(reason.late ? ", entered late" : ""))"
    }
    let raw = excluded.windowCounts.map { Wording.percent($0, target: objective.target) }
    return [
      "\(Wording.duration(.seconds(excluded.seconds))) of agreed time excluded: \(Wording.listed(reasons))"
        + (raw.map { "; including it: \($0)" } ?? "")
    ]
  }

  /// How much of the window was not measured, and the longest gap.
  var gaps: String? {
    let gaps = objective.gaps.map(\.window)
    guard objective.dataEnd != nil, let longest = gaps.max(by: { $0.length < $1.length }) else {
      return nil
    }
    let moments = Wording.moments(longest, in: zone)
    let length = Wording.duration(WindowSet(gaps).length)
    return gaps.count == 1
      ? "\(length) not measured, \(moments)"
      : "\(length) not measured in \(gaps.count) gaps, the longest \(moments)"
  }
}
