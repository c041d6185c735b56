/// The types of OpenMetrics, with what each asks of its samples.
enum MetricType {
  case unknown, gauge, counter, info, stateset, summary, histogram, gaugehistogram

  init?(_ line: borrowing Span<UInt8>, _ range: Range<Int>) {
    if line.holds("gauge", range) {
      self = .gauge
    } else if line.holds("counter", range) {
      self = .counter
    } else if line.holds("histogram", range) {
      self = .histogram
    } else if line.holds("summary", range) {
      self = .summary
    } else if line.holds("unknown", range) {
      self = .unknown
    } else if line.holds("info", range) {
      self = .info
    } else if line.holds("stateset", range) {
      self = .stateset
    } else if line.holds("gaugehistogram", range) {
      self = .gaugehistogram
    } else {
      return nil
    }
  }

  /// The part of a metric that a sample is.
  enum Part {
    case plain, total, created, info, bucket, count, sum
  }

  /// What a sample's name may have after the name of its family.
  var suffixes: [(text: StaticString, part: Part)] {
    switch self {
    case .unknown, .gauge, .stateset: [("", .plain)]
    case .counter: [("_total", .total), ("_created", .created)]
    case .info: [("_info", .info)]
    case .summary: [("", .plain), ("_count", .count), ("_sum", .sum), ("_created", .created)]
    case .histogram:
      [("_bucket", .bucket), ("_count", .count), ("_sum", .sum), ("_created", .created)]
    case .gaugehistogram: [("_bucket", .bucket), ("_gcount", .count), ("_gsum", .sum)]
    }
  }
}
