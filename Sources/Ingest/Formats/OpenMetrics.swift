/// OpenMetrics 1.0 text: times in seconds, families one after the other, a closing mark.
///
/// A histogram's or summary's samples are held to the rules of one point only where they have no
/// times: exports of databases write one series after the other, which the standard does not
/// foresee. Without that no number is at stake.
struct OpenMetrics: Format {
  private var samples: SampleCollector
  private var text = SeriesText()
  private var families = Families()
  private var ended = false

  /// The last sample's series as written, its part, and its time.
  private var series: [UInt8] = []
  private var part = MetricType.Part.plain
  private var time: Int64?

  init(_ samples: SampleCollector) { self.samples = samples }

  mutating func read(_ line: Span<UInt8>, ended hasEnd: Bool) throws(LineFault) {
    guard !ended else { throw LineFault(.textAfterEnd, at: 0) }
    if line.holds("# EOF", 0..<line.count) {
      try families.close()
      ended = true
      return
    }
    guard hasEnd else { throw LineFault(.truncated, at: line.count) }
    if line.count > 0, line[0] == 35 {
      try families.readMetadata(line)
      series.removeAll(keepingCapacity: true)
      return
    }
    try readSample(line)
  }

  private mutating func readSample(_ line: Span<UInt8>) throws(LineFault) {
    let again =
      !series.isEmpty && series.count < line.count && line[series.count] == 32
      && line.begins(withBytes: series)
    if !again {
      try text.read(line, from: 0, loose: false)
      part = try families.enter(text, line)
      samples.select(text, line, from: 0)
      series.removeAll(keepingCapacity: true)
      for index in 0..<text.end { series.append(line[index]) }
    }
    var index = series.count
    try skipSpace(line, &index)
    let number = word(line, &index)
    guard let value = Decimal.double(line, number) else {
      throw LineFault(expected: .number, at: number.lowerBound)
    }
    var stamp: Int64?
    let place = index
    if index < line.count, !line.begins(with: " # ", at: index) {
      try skipSpace(line, &index)
      stamp = try readTime(line, &index)
    }
    guard families.allows(value, as: part) else {
      throw LineFault(.rule(.value), at: number.lowerBound)
    }
    if again {
      guard (stamp == nil) == (time == nil) else { throw LineFault(.rule(.order), at: place) }
      guard let stamp, let time else { throw LineFault(.rule(.repeatedSample), at: 0) }
      guard stamp >= time else { throw LineFault(.rule(.order), at: place) }
    } else if stamp == nil {
      try families.check(text, line, part, value)
    } else {
      try families.closePoint()
    }
    time = stamp
    if index < line.count { try readExemplar(line, &index) }
    try samples.add(value, at: stamp, offset: place)
  }

  private func skipSpace(_ line: borrowing Span<UInt8>, _ index: inout Int) throws(LineFault) {
    guard index < line.count, line[index] == 32 else {
      throw LineFault(expected: .space, at: index)
    }
    index += 1
  }

  private func readTime(_ line: borrowing Span<UInt8>, _ index: inout Int) throws(LineFault)
    -> Int64
  {
    let stamp = word(line, &index)
    guard let seconds = Decimal(line, stamp) else {
      throw LineFault(expected: .time, at: stamp.lowerBound)
    }
    return seconds.scaled(by: 9)
  }

  /// Checks ` # {labels} value [time]`; nothing of it is kept.
  private func readExemplar(_ line: borrowing Span<UInt8>, _ index: inout Int) throws(LineFault) {
    guard line.begins(with: " # {", at: index) else {
      throw LineFault(expected: .exemplar, at: index)
    }
    guard part == .total || part == .bucket else {
      throw LineFault(.rule(.exemplarNotAllowed), at: index)
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
    let number = word(line, &index)
    guard Decimal.double(line, number) != nil else {
      throw LineFault(expected: .number, at: number.lowerBound)
    }
    if index < line.count {
      try skipSpace(line, &index)
      _ = try readTime(line, &index)
    }
    guard index == line.count else { throw LineFault(expected: .endOfLine, at: index) }
  }

  mutating func finish(lines: Int, bytes: Int64) throws(Fault) -> Content {
    guard ended else { throw Fault(.truncated, at: .init(line: lines, byte: bytes)) }
    return samples.content()
  }
}
