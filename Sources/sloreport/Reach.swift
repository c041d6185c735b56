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
  /// asked from the first.
  func order(_ question: Question, sql: String) throws(Failure) -> QueryOrder? {
    do throws(HistoryError) {
      let first = asOf - longest - Reach.trail
      func order(from start: Instant) -> QueryOrder {
        QueryOrder(
          feed: question.feed, path: question.path, sql: sql, shape: question.shape,
          window: Window(start: start, end: max(start, asOf)), mapping: question.mapping)
      }
      let isKnown = try store.files(of: question.feed).contains {
        $0 == order(from: asOf).mark
      }
      var start = from ?? first
      // Where a pull was cut short, what it left out is asked for before all else.
      if from == nil, isKnown, let end = try store.spans(of: question.feed).windows.first?.end {
        start = end - (question.mapping == nil ? Reach.overlap : Reach.incidentOverlap)
        if question.mapping != nil {
          let open = try store.incidents(of: question.feed).filter { $0.resolved == nil }
          start = open.map(\.started).reduce(start, min)
        }
      }
      let day = Duration.days(1).nanoseconds
      start = Instant(nanoseconds: start.nanoseconds.dividedDown(by: day) * day)
      return start < asOf ? order(from: start) : nil
    } catch {
      throw HistoryText.failure(error, path: project.historyPath)
    }
  }

  private var longest: Duration {
    project.configuration.objectives.map(\.window.longest).max() ?? .days(30)
  }
}
