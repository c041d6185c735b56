/// What follows the series in a line: value, time, exemplar.
struct ExpositionLine {
  let value: Double
  /// In nanoseconds since the epoch.
  let time: Int64?
  let hasExemplar: Bool

  /// Reads from `start` on, the place after the series.
  init(_ line: borrowing Span<UInt8>, from start: Int, _ dialect: Dialect) throws(LineFault) {
    switch dialect {
    case .prometheus: try self.init(prometheus: line, from: start)
    case .openMetrics: try self.init(openMetrics: line, from: start)
    }
  }

  private init(prometheus line: borrowing Span<UInt8>, from start: Int) throws(LineFault) {
    var index = start
    guard index < line.count, line[index].isBlank || line[index - 1] == .closeBrace
    else { throw LineFault(expected: .space, at: index) }
    skipBlanks(line, &index)
    value = try ExpositionLine.number(line, &index)
    hasExemplar = false
    skipBlanks(line, &index)
    guard index < line.count else {
      time = nil
      return
    }
    let stamp = word(line, &index)
    guard let milliseconds = Decimal(line, stamp), ExpositionLine.isWhole(line, stamp) else {
      throw LineFault(expected: .time, at: stamp.lowerBound)
    }
    time = milliseconds.scaled(by: 6)
    skipBlanks(line, &index)
    guard index == line.count else { throw LineFault(expected: .endOfLine, at: index) }
  }

  private init(openMetrics line: borrowing Span<UInt8>, from start: Int) throws(LineFault) {
    var index = start
    try ExpositionLine.skipSpace(line, &index)
    value = try ExpositionLine.number(line, &index)
    if index < line.count, !line.begins(with: " # ", at: index) {
      try ExpositionLine.skipSpace(line, &index)
      time = try ExpositionLine.seconds(line, &index)
    } else {
      time = nil
    }
    hasExemplar = index < line.count
    if hasExemplar { try ExpositionLine.readExemplar(line, &index) }
  }

  private static func number(_ line: borrowing Span<UInt8>, _ index: inout Int) throws(LineFault)
    -> Double
  {
    let number = word(line, &index)
    guard let value = Decimal.double(line, number) else {
      throw LineFault(expected: .number, at: number.lowerBound)
    }
    return value
  }

  private static func isWhole(_ line: borrowing Span<UInt8>, _ range: Range<Int>) -> Bool {
    for index in range where line[index] == .point || line[index].isExponentMark { return false }
    return true
  }

  private static func skipSpace(_ line: borrowing Span<UInt8>, _ index: inout Int)
    throws(LineFault)
  {
    guard index < line.count, line[index] == .space else {
      throw LineFault(expected: .space, at: index)
    }
    index += 1
  }

  private static func seconds(_ line: borrowing Span<UInt8>, _ index: inout Int) throws(LineFault)
    -> Int64
  {
    let stamp = word(line, &index)
    guard let seconds = Decimal(line, stamp) else {
      throw LineFault(expected: .time, at: stamp.lowerBound)
    }
    return seconds.scaled(by: 9)
  }

  /// Checks ` # {labels} value [time]`; nothing of it is kept.
  private static func readExemplar(_ line: borrowing Span<UInt8>, _ index: inout Int)
    throws(LineFault)
  {
    guard line.begins(with: " # {", at: index) else {
      throw LineFault(expected: .exemplar, at: index)
    }
    var exemplar = SeriesText()
    try exemplar.readLabels(line, from: index + 3)
    var characters = 0
    for pair in exemplar.labels {
      for piece in [pair.name, pair.value] {
        // Continuation bytes of UTF-8 begin no character.
        characters += exemplar.bytes(line, piece).count { $0 & 0xC0 != 0x80 }
      }
    }
    guard characters <= 128 else { throw LineFault(.rule(.exemplarTooLong), at: index + 3) }
    index = exemplar.end
    try skipSpace(line, &index)
    _ = try number(line, &index)
    if index < line.count {
      try skipSpace(line, &index)
      _ = try seconds(line, &index)
    }
    guard index == line.count else { throw LineFault(expected: .endOfLine, at: index) }
  }
}
