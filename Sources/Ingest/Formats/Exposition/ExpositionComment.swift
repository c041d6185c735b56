/// Comments of Prometheus text are free, but for `# TYPE name type`.
enum ExpositionComment {
  static func check(_ line: borrowing Span<UInt8>) throws(LineFault) {
    var index = 0
    skipBlanks(line, &index)
    guard index < line.count, line[index] == .hash else {
      // A blank line, which only the end of the text can make a note.
      return
    }
    index += 1
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
}
