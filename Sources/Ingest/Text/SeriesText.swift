import Model

/// The name and the labels of a sample, as places in its line; reused from line to line.
struct SeriesText {
  /// A piece of the line, and whether it holds escapes.
  struct Piece {
    var range: Range<Int>
    var escaped = false
  }

  static let labelLimit = 256
  static let valueLimit = 1 << 14

  private(set) var name = Piece(range: 0..<0)
  private(set) var labels: [(name: Piece, value: Piece)] = []
  /// The place after the last byte of the series.
  private(set) var end = 0

  /// Reads `name{label="value",…}` or `{"name",label="value",…}` from `start` on.
  ///
  /// - Parameters:
  ///   - line: a sample without its line end.
  ///   - start: where the series begins.
  ///   - loose: whether blanks between the tokens and a comma before the closing brace are allowed,
  ///     as in Prometheus' own format.
  /// - Throws: what was expected where, or the limit that was passed.
  mutating func read(_ line: borrowing Span<UInt8>, from start: Int, loose: Bool)
    throws(LineFault)
  {
    labels.removeAll(keepingCapacity: true)
    end = start
    while end < line.count, isNameByte(line[end], first: end == start) { end += 1 }
    name = Piece(range: start..<end)
    let bare = end > start
    var brace = end
    if loose { skipBlanks(line, &brace) }
    guard brace < line.count, line[brace] == .openBrace else {
      guard bare else { throw LineFault(expected: .metricName, at: end) }
      return
    }
    var needsName = !bare
    end = brace + 1
    try readPairs(line, loose: loose, needsName: &needsName)
    guard !needsName else { throw LineFault(expected: .metricName, at: brace) }
  }

  /// Reads `{label="value",…}`, which begins at `start`, without a name.
  mutating func readLabels(_ line: borrowing Span<UInt8>, from start: Int) throws(LineFault) {
    labels.removeAll(keepingCapacity: true)
    end = start + 1
    var needsName = false
    try readPairs(line, loose: false, needsName: &needsName)
  }

  /// Reads a name, bare or between quotes, and gives the place after it.
  mutating func readName(_ line: borrowing Span<UInt8>, from start: Int) throws(LineFault) -> Int {
    end = start
    if start < line.count, line[start] == .quote {
      name = try quoted(line)
    } else {
      while end < line.count, isNameByte(line[end], first: end == start) { end += 1 }
      name = Piece(range: start..<end)
    }
    guard !name.range.isEmpty else { throw LineFault(expected: .metricName, at: start) }
    return end
  }

  /// Reads from after the opening brace to after the closing one.
  private mutating func readPairs(
    _ line: borrowing Span<UInt8>, loose: Bool, needsName: inout Bool
  ) throws(LineFault) {
    let start = end
    while true {
      if loose { skipBlanks(line, &end) }
      guard end < line.count else { throw LineFault(expected: .labelName, at: end) }
      // A strict text may close here only when nothing came before; a loose one also after a
      // comma.
      if line[end] == .closeBrace, loose || end == start { break }
      try readPair(line, loose: loose, needsName: &needsName)
      if loose { skipBlanks(line, &end) }
      guard end < line.count, line[end] == .comma || line[end] == .closeBrace else {
        throw LineFault(expected: .commaOrBrace, at: end)
      }
      if line[end] == .closeBrace { break }
      end += 1
    }
    end += 1
  }

  private mutating func readPair(
    _ line: borrowing Span<UInt8>, loose: Bool, needsName: inout Bool
  ) throws(LineFault) {
    let start = end
    var label: Piece
    if line[end] == .quote {
      label = try quoted(line)
      if loose { skipBlanks(line, &end) }
      if needsName, end < line.count, line[end] == .comma || line[end] == .closeBrace {
        guard !label.range.isEmpty else { throw LineFault(expected: .metricName, at: start) }
        (name, needsName) = (label, false)
        return
      }
    } else {
      while end < line.count, isNameByte(line[end], first: end == start), line[end] != .colon {
        end += 1
      }
      label = Piece(range: start..<end)
      if loose { skipBlanks(line, &end) }
    }
    guard !label.range.isEmpty else { throw LineFault(expected: .labelName, at: start) }
    guard end < line.count, line[end] == .equals else {
      throw LineFault(expected: .equals, at: end)
    }
    end += 1
    if loose { skipBlanks(line, &end) }
    guard end < line.count, line[end] == .quote else {
      throw LineFault(expected: .quotedValue, at: end)
    }
    let value = try quoted(line)
    for other in labels where same(line, other.name, label) {
      throw LineFault(
        .repeatedLabel(String(decoding: bytes(line, label), as: UTF8.self)), at: start)
    }
    guard labels.count < SeriesText.labelLimit else {
      throw LineFault(.tooManyLabels(limit: SeriesText.labelLimit), at: start)
    }
    labels.append((label, value))
  }

  /// Reads the text between quotes; a backslash always takes the next byte with it.
  private mutating func quoted(_ line: borrowing Span<UInt8>) throws(LineFault) -> Piece {
    let start = end + 1
    var piece = Piece(range: start..<start)
    var index = start
    while index < line.count, line[index] != .quote {
      if line[index] == .backslash {
        piece.escaped = true
        index += 1
      }
      index += 1
    }
    guard index < line.count else { throw LineFault(expected: .quotedValue, at: end) }
    guard index - start <= SeriesText.valueLimit else {
      throw LineFault(.labelTooLong(limit: SeriesText.valueLimit), at: start)
    }
    piece.range = start..<index
    end = index + 1
    return piece
  }

  @inline(__always)
  private func isNameByte(_ byte: UInt8, first: Bool) -> Bool {
    byte.isLetter || byte == .underscore || byte == .colon || (!first && byte.isDigit)
  }

  private func same(_ line: borrowing Span<UInt8>, _ one: Piece, _ two: Piece) -> Bool {
    if one.escaped || two.escaped { return bytes(line, one) == bytes(line, two) }
    guard one.range.count == two.range.count else { return false }
    for place in 0..<one.range.count
    where line[one.range.lowerBound + place] != line[two.range.lowerBound + place] {
      return false
    }
    return true
  }

  /// The bytes of a piece: `\\`, `\"` and `\n` undone, any other backslash kept.
  func bytes(_ line: borrowing Span<UInt8>, _ piece: Piece) -> [UInt8] {
    guard piece.escaped else { return line.bytes(piece.range) }
    var result: [UInt8] = []
    var index = piece.range.lowerBound
    while index < piece.range.upperBound {
      var byte = line[index]
      if byte == .backslash, index + 1 < piece.range.upperBound {
        switch line[index + 1] {
        case .backslash: index += 1
        case .quote: (byte, index) = (.quote, index + 1)
        case UInt8(ascii: "n"): (byte, index) = (.lineFeed, index + 1)
        default: break
        }
      }
      result.append(byte)
      index += 1
    }
    return result
  }

  /// The place of a label's value.
  func value(of label: StaticString, _ line: borrowing Span<UInt8>) -> Range<Int>? {
    for pair in labels where line.holds(label, pair.name.range) { return pair.value.range }
    return nil
  }

  /// The identity; a label without a value does not count.
  func id(_ line: borrowing Span<UInt8>, source: String) -> SeriesID {
    var found: [Label] = []
    for pair in labels where !pair.value.range.isEmpty {
      found.append(Label(name: bytes(line, pair.name), value: bytes(line, pair.value)))
    }
    return SeriesID(source: source, name: bytes(line, name), labels: found)
  }
}
