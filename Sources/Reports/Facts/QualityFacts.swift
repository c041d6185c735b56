import Analytics
import Model

/// What was wrong with an objective's data in the report's period.
public struct QualityFacts: Codable, Hashable, Sendable {
  /// Readings that could not be used.
  public let rejected: Int64
  /// Readings for an instant that had one already.
  public let duplicated: Int64
  /// Readings that came after a later one.
  public let outOfOrder: Int64
  /// Marks that a series ended.
  public let staleMarks: Int64
  /// Minutes with a restart of a counter.
  public let restarts: Int
  /// Time that counts and was not measured.
  public let missingSeconds: Double
  /// The series with most of the first four kinds, where there are several.
  public let worstSeries: String?

  init(_ quality: DataQuality, measurement: Measurement, in period: Window) {
    rejected = measurement.rejected(in: period)
    duplicated = quality.flaws.duplicated
    outOfOrder = quality.flaws.disordered
    staleMarks = quality.flaws.stale
    restarts = measurement.resets.count { period.contains(Instant(seconds: $0 * 60)) }
    let counted = measurement.counted(in: period)
    let seen = measurement.observed.intersection(counted)
    missingSeconds = (counted.length - seen.length).seconds
    worstSeries = quality.worst.map(\.text)
  }
}
