import Analytics
import Definitions
import History
import Ingest
import Model

/// A query that the configuration names, for measurements or for incidents.
struct ConfiguredQuery {
  let feed: String
  let path: String
  let shape: RowShape
  let mapping: IncidentMapping?
  let states: StateWords
  let position: Position
}

extension QueryOrder {
  /// Without a window, a day to look at what the server makes of the query.
  init(_ query: ConfiguredQuery, sql: String, window: Window?) {
    self.init(
      feed: query.feed, path: query.path, sql: sql, shape: query.shape,
      window: window ?? Window(start: Instant(seconds: 0), end: Instant(seconds: 86_400)),
      mapping: query.mapping, states: query.states)
  }
}

/// The time that a query is asked for.
struct QueryWindow {
  let project: Project
  let store: HistoryStore
  let asOf: Instant
  /// Asked for on the command line.
  let from: Instant?

  /// Rows of the last hours may still come late, and are read again.
  static let overlap = Duration.hours(2)
  /// Incidents are written up and put right long after.
  static let incidentOverlap = Duration.days(35)

  /// The clock of a server may differ by this much from ours.
  private static let clockDifference = Duration.minutes(5)

  /// What to ask; `nil` when the history reaches further than the instant of computation.
  ///
  /// A pull starts at midnight UTC, so that buckets up to a day are whole. What is still due is never passed over:
  /// a query whose text is new to the history is asked from the first, and one that was cut short from where it stopped, both to
  /// where the history ends. Nothing is asked of the time after `now`, which no answer could tell of; a query that tells only of
  /// now is asked once a run.
  func order(_ query: ConfiguredQuery, sql: String, now: Instant) throws(HistoryError)
    -> QueryOrder?
  {
    let plain = QueryOrder(query, sql: sql, window: nil)
    if plain.tellsOnlyNow {
      let around = Window(
        start: now - QueryWindow.clockDifference, end: now + QueryWindow.clockDifference)
      return QueryOrder(query, sql: sql, window: around)
    }
    let progress = plain.progress(try store.query(of: query.feed))
    let known = try store.spans(of: query.feed).windows.last?.end
    let due = try due(query, progress, known: known)
    let midnight = QueryWindow.midnight(before: min(due, from ?? due))
    guard midnight < min(asOf, now) || progress != .whole else { return nil }
    var end = min(asOf, now)
    if let known, known > end {
      // A day is not cut where more of it is known.
      end = progress == .whole ? min(known, QueryWindow.midnight(before: end) + .days(1)) : known
    }
    end = min(end, now)
    guard midnight < end else { return nil }
    return QueryOrder(query, sql: sql, window: Window(start: midnight, end: end))
  }

  /// The instant from which on the history does not know enough.
  private func due(
    _ query: ConfiguredQuery, _ progress: QueryProgress?, known: Instant?
  ) throws(HistoryError) -> Instant {
    let first =
      query.shape == .levels
      ? asOf - Capacity.reach
      : NeededTime.start(
        ofReportsBy: .week, over: project.configuration.objectives.map(\.window), made: asOf)
    guard let progress, let known else { return first }
    if case .until(let end) = progress { return end }
    guard query.mapping != nil else { return known - QueryWindow.overlap }
    let open = try store.incidents(of: query.feed).compactMap(\.incident)
      .filter { $0.resolved == nil }
    return open.map(\.started).reduce(known - QueryWindow.incidentOverlap, min)
  }

  private static func midnight(before instant: Instant) -> Instant {
    let day = Duration.days(1).nanoseconds
    return Instant(nanoseconds: instant.nanoseconds.dividedDown(by: day) * day)
  }
}
