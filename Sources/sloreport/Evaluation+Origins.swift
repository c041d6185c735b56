import Analytics
import Definitions
import History
import Ingest
import Model

extension Evaluation {
  /// What is known against the origin of an objective's series in a window.
  func origins(
    of objective: Objective, _ series: [Series], in window: Window
  ) throws -> [Caveat] {
    try mixed(objective, series, in: window) + contradicted(objective, series, in: window)
      + (RepeatedRows.count(in: series, window: window).map { [.repeatedRows($0)] } ?? [])
      + retired(objective, in: window)
  }

  /// The first counter whose readings are those of several.
  private func mixed(
    _ objective: Objective, _ series: [Series], in window: Window
  ) throws(HistoryError) -> [Caveat] {
    let counters = objective.indicator.counters
    let found = series.first { series in
      series.kind == .samples && counters.contains { $0.matches(series.id) }
        && MixedOrigins.areIn(series.cells, window: window)
    }
    guard let found else { return [] }
    return [.mixedOrigins(found.id.text, pattern: try pattern(naming: found.id.source))]
  }

  private func pattern(naming feed: String) throws(HistoryError) -> String? {
    guard let files = project.files(of: feed) else { return nil }
    return PatternHint.naming(files.pattern, paths: try store.files(of: feed).map(\.path))
  }

  private func contradicted(
    _ objective: Objective, _ series: [Series], in window: Window
  ) throws(HistoryError) -> [Caveat] {
    let asked = series.filter { series in
      objective.indicator.selectors.contains { $0.matches(series.id) }
    }
    guard let found = Contradictions(in: asked, window: window) else { return [] }
    return [
      .contradictions(
        found.id.text, minutes: found.minutes, from: found.first,
        pattern: try pattern(naming: found.id.source))
    ]
  }

  /// Data that were read under other labels than are declared now, and cannot be read again.
  private func retired(
    _ objective: Objective, in window: Window
  ) throws(HistoryError) -> [Caveat] {
    var caveats: [Caveat] = []
    for feed in Set(objective.indicator.selectors.map(\.source)).sorted() {
      guard let source = project.files(of: feed) else { continue }
      let kept = Set(try store.files(of: feed).map(\.path))
      let start = try store.bounds(of: feed)?.start
      var end: Instant?
      for old in try store.feeds(ofFiles: source.name) where old != feed {
        for mark in try store.files(of: old) where !kept.contains(mark.path) {
          end = max(end ?? mark.written, mark.written)
        }
        if let bounds = try store.bounds(of: old), bounds.start < start ?? bounds.end {
          end = max(end ?? Instant(nanoseconds: .min), min(start ?? bounds.end, bounds.end))
        }
      }
      if let end, window.start < end { caveats.append(.otherLabels(source.name, until: end)) }
    }
    return caveats
  }
}
