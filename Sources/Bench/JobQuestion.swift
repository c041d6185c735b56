import Model

/// What is asked of the job runs: `params.json` of the comparison.
struct JobQuestion: Sendable {
  static let shares = [0.5, 0.95, 0.99]

  let schema: String
  let window: Window
  /// Seconds of a bucket.
  let bucket: Int64
  let good: [[UInt8]]
  let counted: [[UInt8]]

  /// The start of the first bucket, in seconds since 1970.
  var start: Int64 { window.start.seconds.dividedDown(by: bucket) * bucket }
  var buckets: Int { Int((window.end.seconds - start + bucket - 1) / bucket) }

  /// Reads the flat object of the file; `nil` when something is missing.
  init?(_ text: String) {
    let fields = FlatObject(text)
    guard let schema = fields.string("schema"),
      let start = fields.number("window_start"), let end = fields.number("window_end"),
      start <= end,
      let bucket = fields.number("bucket"), bucket > 0, let good = fields.strings("good"),
      let counted = fields.strings("counted")
    else { return nil }
    self.schema = schema
    window = Window(start: Instant(seconds: start), end: Instant(seconds: end))
    self.bucket = bucket
    self.good = good.map { Array($0.utf8) }
    self.counted = counted.map { Array($0.utf8) }
  }
}
