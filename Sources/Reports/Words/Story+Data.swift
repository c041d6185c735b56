import Model

extension Story {
  /// The measured share of the period, and what is missing to all of it, of the objective that was measured least; those
  /// without any data are left out.
  var leastMeasured: (share: Double, missing: Duration) {
    let period = facts.period.window
    let found = facts.objectives.filter { $0.dataEnd != nil }.map { objective in
      let days = (objective.days ?? []).filter { $0.window.clipped(to: period) != nil }
      func counted(_ day: StretchFacts) -> Duration {
        day.window.length * (1 - day.planned - (day.beforeHistory ?? 0))
      }
      let counts = days.reduce(.zero) { $0 + counted($1) }
      var missing = days.reduce(.zero) { $0 + counted($1) * (1 - $1.measured) }
      // Inside its window an objective knows its gaps; a missed reading is none.
      if objective.window.start <= period.start || days.isEmpty {
        missing = WindowSet(objective.gaps.map(\.window)).clipped(to: period).length
      }
      let length = max(.seconds(1), days.isEmpty ? period.length : counts)
      return (share: max(0, 1 - missing / length), missing: missing)
    }
    return found.min { $0.share < $1.share } ?? (0, period.length)
  }

  struct Gap {
    let window: Window
    let objectives: [String]
  }

  /// Gaps with the objectives they touch, longest first.
  ///
  /// A gap that reaches back beyond an objective's window is shown as long as it is for the others. An objective
  /// without any data has no gaps: it is not judged at all.
  var gaps: [Gap] {
    let measured = facts.objectives.filter { $0.dataEnd != nil }
    let all = Set(measured.flatMap { $0.gaps.map(\.window) })
    var touched: [Window: [String]] = [:]
    for objective in measured {
      for gap in objective.gaps.map(\.window) {
        let whole =
          gap.start > objective.window.start
          ? gap : all.filter { $0.end == gap.end }.min { $0.start < $1.start } ?? gap
        touched[whole, default: []].append(objective.title)
      }
    }
    return touched.map { Gap(window: $0.key, objectives: $0.value) }
      .sorted { ($1.window.length, $0.window.start) < ($0.window.length, $1.window.start) }
  }

  /// How time without data counts.
  var missingRule: String {
    facts.objectives.contains(where: \.missingIsBad)
      ? "Time without data counts neither as good nor as bad, except where a note says otherwise."
      : "Time without data counts neither as good nor as bad."
  }

  /// What is said where there is no gap to list.
  var noGaps: String {
    facts.objectives.contains { $0.dataEnd == nil }
      ? "Objectives without any data are not judged; the others have no gaps."
      : leastMeasured.share < 0.999
        ? "The budget windows have no gaps; \(Wording.duration(leastMeasured.missing)) of the \(period.noun) were not measured."
        : "No gaps: every window was fully measured."
  }

  /// Caveats to figures, an objective at a time.
  var notes: [String] {
    (facts.sourceNotes ?? []).map { "Source \($0.source): \($0.text)".ended }
      + facts.objectives.compactMap { objective in
        let clauses = words(objective).notes(in: period.noun)
        return clauses.isEmpty ? nil : "\(objective.title): \(clauses.joined(separator: "; "))."
      }
  }

  /// Sources that failed and objectives without data, as sentences.
  var incomplete: [String] {
    facts.incomplete.map { "Source \($0.source): \($0.reason)".ended }
      + facts.objectives.filter { $0.dataEnd == nil }.map { "\($0.title): no data in its window." }
  }

  /// What late data changed.
  var revised: String? {
    guard let revision = facts.revision else { return nil }
    let changes = revision.changes.map { change in
      let objective = facts.objectives.first { $0.name == change.objective }
      func percent(_ counts: Counts?) -> String {
        counts.map { Wording.percent($0, target: objective?.target ?? 0) } ?? "not measured"
      }
      return
        "\(objective?.title ?? change.objective) \(percent(change.before)) → \(percent(change.after))"
    }
    let moment = Wording.moment(facts.made, in: zone)
    return changes.isEmpty
      ? "Revised on \(moment): incidents were corrected."
      : "Revised on \(moment), late data: \(changes.joined(separator: "; "))."
  }

  /// "data to Mon 19 Oct 00:00".
  var dataEnd: String {
    facts.dataEnd.map { "data to \(Wording.moment($0, in: zone))" } ?? "no data"
  }
}
