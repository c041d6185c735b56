import Model

/// What `meta.json` tells of a block.
struct BlockMeta: Hashable {
  /// From the first time in it up to, not including, the last, in milliseconds since the epoch.
  let times: Range<Int64>
  /// The labels that Thanos gives all series of the block, in order of their names.
  let labels: [Label]

  /// - Throws: ``BlockFault``: `meta`, `version`, `truncated`.
  init(_ file: BlockFile) throws(BlockFault) {
    let window = FileWindow(file)
    defer { withExtendedLifetime(window) {} }
    let bytes = try window.bytes(at: 0, count: Int(clamping: file.size))
    var reader = JSONMembers(bytes)
    guard let (members, labels) = reader.members() else {
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
    self.labels = labels
  }
}

/// Reads one JSON object for the whole numbers among its members and the labels of Thanos, and looks at the grammar of
/// the rest.
struct JSONMembers {
  private static let depth = 32

  private let bytes: UnsafeRawBufferPointer
  private(set) var offset = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { offset >= bytes.count }

  /// The members that are whole numbers, the last of each name, and those texts that are in `thanos` in `labels`; `nil`
  /// where the text is no object, with `offset` at the place.
  mutating func members() -> (numbers: [String: Int64], labels: [Label])? {
    var numbers: [String: Int64] = [:]
    var labels: [String: String] = [:]
    guard
      object(
        1,
        { name, value in
          numbers[name] = Int64(String(decoding: value, as: UTF8.self)) ?? numbers[name]
          guard name == "thanos" else { return }
          JSONMembers.each(of: value) { name, value in
            guard name == "labels" else { return }
            JSONMembers.each(of: value) { name, value in
              labels[JSONMembers.plain(name)] = JSONMembers.text(value)
            }
          }
        })
    else { return nil }
    skipBlanks()
    let given = labels.filter { !$0.key.isEmpty && !$0.value.isEmpty }
      .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    return isAtEnd ? (numbers, given.map { Label($0.key, $0.value) }) : nil
  }

  /// The members of a value that was read before, if it is an object.
  private static func each(
    of value: UnsafeRawBufferPointer, _ found: (String, UnsafeRawBufferPointer) -> Void
  ) {
    var reader = JSONMembers(value)
    _ = reader.object(1, found)
  }

  /// The text between the quotes of a value; `nil` for any other value.
  private static func text(_ value: UnsafeRawBufferPointer) -> String? {
    var reader = JSONMembers(value)
    return reader.string().map(plain)
  }

  /// A text with its escapes undone; half of a surrogate pair becomes the replacement character.
  private static func plain(_ raw: String) -> String {
    guard raw.contains("\\") else { return raw }
    var units: [UInt16] = []
    var rest = Array(raw.utf16)[...]
    while let unit = rest.popFirst() {
      guard unit == 92, let escaped = rest.popFirst() else {
        units.append(unit)
        continue
      }
      switch Unicode.Scalar(escaped) {
      case "b": units.append(8)
      case "f": units.append(12)
      case "n": units.append(10)
      case "r": units.append(13)
      case "t": units.append(9)
      case "u":
        units.append(UInt16(String(decoding: rest.prefix(4), as: UTF16.self), radix: 16) ?? 0xFFFD)
        rest = rest.dropFirst(4)
      default: units.append(escaped)
      }
    }
    return String(decoding: units, as: UTF16.self)
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

  private mutating func object(
    _ depth: Int, _ found: (String, UnsafeRawBufferPointer) -> Void
  ) -> Bool {
    guard take("{") else { return false }
    if take("}") { return true }
    repeat {
      guard let name = string(), take(":") else { return false }
      skipBlanks()
      let start = offset
      guard value(depth) else { return false }
      found(name, UnsafeRawBufferPointer(rebasing: bytes[start..<offset]))
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
