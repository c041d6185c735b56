/// What was wrong with the samples or rows of a series, or with those of several.
public struct Flaws: Hashable, Sendable {
  /// Accepted samples or rows, for comparison.
  public var accepted: Int64 = 0
  public var rejected: Int64 = 0
  public var duplicated: Int64 = 0
  public var disordered: Int64 = 0
  /// Marks that the series ended.
  public var stale: Int64 = 0
  /// Restarts of a counter.
  public var resets: Int64 = 0
  /// Samples that the usual interval lets expect, in gaps longer than 2.5 of it.
  public var missing: Int64 = 0

  public init() {}

  /// All flaws together; no sample or row that was accepted is one.
  public var count: Int64 {
    [rejected, duplicated, disordered, stale, resets, missing].reduce(0) { $0.addingClamped($1) }
  }

  /// Adds what a cell counted itself, which is all but restarts and missing samples.
  public mutating func add(_ cell: Cell) {
    var other = Flaws()
    other.accepted = cell.count
    other.rejected = cell.rejects
    other.duplicated = cell.duplicates
    other.disordered = cell.disordered
    other.stale = cell.stale
    add(other)
  }

  public mutating func add(_ other: Flaws) {
    accepted = accepted.addingClamped(other.accepted)
    rejected = rejected.addingClamped(other.rejected)
    duplicated = duplicated.addingClamped(other.duplicated)
    disordered = disordered.addingClamped(other.disordered)
    stale = stale.addingClamped(other.stale)
    resets = resets.addingClamped(other.resets)
    missing = missing.addingClamped(other.missing)
  }
}
