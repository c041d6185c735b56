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
  let states: StateWords
  let position: Position
}

extension QueryOrder {
  /// Without a window, a day to look at what the server makes of the query.
  init(_ question: Question, sql: String, window: Window?) {
    self.init(
      feed: question.feed, path: question.path, sql: sql, shape: question.shape,
      window: window ?? Window(start: Instant(seconds: 0), end: Instant(seconds: 86_400)),
      mapping: question.mapping, states: question.states)
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
  /// A pull starts at midnight UTC, so that buckets up to a day are whole. What is still due is never passed over:
  /// a query whose text is new to the history is asked from the first, and one that was cut short from where it stopped, both to
  /// where the history ends. Nothing is asked of the time after `now`, which no answer could tell of.
  func order(_ question: Question, sql: String, now: Instant) throws(Failure) -> QueryOrder? {
    do throws(HistoryError) {
      let marks = try store.files(of: question.feed)
      let progress = QueryOrder(question, sql: sql, window: nil).progress(in: marks)
      let known = try store.spans(of: question.feed).windows.last?.end
      let due = try due(question, progress, known: known)
      let midnight = Reach.midnight(before: min(due, from ?? due))
      guard midnight < min(asOf, now) || progress != .whole else { return nil }
      var end = min(asOf, now)
      if let known, known > end {
        // A day is not cut where more of it is known.
        end = progress == .whole ? min(known, Reach.midnight(before: end) + .days(1)) : known
      }
      end = min(end, now)
      guard midnight < end else { return nil }
      return QueryOrder(question, sql: sql, window: Window(start: midnight, end: end))
    } catch {
      throw HistoryText.failure(error, path: project.historyPath)
    }
  }

  /// The instant from which on the history does not know enough.
  private func due(
    _ question: Question, _ progress: QueryProgress?, known: Instant?
  ) throws(HistoryError) -> Instant {
    let first = asOf - longest - Reach.trail
    guard let progress, let known else { return first }
    if case .until(let end) = progress { return end }
    guard question.mapping != nil else { return known - Reach.overlap }
    let open = try store.incidents(of: question.feed).compactMap(\.incident)
      .filter { $0.resolved == nil }
    return open.map(\.started).reduce(known - Reach.incidentOverlap, min)
  }

  private static func midnight(before instant: Instant) -> Instant {
    let day = Duration.days(1).nanoseconds
    return Instant(nanoseconds: instant.nanoseconds.dividedDown(by: day) * day)
  }

  private var longest: Duration {
    project.configuration.objectives.map(\.window.longest).max() ?? .days(30)
  }
}
