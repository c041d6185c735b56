/// How the bytes of a column are read.
///
/// - Formula: the binary forms of PostgreSQL's `src/backend/utils/adt`, numbers big end first.
enum ValueType {
  case bool, int2, int4, int8, float4, float8, numeric
  case text, paddedText, uuid
  case timestamp
  /// `timestamp` without a zone, or `date`.
  case zoneless
  case other

  /// - Parameter number: the type's in `pg_type`.
  init(_ number: UInt32) {
    switch number {
    case 16: self = .bool
    case 20: self = .int8
    case 21: self = .int2
    case 23: self = .int4
    case 700: self = .float4
    case 701: self = .float8
    case 1700: self = .numeric
    // "char", name, text, unknown, varchar; types made by users are mostly enumerations and texts.
    case 18, 19, 25, 705, 1043, 16384...: self = .text
    case 1042: self = .paddedText
    case 2950: self = .uuid
    case 1184: self = .timestamp
    case 1082, 1114: self = .zoneless
    default: self = .other
    }
  }

  var isNumber: Bool {
    switch self {
    case .bool, .int2, .int4, .int8, .float4, .float8, .numeric: true
    case .text, .paddedText, .uuid, .timestamp, .zoneless, .other: false
    }
  }

  var isLabel: Bool {
    switch self {
    case .bool, .int2, .int4, .int8, .text, .paddedText, .uuid: true
    case .float4, .float8, .numeric, .timestamp, .zoneless, .other: false
    }
  }
}

// MARK: Values

typealias ValueBytes = UnsafeBufferPointer<UInt8>

extension ValueType {
  /// The number that a value is; `nil` for one that is none, or whose length is wrong.
  @inline(__always)
  func number(_ bytes: ValueBytes) -> Double? {
    switch self {
    case .bool where bytes.count == 1: bytes[0] != 0 ? 1 : 0
    case .int2 where bytes.count == 2, .int4 where bytes.count == 4, .int8 where bytes.count == 8:
      Double(ValueType.whole(bytes))
    case .float8 where bytes.count == 8:
      Double(bitPattern: UInt64(bitPattern: ValueType.whole(bytes)))
    case .float4 where bytes.count == 4:
      Double(Float(bitPattern: UInt32(truncatingIfNeeded: ValueType.whole(bytes))))
    case .numeric: ValueType.numeric(bytes)
    default: nil
    }
  }

  /// Microseconds since 2000.
  @inline(__always)
  static func microseconds(_ bytes: ValueBytes) -> Int64? {
    bytes.count == 8 ? whole(bytes) : nil
  }

  /// The big-endian whole number of all bytes, at most eight.
  @inline(__always)
  static func whole(_ bytes: ValueBytes) -> Int64 {
    if bytes.count == 8 {
      return Int64(bigEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(as: Int64.self))
    }
    var value: Int64 = (bytes.first ?? 0) & 0x80 == 0 ? 0 : -1
    for byte in bytes { value = value << 8 | Int64(byte) }
    return value
  }

  /// Digits in groups of four: their count, the weight of the first, the sign, the places shown, the groups.
  private static func numeric(_ bytes: ValueBytes) -> Double? {
    func word(_ index: Int) -> Int { Int(bytes[2 * index]) << 8 | Int(bytes[2 * index + 1]) }
    guard bytes.count >= 8, bytes.count == 8 + 2 * word(0) else { return nil }
    let (groups, sign) = (word(0), word(2))
    let weight = Int(Int16(truncatingIfNeeded: word(1)))
    switch sign {
    case 0, 0x4000: break
    case 0xD000: return .infinity
    case 0xF000: return -.infinity
    default: return .nan
    }
    var digits: UInt64 = 0
    for group in 0..<min(groups, 4) { digits = digits * 10_000 + UInt64(word(4 + group)) }
    let power = 4 * (weight - groups + 1)
    if groups <= 4, digits <= 1 << 53, let scale = powers[abs(power)] {
      // A 53-bit whole number times or over an exact power of ten is rounded once.
      let value = power < 0 ? Double(digits) / scale : Double(digits) * scale
      return sign == 0 ? value : -value
    }
    var text = sign == 0 ? "" : "-"
    for group in 0..<groups {
      let part = String(word(4 + group))
      text += String(repeating: "0", count: max(0, 4 - part.count)) + part
    }
    // Correctly rounded; what is beyond the range of a Double is infinite.
    return Double("\(text)e\(power)") ?? .infinity
  }

  private static let powers: [Int: Double] = [
    0: 1, 4: 1e4, 8: 1e8, 12: 1e12, 16: 1e16, 20: 1e20,
  ]

  /// Puts the text of a label after `result`, with invalid UTF-8 repaired.
  func appendLabel(_ bytes: ValueBytes, to result: inout [UInt8]) {
    switch self {
    case .text: ValueType.appendText(bytes, to: &result)
    case .paddedText:
      let end = bytes.lastIndex { $0 != .space }.map { $0 + 1 } ?? 0
      ValueType.appendText(ValueBytes(rebasing: bytes[..<end]), to: &result)
    case .int2, .int4, .int8: result += Array(String(ValueType.whole(bytes)).utf8)
    case .bool: result += Array((bytes.first == 0 ? "false" : "true").utf8)
    case .uuid:
      for (index, byte) in bytes.enumerated() {
        if [4, 6, 8, 10].contains(index) { result.append(.minus) }
        for digit in [byte >> 4, byte & 15] { result.append(digit + (digit < 10 ? 48 : 87)) }
      }
    case .float4, .float8, .numeric, .timestamp, .zoneless, .other: break
    }
  }

  @inline(__always)
  private static func appendText(_ bytes: ValueBytes, to result: inout [UInt8]) {
    if UTF8Check.firstBadByte(UnsafeRawBufferPointer(bytes)) == nil {
      result += bytes
    } else {
      result += Array(String(decoding: bytes, as: UTF8.self).utf8)
    }
  }
}
