import Model

/// Answers of Prometheus' HTTP API to `query` and `query_range`, one or several in a row.
///
/// A result with a name is samples of that series; that of an expression is rows of values with its labels. What is
/// not known is skipped. Members of an object may come in any order, but none twice. An answer that its server calls
/// incomplete is refused unless such answers are accepted.
struct APIAnswers: JSONReader {
  /// The most points of a series that come before its labels.
  private static let pointLimit = 1 << 20

  private let source: String
  var text: JSONText
  private var samples: SampleCollector
  private var rows: RowCollector
  private var rowSpan = RowSpan()
  var depth = 0
  private let acceptsPartial: Bool
  private var isPartial = false

  init(
    _ stream: any ByteStream, source: String, labels: [Label] = [], wanted: [Selector],
    samples: SampleCollector, acceptsPartial: Bool = false
  ) {
    self.source = source
    self.acceptsPartial = acceptsPartial
    self.samples = samples
    text = JSONText(stream)
    rows = RowCollector(
      source: source, shape: .value, labels: [], declared: labels, wanted: wanted)
  }

  /// Reads the stream to its end.
  mutating func read() throws -> Content {
    var documents = 0
    while try text.peek() != nil {
      try readAnswer()
      documents += 1
    }
    guard documents > 0 else { throw text.fault(.truncated) }
    var content = try samples.finish()
    content.read += rows.read
    content.rejected = rows.rejected
    content.isPartial = isPartial
    if let rowSpan = rowSpan.finish(hasLength: true) {
      content.span =
        content.span.map {
          Window(start: min($0.start, rowSpan.start), end: max($0.end, rowSpan.end))
        } ?? rowSpan
    }
    content.series = rows.finish()
    return content
  }

  // MARK: Values

  /// Reads a time, a number of seconds, as nanoseconds.
  private mutating func readTime() throws -> Int64 {
    _ = try text.peek()
    let start = text.position
    let number = try text.number()
    guard let time = Decimal(number.span, 0..<number.count)?.scaled(by: 9) else {
      throw text.fault(.expected(.time), at: start)
    }
    return time
  }

  /// Reads a number between quotes, as Prometheus writes it, or without.
  private mutating func readValue() throws -> Double {
    let isQuoted = try text.peek() == .quote
    let start = text.position
    let number = isQuoted ? try text.string() : try text.number()
    guard let value = Decimal.double(number.span, 0..<number.count) else {
      throw text.fault(.expected(.number), at: start)
    }
    return value
  }

  // MARK: An answer

  private enum ResultType: String {
    case matrix, vector, scalar, string
  }

  /// The content of one level of an answer.
  private struct Level {
    var isError = false
    var (errorType, error): (String?, String?)
    var isPartial = false
    var warnings: [String] = []
    var hasData = false
    var type: ResultType?
    var result: Result?

    var partial: IngestError.PartialAnswer? {
      if errorType != nil || error != nil {
        return .error(type: errorType ?? "", text: error ?? "")
      }
      if let first = warnings.first { return .warnings(first: first, count: warnings.count) }
      return isPartial ? .flag : nil
    }

    enum Result {
      case series
      case point(time: Int64, value: [UInt8], start: Int64)
    }
  }

  /// Reads `{"status":…,"data":{…}}`, or the content of `data`, which some programs wrap again.
  private mutating func readAnswer() throws {
    var level = Level()
    let start = text.position
    try members { reader, name in
      switch String(decoding: name, as: UTF8.self) {
      case "status": level.isError = try reader.readText() == "error"
      case "errorType": level.errorType = try reader.readRemark()
      case "error": level.error = try reader.readRemark()
      case "isPartial": level.isPartial = try reader.readFlag()
      case "warnings": level.warnings = try reader.readWarnings()
      case "resultType":
        guard let type = ResultType(rawValue: try reader.readText()) else {
          throw reader.text.fault(.expected(.resultType))
        }
        level.type = type
      case "result": level.result = try reader.readResult()
      case "data":
        level.hasData = try reader.text.peek() == .openBrace
        if level.hasData { try reader.readAnswer() } else { try reader.skip() }
      default: try reader.skip()
      }
    }
    if level.isError {
      throw text.fault(
        .answeredError(type: level.errorType ?? "", text: level.error ?? ""), at: start)
    }
    if let partial = level.partial {
      guard acceptsPartial else { throw text.fault(.partialAnswer(partial), at: start) }
      isPartial = true
    }
    switch (level.type, level.result) {
    case (nil, nil):
      if !level.hasData { throw text.fault(.missingMember("data"), at: start) }
    case (.matrix?, .series?), (.vector?, .series?), (.string?, .point?): break
    case (.scalar?, .point(let time, let value, let start)?):
      guard let value = Decimal.double(value.span, 0..<value.count) else {
        throw text.fault(.expected(.number), at: start)
      }
      try addRow(value, at: time, of: [], start: start)
    case (_?, nil): throw text.fault(.missingMember("result"), at: start)
    case (nil, _?): throw text.fault(.missingMember("resultType"), at: start)
    case (_?, _?): throw text.fault(.expected(.resultType), at: start)
    }
  }

