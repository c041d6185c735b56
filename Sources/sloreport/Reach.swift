import Definitions
import History
import Ingest
import Model

/// A query that the configuration names, for measurements or for incidents.
struct Question {
  let feed: String
  let path: String
  let shape: RowShape
  let mapping: IncidentMapping?
  let position: Position
}

extension QueryOrder {
  /// Without a window, a day to look at what the server makes of the query.
  init(_ question: Question, sql: String, window: Window?) {
    self.init(
      feed: question.feed, path: question.path, sql: sql, shape: question.shape,
      window: window ?? Window(start: Instant(seconds: 0), end: Instant(seconds: 86_400)),
      mapping: question.mapping)
  }
}

/// From when on a query is asked.
struct Reach {
  let project: Project
  let store: HistoryStore
  let asOf: Instant
  /// Asked for on the command line.
  let from: Instant?

  /// Rows of the last hours may still come late, and are read again.
  static let overlap = Duration.hours(2)
  /// Incidents are written up and put right long after.
  static let incidentOverlap = Duration.days(35)
  /// Before the longest window: the trail of eight weeks, and the week itself.
  static let trail = Duration.days(63)

  /// What to ask; `nil` when the history reaches further than the instant of computation.
  ///
  /// A pull starts at midnight UTC, so that buckets up to a day are whole. A query whose text is new to the history is
  /// asked from the first, and one that was cut short goes on where it stopped.
  func order(_ question: Question, sql: String) throws(Failure) -> QueryOrder? {
    var start = from
    do throws(HistoryError) {
      if start == nil { start = try next(question, sql) }
    } catch {
      throw HistoryText.failure(error, path: project.historyPath)
    }
    let wanted = start ?? asOf - longest - Reach.trail
    let day = Duration.days(1).nanoseconds
    let midnight = Instant(nanoseconds: wanted.nanoseconds.dividedDown(by: day) * day)
    guard midnight < asOf else { return nil }
    return QueryOrder(question, sql: sql, window: Window(start: midnight, end: asOf))
  }

  /// Where to go on; `nil` when nothing was asked yet.
  private func next(_ question: Question, _ sql: String) throws(HistoryError) -> Instant? {
    let marks = try store.files(of: question.feed)
    guard let progress = QueryOrder(question, sql: sql, window: nil).progress(in: marks) else {
      return nil
    }
    if case .until(let end) = progress { return end }
    guard let end = try store.spans(of: question.feed).windows.last?.end else { return nil }
    guard question.mapping != nil else { return end - Reach.overlap }
    let open = try store.incidents(of: question.feed).filter { $0.resolved == nil }
    return open.map(\.started).reduce(end - Reach.incidentOverlap, min)
  }

  private var longest: Duration {
    project.configuration.objectives.map(\.window.longest).max() ?? .days(30)
  }
}
