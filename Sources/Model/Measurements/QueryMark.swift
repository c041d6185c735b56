/// How far a query was answered as it reads, kept with its rows.
public struct QueryMark: Hashable, Sendable {
  /// The file of its text.
  public let path: String
  /// CRC-32C of what was asked, and of how its rows are read.
  public let checksum: UInt32
  public let progress: QueryProgress

  public init(path: String, checksum: UInt32, progress: QueryProgress) {
    self.path = path
    self.checksum = checksum
    self.progress = progress
  }
}

/// How far a query was answered.
public enum QueryProgress: Hashable, Sendable {
  case whole
  /// The rest of its window is still to be asked for.
  case until(Instant)
}