  private mutating func readText() throws -> String {
    String(decoding: try text.string(), as: UTF8.self)
  }

  /// Reads what a server remarks; `nil` for `null` and for nothing.
  private mutating func readRemark() throws -> String? {
    switch try text.peek() {
    case UInt8.quote:
      let remark = try readText()
      return remark.isEmpty ? nil : remark
    case UInt8(ascii: "n"):
      try text.word()
      return nil
    default:
      try skip()
      return ""
    }
  }

  private mutating func readFlag() throws -> Bool {
    switch try text.peek() {
    case UInt8.quote: return try readText() == "true"
    case UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "t"): return try text.word()
    default:
      try skip()
      return false
    }
  }

  /// Reads the warnings without those that Prometheus 2.48 to 2.54 wrote there on the query alone.
  private mutating func readWarnings() throws -> [String] {
    var warnings: [String] = []
    func take(_ reader: inout APIAnswers) throws {
      guard let warning = try reader.readRemark(), !warning.hasPrefix("PromQL info: ") else {
        return
      }
      warnings.append(warning)
    }
    if try text.peek() == .openBracket {
      try elements { reader, _ in try take(&reader) }
    } else {
      try take(&self)
    }
    return warnings
  }

  private mutating func readResult() throws -> Level.Result {
    var (series, time, value): (Int, Int64?, [UInt8]?) = (0, nil, nil)
    var start: Int64 = 0
    try elements { reader, index in
      switch (try reader.text.peek(), index) {
      case (UInt8.openBrace, series):
        try reader.readSeries()
        series += 1
      case (UInt8.quote, 1) where time != nil:
        start = reader.text.position
        value = try reader.text.string()
      case (_, 0): time = try reader.readTime()
      default: throw reader.text.fault(.expected(.object))
      }
    }
    guard let time else { return .series }
    guard let value else { throw text.fault(.expected(.quotedValue)) }
    return .point(time: time, value: value, start: start)
  }

  private mutating func addRow(
    _ value: Double, at time: Int64, of labels: [Label], start: Int64
  ) throws {
    let times = [time]
    let values = [value]
    try take(times.span, values.span, to: .rows(rows.place(of: labels)), start: start)
  }

  // MARK: Series

  /// What the points of a series are added to.
  private enum Target {
    /// With `nil` nobody wants them.
    case samples(Int?)
    case rows(Int)
  }

  /// A series whose labels are perhaps not known yet.
  private struct Unfinished {
    var name: [UInt8]?
    var labels: [Label]?
    var target: Target?
    /// Points that came before the labels.
    var times: [Int64] = []
    var values: [Double] = []
    var start: Int64 = 0
    var histograms: [APIHistogram] = []
  }

  private mutating func readSeries() throws {
    var series = Unfinished()
    let start = text.position
    try members { reader, name in
      switch String(decoding: name, as: UTF8.self) {
      case "metric": try reader.readMetric(into: &series)
      case "values": try reader.elements { reader, _ in try reader.readPoints(of: &series) }
      case "value": try reader.readPoints(of: &series)
      case "histograms":
        try reader.elements { reader, _ in
          series.histograms.append(try reader.readHistogram())
        }
      case "histogram": series.histograms.append(try reader.readHistogram())
      default: try reader.skip()
      }
    }
    guard let labels = series.labels, let target = series.target else {
      throw text.fault(.missingMember("metric"), at: start)
    }
    if !series.times.isEmpty {
      try take(series.times.span, series.values.span, to: target, start: series.start)
    }
    guard !series.histograms.isEmpty, let name = series.name else { return }
    let bounds = try APIHistogram.bounds(of: series.histograms, text: text, at: start)
    // As many at a time as give some ten thousand samples, whatever the bounds.
    let portion = max(1, (1 << 16) / bounds.count)
    for first in stride(from: 0, to: series.histograms.count, by: portion) {
      let some = series.histograms[first...].prefix(portion)
      for part in APIHistogram.series(of: some, at: bounds) {
        let id = SeriesID(source: source, name: name + part.suffix, labels: labels + part.bound)
        let place = samples.isWanted(name: name + part.suffix) ? samples.place(of: id) : nil
        try take(part.times.span, part.values.span, to: .samples(place), start: start)
      }
    }
  }

  private mutating func readMetric(into series: inout Unfinished) throws {
    var labels: [Label] = []
    var name: [UInt8]?
    try members { reader, label in
      let start = reader.text.position
      let value = try reader.text.string()
      if label.elementsEqual("__name__".utf8) {
        name = value
      } else if !value.isEmpty {
        labels.append(Label(name: label, value: value))
      }
      guard labels.count <= SeriesText.labelLimit else {
        throw reader.text.fault(.tooManyLabels(limit: SeriesText.labelLimit), at: start)
      }
    }
    series.labels = labels
    series.name = name
    if let name {
      let place =
        samples.isWanted(name: name)
        ? samples.place(of: SeriesID(source: source, name: name, labels: labels)) : nil
      series.target = .samples(place)
    } else {
      series.target = .rows(rows.place(of: labels))
    }
  }

  /// Reads a point, or as many as were found at this place.
  private mutating func readPoints(of series: inout Unfinished) throws {
    if let (range, start) = text.points() {
      let text = text
      try text.withPoints(range) { times, values in
        try add(values, at: times, to: &series, start: start)
      }
      return
    }
    var (time, value): (Int64, Double) = (0, 0)
    let start = text.position
    try tuple(.point, [{ time = try $0.readTime() }, { value = try $0.readValue() }])
    try add([value].span, at: [time].span, to: &series, start: start)
  }

  private mutating func add(
    _ values: Span<Double>, at times: Span<Int64>, to series: inout Unfinished, start: Int64
  ) throws {
    if let target = series.target { return try take(times, values, to: target, start: start) }
    if series.times.isEmpty { series.start = start }
    guard series.times.count < APIAnswers.pointLimit else {
      throw text.fault(.missingMember("metric"), at: start)
    }
    for place in 0..<times.count {
      series.times.append(times[place])
      series.values.append(values[place])
    }
  }

  private mutating func take(
    _ times: Span<Int64>, _ values: Span<Double>, to target: Target, start: Int64
  ) throws {
    let counted =
      switch target {
      case .samples: samples.count(times)
      case .rows: rowSpan.add(times)
      }
    if counted < times.count, let reason = PlausibleTime.fault(times[counted]) {
      throw text.fault(reason, at: start)
    }
    switch target {
    case .samples(nil): break
    case .samples(let place?): try samples.add(values, at: times, to: place)
    case .rows(let place): rows.add(values, at: times, to: place)
    }
  }

  // MARK: Histograms

  /// Reads `[time, {"count":…, "sum":…, "buckets":[[rule, lower, upper, count], …]}]`.
  private mutating func readHistogram() throws -> APIHistogram {
    var histogram = APIHistogram()
    try tuple(
      .point,
      [
        { histogram.time = try $0.readTime() },
        { reader in
          try reader.members { reader, name in
            switch String(decoding: name, as: UTF8.self) {
            case "count": histogram.count = try reader.readValue()
            case "sum": histogram.sum = try reader.readValue()
            case "buckets":
              try reader.elements { reader, _ in
                histogram.buckets.append(try reader.readBucket())
              }
            default: try reader.skip()
            }
          }
        },
      ])
    return histogram
  }

  private mutating func readBucket() throws -> APIHistogram.Bucket {
    var (lower, upper, count) = (0.0, 0.0, 0.0)
    try tuple(
      .point,
      [
        { _ = try $0.readValue() }, { lower = try $0.readValue() }, { upper = try $0.readValue() },
        { count = try $0.readValue() },
      ])
    return .init(lower: lower, upper: upper, count: count)
  }
}
