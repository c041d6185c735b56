import Definitions
import History
import Ingest
import Model
import Reports

/// What a pull of all sources brought into the history.
struct Collection {
  private(set) var files = 0
  private(set) var readings = 0
  private(set) var cells = 0
  private(set) var conflicts = 0
  /// Minutes that came after their tier was joined to longer cells, and could not be kept.
  private(set) var late = 0
  /// The sources that failed, wholly or in part, with the words for it.
  private(set) var failures: [ReportFacts.Failure] = []
  private(set) var statuses: [ExitStatus] = []

  /// Pulls what is new.
  ///
  /// A source that fails does not stop the others.
  init(_ project: Project, into store: HistoryStore, asOf: Instant) throws {
    for source in project.sources() {
      let wanted = project.selectors(of: source.name)
      do {
        let damaged = try source.pull(wanted: wanted, known: store.files(of: source.name)) {
          batch in
          if let file = batch.file { Streams.progress("collecting \(file.path)") }
          let kept = try store.keep(batch)
          files += batch.file == nil ? 0 : 1
          readings += batch.read
          cells += kept.cells
          conflicts += kept.conflicts
          late += kept.late
        }
        for error in damaged { fail(source.name, error) }
      } catch let error as IngestError {
        fail(source.name, error)
      } catch let error as HistoryError {
        throw HistoryText.failure(error, path: project.historyPath)
      }
    }
    Streams.endProgress()
    try compact(project, store, asOf: asOf)
  }

  private mutating func fail(_ source: String, _ error: IngestError) {
    failures.append(ReportFacts.Failure(source: source, reason: IngestText.reason(error)))
    statuses.append(error.kind == .missing ? .noInput : .damagedInput)
  }

  /// Moves old cells to longer tiers.
  ///
  /// What is judged by time stays at one minute: a longer cell could not be judged again.
  private func compact(_ project: Project, _ store: HistoryStore, asOf: Instant) throws {
    let byTime = project.configuration.objectives.flatMap { objective in
      switch (objective.indicator, objective.method) {
      case (.ratio, .occurrences), (.ratioRows, .occurrences), (.latency, .occurrences),
        (.uptime, .occurrences):
        [] as [Selector]
      default: objective.indicator.selectors
      }
    }
    let retention = project.configuration.retention
    do {
      // By the data, not by the clock or by what was asked for: joining cells cannot be undone.
      guard let newest = try store.bounds(of: nil)?.end else { return }
      try store.compact(
        asOf: min(asOf, newest),
        tiers: Tiers(
          minute: retention.minute, fiveMinutes: retention.fiveMinutes, hour: retention.hour),
        zone: project.zone, keepFine: { id in byTime.contains { $0.matches(id) } })
    } catch {
      throw HistoryText.failure(error, path: project.historyPath)
    }
  }

  /// For one objective: whether a source that feeds it failed.
  func failed(_ objective: Objective) -> Bool {
    failures.contains { failure in
      objective.indicator.selectors.contains { $0.source == failure.source }
    }
  }
}
