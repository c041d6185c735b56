import Analytics
import Definitions
import History
import Ingest
import Model
import Reports

/// Compares what the objectives ask for with the series that there are.
struct SelectorCheck {
  let project: Project
  let store: HistoryStore

  struct Line {
    /// Its full name.
    let objective: String
    let text: String
    /// Without these series the objective is not judged.
    let isFailure: Bool
  }

  /// Selectors that nothing in the history matches, and what was probably meant, in the order of the objectives.
  func mismatches() throws -> [Line] {
    var newest: [String: [SeriesID]] = [:]
    var lines: [Line] = []
    for objective in project.configuration.objectives {
      var missing: Set<String> = []
      for selector in selectors(of: objective.indicator) {
        let kept = try series(for: selector)
        if kept.contains(where: selector.matches) { continue }
        func add(_ text: String, isFailure: Bool) {
          lines.append(Line(objective: objective.fullName, text: text, isFailure: isFailure))
        }
        // Once for the good and the total events of one metric.
        guard missing.insert(selector.name).inserted else { continue }
        guard try isCollected(selector, kept) else {
          add("nothing was collected yet for \(selector.label)", isFailure: false)
          continue
        }
        // A service may have no incidents.
        if objective.indicator.countsIncidents, kept.isEmpty { continue }
        for source in project.sources where newest[source.feed] == nil {
          newest[source.feed] = source.files?.snapshots.newestSeries() ?? []
        }
        // The history holds only what is asked for; the newest file has the rest.
        let known = kept + (newest[selector.source] ?? [])
        let isNeeded =
          objective.indicator.countsIncidents || objective.indicator.needed.contains(selector)
        if known.isEmpty, selector.meansRows {
          add("no rows are known for \(selector.label)", isFailure: false)
        } else if known.isEmpty {
          add("\(selector.label) matches nothing of what was collected", isFailure: isNeeded)
        } else if let mismatch = selector.mismatch(among: known) {
          add(
            "\(selector.label) matches nothing\(words(mismatch, of: selector, newest))",
            isFailure: isNeeded)
        }
      }
    }
    return lines
  }

  /// Latency objectives whose bound is none of a bucket, as the verdict sees them.
  func bounds() throws -> [Line] {
    var lines: [Line] = []
    for objective in project.configuration.objectives {
      guard case .latency(let selector, let bound) = objective.indicator,
        try !hasBucket(selector, at: bound), let end = try store.bounds(of: selector.source)?.end
      else { continue }
      let evaluation = try Evaluation(project: project, store: store)
      let facts = try evaluation.facts(of: objective, asOf: min(end, evaluation.clock))
      lines += Wording.buckets(of: facts, in: project.zone).map {
        Line(objective: objective.fullName, text: $0, isFailure: false)
      }
    }
    return lines
  }

  /// Whether each histogram has a bucket that ends at the bound, so that nothing has to be computed.
  private func hasBucket(_ selector: Selector, at bound: Duration) throws(HistoryError) -> Bool {
    let seconds = Double(bound.nanoseconds) / 1e9
    var histograms: [[Label]: Bool] = [:]
    for id in try store.seriesIDs(of: selector.source) where selector.matches(id) {
      let others = id.labels.filter { !$0.name.elementsEqual("le".utf8) }
      let isAtBound = id.bucketBound.map { abs($0 - seconds) <= seconds * 1e-12 } ?? false
      histograms[others, default: false] = histograms[others] == true || isAtBound
    }
    return histograms.values.allSatisfy(\.self)
  }

  /// What is needed comes first.
  private func selectors(of indicator: Indicator) -> [Selector] {
    if case .incidents(let selector, _) = indicator { return [selector] }
    return indicator.needed + indicator.selectors.filter { !indicator.needed.contains($0) }
  }

  /// The series of a selector's feed; of incidents one for each service that they touched.
  private func series(for selector: Selector) throws -> [SeriesID] {
    guard let service = Feed.service(of: selector.source) else {
      return try store.seriesIDs(of: selector.source)
    }
    let entries = try IncidentRecord(project: project, store: store).entries(of: selector.source)
    return entries.flatMap { entry in
      entry.services.isEmpty ? [service] : entry.services
    }.map { SeriesID(source: selector.source, name: "", labels: [Label("service", $0)]) }
  }

  private func isCollected(_ selector: Selector, _ kept: [SeriesID]) throws(HistoryError) -> Bool {
    let feed = selector.source
    if kept.isEmpty, try store.files(of: feed).isEmpty, try store.query(of: feed) == nil {
      return false
    }
    return try project.progress(of: feed, for: [selector], in: store) != nil
  }

  /// What follows "matches nothing".
  private func words(
    _ mismatch: SelectorMismatch, of selector: Selector, _ newest: [String: [SeriesID]]
  ) -> String {
    switch mismatch {
    case .name(let names):
      if names.isEmpty { return ": the source has only rows, which have no name" }
      if selector.meansRows {
        return ": the source has no rows, but \(SelectorCheck.listed(names))"
      }
      let other = newest.filter { feed, series in
        series.contains(where: Selector(source: feed, name: selector.name).matches)
      }.keys.min()
      if let other { return "; the source \(Feed.text(of: other)) has \(selector.name)" }
      let similar = names.filter { abs($0.utf8.count - selector.name.utf8.count) <= 2 }
      if let nearest = Spelling.nearest(to: selector.name, among: similar)
        ?? names.first(where: { $0.hasPrefix(selector.name + "_") })
      {
        return "; did you mean \(nearest)?"
      }
      return "; the source has \(SelectorCheck.listed(names))"
    case .label(let label, let labels):
      if labels.isEmpty { return ": it has no labels" }
      let nearest = Spelling.nearest(to: label, among: labels)
      return ": it has no label \(label)"
        + (nearest.map { "; did you mean \($0)?" } ?? ", but \(SelectorCheck.listed(labels))")
    case .value(let label, let values):
      return ": \(label) is \(SelectorCheck.listed(values.map { "\"\($0)\"" }, "or"))"
    case .together: return ": no series meets all conditions together"
    }
  }

  /// Up to five words: "a, b and c", "a, b, c, d, e and 12 others".
  private static func listed(_ words: [String], _ conjunction: String = "and") -> String {
    let shown = words.count > 5 ? words.prefix(5) + ["\(words.count - 5) others"] : words[...]
    guard let last = shown.last, shown.count > 1 else { return shown.first ?? "" }
    return "\(shown.dropLast().joined(separator: ", ")) \(conjunction) \(last)"
  }
}

extension Selector {
  /// How people call it; rows have no name but that of their feed.
  fileprivate var label: String {
    if let service = Feed.service(of: source) { return "incidents of \(service)\(text)" }
    return meansRows ? Feed.text(of: source) + text : text
  }
}
