/// What `meta.json` tells of a block.
struct BlockMeta: Hashable {
  /// From the first time in it up to, not including, the last, in milliseconds since the epoch.
  let times: Range<Int64>

  /// - Throws: ``BlockFault``: `meta`, `version`, `truncated`.
  init(_ file: BlockFile) throws(BlockFault) {
    let window = FileWindow(file)
    defer { withExtendedLifetime(window) {} }
    let bytes = try window.bytes(at: 0, count: Int(clamping: file.size))
    var reader = JSONMembers(bytes)
    guard let members = reader.numbers() else {
      if reader.isAtEnd { throw BlockFault(.truncated, in: file.path, at: file.size) }
      throw BlockFault(.meta("value"), in: file.path, at: Int64(reader.offset))
    }
    func number(_ name: String) throws(BlockFault) -> Int64 {
      guard let value = members[name] else { throw BlockFault(.meta(name), in: file.path, at: 0) }
      return value
    }
    let version = try number("version")
    guard version == 1 else {
      throw BlockFault(.version(UInt8(clamping: version)), in: file.path, at: 0)
    }
    let (first, end) = (try number("minTime"), try number("maxTime"))
    guard first <= end else { throw BlockFault(.order, in: file.path, at: 0) }
    times = first..<end
  }
}

/// Reads one JSON object for the whole numbers among its members, and looks at the grammar of the rest.
struct JSONMembers {
  private static let depth = 32

  private let bytes: UnsafeRawBufferPointer
  private(set) var offset = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { offset >= bytes.count }

  /// The members that are whole numbers, the last of each name; `nil` where the text is no object, with `offset` at
  /// the place.
  mutating func numbers() -> [String: Int64]? {
    var found: [String: Int64] = [:]
    guard object(1, { found[$0] = $1 }) else { return nil }
    skipBlanks()
    return isAtEnd ? found : nil
  }

  private mutating func skipBlanks() {
    while offset < bytes.count, [32, 9, 10, 13].contains(bytes[offset]) { offset += 1 }
  }

  /// Takes the byte when it is the next one behind blanks.
  private mutating func take(_ byte: Character) -> Bool {
    skipBlanks()
    guard offset < bytes.count, bytes[offset] == byte.asciiValue else { return false }
    offset += 1
    return true
  }

  private mutating func object(_ depth: Int, _ found: (String, Int64) -> Void) -> Bool {
    guard take("{") else { return false }
    if take("}") { return true }
    repeat {
      guard let name = string(), take(":") else { return false }
      skipBlanks()
      let start = offset
      guard value(depth) else { return false }
      if let number = Int64(String(decoding: bytes[start..<offset], as: UTF8.self)) {
        found(name, number)
      }
    } while take(",")
    return take("}")
  }

  private mutating func value(_ depth: Int) -> Bool {
    guard depth < JSONMembers.depth else { return false }
    skipBlanks()
    guard offset < bytes.count else { return false }
    switch bytes[offset] {
    case UInt8(ascii: "{"): return object(depth + 1) { _, _ in }
    case UInt8(ascii: "["):
      offset += 1
      if take("]") { return true }
      repeat {
        guard value(depth + 1) else { return false }
      } while take(",")
      return take("]")
    case UInt8(ascii: "\""): return string() != nil
    default: return word()
    }
  }

  /// The text between quotes, its escapes left as they are.
  private mutating func string() -> String? {
    guard take("\"") else { return nil }
    let start = offset
    while offset < bytes.count, bytes[offset] != 34 {
      guard bytes[offset] >= 32 else { return nil }
      offset += bytes[offset] == 92 ? 2 : 1
    }
    guard offset < bytes.count else { return nil }
    offset += 1
    return String(validating: bytes[start..<(offset - 1)], as: UTF8.self)
  }

  private mutating func word() -> Bool {
    let start = offset
    while offset < bytes.count, isWordByte(bytes[offset]) { offset += 1 }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    if ["true", "false", "null"].contains(text) { return true }
    // Swift knows more numbers than JSON: hexadecimal ones, infinity.
    return text.utf8.allSatisfy { $0 < 65 || $0 | 32 == 101 } && Double(text) != nil
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (97...122).contains(byte) || byte == 43 || byte == 45
      || byte == 46 || byte == 69
  }
}
