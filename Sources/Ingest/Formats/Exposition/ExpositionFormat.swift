/// Prometheus text or OpenMetrics.
struct ExpositionFormat: SnapshotFormat {
  let dialect: Dialect

  var endings: [String] {
    switch dialect {
    case .prometheus: ["prom", "txt"]
    case .openMetrics: ["om", "openmetrics"]
    }
  }

  func likeness(to front: SnapshotFront) -> Likeness? {
    if dialect == .openMetrics,
      front.lines.contains(where: { ExpositionFormat.isOpenMetrics($0.span) })
    {
      return .certain
    }
    let found = front.lines.lazy.compactMap { ExpositionFormat.dialect(ofSample: $0.span) }.first
    return found == dialect ? .possible : nil
  }

  func read(_ file: SnapshotText) throws -> Content {
    var text = Exposition(
      dialect, source: file.source, otherwise: file.otherwise, samples: file.samples)
    return try text.read(PieceCutter(file.stream, lastCut: PieceCutter.lines))
  }

  /// Whether only OpenMetrics has such a line: its closing mark, a unit, a type of its own.
  private static func isOpenMetrics(_ line: borrowing Span<UInt8>) -> Bool {
    if line.begins(with: "# UNIT ") || line.holds("# EOF", 0..<line.count) { return true }
    guard line.begins(with: "# TYPE ") else { return false }
    var start = line.count
    while start > 0, line[start - 1] != .space { start -= 1 }
    return ["unknown", "info", "stateset", "gaugehistogram"].contains {
      $0.utf8.elementsEqual(line.bytes(start..<line.count))
    }
  }

  /// Which dialect has the line as a sample: a time in seconds is OpenMetrics', one in milliseconds Prometheus'.
  private static func dialect(ofSample line: borrowing Span<UInt8>) -> Dialect? {
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
    guard let time = Decimal(line, word(line, &start)) else { return .prometheus }
    return time.scaled(by: 0).magnitude < 100_000_000_000 ? .openMetrics : .prometheus
  }
}
