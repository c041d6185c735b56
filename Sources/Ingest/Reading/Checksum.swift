import Model

/// The CRC-32C of bytes that come in portions.
struct Checksum {
  private(set) var value: UInt32 = 0

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    value = CRC32C.of(bytes, after: value)
  }

  /// That of a set of selectors, in any order.
  static func of(_ selectors: [Selector]) -> UInt32 {
    of(Set(selectors.map { "\($0.source) \($0.text)\n" }).sorted())
  }

  /// That of all a mapping says.
  static func of(_ mapping: IncidentMapping) -> UInt32 {
    of(
      ["service \(mapping.service)\n"]
        + mapping.columns.map { "column \($0.key)=\($0.value)\n" }.sorted()
        + mapping.severities.map { "severity \($0.key)=\($0.value)\n" }.sorted())
  }

  static func of(_ texts: [String]) -> UInt32 {
    var checksum = Checksum()
    for text in texts {
      var text = text
      text.withUTF8 { checksum.add(UnsafeRawBufferPointer($0)) }
    }
    return checksum.value
  }
}
