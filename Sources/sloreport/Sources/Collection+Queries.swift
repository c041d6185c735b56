import History
import Ingest
import Model
import Reports

extension Collection {
  mutating func pull(_ source: QueriedSource) throws {
    let name = source.name
    let now = try InstantOption.now()
    var orders: [QueryOrder] = []
    for query in project.queries(of: name) {
      let sql: String
      do throws(Failure) {
        sql = try project.sql(query)
      } catch {
        fail(name, [query.feed], error.status, error.lines.joined(separator: "; "))
        continue
      }
      let window = QueryWindow(project: project, store: store, asOf: asOf, from: from)
      if let order = try window.order(query, sql: sql, now: now) { orders.append(order) }
    }
    if !orders.isEmpty { try pull(orders, from: source.server, now) }
    try record.end { _ in false }
  }

  private mutating func pull(
    _ orders: [QueryOrder], from source: any QueryServer, _ now: Instant
  ) throws {
    let name = source.name
    record.ask(orders.map(\.feed))
    var waiting = Waiting()
    var answers = try QueryRecord(of: orders, store: store)
    let pull = try source.pull(orders, health: try store.health(of: name), now: now) { batch in
      let day = batch.span.map { " \($0.start)".prefix(11) } ?? ""
      Streams.progress("collecting \(batch.path ?? name)\(day)")
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
    return Feed.service(of: source) != nil || span.end + .days(2) < now
  }
}
