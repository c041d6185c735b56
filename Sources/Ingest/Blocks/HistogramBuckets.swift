import Glibc

/// Which buckets the native histograms of one chunk have.
struct HistogramBuckets {
  /// Prometheus' number for buckets with bounds of their own.
  static let customSchema: Int64 = -53
  /// The most buckets on one side of zero, and the most bounds of a series.
  static let limit = 1 << 14

  struct Bucket {
    let lower: Double
    let upper: Double
  }

  /// From the lowest to the highest: the negative ones, that around zero, the positive ones.
  let ordered: [Bucket]
  /// How many of them are negative.
  let negatives: Int
  let positives: Int
  let hasZero: Bool

  /// Finds the bounds of buckets that are given by their numbers.
  ///
  /// - Parameters:
  ///   - schema: bounds are powers of 2^(2^-schema), or those of `custom`.
  ///   - zeroThreshold: how far from zero the bucket around it reaches.
  ///   - positive: bucket k ends at the k-th power.
  ///   - negative: bucket k begins at minus the k-th power.
  ///   - custom: the bounds of schema -53, the first of bucket 0.
  init(
    schema: Int64, zeroThreshold: Double, positive: [Int64], negative: [Int64], custom: [Double]
  ) {
    var ordered: [Bucket] = []
    func bound(_ number: Int64) -> Double {
      guard schema == HistogramBuckets.customSchema else {
        return HistogramBuckets.power(number, schema: schema)
      }
      if number < 0 { return -.infinity }
      return number < Int64(custom.count) ? custom[Int(number)] : .infinity
    }
    for number in negative.reversed() {
      ordered.append(Bucket(lower: -bound(number), upper: -bound(number - 1)))
    }
    hasZero = schema != HistogramBuckets.customSchema
    if hasZero { ordered.append(Bucket(lower: -zeroThreshold, upper: zeroThreshold)) }
    for number in positive {
      ordered.append(Bucket(lower: bound(number - 1), upper: bound(number)))
    }
    self.ordered = ordered
    negatives = negative.count
    positives = positive.count
  }

  /// The upper bounds, but infinity, and the lower ones from zero on.
  ///
  /// Between an upper bound and the next lower one nothing was observed. That both have the same count shows it to whoever
  /// looks for a bound between them, or for one that another block has there.
  var bounds: [Double] {
    ordered.map(\.upper).filter(\.isFinite)
      + ordered.map(\.lower).filter { $0 >= 0 && $0.isFinite }
  }

  /// 2^(number·2^-schema); the largest finite number for the bound at which doubles end.
  static func power(_ number: Int64, schema: Int64) -> Double {
    let exponent: Int64
    var significand = 1.0
    if schema > 0 {
      exponent = number >> schema
      significand = exp2(Double(number - exponent << schema) / Double(1 << schema))
    } else {
      let (product, overflow) = number.multipliedReportingOverflow(by: 1 << -schema)
      exponent = overflow ? (number < 0 ? .min : .max) : product
    }
    if exponent == 1024, significand == 1 { return .greatestFiniteMagnitude }
    return ldexp(significand, Int32(clamping: exponent))
  }

  /// Where bounds, in rising order, are among the buckets: how many end at each or below, and whether it cuts the next
  /// one in two.
  func places(of bounds: [Double]) -> [(below: Int, cuts: Bool)] {
    var below = 0
    return bounds.map { bound in
      while below < ordered.count, ordered[below].upper <= bound { below += 1 }
      return (below, below < ordered.count && ordered[below].lower < bound)
    }
  }
}
