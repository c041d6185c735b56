/// The tokens of a stream of JSON (RFC 8259), and the points that were found in it beforehand.
struct JSONText {
  private typealias Pipeline = PiecePipeline<PointScanner>

  /// The longest string that is given.
  static let limit = 1 << 16

  private let pipeline: Pipeline
  private var scanned: Pipeline.Scanned?
  private var isAtEnd = false
  private var place = 0
  /// The first run that is not after `place`.
  private var run = 0
  private var token: [UInt8] = []

  init(_ stream: any ByteStream) {
    pipeline = Pipeline(PieceCutter(stream, lastCut: JSONText.lastCut)) { PointScanner() }
  }

  /// Between two points; where there are none, anywhere.
  private static func lastCut(_ content: UnsafeRawBufferPointer) -> Int? {
    var place = content.count - 1
    while place > content.count / 2 {
      if content[place] == .comma, content[place - 1] == .closeBracket { return place + 1 }
      place -= 1
    }
    return content.count
  }

  /// Where the next byte is in the stream.
  var position: Int64 { (scanned?.piece.start ?? 0) + Int64(place) }

  func fault(_ reason: IngestError.Reason, at position: Int64? = nil) -> Fault {
    Fault(reason, at: .init(byte: position ?? self.position))
  }

  // MARK: Bytes

  /// The next byte, which stays; `nil` at the end.
  private mutating func byte() throws(Fault) -> UInt8? {
    while true {
      if let count = scanned?.piece.count, place < count { return scanned?.piece.bytes[place] }
      guard !isAtEnd else { return nil }
      // Taken out, so that its storage is not shared and copied.
      let done = scanned.take()
      let end = (done?.piece.start ?? 0) + Int64(done?.piece.count ?? 0)
      scanned = try pipeline.next(recycling: consume done)
      (place, run) = (0, 0)
      if scanned == nil {
        isAtEnd = true
        scanned = .init(
          piece: Piece(bytes: [], start: end), found: PointColumns(), scanner: 0)
      }
    }
  }

  /// Takes the next byte, which must be there.
  private mutating func take() throws(Fault) -> UInt8 {
    guard let byte = try byte() else { throw fault(.truncated) }
    place += 1
    return byte
  }

  /// The next byte that is not a blank, which stays; `nil` at the end.
  mutating func peek() throws(Fault) -> UInt8? {
    while let byte = try byte() {
      guard byte.isBlank || byte.isLineEnd else { return byte }
      place += 1
    }
    return nil
  }

  /// Takes a byte after blanks; `false` when there is another.
  mutating func take(_ byte: UInt8) throws(Fault) -> Bool {
    guard let next = try peek() else { throw fault(.truncated) }
    if next == byte { place += 1 }
    return next == byte
  }

  // MARK: Points

  /// The run of points that begins here, as places in ``times`` and ``values``; they are taken.
  mutating func points() -> (range: Range<Int>, start: Int64)? {
    guard let found = scanned?.found else { return nil }
    while run < found.runs.count, found.runs[run].bytes.lowerBound < place { run += 1 }
    guard run < found.runs.count, found.runs[run].bytes.lowerBound == place else { return nil }
    let start = position
    place = found.runs[run].bytes.upperBound
    let end = run + 1 < found.runs.count ? found.runs[run + 1].first : found.times.count
    return (found.runs[run].first..<end, start)
  }

  /// Lends the points of a range.
  func withPoints(_ range: Range<Int>, _ body: (Span<Int64>, Span<Double>) throws -> Void) rethrows
  {
    guard let found = scanned?.found else { return }
    try body(found.times.span.extracting(range), found.values.span.extracting(range))
  }

  // MARK: Tokens

