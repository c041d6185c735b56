/// What one pull brought, kept in one transaction: for files, one file.
public struct Batch: Sendable {
  public let source: String
  public let series: [Series]
  /// The span of time the pull speaks for: for rows, time without a row is time without events.
  public let span: Window?
  /// The file the batch came from; `nil` for a query.
  public let file: FileMark?
  /// Samples or rows read, also those no objective asked for.
  public let read: Int

  public init(source: String, series: [Series], span: Window?, file: FileMark?, read: Int) {
    self.source = source
    self.series = series
    self.span = span
    self.file = file
    self.read = read
  }
}

/// A file as it was when it was read.
public struct FileMark: Hashable, Sendable {
  public let path: String
  public let bytes: Int64
  /// Nanoseconds since the epoch.
  public let modified: Int64
  /// CRC-32 of the content as stored.
  public let checksum: UInt32
  /// CRC-32 of the selectors it was read for: with others it is read again.
  public let wanted: UInt32

  public init(path: String, bytes: Int64, modified: Int64, checksum: UInt32, wanted: UInt32) {
    self.path = path
    self.bytes = bytes
    self.modified = modified
    self.checksum = checksum
    self.wanted = wanted
  }
}
