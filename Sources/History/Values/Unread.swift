public import Model

/// A file that could not be read, a query that was not answered, or a pull that was cut short.
public struct Unread: Hashable, Sendable {
  /// The file, the query or the pattern; empty for the source as a whole.
  public let path: String
  /// The newest time that may be in it; `nil` when it is not known.
  public let ends: Instant?
  public let noticed: Instant
  public let reason: String

  public init(path: String, ends: Instant?, noticed: Instant, reason: String) {
    self.path = path
    self.ends = ends
    self.noticed = noticed
    self.reason = reason
  }

  /// Whether data from `start` on may be incomplete; where the unread part begins is not known.
  public func touches(_ start: Instant) -> Bool { ends.map { start < $0 } ?? true }
}