  /// Takes a string, which must come next.
  ///
  /// - Throws: ``Fault`` `notUTF8` also for half of a surrogate pair and for NUL, which no label can have.
  mutating func string() throws(Fault) -> [UInt8] {
    guard try take(.quote) else { throw fault(.expected(.quotedValue)) }
    let start = position
    token.removeAll(keepingCapacity: true)
    while true {
      let byte = try take()
      if byte == .quote { break }
      guard byte >= .space else { throw fault(.expected(.quotedValue), at: position - 1) }
      if byte == .backslash { try escape() } else { token.append(byte) }
      guard token.count <= JSONText.limit else {
        throw fault(.labelTooLong(limit: JSONText.limit), at: start)
      }
    }
    guard token.withUnsafeBytes({ UTF8Check.firstBadByte($0) }) == nil else {
      throw fault(.notUTF8, at: start)
    }
    return token
  }

  private mutating func escape() throws(Fault) {
    let start = position - 1
    switch Unicode.Scalar(try take()) {
    case "\"": token.append(.quote)
    case "\\": token.append(.backslash)
    case "/": token.append(.slash)
    case "b": token.append(8)
    case "f": token.append(12)
    case "n": token.append(.lineFeed)
    case "r": token.append(.carriageReturn)
    case "t": token.append(.tab)
    case "u":
      var code = try hexadecimal()
      if code & 0xFC00 == 0xD800 {
        guard try take() == .backslash, try take() == UInt8(ascii: "u"),
          case let low = try hexadecimal(),
          low & 0xFC00 == 0xDC00
        else { throw fault(.notUTF8, at: start) }
        code = 0x1_0000 + (code & 0x3FF) << 10 + low & 0x3FF
      }
      guard let scalar = Unicode.Scalar(code) else { throw fault(.notUTF8, at: start) }
      token += UTF8.encode(scalar).map(Array.init) ?? []
    default: throw fault(.expected(.quotedValue), at: start)
    }
  }

  private mutating func hexadecimal() throws(Fault) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      let byte = try take()
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 128 else {
        throw fault(.expected(.quotedValue), at: position - 1)
      }
      code = code << 4 | UInt32(digit)
    }
    return code
  }

  /// Takes the text of a number, which must come next.
  mutating func number() throws(Fault) -> [UInt8] {
    _ = try peek()
    let start = position
    token.removeAll(keepingCapacity: true)
    while let byte = try byte(),
      byte.isDigit || byte.isExponentMark || [.plus, .minus, .point].contains(byte)
    {
      token.append(byte)
      place += 1
      guard token.count <= JSONText.limit else { throw fault(.expected(.number), at: start) }
    }
    guard JSONText.isNumber(token) else {
      throw fault(isAtEnd ? .truncated : .expected(.number), at: start)
    }
    return token
  }

  private static func isNumber(_ text: [UInt8]) -> Bool {
    var rest = text[...]
    func digits() -> Int {
      let count = rest.prefix { $0.isDigit }.count
      rest = rest.dropFirst(count)
      return count
    }
    if rest.first == .minus { rest = rest.dropFirst() }
    let leadsWithZero = rest.first == .zero
    let whole = digits()
    guard whole == 1 || (whole > 1 && !leadsWithZero) else { return false }
    if rest.first == .point {
      rest = rest.dropFirst()
      guard digits() > 0 else { return false }
    }
    if let mark = rest.first, mark.isExponentMark {
      rest = rest.dropFirst()
      if let sign = rest.first, sign == .plus || sign == .minus { rest = rest.dropFirst() }
      guard digits() > 0 else { return false }
    }
    return rest.isEmpty
  }

  /// Takes `true`, `false` or `null`, one of which must come next; gives whether it is `true`.
  @discardableResult
  mutating func word() throws(Fault) -> Bool {
    _ = try peek()
    let start = position
    token.removeAll(keepingCapacity: true)
    while let byte = try byte(), byte &- UInt8(ascii: "a") < 26, token.count < 6 {
      token.append(byte)
      place += 1
    }
    guard ["true", "false", "null"].contains(where: { token.elementsEqual($0.utf8) }) else {
      throw fault(isAtEnd ? .truncated : .expected(.jsonValue), at: start)
    }
    return token.elementsEqual("true".utf8)
  }
}
