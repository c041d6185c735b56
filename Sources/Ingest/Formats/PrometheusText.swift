/// Prometheus' text format 0.0.4: one sample a line, times in milliseconds.
///
/// As tolerant as Prometheus itself: blanks between tokens, a last comma in the labels, samples in
/// any order. Where a series has two values for one instant, the later line wins. A file that is
/// cut between two lines cannot be told from a whole one.
struct PrometheusText: Format {
  private var samples: SampleCollector
  private var text = SeriesText()

  init(_ samples: SampleCollector) { self.samples = samples }

  mutating func read(_ line: Span<UInt8>, ended: Bool) throws(LineFault) {
    guard ended else { throw LineFault(.truncated, at: line.count) }
    var index: Int
    if let end = samples.recall(line) {
      index = end
    } else {
      index = 0
      skipBlanks(line, &index)
      guard index < line.count else { return }
      if line[index] == 35 { return try readComment(line, from: index + 1) }
      let start = index
      try text.read(line, from: start, loose: true)
      index = text.end
      samples.select(text, line, from: start)
      guard index < line.count, line[index] == 32 || line[index] == 9 || line[index - 1] == 125
      else { throw LineFault(expected: .space, at: index) }
    }
    skipBlanks(line, &index)
    let number = word(line, &index)
    guard let value = Decimal.double(line, number) else {
      throw LineFault(expected: .number, at: number.lowerBound)
    }
    skipBlanks(line, &index)
    guard index < line.count else { return try samples.add(value, at: nil, offset: index) }
    let stamp = word(line, &index)
    guard let milliseconds = Decimal(line, stamp), isWhole(line, stamp) else {
      throw LineFault(expected: .time, at: stamp.lowerBound)
    }
    try samples.add(value, at: milliseconds.scaled(by: 6), offset: stamp.lowerBound)
    skipBlanks(line, &index)
    guard index == line.count else { throw LineFault(expected: .endOfLine, at: index) }
  }

  private func isWhole(_ line: borrowing Span<UInt8>, _ range: Range<Int>) -> Bool {
    for index in range where line[index] == 46 || line[index] | 32 == 101 { return false }
    return true
  }

  /// Comments are free text, but for `# TYPE name type`.
  private func readComment(_ line: borrowing Span<UInt8>, from start: Int) throws(LineFault) {
    var index = start
    skipBlanks(line, &index)
    guard line.holds("TYPE", word(line, &index)) else { return }
    skipBlanks(line, &index)
    let name = word(line, &index)
    guard !name.isEmpty else { throw LineFault(expected: .metricName, at: index) }
    skipBlanks(line, &index)
    let type = word(line, &index)
    guard line.holds("untyped", type) || MetricType(line, type) != nil else {
      throw LineFault(expected: .type, at: type.lowerBound)
    }
  }

  mutating func finish(lines: Int, bytes: Int64) throws(Fault) -> Content {
    guard lines > 0 else { throw Fault(.truncated, at: .init(byte: bytes)) }
    return samples.content()
  }
}
