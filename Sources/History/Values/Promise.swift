public import Model

/// What an objective was from some instant on.
public struct Promise: Hashable, Sendable {
  public let since: Instant
  /// In parts per billion.
  public let target: Int64
  /// "30d".
  public let window: String

  public init(since: Instant, target: Int64, window: String) {
    self.since = since
    self.target = target
    self.window = window
  }
}
