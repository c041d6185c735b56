/// Which format a file has: by the ending of its name, else by what stands in it.
enum FormatName {
  case prometheusText, openMetrics, csv

  /// `nil` when the ending says nothing; one of compression does not count.
  init?(ofFile path: String) {
    var name = (path.split(separator: "/").last ?? "")[...]
    if name.hasSuffix(".gz") { name = name.dropLast(3) }
    switch name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last {
    case "om", "openmetrics": self = .openMetrics
    case "prom", "txt": self = .prometheusText
    case "csv": self = .csv
    default: return nil
    }
  }

  /// Reads the whole stream, since the mark of OpenMetrics is its last line.
  ///
  /// - Throws: `unknownFormat`, and what a ``LineReader`` throws.
  init(of stream: any ByteStream) throws(Fault) {
    var lines = LineReader(stream)
    var found: FormatName?
    var isFirst = true
    _ = try lines.forEach { (line, _) throws(LineFault) in
      if line.begins(with: "# UNIT ") || line.holds("# EOF", 0..<line.count) {
        found = .openMetrics
      } else if found == nil {
        found = isFirst && FormatName.isHeader(line) ? .csv : FormatName.isSample(line)
      }
      isFirst = false
    }
    guard let found else { throw Fault(.unknownFormat) }
    self = found
  }

  /// Whether the line names a column that every table has.
  private static func isHeader(_ line: borrowing Span<UInt8>) -> Bool {
    var record = TableRecord()
    do throws(LineFault) {
      try record.read(line)
    } catch {
      // Quotes where a table has none; whatever it is, it is no header.
      return false
    }
    return record.fields.indices.contains { field in
      let name = record.bytes(line, field)
      return name.elementsEqual("bucket".utf8) || name.elementsEqual("at".utf8)
    }
  }

  /// Prometheus text when the line is one of its samples.
  private static func isSample(_ line: borrowing Span<UInt8>) -> FormatName? {
    var start = 0
    skipBlanks(line, &start)
    guard start < line.count, line[start] != 35 else { return nil }
    var text = SeriesText()
    do throws(LineFault) {
      try text.read(line, from: start, loose: true)
    } catch {
      return nil
    }
    return text.end < line.count ? .prometheusText : nil
  }
}
