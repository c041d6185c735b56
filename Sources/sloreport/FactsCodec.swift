import FoundationEssentials
import Reports

/// Facts as JSON text: sorted keys, one value a line, nothing that could break out of a page or a terminal.
enum FactsCodec {
  static func encode(_ facts: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    var bytes = escapingSeparators(Array(try encoder.encode(facts)))
    bytes.append(10)
    return bytes
  }

  static func decode(_ bytes: [UInt8]) throws -> ReportFacts {
    try JSONDecoder().decode(ReportFacts.self, from: Data(bytes))
  }

  /// Writes DEL, the C1 controls, U+2028, U+2029 and the bidirectional controls as `\u` escapes; outside of strings they
  /// cannot occur.
  private static func escapingSeparators(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if bytes[index] == 0x7F {
        result += Array("\\u007f".utf8)
        index += 1
        continue
      }
      if bytes[index] == 0xC2, index + 1 < bytes.count, bytes[index + 1] < 0xA0 {
        result += Array("\\u00\(String(bytes[index + 1], radix: 16))".utf8)
        index += 2
        continue
      }
      if bytes[index] == 0xE2, index + 2 < bytes.count {
        let scalar = 0x2000 + (Int(bytes[index + 1]) - 0x80) << 6 + Int(bytes[index + 2]) - 0x80
        if (0x2028...0x202E).contains(scalar) || (0x2066...0x2069).contains(scalar) {
          result += Array("\\u\(String(scalar, radix: 16))".utf8)
          index += 3
          continue
        }
      }
      result.append(bytes[index])
      index += 1
    }
    return result
  }
}
