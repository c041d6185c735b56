import Model

/// Reads one JSON object for the whole numbers among its members and the labels of Thanos, and looks at the grammar of
/// the rest.
struct JSONMembers {
  private static let depth = 32

  private let bytes: UnsafeRawBufferPointer
  private(set) var offset = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { offset >= bytes.count }

  /// The members that are whole numbers, the last of each name, and those texts that are in `thanos` in `labels`; `nil`
  /// where the text is not an object, with `offset` at the place.
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
      guard Unicode.Scalar(unit) == "\\", let escaped = rest.popFirst() else {
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
    while offset < bytes.count, bytes[offset].isBlank || bytes[offset].isLineEnd { offset += 1 }
  }

  /// Takes the byte when it is the next one after blanks.
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
    while offset < bytes.count, bytes[offset] != .quote {
      guard bytes[offset] >= .space else { return nil }
      offset += bytes[offset] == .backslash ? 2 : 1
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
    return text.utf8.allSatisfy { $0 < UInt8(ascii: "A") || $0.isExponentMark }
      && Double(text) != nil
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    byte.isDigit || byte.isLetter && byte == byte.lowercased || byte.isExponentMark
      || [.plus, .minus, .point].contains(byte)
  }
}
