import Yams

/// A YAML document as plain values, with aliases expanded and every scalar as text.
struct Value {
  enum Content {
    /// The key has no value.
    case nothing
    case text(String)
    case list([Value])
    case mapping([Entry])
  }

  let position: Position
  let content: Content
}

/// A key with its value.
struct Entry {
  let key: String
  let position: Position
  let value: Value
}

/// Reads YAML within limits of size, depth and count.
///
/// Only the representation graph is taken from the YAML library, never its typed values: those would turn `no` into
/// false and `60:00` into 3600, and expand an alias bomb.
struct Document {
  static let mostBytes = 8 << 20
  static let mostValues = 100_000
  static let mostDepth = 32

  /// `nil` for a file without any content.
  let root: Value?

  init(_ bytes: [UInt8]) throws(Finding) {
    guard bytes.count <= Document.mostBytes else {
      throw Finding(.limitExceeded(.bytes(Document.mostBytes)), at: Position(line: 1, column: 1))
    }
    let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    guard let text = String(validating: content, as: UTF8.self) else {
      throw Finding(.notUTF8, at: Document.firstBroken(content))
    }
    try Document.checkBeforeComposing(content)
    let node: Node?
    do {
      node = try compose(yaml: text, .basic, .default, .utf8)
    } catch let error as YamlError {
      throw Document.finding(error, text)
    } catch {
      throw Finding(.syntax("\(error)"), at: Position(line: 1, column: 1))
    }
    var expansion = Expansion()
    root = if let node { try expansion.value(node, depth: 1) } else { nil }
  }

  /// Looks at the bytes for what the YAML library itself would choke on.
  ///
  /// It keeps some 200 bytes for each node, and hashes each key of a mapping: a key that is a collection of aliases of
  /// collections of aliases … would keep it busy for ever. Every node has a separator before or after it,
  /// so their count bounds the nodes; the text is not parsed here, so a separator inside a quoted text counts too.
  private static func checkBeforeComposing(_ bytes: [UInt8]) throws(Finding) {
    var separators = 0
    var anchors = 0
    var aliases = 0
    var complexKey: Int?
    var previous = UInt8(ascii: "\n")
    for (index, byte) in bytes.enumerated() {
      let startsToken: Bool
      switch Unicode.Scalar(previous) {
      case " ", "\t", "\n", "\r", "[", "{", ",", ":": startsToken = true
      default: startsToken = previous >= 0x80
      }
      switch Unicode.Scalar(byte) {
      case "\n", ",", "[", "{", ":": separators += 1
      case "-" where startsToken: separators += 1
      case "?" where startsToken:
        separators += 1
        complexKey = complexKey ?? index
      case "&" where startsToken: anchors += 1
      case "*" where startsToken:
        aliases += 1
        let name = bytes[(index + 1)...].prefix { !" \t:,]}\n\r".utf8.contains($0) }
        if isFollowedByColon(bytes, name.endIndex) { complexKey = complexKey ?? index }
      case "]", "}":
        if isFollowedByColon(bytes, index + 1) { complexKey = complexKey ?? index }
      default: break
      }
      guard separators <= mostValues else {
        throw Finding(.limitExceeded(.values(mostValues)), at: position(of: index, in: bytes))
      }
      previous = byte
    }
    if let complexKey, anchors > 0, aliases > 0 {
      throw Finding(.limitExceeded(.complexKey), at: position(of: complexKey, in: bytes))
    }
  }

  private static func isFollowedByColon(_ bytes: [UInt8], _ place: Int) -> Bool {
    let rest = bytes[place...].drop { $0 == 0x20 || $0 == 0x09 }
    return rest.first == UInt8(ascii: ":")
  }

