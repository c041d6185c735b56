/// Why zone data could not be read; offsets in bytes of the file.
public enum ZoneError: Error, Hashable, Sendable {
  case malformed(at: Int)
  /// The POSIX rule at the end is none.
  case badRule(at: Int)
  /// Times that count leap seconds, as in `right/`.
  case leapSeconds
}

extension ZoneOffsets {
  /// Reads a compiled zone file (RFC 8536, versions 1 to 4).
  ///
  /// - Throws: ``ZoneError`` for anything that is not such a file.
  public init(name: String, tzif: [UInt8], release: String?) throws(ZoneError) {
    var file = TZifReader(bytes: tzif)
    let header = try file.header()
    let data: (first: Offset, changes: [Int64], offsets: [Offset])
    var rule: ZoneRule?
    if header.version == 1 {
      data = try file.block(header, timeSize: 4)
    } else {
      try file.skip(header.size(timeSize: 4))
      let second = try file.header()
      data = try file.block(second, timeSize: 8)
      rule = try file.footer()
    }
    self.init(
      name: name, release: release, first: data.first, changes: data.changes,
      offsets: data.offsets, rule: rule)
  }
}

private struct TZifReader {
  let bytes: [UInt8]
  var place = 0

  struct Header {
    let version: Int
    let utcMarks: Int
    let standardMarks: Int
    let leaps: Int
    let changes: Int
    let types: Int
    let characters: Int

    func size(timeSize: Int) -> Int {
      changes * (timeSize + 1) + types * 6 + characters + leaps * (timeSize + 4) + standardMarks
        + utcMarks
    }
  }

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func take(_ count: Int) throws(ZoneError) -> ArraySlice<UInt8> {
    guard count <= bytes.count - place else { throw .malformed(at: place) }
    defer { place += count }
    return bytes[place..<place + count]
  }

  mutating func skip(_ count: Int) throws(ZoneError) { _ = try take(count) }

  /// A big-endian two's complement number of 4 or 8 bytes.
  mutating func number(_ size: Int) throws(ZoneError) -> Int64 {
    let value = try take(size).reduce(into: UInt64(0)) { $0 = $0 << 8 | UInt64($1) }
    return size == 4 ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
  }

  mutating func count() throws(ZoneError) -> Int {
    let start = place
    let value = try number(4)
    // No count can exceed the file, and small ones cannot overflow the sums.
    guard value >= 0, value <= bytes.count else { throw .malformed(at: start) }
    return Int(value)
  }

  mutating func header() throws(ZoneError) -> Header {
    let start = place
    guard try take(4).elementsEqual("TZif".utf8), let mark = try take(1).first else {
      throw .malformed(at: start)
    }
    let version: Int
    switch mark {
    case 0: version = 1
    case UInt8(ascii: "2")...UInt8(ascii: "9"): version = Int(mark - UInt8(ascii: "0"))
    default: throw .malformed(at: start + 4)
    }
    try skip(15)
    return Header(
      version: version, utcMarks: try count(), standardMarks: try count(), leaps: try count(),
      changes: try count(), types: try count(), characters: try count())
  }

  mutating func block(_ header: Header, timeSize: Int) throws(ZoneError)
    -> (first: ZoneOffsets.Offset, changes: [Int64], offsets: [ZoneOffsets.Offset])
  {
    guard header.leaps == 0 else { throw .leapSeconds }
    guard header.size(timeSize: timeSize) <= bytes.count - place else {
      throw .malformed(at: place)
    }
    var changes: [Int64] = []
    for _ in 0..<header.changes {
      let start = place
      let time = try number(timeSize)
      if let last = changes.last, time <= last { throw .malformed(at: start) }
      changes.append(time)
    }
    let choices = try take(header.changes)
    let typesStart = place
    var types: [(seconds: Int64, isDaylight: Bool, text: Int)] = []
    for _ in 0..<header.types {
      let start = place
      let seconds = try number(4)
      let flags = Array(try take(2))
      // The range of RFC 8536: more than -25 h, less than 26 h.
      guard (-89_999...93_599).contains(seconds), flags[0] <= 1 else {
        throw .malformed(at: start)
      }
      types.append((seconds, flags[0] == 1, Int(flags[1])))
    }
    let charactersStart = place
    let characters = Array(try take(header.characters))
    var offsets: [ZoneOffsets.Offset] = []
    for type in types {
      guard type.text < characters.count,
        let end = characters[type.text...].firstIndex(of: 0)
      else { throw .malformed(at: charactersStart) }
      let name = String(decoding: characters[type.text..<end], as: UTF8.self)
      offsets.append(
        ZoneOffsets.Offset(
          seconds: type.seconds, isDaylight: type.isDaylight, abbreviation: name))
    }
    guard let first = offsets.first else { throw .malformed(at: typesStart) }
    var chosen: [ZoneOffsets.Offset] = []
    for choice in choices {
      guard Int(choice) < offsets.count else { throw .malformed(at: typesStart) }
      chosen.append(offsets[Int(choice)])
    }
    try skip(header.standardMarks + header.utcMarks)
    return (first, changes, chosen)
  }

