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
  /// A source that feeds the objective could not be read just now.
  case sourceFailed
  /// The history was not collected, or not to the end, for what is configured now.
  case notCollected
  /// No series there is matches the selector.
  case noSeries(String)
  /// The newest data are this old.
  case stale(Duration, allowed: Duration)
  /// The newest data are older than two of the intervals in which they usually come.
  case late(Duration, interval: Duration)
  /// For so much of the window, answers were accepted that their server called incomplete.
  case partialAnswers(Duration)
}
