import Analytics
import Definitions
import Glibc
import History
import Ingest
import Model
import Reports

/// What a pull of all sources brought into the history.
struct Collection {
  /// What was brought in; of a file that turned out to be damaged, nothing.
  struct Counts {
    fileprivate(set) var files = 0
    /// Slices of time that queries answered.
    fileprivate(set) var slices = 0
    fileprivate(set) var readings = 0
    fileprivate(set) var cells = 0
    fileprivate(set) var conflicts = 0
    /// Minutes that came after their tier was joined to longer cells, and could not be kept.
    fileprivate(set) var late = 0
    /// Incidents that are new, changed or gone.
    fileprivate(set) var incidents = 0
    /// Lines for people on rows that could not be used, and on files that break a rule.
    fileprivate(set) var findings: [String] = []
    /// The files, and of each how many samples or rows were read and how many of the wanted series.
    fileprivate(set) var read: [(path: String, read: Int, kept: Int64)] = []
    /// Samples or rows of the wanted series.
    fileprivate var kept: Int64 = 0
    /// What was wrong with the series; only where it is asked for.
    fileprivate(set) var flaws: FlawTally?

    /// Counts a file that another service has read already only once; what it says of it is kept.
    mutating func forget(_ before: Counts) {
      let more = findings.dropFirst(before.findings.count).filter {
        !before.findings.contains($0)
      }
      self = before
      findings += more
    }
  }

  var counts = Counts()
  /// The sources that failed, wholly or in part, with the words for it.
  private(set) var failures: [ReportFacts.Failure] = []
  private(set) var statuses: [ExitStatus] = []
  var notes: [ReportFacts.SourceNote] = []
  var record: PullRecord

  let project: Project
  let store: HistoryStore
  let asOf: Instant
  /// Where queries are asked again from.
  let from: Instant?

  /// Pulls what is new; with `from`, queries are asked again from there on.
  ///
  /// A source that fails does not stop the others.
  ///
  /// - Parameters:
  ///   - project: names the sources.
  ///   - store: takes what they have.
  ///   - asOf: the instant of the report.
  ///   - from: where queries are asked again from.
  ///   - standardInput: the source of which a snapshot comes through standard input; the others are left aside then.
  ///   - countsFlaws: whether flaws are counted per series.
  /// - Throws: `HistoryError`, and ``Failure`` where nothing asks for the source.
  init(
    _ project: Project, into store: HistoryStore, asOf: Instant, from: Instant? = nil,
    standardInput: String? = nil, countsFlaws: Bool = false
  ) throws {
    self.project = project
    self.store = store
    (self.asOf, self.from) = (asOf, from)
    record = PullRecord(store: store, began: try InstantOption.now())
    if countsFlaws { counts.flaws = FlawTally(counters: project.counters) }
    if let standardInput {
      for files in project.sources.compactMap(\.files) where files.name == standardInput {
        try pullStandardInput(files)
      }
    } else {
      for source in project.sources { try source.pull(into: &self) }
    }
    Streams.endProgress()
    if standardInput == nil {
      let feeds = project.sources.flatMap { project.feeds(of: $0.name) }
      try store.whole {
        for objective in project.configuration.objectives {
          try store.note(Promise(objective, since: record.began), of: objective.fullName)
        }
        try store.forgetRecords(exceptOf: Set(feeds))
      }
      try store.settle()
    }
    try compact(asOf: asOf)
  }

  mutating func keep(_ batches: [Batch]) throws {
    for (batch, kept) in zip(batches, try store.keep(batches)) {
      record.read(batch)
      counts.slices += batch.replaces || batch.query != nil && batch.read > 0 ? 1 : 0
      counts.readings += batch.read
      counts.cells += kept.cells
      counts.conflicts += kept.conflicts
      counts.late += kept.late
      counts.incidents += kept.incidents
      for series in batch.series where counts.flaws != nil {
        counts.flaws?.add(series)
        counts.kept = series.cells.reduce(counts.kept) { $0.addingClamped($1.count) }
      }
      if let rejected = batch.rejected {
        if Feed.service(of: batch.source) != nil {
          var flaws = Flaws()
          flaws.rejected = Int64(rejected.count)
          flaws.accepted = Int64(batch.read - rejected.count)
          counts.flaws?.add(flaws, of: SeriesID(source: batch.source, name: ""))
        }
        counts.findings.append(IngestText.rejected(rejected, of: batch))
      }
      if let metric = batch.parted {
        counts.findings.append(IngestText.parted(metric, of: batch))
      }
    }
  }

  /// Keeps all batches of a file, or none.
  mutating func keep(_ path: String, _ produce: SnapshotSource.Production) throws {
    Streams.progress("collecting \(path)")
    try record.goOn()
    let (before, readFrom) = (counts, record.readFrom)
    do {
      try store.whole { try produce { try keep([$0]) } }
      counts.files += 1
      counts.read.append((path, counts.readings - before.readings, counts.kept - before.kept))
    } catch {
      counts = before
      record.takeBack(to: readFrom)
      throw error
    }
  }

  mutating func fail(
    _ source: String, _ feeds: [String], _ status: ExitStatus, _ reason: String,
    path: String? = nil, ends: Instant? = nil
  ) {
    failures.append(ReportFacts.Failure(source: source, reason: reason))
    statuses.append(status)
    for feed in feeds { record.add(path ?? "", ends: ends, reason, to: feed) }
  }

  mutating func fail(
    _ source: String, _ feeds: [String], _ error: IngestError, ends: Instant? = nil
  ) {
    fail(
      source, feeds, IngestText.status(error), IngestText.reason(error), path: error.path,
      ends: ends)
  }

  /// Moves old cells to longer tiers.
  ///
  /// What is judged by time stays at one minute: a longer cell could not be judged again.
  private func compact(asOf: Instant) throws {
    let byTime = project.configuration.objectives.flatMap { objective in
      switch (objective.indicator, objective.method) {
      case (.ratio, .occurrences), (.ratioRows, .occurrences), (.latency, .occurrences),
        (.uptime, .occurrences):
        [] as [Selector]
      default: objective.indicator.selectors + objective.indicator.createdSelectors
      }
    }
    let retention = project.configuration.retention
    // By the data, not by the clock or by what was asked for: joining cells cannot be undone.
    guard let newest = try store.bounds(of: nil)?.end else { return }
    try store.compact(
      asOf: min(asOf, newest),
      tiers: Tiers(
        minute: retention.minute, fiveMinutes: retention.fiveMinutes, hour: retention.hour),
      zone: project.zone, keepFine: { id in byTime.contains { $0.matches(id) } })
  }

  // MARK: What became of it

  var isEmpty: Bool { counts.files == 0 && counts.slices == 0 }

  /// The exit code for what a person must set right: rights and the configuration.
  var mustMend: ExitStatus? { statuses.first { $0 == .unsafe || $0 == .configuration } }

  /// The exit code that the failures ask for.
  var status: ExitStatus? { mustMend ?? statuses.first }

  /// Says on standard error what failed, and what was found in what was read.
  func report() {
    Streams.report(failures)
    for line in counts.findings { Streams.report(line) }
  }
}
