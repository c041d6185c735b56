public import Model

/// What a reader must know beside a figure.
///
/// Among the `doubts` of an assessment it leaves no verdict; among its `notes` it is only named.
public enum Caveat: Hashable, Sendable {
  case noData
  /// Measured, but nothing happened.
  case noTraffic
  case rejected(Int64)
  /// Measured share and the share that is needed, in parts per billion.
  case coverage(Int64, needed: Int64)
  case history(Duration, needed: Duration)
  /// What feeds the objective could not be read: the first reason, and how many there are besides.
  case sourceFailed(String, others: Int)
  /// The history was not collected, or not to the end, for what is configured now.
  case notCollected
  /// A series holds the counters of several origins; with the pattern of files that would separate them.
  case mixedOrigins(String, pattern: String?)
  /// In so many minutes of a series files contradict each other; the first one, and the pattern of files that would
  /// separate them.
  case contradictions(String, minutes: Int64, from: Instant, pattern: String?)
  /// So many rows of one moment came again after later ones, and were added up.
  case repeatedRows(Int64)
  /// Files of a source that are gone were read under other labels or keys of tables than are declared now; they end then.
  case otherLabels(String, until: Instant)
  /// The newest reading is later than the machine's clock.
  case inFuture(Instant, clock: Instant)
  /// An earlier pull read a later clock.
  case clockSetBack(Instant, clock: Instant)
  /// From when on a selector, or a query (without a word), was read as it is now: later than the window begins.
  case askedSince(Instant, String)
  /// The data of a selector start later than an earlier run knew.
  case startsLater(Instant, known: Instant, String)
  /// The objective was higher inside the window, in parts per billion; and when it was lowered to what it is.
  case lowered(from: Int64, to: Int64, Instant)
  /// The window was another one.
  case otherWindow(String, Instant)
  /// What would be left of the budget, in parts per billion, were agreed time counted that holds much of what was bad, or
  /// was written down late.
  case excluded(Int64)
  /// No series there is matches the selector.
  case noSeries(String)
  /// Rows of a shared file or query of incidents name what is no service here; the service, and up to three of them.
  case unnamedService(String, others: [String])
  /// A selector excludes values of a label that none of its series has.
  case unknownLabel(String, String)
  /// The newest data are this old.
  case stale(Duration, allowed: Duration)
  /// The newest data are older than two of the intervals in which they usually come.
  case late(Duration, interval: Duration)
  /// For so much of the window, answers were accepted that their server called incomplete.
  case partialAnswers(Duration)
  /// Series that ended while others go on, for one reason: how many, and which was the last.
  case ended(SeriesLives.End.Reason, String, at: Instant, series: Int)
  /// Series that began with a count, counted in one way: how many, and which had the largest.
  case appeared(SeriesLives.Birth.Counting, String, at: Instant, series: Int, events: Int64)
  /// So many events as may have happened unseen, all of them bad, would not close the gate.
  case unseen(Int64)
  /// History starts inside of the window: what is judged is this much of what has elapsed of it.
  case youngHistory(Duration, of: Duration, since: Instant)
  /// Events of histograms without a bucket that ends at or under the bound, and the smallest bound in seconds there is.
  case undecidedEvents(Int64, least: Double)
  /// Time at an end of the window that longer cells do not separate from what lies outside.
  case unresolved(Window)
}

extension Caveat {
  /// A clock that differs by no more than this is right.
  public static let clockTolerance = Duration.seconds(300)

  var isReassurance: Bool {
    if case .unseen = self { true } else { false }
  }

  /// The only thing wrong is that the history is short.
  public var isYouth: Bool {
    if case .history = self { true } else { false }
  }
}