  private static func position(of index: Int, in bytes: [UInt8]) -> Position {
    let before = bytes[..<index]
    let line = before.reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }
    let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    // Each character of UTF-8 has one byte that does not start with the bits 10.
    let column = bytes[start..<index].reduce(1) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
    return Position(line: line, column: column)
  }

  private static func firstBroken(_ bytes: [UInt8]) -> Position {
    var decoder = UTF8()
    var rest = bytes.makeIterator()
    var index = 0
    while case .scalarValue(let scalar) = decoder.decode(&rest) { index += UTF8.width(scalar) }
    return position(of: min(index, bytes.count), in: bytes)
  }

  private static func finding(_ error: YamlError, _ text: String) -> Finding {
    let start = Position(line: 1, column: 1)
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return Finding(.syntax(problem), at: Position(line: mark.line, column: mark.column))
    case .duplicatedKeysInMapping(let duplicates, let context):
      let first = Position(line: context.mark.line, column: context.mark.column)
      let name = duplicates.first ?? ""
      return Finding(
        .duplicate(name, firstLine: first.line), at: second(name, after: first, in: text))
    case .reader(let problem, _, _, _):
      return Finding(.syntax(problem), at: firstControlCharacter(in: text))
    case .writer(let problem), .emitter(let problem), .representer(let problem):
      return Finding(.syntax(problem), at: start)
    case .no, .memory, .dataCouldNotBeDecoded: return Finding(.syntax("\(error)"), at: start)
    }
  }

  private static func firstControlCharacter(in text: String) -> Position {
    let bytes = Array(text.utf8)
    var index = 0
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xFFFD, 0x10000...0x10_FFFF: break
      default: return position(of: index, in: bytes)
      }
      index += UTF8.width(scalar)
    }
    return Position(line: 1, column: 1)
  }

  /// Where a duplicate key is: the YAML library reports only its first place.
  private static func second(_ key: String, after first: Position, in text: String) -> Position {
    for (index, line) in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
      .enumerated() where index + 1 >= first.line
    {
      let scalars = Array(String(decoding: line, as: UTF8.self).unicodeScalars)
      var startsKey = true
      for column in scalars.indices {
        defer { startsKey = " {,".unicodeScalars.contains(scalars[column]) }
        let place = Position(line: index + 1, column: column + 1)
        guard startsKey, place > first else { continue }
        // In a block, the keys of a mapping are in one column; in braces, it is the next one.
        let isBlock = place.column == first.column && scalars[..<column].allSatisfy { $0 == " " }
        guard isBlock || place.line == first.line else { continue }
        // Long enough for any key that a person would write twice.
        let word = scalars[column...].prefix(400).prefix { $0 != ":" }
        guard word.endIndex < scalars.count, scalars[word.endIndex] == ":" else { continue }
        var name = String(String.UnicodeScalarView(word))
        while name.last == " " { name.removeLast() }
        if let quote = name.first, "\"'".contains(quote), name.count > 1, name.last == quote {
          name = String(name.dropFirst().dropLast())
        }
        if name == key { return place }
      }
    }
    return first
  }
}

/// Copies nodes to values, counting each use of an alias.
private struct Expansion {
  private var values = 0

  mutating func value(_ node: Node, depth: Int) throws(Finding) -> Value {
    let position = Position(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    values += 1
    guard values <= Document.mostValues else {
      throw Finding(.limitExceeded(.values(Document.mostValues)), at: position)
    }
    guard depth <= Document.mostDepth else {
      throw Finding(.limitExceeded(.depth(Document.mostDepth)), at: position)
    }
    let tag = node.tag.description
    guard ["str", "seq", "map"].contains(where: { tag == "tag:yaml.org,2002:\($0)" }) else {
      throw Finding(.unsupportedTag(tag), at: position)
    }
    switch node {
    case .scalar(let scalar):
      let isNothing = scalar.string.isEmpty && scalar.style == .plain
      return Value(position: position, content: isNothing ? .nothing : .text(scalar.string))
    case .sequence(let sequence):
      var list: [Value] = []
      for item in sequence { list.append(try value(item, depth: depth + 1)) }
      return Value(position: position, content: .list(list))
    case .mapping(let mapping):
      var entries: [Entry] = []
      for (keyNode, valueNode) in mapping {
        let key = try value(keyNode, depth: depth + 1)
        guard case .text(let name) = key.content else {
          throw Finding(.wrongType(expected: .text), at: key.position)
        }
        entries.append(
          Entry(key: name, position: key.position, value: try value(valueNode, depth: depth + 1)))
      }
      return Value(position: position, content: .mapping(entries))
    case .alias: throw Finding(.syntax("found an alias that was not resolved"), at: position)
    }
  }
}
