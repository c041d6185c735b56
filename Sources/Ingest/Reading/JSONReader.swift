/// Reads documents of JSON by their structure; what is not known is skipped.
///
/// Members of an object may come in any order, but none twice.
protocol JSONReader {
  var text: JSONText { get set }
  /// How many objects and lists are open.
  var depth: Int { get set }
}

private enum JSONLimits {
  /// How deep objects and lists may be nested.
  static let depth = 64
  /// The most members of an object.
  static let members = 1024
}

extension JSONReader {
  /// Reads an object, which must come next; `take` has to take the value of each member.
  mutating func members(
    _ take: (inout Self, _ name: [UInt8]) throws -> Void
  ) throws {
    guard try text.take(.openBrace) else { throw text.fault(.expected(.object)) }
    try enter()
    defer { depth -= 1 }
    if try text.take(.closeBrace) { return }
    var names: Set<[UInt8]> = []
    repeat {
      _ = try text.peek()
      let start = text.position
      let name = try text.string()
      guard names.insert(name).inserted else {
        throw text.fault(.repeatedMember(String(decoding: name, as: UTF8.self)), at: start)
      }
      guard names.count <= JSONLimits.members else {
        throw text.fault(.tooManyMembers(limit: JSONLimits.members), at: start)
      }
      guard try text.take(.colon) else { throw text.fault(.expected(.colon)) }
      try take(&self, name)
    } while try text.take(.comma)
    guard try text.take(.closeBrace) else { throw text.fault(.expected(.commaOrBrace)) }
  }

  /// Reads a list, which must come next; `take` has to take each element.
  mutating func elements(
    _ take: (inout Self, _ index: Int) throws -> Void
  ) throws {
    guard try text.take(.openBracket) else { throw text.fault(.expected(.list)) }
    try enter()
    defer { depth -= 1 }
    if try text.take(.closeBracket) { return }
    var index = 0
    repeat {
      _ = try text.peek()
      try take(&self, index)
      index += 1
    } while try text.take(.comma)
    guard try text.take(.closeBracket) else { throw text.fault(.expected(.commaOrBrace)) }
  }

  private mutating func enter() throws {
    depth += 1
    guard depth <= JSONLimits.depth else {
      throw text.fault(.nestedTooDeep(limit: JSONLimits.depth))
    }
  }

  mutating func skip() throws {
    switch try text.peek() {
    case UInt8.openBrace: try members { reader, _ in try reader.skip() }
    case UInt8.openBracket: try elements { reader, _ in try reader.skip() }
    case UInt8.quote: _ = try text.string()
    case let byte? where byte == .minus || byte.isDigit: _ = try text.number()
    default: try text.word()
    }
  }

  /// Reads a list of values, each by a reader of its own; `what` is expected if there are more or fewer.
  mutating func tuple(
    _ what: IngestError.Element, _ readers: [(inout Self) throws -> Void]
  ) throws {
    var count = 0
    try elements { reader, index in
      guard index < readers.count else { throw reader.text.fault(.expected(.commaOrBrace)) }
      try readers[index](&reader)
      count += 1
    }
    guard count == readers.count else { throw text.fault(.expected(what)) }
  }
}