  /// The rule between two line feeds after the data; `nil` if there is nothing.
  mutating func footer() throws(ZoneError) -> ZoneRule? {
    let start = place
    guard try take(1).first == 0x0A, let end = bytes[place...].firstIndex(of: 0x0A) else {
      throw .malformed(at: start)
    }
    guard end > place else { return nil }
    var text = PosixRuleReader(bytes: bytes, place: place, end: end)
    return try text.rule()
  }
}

/// Reads `CET-1CEST,M3.5.0,M10.5.0/3` and `<+0330>-3:30`.
private struct PosixRuleReader {
  let bytes: [UInt8]
  var place: Int
  let end: Int

  init(bytes: [UInt8], place: Int, end: Int) {
    self.bytes = bytes
    self.place = place
    self.end = end
  }

  private var next: UInt8? { place < end ? bytes[place] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(ZoneError) {
    guard take(character) else { throw .badRule(at: place) }
  }

  private mutating func number(_ range: ClosedRange<Int>) throws(ZoneError) -> Int {
    let start = place
    var value = 0
    while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte), place < start + 3
    {
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
      place += 1
    }
    guard place > start, range.contains(value) else { throw .badRule(at: start) }
    return value
  }

  /// `[+-]h[:m[:s]]` in seconds.
  private mutating func time(hours: Int) throws(ZoneError) -> Int64 {
    let negative = take("-")
    if !negative { _ = take("+") }
    var seconds = try number(0...hours) * 3600
    if take(":") {
      seconds += try number(0...59) * 60
      if take(":") { seconds += try number(0...59) }
    }
    return Int64(negative ? -seconds : seconds)
  }

  private mutating func name() throws(ZoneError) -> String {
    let start = place
    let bracketed = take("<")
    let first = place
    while let byte = next {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): break
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"):
        guard bracketed else { return try ended(first, start) }
      default:
        let name = try ended(first, start)
        if bracketed { try expect(">") }
        return name
      }
      place += 1
    }
    guard !bracketed else { throw .badRule(at: place) }
    return try ended(first, start)
  }

  private func ended(_ first: Int, _ start: Int) throws(ZoneError) -> String {
    guard place - first >= 3 else { throw .badRule(at: start) }
    return String(decoding: bytes[first..<place], as: UTF8.self)
  }

  private mutating func change() throws(ZoneError) -> ZoneRule.Change {
    try expect(",")
    let day: ZoneRule.Day
    if take("M") {
      let month = try number(1...12)
      try expect(".")
      let week = try number(1...5)
      try expect(".")
      day = .weekday(month: month, week: week, day: try number(0...6))
    } else if take("J") {
      day = .julian(try number(1...365))
    } else {
      day = .ordinal(try number(0...365))
    }
    // RFC 8536 widens POSIX's 24 hours to a week in both directions.
    return ZoneRule.Change(day: day, second: take("/") ? try time(hours: 167) : 7200)
  }

  mutating func rule() throws(ZoneError) -> ZoneRule {
    let standardName = try name()
    // POSIX counts west of Greenwich as positive.
    let west = try time(hours: 24)
    let standard = ZoneOffsets.Offset(
      seconds: -west, isDaylight: false, abbreviation: standardName)
    guard place < end else { return ZoneRule(standard: standard, daylight: nil) }
    let daylightName = try name()
    let daylightWest = next == UInt8(ascii: ",") ? west - 3600 : try time(hours: 24)
    let daylight = ZoneRule.Daylight(
      offset: ZoneOffsets.Offset(
        seconds: -daylightWest, isDaylight: true, abbreviation: daylightName),
      start: try change(), end: try change())
    guard place == end else { throw .badRule(at: place) }
    return ZoneRule(standard: standard, daylight: daylight)
  }
}
