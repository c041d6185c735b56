public import Model

/// A source that is asked queries over spans of time.
public protocol QueryServer: Sendable {
  var name: String { get }

  /// Runs queries in their order, each slice by slice of its window in order of time, and keeps one batch a slice.
  ///
  /// A slice is kept whole or not at all; a query that fails hides no other one, but a source that cannot be reached ends
  /// the pull.
  ///
  /// - Parameters:
  ///   - orders: the queries.
  ///   - health: what earlier runs know of the source.
  ///   - now: the time of the wall clock.
  ///   - keep: takes a slice; what it throws ends the pull.
  /// - Returns: what failed, and what the next run must know.
  /// - Throws: what `keep` throws.
  func pull(
    _ orders: [QueryOrder], health: SourceHealth, now: Instant, keep: (Batch) throws -> Void
  ) throws -> QueryPull

  /// Connects once and has each query looked at by the server, which runs none of them.
  ///
  /// - Throws: ``IngestError`` when the source cannot be asked, or its role could write.
  func describe(_ orders: [QueryOrder]) throws(IngestError) -> DatabaseDescription
}

/// What became of a pull besides its batches.
public struct QueryPull: Sendable {
  /// One for each query that failed, or one without a path when the source as a whole did.
  public let failures: [IngestError]
  /// What the next run must know.
  public let health: SourceHealth
  public let notes: [SourceNote]
}
