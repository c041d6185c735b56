/// Finds the parameters of a query among what only looks like them, by the server's own rules of reading.
struct SQLLexer {
  let text: [UInt8]
  private(set) var sent: [UInt8] = []
  private(set) var parameters: [SQLText.Parameter] = []
  private(set) var pieces: [(sent: Int, file: Int)] = []
  /// The text without comments, and with one blank where there are any.
  private(set) var meaning: [UInt8] = []

  private var index = 0
  /// The first byte that is not in `sent` yet.
  private var copied = 0
  private var brackets = 0
  /// A semicolon with nothing but blanks and comments after.
  private var semicolon: Int?

  init(_ text: String) { self.text = Array(text.utf8) }

  private func byte(_ offset: Int) -> UInt8 { offset < text.count ? text[offset] : 0 }

  mutating func run() throws(PostgresFault) {
    if let nul = text.firstIndex(of: 0) {
      throw PostgresFault(.notText, at: SQLText.position(of: nul, in: text))
    }
    var isApart = false
    while index < text.count {
      let start = index
      let (here, next) = (text[index], byte(index + 1))
      switch here {
      case .tab...UInt8.carriageReturn, .space:
        isApart = true
        index += 1
        continue
      case .minus where next == .minus:
        isApart = true
        skipLine()
        continue
      case .slash where next == .asterisk:
        isApart = true
        skipComment()
        continue
      case .semicolon:
        semicolon = index
        index += 1
        continue
      case .apostrophe: skipQuote(.apostrophe, escapes: false)
      case .quote: skipQuote(.quote, escapes: false)
      case .dollar: try readDollar()
      case .colon: try readColon()
      case .openBracket:
        brackets += 1
        index += 1
      case .closeBracket:
        brackets = max(0, brackets - 1)
        index += 1
      case _ where SQLLexer.startsName(here): readName()
      default: index += 1
      }
      semicolon = nil
      if isApart, !meaning.isEmpty { meaning.append(.space) }
      isApart = false
      meaning += text[start..<index]
    }
    copy(to: semicolon ?? text.count)
  }

  /// Takes over what was only looked at.
  private mutating func copy(to end: Int) {
    guard copied < end else { return }
    pieces.append((sent.count, copied))
    sent += text[copied..<end]
    copied = end
  }

  // MARK: Names

  private static func startsName(_ byte: UInt8) -> Bool {
    byte.isLetter || byte == .underscore || byte >= 128
  }

  private static func continuesName(_ byte: UInt8) -> Bool {
    startsName(byte) || byte.isDigit || byte == .dollar
  }

  private func endOfName(from start: Int) -> Int {
    text[start...].firstIndex { !SQLLexer.continuesName($0) } ?? text.count
  }

  private mutating func readName() {
    let end = endOfName(from: index)
    let isEscaping = end == index + 1 && text[index].isExponentMark && byte(end) == .apostrophe
    index = end
    if isEscaping { skipQuote(.apostrophe, escapes: true) }
  }

  // MARK: Comments and quotes

  private mutating func skipLine() {
    index = text[index...].firstIndex { $0.isLineEnd } ?? text.count
  }

  private mutating func skipComment() {
    var depth = 0
    while index < text.count {
      if text[index] == .slash, byte(index + 1) == .asterisk {
        depth += 1
        index += 2
      } else if text[index] == .asterisk, byte(index + 1) == .slash {
        depth -= 1
        index += 2
        if depth == 0 { return }
      } else {
        index += 1
      }
    }
  }

  /// From an opening quote to after the closing one; one that is open at the end is the server's to refuse.
  private mutating func skipQuote(_ quote: UInt8, escapes: Bool) {
    index += 1
    while index < text.count {
      if escapes, text[index] == .backslash {
        index += 2
      } else if text[index] != quote {
        index += 1
      } else if byte(index + 1) == quote {
        index += 2
      } else {
        index += 1
        // A literal goes on after a line end, with the same rules.
        guard escapes, let next = continuation() else { return }
        index = next + 1
      }
    }
    index = min(index, text.count)
  }

  /// The quote that continues a literal that ended here.
  private func continuation() -> Int? {
    var (place, sawLineEnd) = (index, false)
    while place < text.count {
      switch text[place] {
      case .lineFeed, .carriageReturn:
        sawLineEnd = true
        place += 1
      case .tab, 11, 12, .space: place += 1
      case .minus where byte(place + 1) == .minus:
        place = text[place...].firstIndex { $0.isLineEnd } ?? text.count
      case .apostrophe: return sawLineEnd ? place : nil
      default: return nil
      }
    }
    return nil
  }

  /// `$tag$ … $tag$`, or a number of the server's own kind, which would clash with ours.
  private mutating func readDollar() throws(PostgresFault) {
    if byte(index + 1).isDigit {
      let end = text[(index + 1)...].firstIndex { !($0.isDigit) } ?? text.count
      throw unknown(index, end)
    }
    var end = index + 1
    if SQLLexer.startsName(byte(end)) {
      end = text[end...].firstIndex { !SQLLexer.continuesName($0) || $0 == .dollar } ?? text.count
    }
    guard byte(end) == .dollar else {
      index += 1
      return
    }
    let tag = text[index...end]
    var place = end + 1
    while place + tag.count <= text.count {
      if text[place..<place + tag.count].elementsEqual(tag) {
        index = place + tag.count
        return
      }
      place += 1
    }
    index = text.count
  }

  // MARK: Parameters

  private func unknown(_ start: Int, _ end: Int) -> PostgresFault {
    PostgresFault(
      .unknownParameter(String(decoding: text[start..<end], as: UTF8.self)),
      at: SQLText.position(of: start, in: text))
  }

  private mutating func readColon() throws(PostgresFault) {
    let next = byte(index + 1)
    guard next != .colon, next != .equals else {
      index += 2
      return
    }
    guard SQLLexer.startsName(next) else {
      index += 1
      return
    }
    // `a[low:high]`, where blanks before the colon make it a parameter all the same.
    let before = index > 0 ? text[index - 1] : 0
    let isSlice =
      SQLLexer.continuesName(before) || before == .closeParenthesis || before == .closeBracket
      || before == .quote
      || before == .apostrophe
    let end = endOfName(from: index + 1)
    let name = String(decoding: text[(index + 1)..<end], as: UTF8.self)
    guard brackets == 0 || !isSlice, let parameter = SQLText.Parameter(rawValue: name) else {
      guard brackets > 0 else { throw unknown(index, end) }
      index = end
      return
    }
    let number: Int
    if let index = parameters.firstIndex(of: parameter) {
      number = index + 1
    } else {
      parameters.append(parameter)
      number = parameters.count
    }
    copy(to: index)
    pieces.append((sent.count, index))
    sent += Array("$\(number)".utf8)
    copied = end
    index = end
  }
}
