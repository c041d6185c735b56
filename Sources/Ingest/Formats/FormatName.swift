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
      } else if isFirst {
        var record = TableRecord()
        // A line with strange quotes is no header; whatever it is, it is told below.
        let isRow: Bool
        do throws(LineFault) {
          try record.read(line)
          isRow = true
        } catch {
          isRow = false
        }
        if isRow {
          for field in record.fields.indices {
            let name = record.bytes(line, field)
            if name.elementsEqual("bucket".utf8) || name.elementsEqual("at".utf8) { found = .csv }
          }
        }
      }
      if found == nil {
        var start = 0
        skipBlanks(line, &start)
        var text = SeriesText()
        if start < line.count, line[start] == 35 {
          if line.begins(with: "# TYPE ") || line.begins(with: "# HELP ") { found = .prometheusText }
        } else if start < line.count {
          try text.read(line, from: start, loose: true)
          if text.end < line.count { found = .prometheusText }
        }
      }
      isFirst = false
    }
    guard let found else { throw Fault(.unknownFormat) }
    self = found
  }
}
