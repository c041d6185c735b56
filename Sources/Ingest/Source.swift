public import Model

/// A place that measurements come from.
public protocol Source: Sendable {
  /// The name that objectives use for it.
  var name: String { get }

  /// Calls `keep` once for each slice (for files: each new or changed file, in order of name),
  /// before it reads the next.
  ///
  /// A damaged slice does not hide the others: it is left out as a whole, and its failure is
  /// returned.
  ///
  /// - Parameters:
  ///   - wanted: the series to keep; the others are only counted.
  ///   - known: the files read before; one that is unchanged is skipped when it was read for the same `wanted`.
  ///   - keep: takes a slice; what it throws ends the pull.
  /// - Returns: what could not be read, in order of name.
  /// - Throws: ``IngestError`` when there is nothing to read at all, and whatever `keep` throws.
  func pull(wanted: [Selector], known: [FileMark], keep: (Batch) throws -> Void) throws
    -> [IngestError]
}
