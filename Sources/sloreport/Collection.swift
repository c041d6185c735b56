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
    fileprivate mutating func forget(_ before: Counts) {
      let more = findings.dropFirst(before.findings.count).filter {
        !before.findings.contains($0)
      }
      self = before
      findings += more
    }
  }

  private(set) var counts = Counts()
  /// The sources that failed, wholly or in part, with the words for it.
  private(set) var failures: [ReportFacts.Failure] = []
  private(set) var statuses: [ExitStatus] = []
  private(set) var notes: [ReportFacts.SourceNote] = []
  private var record: PullRecord

  let project: Project
  let store: HistoryStore

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
  /// - Throws: ``Failure`` for the history, and where nothing asks for the source.
  init(
    _ project: Project, into store: HistoryStore, asOf: Instant, from: Instant? = nil,
    standardInput: String? = nil, countsFlaws: Bool = false
  ) throws {
    self.project = project
    self.store = store
    record = PullRecord(store: store, began: try InstantOption.now())
    if countsFlaws { counts.flaws = FlawTally(counters: project.counters) }
    do {
      for source in project.configuration.sources
      where standardInput == nil || source.name == standardInput {
        switch source.kind {
        case .files(let files) where standardInput != nil:
          try pullStandardInput(files, of: source)
        case .files(let files): try pull(files, of: source)
        case .postgres(let access):
          try pull(access, of: source.name, asOf: asOf, from: from)
        }
      }
      Streams.endProgress()
      if standardInput == nil {
        let feeds = project.configuration.sources.flatMap { project.feeds(of: $0.name) }
        try store.whole {
          for objective in project.configuration.objectives {
            try store.note(Promise(objective, since: record.began), of: objective.fullName)
          }
          try store.forgetRecords(exceptOf: Set(feeds))
        }
        try store.settle()
      }
      try compact(asOf: asOf)
    } catch let error as HistoryError {
      throw HistoryText.failure(error, path: project.historyPath)
    }
  }

  private mutating func keep(_ batches: [Batch]) throws {
    for (batch, kept) in zip(batches, try store.keep(batches)) {
      record.read(batch)
      counts.slices += batch.replaces ? 1 : 0
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
        if batch.source.hasPrefix("/") {
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
  private mutating func keep(_ path: String, _ produce: SnapshotSource.Production) throws {
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

  private mutating func fail(
    _ source: String, _ feeds: [String], _ status: ExitStatus, _ reason: String,
    path: String? = nil, ends: Instant? = nil
  ) {
    failures.append(ReportFacts.Failure(source: source, reason: reason))
    statuses.append(status)
    for feed in feeds { record.add(path ?? "", ends: ends, reason, to: feed) }
  }

  private mutating func fail(
    _ source: String, _ feeds: [String], _ error: IngestError, ends: Instant? = nil
  ) {
    fail(
      source, feeds, IngestText.status(error), IngestText.reason(error), path: error.path,
      ends: ends)
  }

  // MARK: Files

  private func snapshots(
    _ files: FilesDefinition, of source: SourceDefinition
  ) -> SnapshotSource {
    SnapshotSource(
      name: source.name, feed: source.feed, pattern: files.pattern, root: project.folder,
      timeFromModification: files.timeFromModification,
      table: project.tables[source.name] ?? TableForm(),
      labels: files.labels, acceptsPartial: files.acceptsPartial)
  }

  private mutating func pull(_ files: FilesDefinition, of definition: SourceDefinition) throws {
    let (name, feed) = (definition.name, definition.feed)
    let source = snapshots(files, of: definition)
    let wanted = project.selectors(of: feed)
    let feeds = [feed] + project.incidents(of: name).map(\.feed)
    let reading = try DefinitionRecord(of: feeds, project: project, store: store)
    record.ask(feeds)
    if !wanted.isEmpty {
      let errors = try Collection.errors { () throws in
        try source.pull(wanted: wanted, known: store.files(of: feed)) { try keep($0, $1) }
      }
      fail(name, feed, errors, of: source)
      notes += source.leftOut().map {
        ReportFacts.SourceNote(source: name, text: IngestText.leftOut($0))
      }
    }
    for (place, definition) in project.incidents(of: name).enumerated() {
      let feed = definition.feed
      let before = counts
      defer { if place > 0 { counts.forget(before) } }
      let now = try InstantOption.now()
      let errors = try Collection.errors { () throws in
        try source.pullIncidents(
          mapping: definition.mapping, feed: feed, known: store.files(of: feed), now: now
        ) { try keep($0, $1) }
      }
      fail(name, feed, errors, of: source)
    }
    try reading.note(record.readFrom)
    try record.end { old in
      old.path == SnapshotSource.standardInput || old.ends != nil && source.isLeftAside(old.path)
    }
  }

  private mutating func fail(
    _ name: String, _ feed: String, _ errors: [IngestError], of source: SnapshotSource
  ) {
    for error in errors { fail(name, [feed], error, ends: error.path.flatMap(source.end)) }
  }

  private mutating func pullStandardInput(
    _ files: FilesDefinition, of definition: SourceDefinition
  ) throws {
    let (name, feed) = (definition.name, definition.feed)
    let source = snapshots(files, of: definition)
    let wanted = project.selectors(of: feed)
    guard !wanted.isEmpty else {
      throw Failure(.usage, "no objective asks for series of the source \(name)")
    }
    let reading = try DefinitionRecord(of: [feed], project: project, store: store)
    record.ask([feed])
    let now = try InstantOption.now()
    let error = try source.pullStandardInput(wanted: wanted, now: now) { try keep($0, $1) }
    if let error { fail(name, [feed], error, ends: now) }
    try reading.note(record.readFrom)
    try record.end { $0.path != SnapshotSource.standardInput }
  }

  /// What could not be read, in part or at all.
  private static func errors(_ pull: () throws -> [IngestError]) throws -> [IngestError] {
    do {
      return try pull()
    } catch let error as IngestError {
      return [error]
    }
  }

  // MARK: Databases

  private mutating func pull(
    _ access: DatabaseAccess, of name: String, asOf: Instant, from: Instant?
  ) throws {
    let now = try InstantOption.now()
    var orders: [QueryOrder] = []
    for question in project.questions(of: name) {
      do throws(Failure) {
        let sql = try project.sql(question)
        let reach = Reach(project: project, store: store, asOf: asOf, from: from)
        if let order = try reach.order(question, sql: sql, now: now) { orders.append(order) }
      } catch {
        fail(name, [question.feed], error.status, error.lines.joined(separator: "; "))
      }
    }
    if !orders.isEmpty { try pull(orders, from: PostgresSource(name: name, access: access), now) }
    try record.end { _ in false }
  }

  private mutating func pull(
    _ orders: [QueryOrder], from source: PostgresSource, _ now: Instant
  ) throws {
    let name = source.name
    record.ask(orders.map(\.feed))
    var waiting = Waiting()
    var answers = try QueryRecord(of: orders, store: store)
    let pull = try source.pull(orders, health: try store.health(of: name), now: now) { batch in
      let day = batch.span.map { " \($0.start)".prefix(11) } ?? ""
      Streams.progress("collecting \(batch.file?.path ?? name)\(day)")
      let isDoubtful = batch.isDoubtful(asOf: now)
      if isDoubtful { try answers.keptTheRest(of: batch) }
      if let batches = waiting.adding(isDoubtful ? batch.keepingTheRest : batch) {
        try store.whole {
          try keep(batches)
          try answers.note(batches)
        }
        try record.goOn()
      }
    }
    if !waiting.batches.isEmpty {
      try store.whole {
        try keep(waiting.batches)
        try answers.note(waiting.batches)
      }
    }
    try store.note(pull.health, of: name)
    for error in pull.failures {
      let feeds = orders.filter { error.path == nil || error.path == $0.path }.map(\.feed)
      fail(name, feeds, error)
    }
    notes += pull.notes.map { ReportFacts.SourceNote(source: name, text: DatabaseText.note($0)) }
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
      default: objective.indicator.selectors + objective.indicator.companions
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
  var demand: ExitStatus? { statuses.first { $0 == .unsafe || $0 == .configuration } }

  /// The exit code that the failures ask for.
  var status: ExitStatus? { demand ?? statuses.first }

  /// Says on standard error what failed, and what was found in what was read.
  func report() {
    Streams.report(failures)
    for line in counts.findings { Streams.report(line) }
  }
}

/// Slices that are kept together: a change of the disk for each would cost more than the queries.
private struct Waiting {
  private(set) var batches: [Batch] = []
  private var cells = 0
  private var since = ContinuousClock.now

  /// What is to be kept now: after a second, or when it is much.
  mutating func adding(_ batch: Batch) -> [Batch]? {
    if batches.isEmpty { since = .now }
    batches.append(batch)
    cells += batch.series.reduce(0) { $0 + $1.cells.count }
    guard cells > 50_000 || since.duration(to: .now) > .seconds(1) else { return nil }
    defer { (batches, cells) = ([], 0) }
    return batches
  }
}

extension Batch {
  /// Whether an answer without any row should not make the history forget: the tables may have been purged.
  ///
  /// Of measurements, what is not older than two days may well have vanished.
  fileprivate func isDoubtful(asOf now: Instant) -> Bool {
    guard read == 0, let span else { return false }
    return source.hasPrefix("/") || span.end + .days(2) < now
  }
}
