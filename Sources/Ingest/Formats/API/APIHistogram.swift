import Model

/// A native histogram of an answer.
struct APIHistogram {
  struct Bucket {
    let lower: Double
    let upper: Double
    let count: Double
  }

  /// Bounds of one series; a histogram of Prometheus has up to some hundreds.
  private static let boundLimit = 4096

  var time: Int64 = 0
  var count: Double?
  var sum: Double?
  var buckets: [Bucket] = []

  /// A series of the classic kind: its name's ending, and for a bucket the label `le`.
  struct Part {
    let suffix: [UInt8]
    var bound: [Label] = []
    var times: [Int64] = []
    var values: [Double] = []
  }

  /// The bounds that any of the histograms has, in order, with zero and infinity.
  ///
  /// - Throws: ``Fault`` where count or sum is missing, or buckets are not in order.
  static func bounds(
    of histograms: [APIHistogram], text: JSONText, at start: Int64
  ) throws(Fault) -> [Double] {
    // Where nothing was observed there is no bucket: zero, and the lower bounds, show how much is below.
    var bounds: Set<Double> = [0, .infinity]
    for histogram in histograms {
      guard histogram.count != nil, histogram.sum != nil else {
        throw text.fault(.missingMember(histogram.count == nil ? "count" : "sum"), at: start)
      }
      var last = -Double.infinity
      for bucket in histogram.buckets {
        guard bucket.lower <= bucket.upper, last <= bucket.upper, bucket.count >= 0 else {
          throw text.fault(.expected(.buckets), at: start)
        }
        last = bucket.upper
        bounds.insert(last)
        if bucket.lower > 0 { bounds.insert(bucket.lower) }
      }
      guard bounds.count <= boundLimit else {
        throw text.fault(.tooManyBounds(limit: boundLimit), at: start)
      }
    }
    return bounds.sorted()
  }

  /// The count, the sum and, at each of the bounds, the events up to it.
  ///
  /// A histogram has no value at a bound that cuts one of its buckets in two.
  static func series(of histograms: ArraySlice<APIHistogram>, at bounds: [Double]) -> [Part] {
    var counts = Part(suffix: Array("_count".utf8))
    var sums = Part(suffix: Array("_sum".utf8))
    var parts = bounds.map { bound in
      Part(
        suffix: Array("_bucket".utf8), bound: [Label("le", RowCollector.text(of: bound))])
    }
    for histogram in histograms {
      guard let count = histogram.count, let sum = histogram.sum else { continue }
      counts.times.append(histogram.time)
      counts.values.append(count)
      sums.times.append(histogram.time)
      sums.values.append(sum)
      var (next, below) = (0, 0.0)
      for (place, bound) in bounds.enumerated() {
        while next < histogram.buckets.count, histogram.buckets[next].upper <= bound {
          below += histogram.buckets[next].count
          next += 1
        }
        if next < histogram.buckets.count, histogram.buckets[next].lower < bound { continue }
        parts[place].times.append(histogram.time)
        parts[place].values.append(bound == .infinity ? count : below)
      }
    }
    return parts + [counts, sums]
  }
}
