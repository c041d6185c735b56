public import Model

/// How the buckets of histograms fit the bound of a latency objective; bounds are in seconds.
public struct BucketFit: Hashable, Sendable {
  /// The bucket bounds around the objective's, where not every histogram has a bucket that ends at it.
  public let enclosing: ClosedRange<Double>?
  /// Up to where events count as good, rising; 0 where no bucket ends at or under the objective's bound.
  ///
  /// Several, where the buckets of histograms differ or have changed.
  public let counted: [Double]
  /// Histograms without a bucket for `+Inf`: how many events they had is not known, so none of them counts.
  public let withoutTotal: [WithoutTotal]

  /// Events that may or may not have kept the bound, because none ends at or under it: they count as bad.
  public let undecided: Undecided?

  public struct Undecided: Hashable, Sendable {
    /// The smallest bound there is; infinity where there is but `+Inf`.
    public let least: Double
    /// Minute by minute, as totals.
    public let tally: Tally
  }

  public struct WithoutTotal: Hashable, Sendable {
    /// The bucket that is missing.
    public let bucket: String
    /// From the first reading of the others to the last.
    public let span: Window
  }
}

extension SeriesID {
  /// The upper bound of the bucket that a series counts, however it is spelled: `1`, `1.0` and `1e0` are one bound.
  public var bucketBound: Double? {
    value(of: "le").flatMap { Double(String(decoding: $0, as: UTF8.self)) }
      .flatMap { $0.isNaN ? nil : $0 }
  }
}
