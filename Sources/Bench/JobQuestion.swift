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
    func value(_ key: String) -> Substring? {
      guard let name = text.firstRange(of: "\"\(key)\":") else { return nil }
      return text[name.upperBound...].drop { $0 == " " }
    }
    func number(_ key: String) -> Int64? {
      value(key).flatMap { Int64($0.prefix(while: \.isNumber)) }
    }
    func strings(_ text: Substring) -> [String] {
      text.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }
    func list(_ key: String) -> [[UInt8]]? {
      value(key).map { strings($0.prefix { $0 != "]" }).map { Array($0.utf8) } }
    }
    guard let schema = value("schema").flatMap({ strings($0).first }),
      let start = number("window_start"), let end = number("window_end"), start <= end,
      let bucket = number("bucket"), bucket > 0, let good = list("good"),
      let counted = list("counted")
    else { return nil }
    self.schema = schema
    window = Window(start: Instant(seconds: start), end: Instant(seconds: end))
    self.bucket = bucket
    self.good = good
    self.counted = counted
  }
}
