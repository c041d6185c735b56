import History
import Ingest
import Model
import Reports

/// From when on the files of a source were read for what is asked of them now.
///
/// A selector that is new knows no more than the files that are still there; one that asks for less than another did knows as much.
struct DefinitionRecord {
  private struct Feed {
    let name: String
    let old: [Asked]
    /// All that is asked now was asked before anybody wrote it down.
    let wasAsked: Bool
  }

  private let project: Project
  private let store: HistoryStore
  private let feeds: [Feed]

  /// To be made before the pull.
  init(of feeds: [String], project: Project, store: HistoryStore) throws(HistoryError) {
    var found: [Feed] = []
    for name in feeds {
      let old = try store.asked(of: name)
      let progress = try project.progress(of: name, for: [], in: store)
      found.append(Feed(name: name, old: old, wasAsked: old.isEmpty && progress != nil))
    }
    self.feeds = found
    self.project = project
    self.store = store
  }

  /// Notes it at the end of a pull, which read files whose first instants are given by feed.
  func note(_ readFrom: [String: Instant]) throws {
    for feed in feeds {
      let read = readFrom[feed.name]
      let since = try read.flatMap { try earlierData(of: feed.name, than: $0) ? $0.minute : nil }
      var new: [Asked] = []
      for (wanted, selector) in project.asked(of: feed.name) {
        var one = wanted
        let wider = feed.old.filter { $0.covers(wanted) }
        if let same = wider.first(where: { $0.parts == wanted.parts }) {
          one = same
        } else if !wider.isEmpty {
          one.since = wider.contains { $0.since == nil } ? nil : wider.compactMap(\.since).min()
        } else if !feed.wasAsked {
          guard read != nil else { continue }
          one.since = since
        }
        if read != nil, let first = try selector.flatMap(store.firstData) {
          one.first = min(first, one.first ?? first)
        }
        new.append(one)
      }
      try store.note(new, of: feed.name)
    }
  }

  /// Whether the history has anything of a feed from before an instant.
  private func earlierData(of feed: String, than instant: Instant) throws(HistoryError) -> Bool {
    let starts = [
      try store.bounds(of: feed)?.start, try store.spans(of: feed).windows.first?.start,
    ]
    return starts.contains { $0.map { $0 < instant.minute } ?? false }
  }
}

/// From when on a query was answered as it reads now: an answer without rows leaves what older text found.
struct QueryRecord {
  private let store: HistoryStore
  /// Of the queries that were not asked to their end yet.
  private var asked: [String: Asked] = [:]

  /// To be made before the pull.
  init(of orders: [QueryOrder], store: HistoryStore) throws(HistoryError) {
    self.store = store
    for order in orders {
      switch order.progress(try store.query(of: order.feed)) {
      case .whole: break
      case .until: asked[order.feed] = try store.asked(of: order.feed).first ?? .query
      case nil: asked[order.feed] = .query
      }
    }
  }

  /// An answer was empty, and what the history has for its time stays.
  mutating func keptTheRest(of batch: Batch) throws(HistoryError) {
    guard let span = batch.span, let one = asked[batch.source] else { return }
    let bounds = try store.bounds(of: batch.source)
    let hasData = bounds.map { $0.start < span.end && span.start < $0.end } ?? false
    let hasIncidents = try store.incidents(of: batch.source).contains { span.contains($0.started) }
    guard hasData || hasIncidents else { return }
    asked[batch.source]?.since = max(span.end, one.since ?? span.end)
  }

  /// To be called with what is kept, as part of the same change.
  func note(_ batches: [Batch]) throws(HistoryError) {
    for feed in Set(batches.map(\.source)).sorted() {
      let known = try store.asked(of: feed).first
      var one = asked[feed] ?? known ?? .query
      if let first = try store.bounds(of: feed)?.start {
        one.first = min(first, one.first ?? first)
      }
      try store.note([one], of: feed)
    }
  }
}

extension Instant {
  /// The start of the minute whose cell holds a reading at this instant.
  fileprivate var minute: Instant { Instant(seconds: Cell.minute(ofSample: nanoseconds) * 60) }
}

extension Promise {
  init(_ objective: Objective, since: Instant) {
    self.init(
      since: since, target: objective.target.partsPerBillion,
      window: RuleFacts(objective.window).text)
  }
}
