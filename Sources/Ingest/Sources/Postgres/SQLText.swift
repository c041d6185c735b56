import Model

/// The text of a query with its parameters as the server numbers them.
///
/// `:from`, `:to` and `:step` become `$1`, `$2`, `$3` in the order in which they first appear; one that does not
/// appear has no number. A colon in a cast, an assignment, a slice, a quote or a comment is none. Nothing else changes,
/// but a semicolon at the end goes.
struct SQLText {
  enum Parameter: String, CaseIterable {
    case from, to, step
  }

  /// What is put before the query when it is sent: a cursor takes one SELECT and nothing else.
  static let declaration = "DECLARE slr NO SCROLL CURSOR FOR "

  let statement: String
  /// What the numbers mean, from `$1` on.
  let parameters: [Parameter]
  private let file: [UInt8]
  /// Where pieces of the statement come from: their first bytes there and in the file.
  private let pieces: [(sent: Int, file: Int)]

  /// - Throws: ``PostgresFault``: `unknownParameter`, `notText`, with the position.
  init(_ text: String) throws(PostgresFault) {
    var lexer = SQLLexer(text)
    try lexer.run()
    statement = String(decoding: lexer.sent, as: UTF8.self)
    parameters = lexer.parameters
    file = lexer.text
    pieces = lexer.pieces
  }

  /// What makes two texts the same query: not their comments, blanks and line ends.
  static func meaning(of text: String) -> [UInt8] {
    var lexer = SQLLexer(text)
    do throws(PostgresFault) {
      try lexer.run()
      return lexer.meaning
    } catch {
      return lexer.text
    }
  }

  /// The place in the file of a character of the statement, counted from 1 as the server does.
  func position(ofCharacter number: Int) -> IngestError.Position {
    let scalars = statement.unicodeScalars
    let index =
      scalars.index(scalars.startIndex, offsetBy: max(0, number - 1), limitedBy: scalars.endIndex)
      ?? scalars.endIndex
    let sent = statement.utf8.distance(from: statement.startIndex, to: index)
    guard let next = pieces.lastIndex(where: { $0.sent <= sent }) else {
      return SQLText.position(of: 0, in: file)
    }
    let piece = pieces[next]
    // A number is a whole parameter.
    let end = next + 1 < pieces.count ? pieces[next + 1].file : file.count
    return SQLText.position(of: min(piece.file + sent - piece.sent, end), in: file)
  }

  static func position(of byte: Int, in text: [UInt8]) -> IngestError.Position {
    let before = text.prefix(byte)
    let lines = before.reduce(1) { $1 == .lineFeed ? $0 + 1 : $0 }
    let start = before.lastIndex(of: .lineFeed).map { $0 + 1 } ?? 0
    return .init(line: lines, column: byte - start + 1, byte: Int64(byte))
  }
}
