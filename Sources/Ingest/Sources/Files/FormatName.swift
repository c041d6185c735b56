/// Which format a file has: by the ending of its name, else by what stands in it.
enum FormatName {
  case prometheusText, openMetrics, csv
  /// Answers of Prometheus' HTTP API.
  case apiAnswers

  /// `nil` when the ending says nothing; one of compression does not count.
  init?(ofFile path: String) {
    var name = (path.split(separator: "/").last ?? "")[...]
    if name.hasSuffix(".gz") { name = name.dropLast(3) }
    switch name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last {
    case "om", "openmetrics": self = .openMetrics
    case "prom", "txt": self = .prometheusText
    case "csv", "tsv": self = .csv
    case "json": self = .apiAnswers
    default: return nil
    }
  }

  /// Which format a file has, by its ending or else by its front.
  ///
  /// - Parameters:
  ///   - path: the name of the file.
  ///   - front: the first bytes of the content, up to ``FrontedStream/length``; a shorter file's as a whole.
  ///   - declared: how tables are written; where anything is, a file of which nothing tells more is one.
  /// - Throws: `unknownFormat`, and `truncated` for nothing at all.
  init(of path: String, front: [UInt8], declared: TableForm = TableForm()) throws(Fault) {
    if let named = FormatName(ofFile: path) {
      self = named
      return
    }
    guard !front.isEmpty else { throw Fault(.truncated, at: .init(byte: 0)) }
    if FormatName.isObject(front) {
      self = .apiAnswers
      return
    }
    var found: FormatName?
    var isFirst = true
    for bytes in front.split(separator: .lineFeed, omittingEmptySubsequences: false) {
      let bytes = bytes.last == .carriageReturn ? bytes.dropLast() : bytes
      let line = bytes.span
      if FormatName.isOpenMetrics(line) {
        self = .openMetrics
        return
      }
      if found == nil {
        found = isFirst && TableLayout.isHeader(line, declared) ? .csv : FormatName.isSample(line)
      }
      isFirst = false
    }
    guard let found = found ?? (declared != TableForm() ? .csv : nil) else {
      throw Fault(.unknownFormat)
    }
    self = found
  }

  /// Whether an object of JSON begins: a sample of an exposition has no colon behind a first name in quotes.
  private static func isObject(_ front: [UInt8]) -> Bool {
    var rest = front[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    func skip(_ byte: UInt8) -> Bool {
      rest = rest.drop { $0.isBlank || $0.isLineEnd }
      guard rest.first == byte else { return false }
      rest = rest.dropFirst()
      return true
    }
    guard skip(.openBrace), skip(.quote) else { return false }
    rest = rest.drop { $0 != .quote }.dropFirst()
    return skip(.colon)
  }

  /// Whether only OpenMetrics has such a line: its closing mark, a unit, a type of its own, an exemplar.
  private static func isOpenMetrics(_ line: borrowing Span<UInt8>) -> Bool {
    if line.begins(with: "# UNIT ") || line.holds("# EOF", 0..<line.count) { return true }
    guard line.begins(with: "# TYPE ") else { return false }
    var start = line.count
    while start > 0, line[start - 1] != .space { start -= 1 }
    return ["unknown", "info", "stateset", "gaugehistogram"].contains {
      $0.utf8.elementsEqual(line.bytes(start..<line.count))
    }
  }

  /// Which exposition has the line as a sample: a time in seconds is OpenMetrics', one in milliseconds Prometheus'.
  private static func isSample(_ line: borrowing Span<UInt8>) -> FormatName? {
    var start = 0
    skipBlanks(line, &start)
    guard start < line.count, line[start] != .hash else { return nil }
    var text = SeriesText()
    do throws(LineFault) {
      try text.read(line, from: start, loose: true)
    } catch {
      return nil
    }
    start = text.end
    skipBlanks(line, &start)
    guard Decimal.double(line, word(line, &start)) != nil else { return nil }
    skipBlanks(line, &start)
    guard let time = Decimal(line, word(line, &start)) else { return .prometheusText }
    return time.scaled(by: 0).magnitude < 100_000_000_000 ? .openMetrics : .prometheusText
  }
}
