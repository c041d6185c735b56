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
    do throws(HistoryError) {
      return try mixed(objective, series, in: window)
        + contradicted(objective, series, in: window) + repeated(series, in: window)
        + retired(objective, in: window)
    } catch {
      throw HistoryText.failure(error, path: project.historyPath)
    }
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

  /// The series whose files contradict each other in the most minutes.
  ///
  /// A later export corrects a row or two of an earlier one; so those of a series count from three minutes on.
  private func contradicted(
    _ objective: Objective, _ series: [Series], in window: Window
  ) throws(HistoryError) -> [Caveat] {
    var worst: (id: SeriesID, minutes: Int64, first: Int64)?
    for series in series
    where objective.indicator.selectors.contains(where: { $0.matches(series.id) }) {
      var (minutes, first) = (Int64(0), Int64.max)
      for cell in series.cells
      where cell.conflicts > 0 && window.contains(Instant(seconds: cell.minute * 60)) {
        minutes += cell.conflicts
        first = min(first, cell.minute)
      }
      guard minutes > worst?.minutes ?? 0, series.kind == .samples || minutes >= 3 else { continue }
      worst = (series.id, minutes, first)
    }
    guard let worst else { return [] }
    return [
      .contradictions(
        worst.id.text, minutes: worst.minutes, from: Instant(seconds: worst.first * 60),
        pattern: try pattern(naming: worst.id.source))
    ]
  }

  /// Rows that may have been added up twice, from a twentieth of all on.
  ///
  /// Where a clock is set back, an hour of them is right.
  private func repeated(_ series: [Series], in window: Window) -> [Caveat] {
    var (repeated, all) = (Int64(0), Int64(0))
    for cell in series.lazy.filter({ $0.kind == .rows }).flatMap(\.cells)
    where window.contains(Instant(seconds: cell.minute * 60)) {
      repeated += cell.duplicates
      all += cell.count
    }
    return repeated > 0 && repeated * 20 >= all ? [.repeatedRows(repeated)] : []
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
